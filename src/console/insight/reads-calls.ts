/** `/insight/reads`: how many free reads readers have left. */
import { z } from 'zod';
import type { Meter } from '../../policy/policy.ts';
import { type Call, call, ok, problem } from '../api/call.ts';
import { count } from './in-period-schema.ts';
import { readsCsv } from './insight-csv.ts';
import { readsRequest } from './insight-request-schema.ts';
import { type InsightSources, readsLines } from './insight-tables.ts';

export const readsCalls = (sources: InsightSources): readonly Call[] => {
  const about = {
    method: 'get',
    group: 'Insight',
    query: readsRequest,
    problems: ['meter-unknown'],
  } as const;
  const meterOf = (id: string): Meter | undefined => sources.policy().meters.find((meter) => meter.id === id);
  return [
    call({
      ...about,
      id: 'freeReads',
      path: '/insight/reads',
      action: 'read',
      summary: 'How many readers have how many free reads of a metered limit left, of those who used one.',
      answer: z.strictObject({
        meter: z.string(),
        lines: z.array(
          z.strictObject({
            audience: z.enum(['visitor', 'registered']),
            of: count.describe('The allowance when they read'),
            left: count,
            readers: count,
          }),
        ),
      }),
      run: async ({ query }) => {
        const meter = meterOf(query.meter);
        if (meter === undefined) return problem('meter-unknown', { meter: query.meter });
        return ok({ meter: meter.id, lines: [...(await readsLines(sources, meter, query.day))] });
      },
    }),
    call({
      ...about,
      id: 'exportFreeReads',
      path: '/insight/reads.csv',
      action: 'export',
      summary: 'The same as a table.',
      answer: z.string(),
      csv: 'free-reads.csv',
      run: async ({ query }) => {
        const meter = meterOf(query.meter);
        if (meter === undefined) return problem('meter-unknown', { meter: query.meter });
        return ok(readsCsv(meter.id, await readsLines(sources, meter, query.day)));
      },
    }),
  ];
};
