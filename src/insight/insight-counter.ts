/** Counts views and sales in this process, and adds them to the store's tables every few seconds. */
import { createHash } from 'node:crypto';
import type { GrantReason } from '../gate/decision.ts';
import type { DecisionMade } from '../gate/on-decision.ts';
import {
  type DoorRow,
  doorPlace,
  funnelPlace,
  readsPlace,
  type SaleStage,
  type Stage,
  sellerPlace,
} from './chart-rows.ts';
import { dayAt } from './days.ts';
import type { Chart, Increment, InsightStore } from './insight-store.ts';
import { later } from './later.ts';

/** Where a reader stood who looked at the prompt or at plans. What isn't known is left out. */
export interface SaleFacts {
  readonly at: number;
  /** The article from which the reader came, with its section and the rule that stopped its reader. */
  readonly article?: string;
  readonly section?: string;
  readonly rule?: string;
  readonly plan?: string;
}

export interface InsightCounter {
  /** A person's view; whoever calls leaves crawlers and looks ahead out. */
  view(made: DecisionMade): void;
  /** An answer at an address that no rule speaks of held withheld text. */
  door(row: DoorRow, at: number): void;
  /**
   * `promptSeen` is what a browser can honestly say: that it fetched a mark which stands in the prompt and is fetched
   * only as it comes near the screen. Nobody knows that somebody read it; a browser without pictures never says so.
   */
  reached(stage: 'promptSeen' | 'plansPage' | 'checkoutBegun', facts: SaleFacts): void;
  /** @param checkout Stripe's own name for what was bought: however often and wherever it is heard of, it counts once. */
  subscribed(checkout: string, facts: SaleFacts): void;
  /** Adds what was counted. Never rejects: what couldn't be added is tried again, and counts once all the same. */
  flush(): Promise<void>;
  /** The last flush; nothing is added by itself any more. */
  close(): Promise<void>;
}

interface Options {
  readonly store: Pick<InsightStore, 'add'>;
  /** The site's; asked anew each time. */
  readonly timeZone: () => string;
  readonly random: (bytes: number) => string;
  readonly onTrouble: (error: unknown) => void;
  /** What a killed instance loses at most. */
  readonly flushMs?: number;
}

interface Tallied {
  readonly increment: Increment;
  by: number;
}

interface Batch {
  readonly id: string;
  readonly increments: readonly Increment[];
  readonly at: number;
}

const quarterMs = 900_000;
/** Together in one step of the store, which does nothing else meanwhile. */
const perBatch = 500;
/** While the store is away. More are lost: some minutes' worth, and a process that grows would lose them all. */
const mostWaiting = 200;
/** Rows counted between two flushes, far more than a day's tables hold. */
const mostRows = 10_000;

export const createInsightCounter = (options: Options): InsightCounter => {
  const { store, timeZone, random, onTrouble, flushMs = 5000 } = options;
  let tally = new Map<string, Tallied>();
  /** The views' own rows of the tally. */
  let views = new Map<string, Tallied>();
  let waiting: Batch[] = [];
  let latest = 0;
  let lastDay = { quarter: Number.NaN, zone: '', day: '' };
  let running: Promise<void> | undefined;
  let closed = false;
  const timer = later(flushMs, () => void flush());

  const count = (
    chart: Chart,
    day: string,
    place: Pick<Increment, 'row' | 'otherwise'>,
  ): Tallied | undefined => {
    if (!closed) timer.want();
    const name = `${chart}${day}${place.row}`;
    const known = tally.get(name);
    if (known) {
      known.by += 1;
      return known;
    }
    if (tally.size >= mostRows) return undefined;
    const tallied = { increment: { chart, day, ...place, by: 1 }, by: 1 };
    tally.set(name, tallied);
    return tallied;
  };

  const countView = ({ article, decision, view, asker, now }: DecisionMade): void => {
    const day = dayOf(now);
    const stage = stageOf(decision);
    const { section = '' } = article;
    const { rule } = decision;
    const name = `${day}\n${section}\n${rule}\n${stage}`;
    if (!countKnown(name)) countNew(name, 'funnel', day, funnelPlace({ section, rule, plan: '', stage }));
    const { ask, reading } = view;
    if (!ask || !reading || reading === 'unavailable' || reading.outcome !== 'charged') return;
    const window = ask.window.kind === 'rolling' ? 'rolling' : ask.window.key;
    const audience = asker.reader ? 'registered' : 'visitor';
    const { meter, allowance: of } = ask;
    const { used } = reading;
    const reads = `reads\n${day}\n${meter}\n${audience}\n${window}\n${used}\n${of}`;
    if (!countKnown(reads)) countNew(reads, 'reads', day, readsPlace({ meter, audience, window, used, of }));
  };

  /** Every view comes by here: its rows are written out once, and found again by names that cost less. */
  const countKnown = (name: string): boolean => {
    const known = views.get(name);
    if (known === undefined) return false;
    known.by += 1;
    return true;
  };

  const countNew = (
    name: string,
    chart: Chart,
    day: string,
    place: Pick<Increment, 'row' | 'otherwise'>,
  ): void => {
    const tallied = count(chart, day, place);
    if (tallied) views.set(name, tallied);
  };

  const dayOf = (at: number): string => {
    latest = Math.max(latest, at);
    const zone = timeZone();
    const quarter = Math.floor(at / quarterMs);
    // No zone's day begins within a quarter of an hour.
    if (quarter !== lastDay.quarter || zone !== lastDay.zone)
      lastDay = { quarter, zone, day: dayAt(zone, at) };
    return lastDay.day;
  };

  const saleRows = (stage: Stage, { at, article = '', section = '', rule = '', plan = '' }: SaleFacts) => {
    const day = dayOf(at);
    const funnel = { chart: 'funnel', day, ...funnelPlace({ section, rule, plan, stage }), by: 1 } as const;
    if (!isSaleStage(stage)) return [funnel];
    return [funnel, { chart: 'sellers', day, ...sellerPlace({ article, stage }), by: 1 } as const];
  };

  const wait = (batch: Batch): void => {
    if (waiting.length < mostWaiting) waiting.push(batch);
    else onTrouble(new Error('The store was away for too long: some views and sales are not counted.'));
  };

  const addAll = async (): Promise<void> => {
    for (const increments of inBatches(tally)) wait({ id: `batch-${random(12)}`, increments, at: latest });
    tally = new Map();
    views = new Map();
    for (;;) {
      const [batch] = waiting;
      if (batch === undefined) return;
      await store.add(batch.id, batch.increments, batch.at);
      waiting = waiting.filter((each) => each !== batch);
    }
  };

  const flush = async (): Promise<void> => {
    await running;
    running ??= addAll()
      .catch((error: unknown) => {
        onTrouble(error);
        if (!closed) timer.want();
      })
      .finally(() => {
        running = undefined;
      });
    await running;
  };

  return {
    view: countView,
    door: (row, at) => {
      count('doors', dayOf(at), doorPlace(row));
    },
    reached: (stage, facts) => {
      for (const { chart, day, row, otherwise } of saleRows(stage, facts))
        count(chart, day, { row, otherwise });
    },
    subscribed: (checkout, facts) => {
      wait({ id: onceId(checkout), increments: saleRows('subscribed', facts), at: facts.at });
      if (!closed) timer.want();
    },
    flush,
    close: async () => {
      closed = true;
      timer.stop();
      await flush();
    },
  };
};

const inBatches = (tally: ReadonlyMap<string, Tallied>): Increment[][] => {
  const all = [...tally.values()].map(({ increment, by }) => ({ ...increment, by }));
  return Array.from({ length: Math.ceil(all.length / perBatch) }, (_, place) =>
    all.slice(place * perBatch, (place + 1) * perBatch),
  );
};

/** Stripe's names lead to people, in Stripe; what is kept here leads nowhere. */
const onceId = (checkout: string): string =>
  `once-${createHash('sha256').update(checkout).digest('base64url').slice(0, 22)}`;

const isSaleStage = (stage: Stage): stage is SaleStage =>
  stage === 'plansPage' || stage === 'checkoutBegun' || stage === 'subscribed';

const stageOf = ({ outcome, reason }: DecisionMade['decision']): Stage =>
  outcome === 'preview' ? 'preview' : stageByReason[reason as GrantReason];

const stageByReason: Readonly<Record<GrantReason, Stage>> = {
  // Staff's views aren't told of; by its name one would be nobody's who had to be let in.
  staff: 'open',
  open: 'open',
  subscription: 'entitled',
  pass: 'entitled',
  comp: 'entitled',
  group: 'entitled',
  institution: 'entitled',
  gift: 'entitled',
  registered: 'registered',
  'free-read': 'freeRead',
  'already-read': 'readAgain',
  degraded: 'degraded',
};
