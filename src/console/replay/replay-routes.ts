/** `/-/console/replay`: what would the draft change? Its table is at `/-/console/replay.csv`. */
import { type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { sendOn } from '../../readers/send-page.ts';
import { apiBase } from '../api/api-routes.ts';
import type { ConsoleShared } from '../area.ts';
import { inOnePiece } from '../shell/csv.ts';
import { sendCsv } from '../shell/send-csv.ts';
import type { AskedReplay, AskReplay } from './ask-replay.ts';
import { replayCsv } from './replay-csv.ts';
import type { ReplayFacts } from './replay-facts.ts';
import { renderReplayPage } from './replay-page.tsx';
import { replayRequest } from './replay-request-schema.ts';
import type { SidesAsked } from './replay-sides.ts';
import { sideInWords } from './replay-words.ts';

interface Options extends Pick<ConsoleShared, 'need' | 'showPage' | 'desk' | 'clock' | 'report'> {
  readonly ask: AskReplay;
  /** How many views the log holds. */
  readonly logged: () => Promise<number>;
}

const path = '/-/console/replay';

export const replayRoutes = (options: Options): Router =>
  Router()
    .get(path, options.need('read'), show(options))
    .get(`${path}.csv`, options.need('export'), table(options));

/** Running it changes nothing, and asking twice runs it once: so it needs no form that is posted. */
const pageRequest = replayRequest.extend({ run: z.literal('1').optional() });

const show =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const parsed = pageRequest.safeParse(request.query);
    const { run, ...asked } = parsed.data ?? {};
    const found = await options.ask(asked, run !== undefined);
    const { status, fault } = parsed.success ? outcomeOf(found, run !== undefined) : misread;
    if (status === 429 || status === 503) response.setHeader('Retry-After', '5');
    const facts = await factsOf(options, found, asked.since, fault);
    options.showPage(request, response, status, (frame) => renderReplayPage(frame, facts));
  };

interface Outcome {
  readonly status: number;
  readonly fault?: string;
}

const misread: Outcome = {
  status: 400,
  fault:
    'That address asks for something that isn’t a draft, what is in force, or a version’s number. Choose here.',
};

const outcomeOf = ({ answer }: AskedReplay, run: boolean): Outcome => {
  switch (answer.kind) {
    case 'done':
    case 'running':
    case 'not-run':
      return { status: 200 };
    case 'no-draft':
      return run
        ? { status: 409, fault: 'There is no draft any more: somebody published or discarded it.' }
        : { status: 200 };
    case 'version-unknown':
      return {
        status: 404,
        fault: `Version ${answer.number} was never published, or isn’t kept any more. Choose another one.`,
      };
    case 'faulty':
      return {
        status: run ? 422 : 200,
        fault: `${capital(sideInWords(answer.side))} has faults, so that nothing can be decided by it. They stand under Versions.`,
      };
    case 'busy':
      return { status: 429, fault: 'Two others are being replayed. Try again in a few seconds.' };
    case 'failed':
      return { status: 503, fault: 'The log couldn’t be read to its end. Try again in a moment.' };
    default:
      return answer satisfies never;
  }
};

const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

const newestListed = 50;

const factsOf = async (
  { desk, logged, clock }: Options,
  { asked, view, answer }: AskedReplay,
  since: number | undefined,
  fault: string | undefined,
): Promise<ReplayFacts> => {
  const [{ versions }, count] = await Promise.all([desk.list({ limit: newestListed }), logged()]);
  const query = queryOf(asked, since);
  return {
    asked,
    hasDraft: view.working.draft !== undefined,
    published: view.published.version,
    versions,
    logged: count,
    state: answer.kind === 'running' || answer.kind === 'done' ? answer : undefined,
    addresses: {
      page: `${path}?${query}&run=1`,
      csv: `${path}.csv?${query}`,
      progress: `${apiBase}/replay?${query}`,
    },
    fault,
    now: clock(),
  };
};

const queryOf = ({ policy, against }: SidesAsked, since: number | undefined): string =>
  new URLSearchParams({
    policy: String(policy),
    against: String(against),
    ...(since === undefined ? {} : { since: String(since) }),
  }).toString();

const table =
  ({ ask, report }: Options): RequestHandler =>
  async (request, response) => {
    const { data = {} } = replayRequest.safeParse(request.query);
    const { asked, answer } = await ask(data, false);
    if (answer.kind !== 'done') return leadToPage(response, asked, data.since);
    await sendCsv(request, response, {
      name: 'replay.csv',
      chunks: inOnePiece(replayCsv(answer.report)),
      report,
    });
  };

/** Another instance may have made the report that this one is asked for: the page makes it here as well. */
const leadToPage = (response: Response, asked: SidesAsked, since: number | undefined): void =>
  sendOn(response, `${path}?${queryOf(asked, since)}&run=1`);
