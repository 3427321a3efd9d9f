/** `/-/sandbox/portal/<id>` and its tasks: shows how things stand, and does what was chosen there. */

import { safeLink } from '../../pages/safe-link.ts';
import type { PortalOutcome, PortalView } from '../hosted.ts';
import { hostedPaths } from '../hosted.ts';
import { localeChoice } from './locale-choice.ts';
import { messagePage } from './message-page.tsx';
import { type PageAnswer, type PageQuestion, sendOn } from './page-answer.ts';
import { portalPart, renderPortal } from './portal-page.tsx';
import {
  type Done,
  doneText,
  findTask,
  type PortalActions,
  type PortalTask,
  readDone,
} from './portal-task.ts';
import { refusedText } from './refusal-text.ts';

/** @param path behind `/-/sandbox/portal/`: the portal's id, then a task and what it is about. */
export const answerPortal = (
  actions: PortalActions,
  path: readonly string[],
  asked: PageQuestion,
): PageAnswer => {
  const [id = '', task = '', subject = ''] = path;
  const view = path.length > 3 ? undefined : actions.portal(id);
  if (!view) return unknown(asked.now);
  if (task === '') return front(actions, view, asked);
  const found = findTask(actions, view, task, subject);
  if (!found) return overview(view, asked, 404, gone);
  if (asked.method === 'POST') return carryOut(actions, view, found, asked);
  return found.show ? taskPage(view, found, asked, 200, undefined) : sendOn(overviewOf(view));
};

/** A deep link's task stands in the overview's place until it is done or left. */
const front = (actions: PortalActions, view: PortalView, asked: PageQuestion): PageAnswer => {
  if (asked.method === 'POST') return { kind: 'wrong-method', allowed: 'GET, HEAD' };
  const { flow } = view;
  // The bank's question leads back here, whatever the portal was opened for.
  if (flow?.afterUrl !== undefined && readDone(asked.query)) return sendOn(flow.afterUrl);
  const fault = refusedText(asked.query);
  if (!flow || asked.query.has('done')) return overview(view, asked, 200, fault);
  const task = flow.kind === 'payment-method' ? 'card' : flow.kind;
  const found = findTask(actions, view, task, flow.subscriptionId ?? '');
  return found ? taskPage(view, found, asked, 200, fault) : overview(view, asked, 200, fault ?? gone);
};

const carryOut = (
  actions: PortalActions,
  view: PortalView,
  task: PortalTask,
  asked: PageQuestion,
): PageAnswer => {
  const act = task.read(asked.form);
  if (!act) return taskPage(view, task, asked, 400, undefined);
  const outcome: PortalOutcome = act.run();
  switch (outcome.kind) {
    case 'done':
      return sendOn(afterDone(view, act.done));
    case 'needs-authentication':
      return sendOn(`${hostedPaths.challenge(outcome.challengeId)}?done=${act.done}`);
    case 'declined':
      return taskPage(actions.portal(view.id) ?? view, task, asked, 400, outcome.message, outcome.field);
    case 'gone': {
      const now = actions.portal(view.id);
      return now ? overview(now, asked, 404, gone) : unknown(asked.now);
    }
    default:
      return outcome satisfies never;
  }
};

const gone = 'That is no longer there. This is how things stand now.';

const afterDone = (view: PortalView, done: Done): string =>
  view.flow?.afterUrl ?? `${hostedPaths.portal(view.id)}?done=${done}`;

/** Also of a portal that was opened for one task. */
const overviewOf = (view: PortalView): string => `${hostedPaths.portal(view.id)}${view.flow ? '?done=' : ''}`;

const taskPage = (
  view: PortalView,
  task: PortalTask,
  asked: PageQuestion,
  status: number,
  fault: string | undefined,
  field?: string,
): PageAnswer => {
  if (!task.show) return overview(view, asked, status, fault);
  const site = view.flow && view.returnUrl && safeLink(view.returnUrl);
  const back = site
    ? { to: site, label: 'Back to the site' }
    : { to: overviewOf(view), label: 'Your subscriptions' };
  const facts = { view, back, fault, locale: localeOf(view, asked), now: asked.now };
  const html = task.show(facts, asked.method === 'POST' ? asked.form : undefined, field);
  return { kind: 'page', status, html, leadsTo: leadsTo(view) };
};

const overview = (
  view: PortalView,
  asked: PageQuestion,
  status: number,
  fault: string | undefined,
): PageAnswer => ({
  kind: 'page',
  status,
  html: renderPortal({
    view,
    done: fault === undefined ? doneText(readDone(asked.query)) : undefined,
    fault,
    locale: localeOf(view, asked),
    now: asked.now,
  }),
  leadsTo: leadsTo(view),
});

const leadsTo = ({ returnUrl, flow }: PortalView): readonly (string | undefined)[] => [
  returnUrl,
  flow?.afterUrl,
];

const localeOf = (view: PortalView, { acceptLanguage }: PageQuestion): string =>
  localeChoice(view.locale, acceptLanguage);

const unknown = (now: number): PageAnswer =>
  messagePage({
    status: 404,
    part: portalPart,
    title: 'This way into the portal is closed',
    text: 'It works for an hour, and only while the sandbox keeps its data. Open it again from your account.',
    link: { to: '/-/account', label: 'To your account' },
    now,
  });
