/** How far a reconcile is: one line that is written over on a terminal, a line now and then anywhere else. */
import type { ReconcileStanding } from '../billing/reconcile-report.ts';

export interface ProgressLine {
  readonly show: (standing: ReconcileStanding) => void;
  /** Leaves the terminal's line empty for what comes next. */
  end(): void;
}

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const redrawMs = 100;
const lineMs = 10_000;

export const createProgressLine = (output: Output, realNow: () => number): ProgressLine => {
  const { isTTY: onTerminal = false } = output;
  // A short run needs no line in a log; a terminal shows at once that something goes on.
  let shownAt = onTerminal ? Number.NEGATIVE_INFINITY : realNow();
  return {
    show: (standing) => {
      const now = realNow();
      if (now - shownAt < (onTerminal ? redrawMs : lineMs)) return;
      shownAt = now;
      if (onTerminal) output.write(`\r${fitting(barLine(standing), output.columns)}\u001b[K`);
      else output.write(`${words(standing)}\n`);
    },
    end: () => {
      if (onTerminal) output.write('\r\u001b[K');
    },
  };
};

const fitting = (line: string, columns = 80): string => line.slice(0, Math.max(1, columns - 1));

const barWidth = 24;

const barLine = (standing: ReconcileStanding): string => {
  const share = shareOf(standing);
  if (share === undefined) return words(standing);
  const full = Math.round(share * barWidth);
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}] ${words(standing)}`;
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
