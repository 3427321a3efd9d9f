/** The days that a call of insight is about, or why there are none. */
import { z } from 'zod';
import type { Span } from '../../insight/chart-table.ts';
import { type Answered, ok, problem } from '../api/call.ts';
import { findPeriod, type PeriodAsked } from './insight-period.ts';
import { type InsightSources, today } from './insight-tables.ts';

const day = z.string().describe('`2026-11-23`, by the site’s clocks');

/** Part of each answer about a period. */
export const periodTold = { from: day, to: day, timeZone: z.string() };

export const count = z.int().nonnegative();

export interface InPeriod<Found> {
  readonly kind: 'ok';
  readonly span: Span;
  readonly found: Found;
}

type Refused = Extract<Answered<never>, { kind: 'problem' }>;

export const inPeriod = async <Found>(
  sources: InsightSources,
  asked: PeriodAsked,
  find: (span: Span) => Promise<Found>,
): Promise<InPeriod<Found> | Refused> => {
  const period = findPeriod(asked, today(sources));
  if (period.kind === 'faulty') return problem('period-invalid', { fault: period.fault });
  return { kind: 'ok', span: period.span, found: await find(period.span) };
};

export const answered = <Found, Answer>(
  result: InPeriod<Found> | Refused,
  tell: (found: InPeriod<Found>) => Answer,
): Answered<Answer> => (result.kind === 'problem' ? result : ok(tell(result)));
