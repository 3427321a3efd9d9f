/** `/insight/doors`: at which addresses withheld text was found. */
import { z } from 'zod';
import { type Call, call } from '../api/call.ts';
import { answered, count, inPeriod, periodTold } from './in-period-schema.ts';
import { written } from './insight-names.ts';
import { periodRequest } from './insight-request-schema.ts';
import { doorLines, type InsightSources } from './insight-tables.ts';

export const doorsCalls = (sources: InsightSources): readonly Call[] => [
  call({
    method: 'get',
    group: 'Insight',
    query: periodRequest,
    problems: ['period-invalid'],
    id: 'doors',
    path: '/insight/doors',
    action: 'read',
    summary:
      'At which addresses beside the articles’ own pages withheld text was found: the most frequented first.',
    answer: z.strictObject({ ...periodTold, lines: z.array(doorLine) }),
    run: async ({ query }) =>
      answered(
        await inPeriod(sources, query, (span) => doorLines(sources.store, span)),
        ({ span, found }) => ({
          ...span,
          timeZone: sources.policy().site.timeZone,
          lines: found.map(({ path, article, times }) => ({
            path: written(path),
            article: written(article),
            shortened: times.cleaned,
            stopped: times.withheld + times['broken-off'],
            sentToSubscribers: times.theirs,
          })),
        }),
      ),
  }),
];

const doorLine = z.strictObject({
  path: z.string(),
  article: z.string().describe('of which most was found there'),
  shortened: count,
  stopped: count,
  sentToSubscribers: count,
});
