/** `/insight/sellers`: which articles sell. */
import { z } from 'zod';
import { type Call, call } from '../api/call.ts';
import { answered, count, inPeriod, periodTold } from './in-period-schema.ts';
import { sellersCsv } from './insight-csv.ts';
import { written } from './insight-names.ts';
import type { PeriodAsked } from './insight-period.ts';
import { periodRequest } from './insight-request-schema.ts';
import { type InsightSources, sellerLines } from './insight-tables.ts';

export const sellersCalls = (sources: InsightSources): readonly Call[] => {
  const about = {
    method: 'get',
    group: 'Insight',
    query: periodRequest,
    problems: ['period-invalid'],
  } as const;
  const lines = (asked: PeriodAsked) => inPeriod(sources, asked, (span) => sellerLines(sources.store, span));
  return [
    call({
      ...about,
      id: 'sellers',
      path: '/insight/sellers',
      action: 'read',
      summary:
        'From which articles readers went to the plans, began a checkout and subscribed: the best sellers first.',
      answer: z.strictObject({ ...periodTold, lines: z.array(sellerLine) }),
      run: async ({ query }) =>
        answered(await lines(query), ({ span, found }) => ({
          ...span,
          timeZone: sources.policy().site.timeZone,
          lines: found.map(({ article, sales }) => ({ article: written(article), ...sales })),
        })),
    }),
    call({
      ...about,
      id: 'exportSellers',
      path: '/insight/sellers.csv',
      action: 'export',
      summary: 'The same as a table.',
      answer: z.string(),
      csv: 'sellers.csv',
      run: async ({ query }) => answered(await lines(query), ({ found }) => sellersCsv(found)),
    }),
  ];
};

const sellerLine = z.strictObject({
  article: z.string().describe('`(none)`: sales that began at no article'),
  plansPage: count,
  checkoutBegun: count,
  subscribed: count,
});
