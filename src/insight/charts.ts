/** Tables for the console's charts, from what was counted. */
import {
  type DoorOutcome,
  doorOutcomes,
  type FunnelRow,
  type Name,
  other,
  readDoorRow,
  readFunnelRow,
  readSellerRow,
  type SaleStage,
  type Stage,
  stages,
  viewStages,
} from './chart-rows.ts';
import { type ChartStore, rowsOf, type Span } from './chart-table.ts';
import { daysAfter, daysBetween } from './days.ts';

export interface FunnelAsk extends Span {
  readonly by: 'day' | 'section' | 'rule' | 'plan';
  /** Only what is of these; `other` for what was no longer told apart. */
  readonly only?: Partial<Pick<FunnelRow, 'section' | 'rule' | 'plan'>>;
}

export interface FunnelLine {
  /** A date, or a section's, rule's or plan's name: '' where there was none. */
  readonly name: Name;
  readonly stages: Readonly<Record<Stage, number>>;
  readonly views: number;
  /** Previews among views, 0 to 1; undefined without views. */
  readonly stopRate: number | undefined;
}

/** Days in their order, a line for each, those without anything too; all else by views, the most viewed first. */
export const funnel = async (
  store: ChartStore,
  { by, only = {}, ...span }: FunnelAsk,
): Promise<readonly FunnelLine[]> => {
  const sums = new Map<Name, Record<Stage, number>>();
  if (by === 'day') for (const day of daysBetween(span.from, span.to)) sums.set(day, noStages());
  for await (const { day, row, count } of rowsOf(store, 'funnel', span, readFunnelRow)) {
    if (!isOnly(row, only)) continue;
    const name = by === 'day' ? day : row[by];
    const sum = sums.get(name) ?? noStages();
    sum[row.stage] += count;
    sums.set(name, sum);
  }
  const lines = [...sums].map(([name, sum]) => lineOf(name, sum));
  return by === 'day' ? lines : lines.sort(mostFirst);
};

export interface RuleMatches {
  readonly views: number;
  readonly previews: number;
}

/** How many views each rule decided on the last days, today included; `otherwise` among them, a rule without any not. */
export const ruleMatches = async (
  store: ChartStore,
  today: string,
  days = 7,
): Promise<ReadonlyMap<Name, RuleMatches>> => {
  const lines = await funnel(store, { from: daysAfter(today, 1 - days), to: today, by: 'rule' });
  return new Map(
    lines
      .filter(({ views }) => views > 0)
      .map(({ name, views, stages: { preview } }) => [name, { views, previews: preview }]),
  );
};

export interface SellerLine {
  /** '' for sales that began at no article. */
  readonly article: Name;
  readonly sales: Readonly<Record<SaleStage, number>>;
}

/** From which articles readers went to the plans, began a checkout and subscribed: the best sellers first. */
export const sellers = async (store: ChartStore, span: Span): Promise<readonly SellerLine[]> => {
  const sums = new Map<Name, Record<SaleStage, number>>();
  for await (const { row, count } of rowsOf(store, 'sellers', span, readSellerRow)) {
    const sum = sums.get(row.article) ?? { plansPage: 0, checkoutBegun: 0, subscribed: 0 };
    sum[row.stage] += count;
    sums.set(row.article, sum);
  }
  return [...sums]
    .map(([article, sales]): SellerLine => ({ article, sales }))
    .sort(
      ({ sales: one }, { sales: another }) =>
        another.subscribed - one.subscribed ||
        another.checkoutBegun - one.checkoutBegun ||
        another.plansPage - one.plansPage,
    );
};

export interface DoorLine {
  readonly path: Name;
  /** Of which most was found there. */
  readonly article: Name;
  readonly times: Readonly<Record<DoorOutcome, number>>;
}

/** At which addresses withheld text was found, the most frequented first. */
export const doors = async (store: ChartStore, span: Span): Promise<readonly DoorLine[]> => {
  const sums = new Map<string, { path: Name; article: Name; times: Record<DoorOutcome, number> }>();
  for await (const { row, count } of rowsOf(store, 'doors', span, readDoorRow)) {
    const name = JSON.stringify([row.path, row.article]);
    const sum = sums.get(name) ?? { path: row.path, article: row.article, times: noDoors() };
    sum.times[row.outcome] += count;
    sums.set(name, sum);
  }
  return [...sums.values()].sort(({ times: one }, { times: another }) => timesIn(another) - timesIn(one));
};

const noDoors = (): Record<DoorOutcome, number> =>
  Object.fromEntries(doorOutcomes.map((outcome) => [outcome, 0])) as Record<DoorOutcome, number>;

const timesIn = (times: DoorLine['times']): number =>
  doorOutcomes.reduce((sum, outcome) => sum + times[outcome], 0);

const noStages = (): Record<Stage, number> =>
  Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>;

const isOnly = (row: FunnelRow, only: NonNullable<FunnelAsk['only']>): boolean =>
  (['section', 'rule', 'plan'] as const).every(
    (part) => only[part] === undefined || only[part] === row[part],
  );

const lineOf = (name: Name, sum: Readonly<Record<Stage, number>>): FunnelLine => {
  const views = viewStages.reduce((all, stage) => all + sum[stage], 0);
  return { name, stages: sum, views, stopRate: views === 0 ? undefined : sum.preview / views };
};

const mostFirst = (one: FunnelLine, another: FunnelLine): number =>
  Number(one.name === other) - Number(another.name === other) ||
  another.views - one.views ||
  another.stages.plansPage - one.stages.plansPage;
