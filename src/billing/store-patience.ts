/** A store that doesn't answer for a moment is asked again: a long run may not end by one late answer. */
import { setTimeout as wait } from 'node:timers/promises';
import { BillingFault } from './billing.ts';

/** For work that may be done twice. Rejects with the last failure after some seconds; with what Stripe failed by at once. */
export type StorePatience = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

interface Options {
  readonly signal: AbortSignal;
  /** Milliseconds before the second try; doubles with each further one. */
  readonly pauseMs: number;
}

const maxTries = 6;

export const createStorePatience =
  ({ signal, pauseMs }: Options): StorePatience =>
  async (work) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || error instanceof BillingFault || tries === maxTries) throw error;
        await wait(pauseMs * 2 ** (tries - 1), undefined, { signal });
      }
    }
  };
