/** What is sold and for how much: Stripe's prices, kept here so that no article ever waits for them. */
import type { Clock } from '../ops/clock.ts';
import type { Plan, PlanId, Policy } from '../policy/policy.ts';
import type { Billing, PriceFacts } from './billing.ts';
import { saleFaults } from './sale-faults.ts';
import type { PriceId } from './subscription.ts';

export type Prices = ReadonlyMap<PriceId, PriceFacts>;

export interface Offer {
  /** What is known already. Asks Stripe behind the scenes when that is old; never waits, never throws. */
  peek(): Prices;
  /** Waits for Stripe when what is known is old, but no longer than a page can; then it is what is known. Never rejects. */
  prices(): Promise<Prices>;
  /** Another number whenever the prices are others: what was made with them has to be made anew. */
  version(): number;
}

export interface OfferOptions {
  readonly billing: Pick<Billing, 'prices'>;
  readonly policy: () => Pick<Policy, 'plans'>;
  readonly clock: Clock;
  /** Told once of each plan that can't be sold as the policy says, or not for what it says. */
  readonly warn: (about: { readonly plan: PlanId; readonly price: string }, message: string) => void;
  /** Told when Stripe can't be asked. */
  readonly report: (error: unknown) => void;
  /** How long a page waits. */
  readonly patienceMs?: number;
}

const freshMs = 300_000;
/** After a failure: Stripe isn't asked again by every view of an article. */
const pauseMs = 15_000;
const defaultPatienceMs = 4_000;

export const createOffer = (options: OfferOptions): Offer => {
  const { billing, policy, clock, report, patienceMs = defaultPatienceMs } = options;
  const warnOnce = createWarnOnce(options);
  let known: { readonly prices: Prices; readonly ids: string; readonly at: number } | undefined;
  let asked = { ids: '', at: Number.NEGATIVE_INFINITY };
  let lookedAt = Number.NEGATIVE_INFINITY;
  let version = 0;
  let underWay: Promise<void> | undefined;

  const ask = async (plans: readonly Plan[], ids: string, at: number): Promise<void> => {
    try {
      const wanted = [...new Set(plans.flatMap(({ price }) => (price ? [price as PriceId] : [])))];
      const found = wanted.length === 0 ? [] : await billing.prices(wanted);
      const prices = new Map(found.map((price) => [price.id, price]));
      if (known === undefined || !sameText(prices, known.prices)) version += 1;
      known = { prices, ids, at };
      warnOnce(plans, prices);
    } catch (error) {
      report(error);
    } finally {
      underWay = undefined;
    }
  };

  const refresh = (): Promise<void> | undefined => {
    if (underWay) return underWay;
    const { plans } = policy();
    const [ids, now] = [plans.map(({ price }) => price).join(), clock()];
    lookedAt = now;
    if (known?.ids === ids && isWithin(known.at, freshMs, now)) return undefined;
    if (asked.ids === ids && isWithin(asked.at, pauseMs, now)) return undefined;
    asked = { ids, at: now };
    underWay = ask(plans, ids, now);
    return underWay;
  };

  const current = (): Prices => known?.prices ?? none;
  return {
    peek: () => {
      void refresh();
      return current();
    },
    prices: async () => {
      await noLongerThan(patienceMs, refresh());
      return current();
    },
    version: () => {
      if (!isWithin(lookedAt, pauseMs, clock())) void refresh();
      return version;
    },
  };
};

/** A clock that went back, as a new sandbox's, makes everything old. */
const isWithin = (moment: number, span: number, now: number): boolean => moment <= now && now < moment + span;

const none: Prices = new Map();

const sameText = (one: Prices, other: Prices): boolean => textOf(one) === textOf(other);

const textOf = (prices: Prices): string =>
  JSON.stringify([...prices].sort(([one], [other]) => (one < other ? -1 : 1)));

const noLongerThan = async (ms: number, task: Promise<void> | undefined): Promise<void> => {
  if (task === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([task, over]);
  clearTimeout(timer);
};

const createWarnOnce = ({ warn }: Pick<OfferOptions, 'warn'>) => {
  const told = new Set<string>();
  return (plans: readonly Plan[], prices: Prices): void => {
    for (const { id, price = '', message } of plans.flatMap((plan) => saleFaults(plan, prices))) {
      const key = `${id}\n${price}\n${message}`;
      if (told.has(key)) continue;
      told.add(key);
      warn({ plan: id, price }, message);
    }
  };
};
