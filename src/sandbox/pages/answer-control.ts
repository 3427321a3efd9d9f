/** `/-/sandbox/`: the sandbox's own panel, and what is done with it. */
import type { HostedControls } from '../hosted.ts';
import { readClock } from './clock-typed.ts';
import { controlPaths } from './control-links.ts';
import { type ControlFacts, renderControls } from './control-page.tsx';
import { mischiefShown, mischiefTyped, readMischief } from './mischief-typed.ts';
import { type PageAnswer, type PageQuestion, sendOn, typed } from './page-answer.ts';

const shownEvents = 50;

/** @param deed '' for the page itself; undefined comes back for what isn't here. */
export const answerControl = async (
  controls: HostedControls,
  deed: string,
  asked: PageQuestion,
): Promise<PageAnswer | undefined> => {
  const known = deed === '' || deed === 'clock' || deed === 'mischief' || deed === 'resend';
  if (!known) return undefined;
  if (asked.method === 'GET')
    return deed === '' ? page(controls, asked, 200, {}) : sendOn(controlPaths.front);
  if (deed === 'clock') return moveClock(controls, asked);
  if (deed === 'mischief') return setMischief(controls, asked);
  if (deed === 'resend') return resend(controls, asked);
  return { kind: 'wrong-method', allowed: 'GET, HEAD' };
};

const moveClock = async (controls: HostedControls, asked: PageQuestion): Promise<PageAnswer> => {
  const [by, date] = [typed(asked.form, 'by'), typed(asked.form, 'date')];
  const reading = readClock(by, date, controls.now(), controls.nextDueAt());
  if (reading.kind === 'faulty') return page(controls, asked, 400, { clockFault: reading.fault, date });
  await controls.moveClock(reading.at);
  return sendOn(`${controlPaths.front}?done=clock`);
};

const setMischief = (controls: HostedControls, asked: PageQuestion): PageAnswer => {
  const given = mischiefTyped(asked.form);
  const mischief = readMischief(given);
  if ('faults' in mischief)
    return page(controls, asked, 400, { mischief: given, mischiefFaults: mischief.faults });
  controls.setMischief(mischief);
  return sendOn(`${controlPaths.front}?done=mischief`);
};

const resend = (controls: HostedControls, asked: PageQuestion): PageAnswer => {
  if (controls.resend(typed(asked.form, 'event'))) return sendOn(`${controlPaths.front}?done=resend`);
  return page(controls, asked, 404, { fault: 'The sandbox knows no such event (any more).' });
};

const page = (
  controls: HostedControls,
  asked: PageQuestion,
  status: number,
  over: Partial<ControlFacts>,
): PageAnswer => ({
  kind: 'page',
  status,
  html: renderControls({
    now: controls.now(),
    nextDueAt: controls.nextDueAt(),
    events: controls.recentEvents(shownEvents),
    clockFault: undefined,
    date: undefined,
    mischief: mischiefShown(controls.mischief()),
    mischiefFaults: {},
    fault: undefined,
    done: status === 200 ? doneTexts.get(asked.query.get('done') ?? '') : undefined,
    ...over,
  }),
});

const doneTexts: ReadonlyMap<string, string> = new Map([
  ['clock', 'The clock has moved, and what was due has happened.'],
  ['mischief', 'Set. It holds for webhooks from now on.'],
  ['resend', 'Sent once more, to every endpoint.'],
]);
