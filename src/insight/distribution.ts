/** How many free reads readers have left, from how many were charged. */
import { type OpenWindow, windowAt } from '../meter/window.ts';
import type { Meter } from '../policy/policy.ts';
import { type ReadsRow, readReadsRow } from './chart-rows.ts';
import { type ChartStore, rowsOf } from './chart-table.ts';
import { dayAt, daysAfter } from './days.ts';

export interface DistributionAsk {
  readonly meter: Pick<Meter, 'id' | 'window'>;
  readonly timeZone: string;
  /** Milliseconds: where readers stood at the end of this moment's day, or stand now. */
  readonly at: number;
}

export interface DistributionLine {
  readonly audience: 'visitor' | 'registered';
  readonly of: number;
  readonly left: number;
  readonly readers: number;
}

/**
 * How many readers have 0, 1, 2 … free reads left in the window, of those who have read at least one. So many were
 * charged their first, so many their second: who was charged a first and no second stands at one. Exact in a calendar
 * window as long as the allowance stays. After a change of it, or when a visitor registers, a reader may stand in two
 * lines; in a rolling window reads that expire are taken for the latest, so that the lines are near and no more.
 */
export const distribution = async (
  store: ChartStore,
  { meter, timeZone, at }: DistributionAsk,
): Promise<readonly DistributionLine[]> => {
  const window = windowAt(meter.window, timeZone, at);
  const name = window.kind === 'rolling' ? 'rolling' : window.key;
  const span = { from: firstDay(window, timeZone, at), to: dayAt(timeZone, at) };
  const charged = new Map<string, Steps>();
  for await (const { row, count } of rowsOf(store, 'reads', span, readReadsRow)) {
    if (row.meter !== meter.id || row.window !== name) continue;
    const key = `${row.audience} ${row.of}`;
    const steps = charged.get(key) ?? { ...row, counts: [] };
    charged.set(key, steps);
    steps.counts[row.used] = (steps.counts[row.used] ?? 0) + count;
  }
  return [...charged.values()]
    .flatMap(standing)
    .sort((one, another) => byAudience(one, another) || one.of - another.of || one.left - another.left);
};

const dayMs = 86_400_000;

const firstDay = (window: OpenWindow, timeZone: string, at: number): string =>
  window.kind === 'calendar'
    ? dayAt(timeZone, window.startsAt)
    : daysAfter(dayAt(timeZone, at), 1 - window.lengthMs / dayMs);

/** How many readers were charged their first, second … read; at place 0 nobody is. */
interface Steps extends Pick<ReadsRow, 'audience' | 'of'> {
  readonly counts: number[];
}

const standing = ({ audience, of, counts }: Steps): DistributionLine[] => {
  // Nobody is charged a second read without a first: where it looks so, an earlier one has expired or was another's.
  const reached = Array.from({ length: of }, (_, place) => counts[place + 1] ?? 0).sort((a, b) => b - a);
  return reached
    .map((readers, place) => ({
      audience,
      of,
      left: of - place - 1,
      readers: readers - (reached[place + 1] ?? 0),
    }))
    .filter(({ readers }) => readers > 0);
};

const byAudience = (one: DistributionLine, another: DistributionLine): number =>
  Number(one.audience === 'registered') - Number(another.audience === 'registered');
