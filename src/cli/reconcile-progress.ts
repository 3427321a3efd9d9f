/** How far a reconcile is, in words and as a share. */
import type { ReconcileStanding } from '../billing/reconcile-report.ts';
import type { ProgressWords } from './progress-line.ts';

export const reconcileProgress: ProgressWords<ReconcileStanding> = {
  words: (standing) => words(standing),
  share: (standing) => shareOf(standing),
};

/** Stripe doesn't say how many there are: the last run does, about. Undefined: nobody knows. */
const shareOf = ({ phase, checked, expected }: ReconcileStanding): number | undefined => {
  if (phase === 'kept') return 1;
  return expected ? Math.min(1, checked / expected) : undefined;
};

const words = (standing: ReconcileStanding): string =>
  [
    doing(standing),
    ...(standing.differing > 0 ? [`${count(standing.differing)} differ`] : []),
    ...(standing.failed > 0 ? [`${count(standing.failed)} failed`] : []),
    `${Math.round(standing.seconds)} s`,
  ].join(', ');

const doing = ({ phase, checked, events, expected }: ReconcileStanding): string => {
  switch (phase) {
    case 'events':
      return `${count(events)} undelivered event${events === 1 ? '' : 's'}`;
    case 'sweep':
      return `${count(checked)}${expected ? ` of about ${count(Math.max(expected, checked))}` : ''} subscriptions`;
    case 'kept':
      return 'customers that Stripe didn’t list';
    default:
      return phase satisfies never;
  }
};

const count = (number: number): string => number.toLocaleString('en');
