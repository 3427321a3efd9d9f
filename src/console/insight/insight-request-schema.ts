/** What may be asked of insight, by the page's address and by the management API alike. */
import { z } from 'zod';
import { mostDays } from './insight-period.ts';

const day = z.iso
  .date('Write a day as 2026-11-23.')
  .refine((text) => text >= '1970' && text < '9000', 'No such day.');

const period = {
  days: z.coerce.number().int().min(1).max(mostDays).optional().describe('The last so many, today included'),
  from: day.optional(),
  to: day.optional(),
};

/** An empty one is as none: a form sends all its fields. */
const name = z
  .string()
  .max(200)
  .optional()
  .describe('Only of this one; `(none)`: of none, `(other)`: no longer told apart');

export const periodRequest = z.object(period);

export const funnelRequest = z.object({
  ...period,
  by: z.enum(['day', 'section', 'rule', 'plan']).optional(),
  section: name,
  rule: name,
  plan: name,
});

export const readsRequest = z.object({
  meter: z.string().min(1).max(200).describe('A metered limit’s id'),
  day: day.optional().describe('Where readers stood at its end; absent: where they stand now'),
});

export type FunnelRequest = z.output<typeof funnelRequest>;
