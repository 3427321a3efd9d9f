/** All that the insight page shows of a period. */
import type { Name, Stage } from '../../insight/chart-rows.ts';
import { stages } from '../../insight/chart-rows.ts';
import type { Span } from '../../insight/chart-table.ts';
import { type DoorLine, type FunnelLine, funnel, type SellerLine } from '../../insight/charts.ts';
import type { DistributionLine } from '../../insight/distribution.ts';
import { asOneDay } from '../../insight/one-day.ts';
import { readDaysOnce } from '../../insight/read-days-once.ts';
import type { Meter, Policy } from '../../policy/policy.ts';
import {
  doorLines,
  funnelLines,
  type InsightSources,
  type Only,
  readsLines,
  sellerLines,
  today,
} from './insight-tables.ts';

export interface InsightView {
  readonly today: string;
  readonly span: Span;
  readonly only: Only;
  readonly total: Pick<FunnelLine, 'stages' | 'views' | 'stopRate'>;
  readonly byDay: readonly FunnelLine[];
  readonly bySection: readonly FunnelLine[];
  readonly byRule: readonly FunnelLine[];
  readonly byPlan: readonly FunnelLine[];
  readonly reads: readonly MeterReads[];
  readonly sellers: readonly SellerLine[];
  readonly doors: readonly DoorLine[];
  /** What there is to choose from, whatever is chosen. */
  readonly choices: Readonly<Record<'section' | 'rule' | 'plan', readonly Name[]>>;
  readonly plans: Policy['plans'];
  readonly timeZone: string;
}

export interface MeterReads {
  readonly meter: Meter;
  readonly lines: readonly DistributionLine[];
}

/** @throws what the store throws. */
export const viewInsight = async (sources: InsightSources, span: Span, only: Only): Promise<InsightView> => {
  const store = readDaysOnce(sources.store);
  const { meters, plans, site } = sources.policy();
  const byDay = await funnelLines(store, { ...span, by: 'day', only });
  const all = await asOneDay(store, 'funnel', span);
  const linesBy = (by: 'section' | 'rule' | 'plan', of: Only = only) =>
    funnel(all.store, { ...all.span, by, only: of });
  const choices = async (by: 'section' | 'rule' | 'plan'): Promise<readonly Name[]> =>
    (await linesBy(by, {})).map(({ name }) => name);
  const reads: MeterReads[] = [];
  for (const meter of meters)
    reads.push({ meter, lines: await readsLines({ ...sources, store }, meter, span.to) });
  return {
    today: today(sources),
    span,
    only,
    total: totalOf(byDay),
    byDay,
    bySection: await linesBy('section'),
    byRule: await linesBy('rule'),
    byPlan: await linesBy('plan'),
    reads,
    sellers: await sellerLines(store, span),
    doors: await doorLines(store, span),
    choices: {
      section: await choices('section'),
      rule: await choices('rule'),
      plan: await choices('plan'),
    },
    plans,
    timeZone: site.timeZone,
  };
};

const totalOf = (lines: readonly FunnelLine[]): InsightView['total'] => {
  const sum = Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>;
  let views = 0;
  for (const line of lines) {
    views += line.views;
    for (const stage of stages) sum[stage] += line.stages[stage];
  }
  return { stages: sum, views, stopRate: views === 0 ? undefined : sum.preview / views };
};
