/** The tables of insight, for the page, its files and the management API. */
import type { FunnelRow } from '../../insight/chart-rows.ts';
import type { ChartStore, Span } from '../../insight/chart-table.ts';
import {
  type DoorLine,
  doors,
  type FunnelAsk,
  type FunnelLine,
  funnel,
  type SellerLine,
  sellers,
} from '../../insight/charts.ts';
import { dayAt, daysAfter, daysBetween } from '../../insight/days.ts';
import { type DistributionLine, distribution } from '../../insight/distribution.ts';
import { asOneDay } from '../../insight/one-day.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Meter, Policy } from '../../policy/policy.ts';
import { read } from './insight-names.ts';
import type { FunnelRequest } from './insight-request-schema.ts';

export interface InsightSources {
  readonly store: ChartStore;
  readonly policy: () => Policy;
  /** The time at which views are counted. */
  readonly clock: Clock;
}

export type Only = NonNullable<FunnelAsk['only']>;

export const today = ({ policy, clock }: Omit<InsightSources, 'store'>): string =>
  dayAt(policy().site.timeZone, clock());

export const onlyOf = (asked: Pick<FunnelRequest, 'section' | 'rule' | 'plan'>): Only => {
  const only: Partial<Record<keyof Only, FunnelRow['section']>> = {};
  for (const part of ['section', 'rule', 'plan'] as const) {
    const name = asked[part];
    if (name !== undefined && name !== '') only[part] = read(name);
  }
  return only;
};

/** Days that are counted without letting anybody else have a turn. */
const daysTogether = 16;

export const funnelLines = async (
  store: ChartStore,
  { by, only = {}, from, to }: FunnelAsk,
): Promise<readonly FunnelLine[]> => {
  if (by !== 'day') {
    const all = await asOneDay(store, 'funnel', { from, to });
    return funnel(all.store, { ...all.span, by, only });
  }
  const lines: FunnelLine[] = [];
  for (const [first = from] of inParts(daysBetween(from, to))) {
    const last = daysAfter(first, daysTogether - 1);
    lines.push(...(await funnel(store, { from: first, to: last < to ? last : to, by, only })));
  }
  return lines;
};

const inParts = (days: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(days.length / daysTogether) }, (_, part) =>
    days.slice(part * daysTogether, (part + 1) * daysTogether),
  );

/** More articles than anybody looks at. */
export const mostSellers = 5000;

export const sellerLines = async (store: ChartStore, span: Span): Promise<readonly SellerLine[]> => {
  const all = await asOneDay(store, 'sellers', span);
  return (await sellers(all.store, all.span)).slice(0, mostSellers);
};

/** More doors than anybody closes in a day. */
export const mostDoors = 500;

export const doorLines = async (store: ChartStore, span: Span): Promise<readonly DoorLine[]> => {
  const all = await asOneDay(store, 'doors', span);
  return (await doors(all.store, all.span)).slice(0, mostDoors);
};

/** @param day absent, or not over yet: where readers stand now. */
export const readsLines = (
  { store, policy, clock }: InsightSources,
  meter: Pick<Meter, 'id' | 'window'>,
  day?: string,
): Promise<readonly DistributionLine[]> => {
  const { timeZone } = policy().site;
  const now = clock();
  const at = day === undefined || day >= dayAt(timeZone, now) ? now : momentOf(day, timeZone);
  return distribution(store, { meter, timeZone, at });
};

const hourMs = 3_600_000;

/** Some moment of that day, by the clocks of that zone: they differ from UTC by 14 hours at most. */
const momentOf = (day: string, timeZone: string): number => {
  const noon = Date.parse(`${day}T12:00:00Z`);
  return [0, -6, 6].map((hours) => noon + hours * hourMs).find((at) => dayAt(timeZone, at) === day) ?? noon;
};
