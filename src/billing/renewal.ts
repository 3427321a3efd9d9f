/** When a subscription that begins now is paid for again. */
import type { PriceFacts } from './billing.ts';

export type Period = Required<Pick<PriceFacts, 'interval' | 'intervalCount'>>;

const dayMs = 86_400_000;

/** Months are the calendar's, and as Stripe does it: begun on the 31st, a shorter month's last day. UTC, like Stripe. */
export const periodEnd = (begunAt: number, { interval, intervalCount }: Period): number => {
  switch (interval) {
    case 'day':
      return begunAt + intervalCount * dayMs;
    case 'week':
      return begunAt + intervalCount * 7 * dayMs;
    case 'month':
      return monthsLater(begunAt, intervalCount);
    case 'year':
      return monthsLater(begunAt, intervalCount * 12);
    default:
      return interval satisfies never;
  }
};

const monthsLater = (at: number, months: number): number => {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
};
