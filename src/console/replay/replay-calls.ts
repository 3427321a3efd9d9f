/** `/replay`: what a policy would have decided of the views in the log, for programs that ask until it is done. */
import { z } from 'zod';
import { type Answered, type Call, call, ok, problem } from '../api/call.ts';
import { iso } from '../api/moment.ts';
import type { AskedReplay, AskReplay } from './ask-replay.ts';
import { replayAnswer } from './replay-answer.ts';
import { replayCsv } from './replay-csv.ts';
import { replayRequest } from './replay-request-schema.ts';

const about =
  'Without `policy` and `against`: the draft against what is in force, or the newest version against the one before.';

export const replayCalls = (ask: AskReplay): readonly Call[] => [
  call({
    id: 'replay',
    method: 'get',
    path: '/replay',
    action: 'read',
    group: 'Insight',
    summary: `What a policy would change, decided over the logged views. Ask again every second or so until \`state\` is \`done\`. ${about}`,
    query: replayRequest,
    answer: replayAnswer,
    problems: ['draft-absent', 'version-unknown', 'policy-unusable', 'replay-busy'],
    run: async ({ query }) => {
      const { asked, answer } = await ask(query, true);
      if (answer.kind === 'running')
        return ok({ ...asked, state: 'running', done: answer.done, total: answer.total });
      if (answer.kind !== 'done') return refusal(answer);
      const { report, startedAt, unreadable } = answer;
      const { from, until, readers, byRule, bySection, byAudience, byReason, articles, ...rest } = report;
      return ok({
        ...asked,
        state: 'done',
        startedAt: iso(startedAt),
        unreadable,
        ...rest,
        ...(from === undefined ? {} : { from: iso(from) }),
        ...(until === undefined ? {} : { until: iso(until) }),
        byRule: [...byRule],
        bySection: [...bySection],
        byAudience: [...byAudience],
        byReason: [...byReason],
        articles: [...articles],
        // What stands for a reader in the log is nobody's name, and nobody's business either.
        readers: readers.map(({ reader: _, ...line }) => line),
      });
    },
  }),
  call({
    id: 'exportReplay',
    method: 'get',
    path: '/replay.csv',
    action: 'export',
    group: 'Insight',
    summary: 'The report of a replay that is done, as a table.',
    query: replayRequest,
    answer: z.string(),
    csv: 'replay.csv',
    problems: ['draft-absent', 'version-unknown', 'policy-unusable', 'replay-busy', 'replay-running'],
    run: async ({ query }) => {
      const { answer } = await ask(query, true);
      if (answer.kind === 'running')
        return problem('replay-running', { done: answer.done, total: answer.total });
      return answer.kind === 'done' ? ok(replayCsv(answer.report)) : refusal(answer);
    },
  }),
];

const refusal = (answer: Exclude<AskedReplay['answer'], { kind: 'done' | 'running' }>): Answered<never> => {
  switch (answer.kind) {
    case 'no-draft':
      return problem('draft-absent');
    case 'version-unknown':
      return problem('version-unknown', { number: answer.number });
    case 'faulty':
      return problem('policy-unusable', { policy: answer.side });
    case 'busy':
      return problem('replay-busy');
    case 'failed':
    case 'not-run':
      return problem('store-unavailable');
    default:
      return answer satisfies never;
  }
};
