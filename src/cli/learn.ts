/** `gatefold learn`: the site's articles learnt now, with how far it is, and again and again until it is stopped. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Learning } from '../gateway/compose-learning.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import { systemClock } from '../ops/clock.ts';
import type { LearnOutcome } from '../sentry/learn/learn-deps.ts';
import { progressInWords } from '../sentry/learn/learn-schedule.ts';
import type { LearnCounts } from '../sentry/learn/learn-store.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';
import { fail, readSettings } from './read-settings.ts';
import { stopOnSignal } from './stop-on-signal.ts';

interface Options {
  /** One round, and then the end. */
  readonly once?: boolean;
}

/**
 * The exit code is 0 when all that was found is known, 2 when some addresses couldn't be learnt, and 1 when it couldn't
 * be found out: the origin or the store failed, or it was stopped within a round.
 */
export const learn = async ({ once = false }: Options): Promise<void> => {
  const settings = { ...readSettings(), logLevel: 'silent' as const };
  let gateway: Gateway | undefined;
  try {
    gateway = await createGateway({ settings, watch: false, follow: false, selling: false });
    const { learning, inForce, stores } = gateway;
    if (!learning)
      throw new Error(
        'A host application can’t be asked for its articles: they become known as readers ask for them.',
      );
    await stores.ping().catch(() => {
      throw new Error('The store can’t be reached: is Redis running at REDIS_URL?');
    });
    const everyMs = (): number => inForce().policy.sentry.learn.everyMinutes * 60_000;
    process.exitCode = await rounds(learning, once, everyMs);
  } catch (error) {
    fail(error);
  } finally {
    await gateway?.close();
  }
};

const rounds = (learning: Learning, once: boolean, everyMs: () => number): Promise<number> =>
  stopOnSignal(async (signal) => {
    for (;;) {
      const outcome = await oneRound(learning, signal);
      for (const line of outcomeLines(outcome)) console.log(line);
      if (once || outcome.kind === 'stopped') return exitCodeOf(outcome);
      const rested = await rest(outcome.kind === 'broken-off' ? retryMs : everyMs(), signal);
      if (!rested) return exitCodeOf(outcome);
    }
  });

const retryMs = 60_000;
/** While another instance is at it. */
const lookMs = 1_000;

/** Where another instance is at it, its round is waited for: what it learns needn't be learnt twice. */
const oneRound = async (learning: Learning, signal: AbortSignal): Promise<LearnOutcome> => {
  const line = createProgressLine(process.stdout, systemClock, progress);
  try {
    for (let told = false; ; told = true) {
      const outcome = await learning.learn({ signal, onProgress: line.show });
      if (outcome.kind !== 'running-already') return outcome;
      if (!told) console.log('Another instance is learning the site; waiting for it.');
      await showOthers(learning, line);
      if (!(await rest(lookMs, signal))) return { kind: 'stopped', counts: nothing };
    }
  } finally {
    line.end();
  }
};

const showOthers = async (learning: Learning, line: ProgressLine<LearnCounts>): Promise<void> => {
  const round = await learning.standing().catch(() => undefined);
  if (round) line.show(round.counts);
};

const nothing: LearnCounts = {
  ...{ known: 0, of: 0, visited: 0, learnt: 0, unchanged: 0, failed: 0, forgotten: 0, leftOut: 0 },
};

/** False: it was stopped meanwhile. */
const rest = (ms: number, signal: AbortSignal): Promise<boolean> =>
  wait(ms, true, { signal }).catch(() => false);

const progress = {
  words: (counts: LearnCounts): string =>
    [
      progressInWords(counts),
      `${counts.visited.toLocaleString('en')} visited`,
      ...(counts.failed > 0 ? [`${counts.failed.toLocaleString('en')} failed`] : []),
    ].join(', '),
  share: ({ known, of }: LearnCounts): number | undefined => (of === 0 ? undefined : known / of),
};

const outcomeLines = (outcome: LearnOutcome): readonly string[] => {
  const { counts } = outcome;
  const sum = [
    `${progressInWords(counts)}; ${counts.learnt.toLocaleString('en')} of them new or changed, ` +
      `${counts.visited.toLocaleString('en')} addresses visited.`,
    ...(counts.leftOut > 0
      ? [`More addresses than sentry.learn.maxArticles: ${counts.leftOut.toLocaleString('en')} left out.`]
      : []),
  ];
  switch (outcome.kind) {
    case 'done':
      return [...sum, ...failedLines(counts, outcome.failed)];
    case 'stopped':
      return [...sum, 'It was stopped; the next round goes on from there.'];
    case 'broken-off':
      return [...sum, `It was broken off: ${outcome.why}. The next round goes on from there.`];
    default:
      return outcome satisfies never;
  }
};

const failedLines = ({ failed }: LearnCounts, named: readonly string[]): readonly string[] => {
  if (named.length === 0) return [];
  const more = failed > named.length ? ` and ${failed - named.length} more` : '';
  return [`Could not be learnt, and is tried again: ${named.join(', ')}${more}.`];
};

const exitCodeOf = (outcome: LearnOutcome): number => {
  if (outcome.kind !== 'done') return 1;
  return outcome.failed.length > 0 ? 2 : 0;
};
