/** The rows of the charts' tables, and the texts under which the store keeps them. */
import type { Increment } from './insight-store.ts';

/** What became of a view, or how far a sale got; each view is counted at exactly one of the first seven. */
export const stages = [
  'open',
  'entitled',
  'registered',
  'freeRead',
  'readAgain',
  'degraded',
  'preview',
  'promptSeen',
  'plansPage',
  'checkoutBegun',
  'subscribed',
] as const;
export type Stage = (typeof stages)[number];
export const viewStages: readonly Stage[] = stages.slice(0, 7);

/** Null: what is no longer told apart, since a day's table has room for so many rows. */
export type Name = string | null;
export const other = null;

export interface FunnelRow {
  /** '' for articles without one. */
  readonly section: Name;
  readonly rule: Name;
  /** '' for views, and where a sale is of no known plan. */
  readonly plan: Name;
  readonly stage: Stage;
}

export interface ReadsRow {
  readonly meter: Name;
  readonly audience: 'visitor' | 'registered';
  /** The window's key in a calendar window, else `rolling`. */
  readonly window: string;
  /** How many free reads had been used when this one was charged, it included. */
  readonly used: number;
  readonly of: number;
}

export type SaleStage = Extract<Stage, 'plansPage' | 'checkoutBegun' | 'subscribed'>;

export interface SellerRow {
  /** '' for sales that began at no article. */
  readonly article: Name;
  readonly stage: SaleStage;
}

/** What became of an answer that held withheld text: sent to somebody who may read it, cleaned, stopped, or broken off. */
export const doorOutcomes = ['theirs', 'cleaned', 'withheld', 'broken-off'] as const;
export type DoorOutcome = (typeof doorOutcomes)[number];

export interface DoorRow {
  /** The address's path, without its query. */
  readonly path: Name;
  /** The article of which most was found. */
  readonly article: Name;
  readonly outcome: DoorOutcome;
}

type Place = Pick<Increment, 'row' | 'otherwise'>;

/** A full table stops telling sections apart; rules and plans are as many as the policy has. */
export const funnelPlace = ({ section, rule, plan, stage }: FunnelRow): Place => ({
  row: written([shortened(section), rule, plan, stage]),
  otherwise: written([other, rule, plan, stage]),
});

export const readsPlace = ({ meter, audience, window, used, of }: ReadsRow): Place => ({
  row: written([meter, audience, window, used, of]),
  otherwise: written([other, audience, window, 0, 0]),
});

export const sellerPlace = ({ article, stage }: SellerRow): Place => ({
  row: written([shortened(article), stage]),
  otherwise: written([other, stage]),
});

export const doorPlace = ({ path, article, outcome }: DoorRow): Place => ({
  row: written([shortened(path), shortened(article), outcome]),
  otherwise: written([other, other, outcome]),
});

/** A page can state a section of any length. */
const longestName = 200;

const shortened = (name: Name): Name => name?.slice(0, longestName) ?? other;

const written = (parts: readonly (Name | number)[]): string => JSON.stringify(parts);

/** Undefined for a row that isn't one of the funnel's; so the others. */
export const readFunnelRow = (row: string): FunnelRow | undefined => {
  const [section, rule, plan, stage] = partsOf(row);
  return isName(section) && isName(rule) && isName(plan) && isStage(stage)
    ? { section, rule, plan, stage }
    : undefined;
};

export const readReadsRow = (row: string): ReadsRow | undefined => {
  const [meter, audience, window, used, of] = partsOf(row);
  return isName(meter) &&
    (audience === 'visitor' || audience === 'registered') &&
    typeof window === 'string' &&
    typeof used === 'number' &&
    typeof of === 'number'
    ? { meter, audience, window, used, of }
    : undefined;
};

export const readSellerRow = (row: string): SellerRow | undefined => {
  const [article, stage] = partsOf(row);
  return isName(article) && (stage === 'plansPage' || stage === 'checkoutBegun' || stage === 'subscribed')
    ? { article, stage }
    : undefined;
};

export const readDoorRow = (row: string): DoorRow | undefined => {
  const [path, article, outcome] = partsOf(row);
  return isName(path) && isName(article) && isDoorOutcome(outcome) ? { path, article, outcome } : undefined;
};

const isDoorOutcome = (part: unknown): part is DoorOutcome =>
  (doorOutcomes as readonly unknown[]).includes(part);

const partsOf = (row: string): readonly unknown[] => {
  try {
    const parts: unknown = JSON.parse(row);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};

const isName = (part: unknown): part is Name => typeof part === 'string' || part === other;
const isStage = (part: unknown): part is Stage => (stages as readonly unknown[]).includes(part);
