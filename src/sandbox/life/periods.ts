/** When a period ends: calendar months and years counted from the anchor, so that the 31st comes back after a short month. */
import type { Interval, PriceRecord } from '../ledger/records.ts';

type Recurring = NonNullable<PriceRecord['recurring']>;

/** The first end of a period after `after`; all in seconds, in UTC. */
export const periodEndAfter = (anchor: number, { interval, count }: Recurring, after: number): number => {
  const seconds = fixedSeconds[interval];
  if (seconds !== undefined) {
    const step = seconds * count;
    const passed = Math.floor((after - anchor) / step);
    return anchor + (Math.max(-1, passed) + 1) * step;
  }
  const months = (interval === 'year' ? 12 : 1) * count;
  const guess = Math.floor(monthsBetween(anchor, after) / months);
  for (let steps = Math.max(0, guess - 1); ; steps++) {
    const end = addMonths(anchor, steps * months);
    if (end > after) return end;
  }
};

const fixedSeconds: Readonly<Record<Interval, number | undefined>> = {
  day: 86_400,
  week: 604_800,
  month: undefined,
  year: undefined,
};

const monthsBetween = (from: number, to: number): number => {
  const [start, end] = [new Date(from * 1_000), new Date(to * 1_000)];
  return (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
};

const addMonths = (from: number, months: number): number => {
  const start = new Date(from * 1_000);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const sinceMidnight =
    from - Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()) / 1_000;
  return Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay)) / 1_000 + sinceMidnight;
};
