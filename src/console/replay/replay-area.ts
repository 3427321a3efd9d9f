/** Replay: its page and its calls, over jobs of this process. */
import type { DecisionLogStore } from '../../insight/decision-log-store.ts';
import type { Area } from '../area.ts';
import { createAskReplay } from './ask-replay.ts';
import { replayCalls } from './replay-calls.ts';
import { createReplayJobs } from './replay-jobs.ts';
import { replayRoutes } from './replay-routes.ts';

interface Options {
  readonly log: Pick<DecisionLogStore, 'chunks' | 'size'>;
  readonly closing: AbortSignal;
}

export const replayArea =
  ({ log, closing }: Options): Area =>
  (shared) => {
    const { desk, clock, report } = shared;
    const ask = createAskReplay({ desk, jobs: createReplayJobs({ log, clock, report, closing }) });
    return { pages: replayRoutes({ ...shared, ask, logged: log.size }), calls: replayCalls(ask) };
  };
