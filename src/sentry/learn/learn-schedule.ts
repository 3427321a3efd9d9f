/** Learns the site at the start and again and again, as often as the policy says, whichever instance is the first to find that it is time. */
import type { Clock } from '../../ops/clock.ts';
import { faultOf, type Log } from '../../ops/log.ts';
import { repeatedly } from '../../ops/repeatedly.ts';
import type { SentryMetrics } from '../../ops/sentry-metrics.ts';
import type { LearnAsked, LearnOutcome, LearnTerms } from './learn-deps.ts';
import type { LearnCounts, LearnRound, LearnStore } from './learn-store.ts';

export interface LearnSchedule {
  /** Something may have changed that learning depends on; `changed`: the site itself has. */
  lookSoon(why?: 'changed'): void;
  /** Ends the round that is under way; resolves when it has. */
  close(): Promise<void>;
}

/** `running-already`: another instance is at it. */
export type LearnAlone = (asked: LearnAsked) => Promise<LearnOutcome | { readonly kind: 'running-already' }>;

interface Options {
  readonly learn: LearnAlone;
  readonly store: Pick<LearnStore, 'round'>;
  readonly isOn: () => boolean;
  readonly terms: () => Pick<LearnTerms, 'everyMs' | 'policyVersion'>;
  /** Resolves when everything that is known is in memory: until then all of it would seem unknown. */
  readonly loaded: Promise<void>;
  readonly metrics: Pick<SentryMetrics, 'showLearning' | 'countLearning'>;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Milliseconds that pass in reality. */
  readonly realNow: Clock;
  readonly random: (bytes: number) => string;
  readonly pauses?: Partial<Pauses>;
}

interface Pauses {
  /** From the start to the first look: the first readers come first, and who is stopped at once has asked nothing. Milliseconds, as all of these. */
  readonly startMs: number;
  /** From a change to the first look. */
  readonly soonMs: number;
  /** From one look to the next. */
  readonly lookMs: number;
  /** An instance that has just started was perhaps away: what was learnt longer ago than this is looked at now. */
  readonly freshMs: number;
  /** After a failure; doubles with each further one. */
  readonly retryMs: number;
}

const usual: Pauses = { startMs: 10_000, soonMs: 500, lookMs: 30_000, freshMs: 300_000, retryMs: 60_000 };
const longestRetryMs = 3_600_000;
const logMs = 60_000;

export const startLearning = (options: Options): LearnSchedule => {
  const { realNow, random, loaded } = options;
  const pauses = { ...usual, ...options.pauses };
  const look = createLook(options, pauses);
  let asked = false;
  let why: Why = { first: true, changed: false };
  const looks = repeatedly({
    run: (signal) => {
      const because = why;
      asked = false;
      why = { first: false, changed: false };
      return look(because, realNow(), signal);
    },
    pauseMs: () => (asked ? pauses.soonMs : pauses.lookMs),
    random,
  });
  void loaded.then(() => looks.startIn(pauses.startMs));
  return {
    lookSoon: (reason) => {
      asked = true;
      if (reason === 'changed') why = { ...why, changed: true };
      if (looks.isStarted()) looks.startIn(pauses.soonMs);
    },
    close: looks.close,
  };
};

interface Why {
  /** The first look of this instance. */
  readonly first: boolean;
  /** The site has changed, as far as anybody can tell. */
  readonly changed: boolean;
}

/** Never rejects. */
const createLook = (options: Options, pauses: Pauses) => {
  const { learn, store, isOn, metrics, log, terms } = options;
  let failures = 0;
  let notBefore = Number.NEGATIVE_INFINITY;

  const failed = (now: number): void => {
    notBefore = now + Math.min(longestRetryMs, pauses.retryMs * 2 ** failures);
    failures += 1;
  };

  return async (why: Why, now: number, signal: AbortSignal): Promise<void> => {
    if (now < notBefore || !isOn()) return;
    try {
      const last = await store.round();
      if (last) metrics.showLearning(last.counts);
      if (!why.changed && !isDue(last, why.first, now, terms(), pauses)) return;
      const outcome = await learn({ signal, onProgress: progressLog(options) });
      if (outcome.kind === 'running-already') return;
      metrics.countLearning(outcome.kind);
      metrics.showLearning(outcome.counts);
      tell(outcome, terms(), log);
      if (outcome.kind === 'broken-off') failed(options.realNow());
      else failures = 0;
    } catch (error) {
      failed(options.realNow());
      metrics.countLearning('broken-off');
      log.warn({ fault: faultOf(error) }, 'learning the site could not ask the store; it is tried again');
    }
  };
};

const isDue = (
  last: LearnRound | undefined,
  first: boolean,
  now: number,
  { everyMs, policyVersion }: Pick<LearnTerms, 'everyMs' | 'policyVersion'>,
  { freshMs }: Pauses,
): boolean => {
  if (last?.finishedAt === undefined || last.policyVersion !== policyVersion) return true;
  return now - last.finishedAt >= (first ? Math.min(freshMs, everyMs) : everyMs);
};

const progressLog = ({ log, metrics, realNow }: Options): ((counts: LearnCounts) => void) => {
  let loggedAt = realNow();
  return (counts) => {
    metrics.showLearning(counts);
    if (realNow() - loggedAt < logMs) return;
    loggedAt = realNow();
    log.info(countsInLog(counts), `learning the site: ${progressInWords(counts)}`);
  };
};

/** Such as `4,210 of 9,800 articles known`. */
export const progressInWords = ({ known, of }: Pick<LearnCounts, 'known' | 'of'>): string =>
  `${known.toLocaleString('en')} of ${of.toLocaleString('en')} articles known`;

const tell = (outcome: LearnOutcome, { everyMs }: Pick<LearnTerms, 'everyMs'>, log: Options['log']): void => {
  const { counts } = outcome;
  switch (outcome.kind) {
    case 'stopped':
      return;
    case 'broken-off':
      log.warn(
        { ...countsInLog(counts), why: outcome.why },
        'learning the site was broken off; it goes on from there',
      );
      return;
    case 'done':
      if (counts.leftOut > 0)
        log.warn(
          countsInLog(counts),
          'the site has more addresses than sentry.learn.maxArticles: some are left out',
        );
      else if (outcome.failed.length > 0)
        log.warn(countsInLog(counts), 'some addresses of the site could not be learnt; they are tried again');
      else if (counts.of === 0 && everyMs > 0)
        log.warn(
          countsInLog(counts),
          'the site was learnt, and none of its pages is an article: name their paths in articles.paths, or have gatefold init look for them',
        );
      else if (counts.learnt > 0 || everyMs > 0)
        log.info(countsInLog(counts), `the site is learnt: ${progressInWords(counts)}`);
      return;
    default:
      outcome satisfies never;
  }
};

const countsInLog = (counts: LearnCounts) => ({ ...counts });
