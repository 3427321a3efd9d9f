/** The days that insight is asked about. */
import type { Span } from '../../insight/chart-table.ts';
import { daysAfter } from '../../insight/days.ts';

export interface PeriodAsked {
  /** The last so many, today included. */
  readonly days?: number | undefined;
  /** `2026-11-23`; these come before `days`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export type Period =
  | { readonly kind: 'ok'; readonly span: Span }
  /** Said in a sentence. */
  | { readonly kind: 'faulty'; readonly fault: string };

export const usualDays = 28;
/** So many days are kept. */
export const mostDays = 400;

export const findPeriod = ({ days = usualDays, from, to }: PeriodAsked, today: string): Period => {
  if (from === undefined && to === undefined) return { kind: 'ok', span: lastDays(days, today) };
  const last = to ?? today;
  const first = from ?? daysAfter(last, 1 - usualDays);
  if (first > last)
    return { kind: 'faulty', fault: `The first day, ${first}, comes after the last one, ${last}.` };
  if (first < daysAfter(last, 1 - mostDays))
    return { kind: 'faulty', fault: `${mostDays} days can be looked at together, and no more.` };
  return { kind: 'ok', span: { from: first, to: last } };
};

export const lastDays = (days: number, today: string): Span => ({
  from: daysAfter(today, 1 - days),
  to: today,
});
