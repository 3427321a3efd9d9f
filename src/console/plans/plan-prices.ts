/** Stripe's own prices beside plans as they are drafted: what each costs there, and what of it isn't as the plan says. */
import type { Billing, BillingFaultKind, PriceFacts } from '../../billing/billing.ts';
import type { Offer, Prices } from '../../billing/offer.ts';
import { priceText } from '../../billing/price-text.ts';
import { saleFaults, salePrice } from '../../billing/sale-faults.ts';
import type { PriceId } from '../../billing/subscription.ts';
import { within } from '../../ops/within.ts';
import type { Messages } from '../../pages/messages/create-messages.ts';
import type { Plan } from '../../policy/policy.ts';

export interface StripePrices {
  readonly prices: Prices;
  /** Why the others aren't known; absent: Stripe was asked for every one of them. */
  readonly unasked?: string;
}

export interface PricesOptions {
  readonly offer: Pick<Offer, 'prices'>;
  readonly billing: Pick<Billing, 'prices'>;
  /** How long a page waits for prices that only the draft names. */
  readonly patienceMs?: number;
}

/** Never rejects. The offer knows the prices of what is in force; those that only a draft names are asked for here. */
export const readStripePrices = async (
  { offer, billing, patienceMs = 3_000 }: PricesOptions,
  plans: readonly Plan[],
): Promise<StripePrices> => {
  const known = await offer.prices();
  const wanted = plans.flatMap(({ price }) => (price === undefined ? [] : [price as PriceId]));
  const others = [...new Set(wanted)].filter((id) => !known.has(id));
  if (others.length === 0) return { prices: known };
  try {
    const asked = await within(billing.prices(others), patienceMs);
    if (asked === 'late') return { prices: known, unasked: 'Stripe didn’t answer in time.' };
    return { prices: new Map([...known, ...asked.map((price) => [price.id, price] as const)]) };
  } catch (error) {
    return { prices: known, unasked: unaskedWords(error) };
  }
};

export interface PriceTold {
  readonly standing: PriceStanding;
  /** Such as `€9 a month`; absent: not known, or in steps that checkout tells. */
  readonly costs?: string;
  /** With the trial, as a new reader sees it. */
  readonly shown?: string;
  /** What isn't as it should be. */
  readonly fault?: string;
  readonly instead?: string;
  readonly price?: PriceFacts;
}

export type PriceStanding =
  | 'fine'
  /** The plan names none. */
  | 'unnamed'
  /** Stripe couldn't be asked. */
  | 'unknown'
  | 'missing'
  /** Missing as yet, at a sandbox that makes it. */
  | 'to-be-made'
  /** Paid once where the plan is a subscription, or the other way about. */
  | 'wrong-kind'
  | 'other-interval'
  /** Nothing is sold here. */
  | 'unsold';

/** @param stripe undefined: nothing is sold here. @param isNew only the draft names the price, at the sandbox, which makes it */
export const tellPrice = (
  plan: Plan,
  stripe: StripePrices | undefined,
  messages: Messages,
  isNew: boolean,
): PriceTold => {
  if (plan.price === undefined) return { standing: 'unnamed', ...unnamed };
  if (stripe === undefined) return { standing: 'unsold', ...unsold };
  const price = stripe.prices.get(plan.price as PriceId);
  if (price === undefined) return untold(stripe, isNew);
  const [found] = saleFaults(plan, stripe.prices);
  const fault = found && sentence(found.message);
  const facts = { price, ...textsOf(plan, price, messages) };
  if (fault === undefined) return { standing: 'fine', ...facts };
  const standing = salePrice(plan, stripe.prices) ? 'other-interval' : 'wrong-kind';
  return { standing, ...facts, fault, instead: insteads[standing] };
};

const untold = ({ unasked }: StripePrices, isNew: boolean): PriceTold => {
  if (unasked !== undefined) return { standing: 'unknown', fault: unasked, instead: lookAgain };
  if (isNew)
    return {
      standing: 'to-be-made',
      fault: 'The sandbox has no price of this id yet.',
      instead: madeByPublishing,
    };
  return { standing: 'missing', fault: missing, instead: insteads.missing };
};

const textsOf = (plan: Plan, price: PriceFacts, messages: Messages): Pick<PriceTold, 'costs' | 'shown'> => {
  const { passDays, trialDays } = plan;
  // A recurring price isn't told as a pass, whatever the plan says: it is Stripe's own that is told here.
  const isPass = price.interval === undefined && passDays !== undefined;
  const costs = priceText(isPass ? { passDays } : {}, price, messages);
  const shown = trialDays === undefined || isPass ? undefined : priceText({ trialDays }, price, messages);
  return { ...(costs === undefined ? {} : { costs }), ...(shown === undefined ? {} : { shown }) };
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const missing = 'Stripe has no active price of this id: the plan can’t be bought.';
const madeByPublishing = 'It makes one of its own when the draft is published.';
const lookAgain = 'Look again in a moment; readers are shown what was known last.';

const insteads = {
  missing:
    'Copy the price’s id, price_…, from Stripe’s dashboard (Product catalogue), in the same mode as the key; or make the price active there.',
  'wrong-kind':
    'Choose a recurring price for a subscription; for a pass, a price that is paid once, and the days it is good for.',
  'other-interval': 'Choose Stripe’s interval here, or another price.',
} as const;

const unnamed = {
  fault: 'The plan is shown, and can’t be bought.',
  instead: 'Make a price at Stripe, and write its id, price_…, here.',
} as const;

const unsold = {
  fault: 'Nothing is sold here, so that Stripe isn’t asked.',
  instead: 'Whoever runs this site sets STRIPE_SECRET_KEY.',
} as const;

const unaskedWords = (error: unknown): string => {
  const kind = typeof error === 'object' && error !== null && 'kind' in error ? error.kind : undefined;
  return whyUnasked.get(kind as BillingFaultKind) ?? 'Stripe couldn’t be asked.';
};

const whyUnasked: ReadonlyMap<BillingFaultKind, string> = new Map([
  ['unreachable', 'Stripe can’t be reached now.'],
  ['stripe-down', 'Stripe is down just now.'],
  ['rate-limited', 'Stripe was asked too often just now.'],
  ['not-allowed', 'Stripe’s key is wrong, or may not read prices: see the setting STRIPE_SECRET_KEY.'],
]);
