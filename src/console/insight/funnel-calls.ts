/** `/insight/funnel`: what became of article views, and how far sales got. */
import { z } from 'zod';
import { type Stage, stages } from '../../insight/chart-rows.ts';
import type { FunnelLine } from '../../insight/charts.ts';
import { type Call, call } from '../api/call.ts';
import { answered, count, inPeriod, periodTold } from './in-period-schema.ts';
import { funnelCsv } from './insight-csv.ts';
import { written } from './insight-names.ts';
import { type FunnelRequest, funnelRequest } from './insight-request-schema.ts';
import { funnelLines, type InsightSources, onlyOf } from './insight-tables.ts';

export const funnelCalls = (sources: InsightSources): readonly Call[] => {
  const about = {
    method: 'get',
    group: 'Insight',
    query: funnelRequest,
    problems: ['period-invalid'],
  } as const;
  const lines = ({ by = 'day', ...asked }: FunnelRequest) =>
    inPeriod(sources, asked, (span) => funnelLines(sources.store, { ...span, by, only: onlyOf(asked) }));
  return [
    call({
      ...about,
      id: 'funnel',
      path: '/insight/funnel',
      action: 'read',
      summary: 'What became of article views, and how far sales got: per day, section, rule or plan.',
      answer: z.strictObject({
        ...periodTold,
        by: z.enum(['day', 'section', 'rule', 'plan']),
        lines: z.array(funnelLine),
      }),
      run: async ({ query }) =>
        answered(await lines(query), ({ span, found }) => ({
          ...span,
          timeZone: sources.policy().site.timeZone,
          by: query.by ?? 'day',
          lines: found.map(toldLine),
        })),
    }),
    call({
      ...about,
      id: 'exportFunnel',
      path: '/insight/funnel.csv',
      action: 'export',
      summary: 'The funnel as a table.',
      answer: z.string(),
      csv: 'funnel.csv',
      run: async ({ query }) =>
        answered(await lines(query), ({ found }) => funnelCsv(query.by ?? 'day', found)),
    }),
  ];
};

const funnelLine = z.strictObject({
  name: z.string().describe('A day, or a name; `(none)`: of none, `(other)`: no longer told apart'),
  views: count,
  stopRate: z.number().min(0).max(1).nullable().describe('Previews among views; null without views'),
  stages: z.strictObject(
    Object.fromEntries(stages.map((stage) => [stage, count])) as Record<Stage, typeof count>,
  ),
});

const toldLine = ({ name, views, stopRate, stages: counts }: FunnelLine) => ({
  name: written(name),
  views,
  stopRate: stopRate ?? null,
  stages: { ...counts },
});
