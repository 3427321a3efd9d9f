/** What is counted of knowing withheld text: how much is known, and how learning the site goes. */
import { Counter, Gauge, type Registry } from 'prom-client';

export interface SentryMetrics {
  /** Asked whenever the figures are. */
  watchKnown(size: () => KnownSize): void;
  /** One round of this process. */
  countLearning(outcome: 'done' | 'stopped' | 'broken-off'): void;
  /** One look at an address by this process, and what came of it. */
  countVisit(outcome: string): void;
  /** How far learning is, whichever instance does it. */
  showLearning(progress: { readonly known: number; readonly of: number }): void;
}

export interface KnownSize {
  readonly articles: number;
  readonly bytes: number;
  /** Neighbouring runs of which one is kept: wider when memory is full. */
  readonly window: number;
}

export const sentryMetrics = (registry: Registry): SentryMetrics => {
  let sizeNow: (() => KnownSize) | undefined;
  const known = (name: string, help: string, value: (size: KnownSize) => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        if (sizeNow) this.set(value(sizeNow()));
        else this.remove();
      },
    });
  known('gatefold_sentry_articles', 'Articles whose text is known', ({ articles }) => articles);
  known('gatefold_sentry_bytes', 'Memory for what is known', ({ bytes }) => bytes);
  known(
    'gatefold_sentry_window',
    'Neighbouring runs of a text of which one is kept; wider when memory is full',
    ({ window }) => window,
  );
  const rounds = new Counter({
    name: 'gatefold_sentry_rounds_total',
    help: 'Rounds of learning the site',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const visits = new Counter({
    name: 'gatefold_sentry_visits_total',
    help: 'Addresses that learning asked the origin for',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const show = learningGauges(registry);
  return {
    watchKnown: (size) => {
      sizeNow = size;
    },
    countLearning: (outcome) => rounds.inc({ outcome }),
    countVisit: (outcome) => visits.inc({ outcome }),
    showLearning: show,
  };
};

/** Not there before anything was learnt. */
const learningGauges = (registry: Registry): SentryMetrics['showLearning'] => {
  let last: { readonly known: number; readonly of: number } | undefined;
  const gauge = (name: string, help: string, value: (progress: NonNullable<typeof last>) => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        if (last) this.set(value(last));
        else this.remove();
      },
    });
  gauge('gatefold_sentry_learnt', 'Articles of the site that have been learnt', ({ known }) => known);
  gauge(
    'gatefold_sentry_to_learn',
    'Addresses of the site where nobody was yet',
    ({ known, of }) => of - known,
  );
  return (progress) => {
    last = progress;
  };
};
