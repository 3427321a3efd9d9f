/** What is known of articles' texts, put together: in memory, shared through the store, and told in figures. */
import type { Clock } from '../ops/clock.ts';
import type { Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import { within } from '../ops/within.ts';
import type { Policy } from '../policy/policy.ts';
import { type Following, followKnown } from '../sentry/follow-known.ts';
import { createKeepKnown, type KeepKnown } from '../sentry/keep-known.ts';
import { createKnownTexts, type KnownTexts } from '../sentry/known-texts.ts';
import type { Stores } from '../stores/open-stores.ts';

export interface Knowing {
  readonly known: KnownTexts;
  readonly keep: KeepKnown;
  readonly loaded: Following['loaded'];
  /** Resolves when what the store holds is known here; after a few seconds at the latest. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  readonly policy: Policy;
  readonly stores: Pick<Stores, 'knownArticles'>;
  /** Milliseconds that pass in reality. */
  readonly realNow: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

const mebibyte = 1_048_576;
/** A restart must not be a moment in which nothing is known; nor may a store that is away keep a site from being served. */
const readyWithinMs = 5_000;

export const composeKnowing = ({ policy, stores, realNow, log, metrics }: Options): Knowing => {
  const known = createKnownTexts(policy.sentry.memoryMiB * mebibyte);
  const store = stores.knownArticles;
  const following = followKnown({ store, known, log });
  const keep = createKeepKnown({ store, known, clock: realNow, log });
  metrics.watchKnown(known.size);
  return {
    known,
    keep,
    loaded: following.loaded,
    ready: async () => {
      if ((await within(following.loaded, readyWithinMs)) === 'late')
        log.warn(
          {},
          'not everything that was learnt is in memory yet: serving begins, and what is missing follows',
        );
    },
    close: async () => {
      await following.close();
      await keep.close();
    },
  };
};
