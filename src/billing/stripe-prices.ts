/** Prices, kept for some minutes: the plans page shows them to everybody, and they hardly ever change. */
import type { Clock } from '../ops/clock.ts';
import type { PriceFacts } from './billing.ts';
import type { AskStripe } from './stripe-ask.ts';
import { isStripeId } from './stripe-id.ts';
import { readPrice, type StripePrice } from './stripe-schema.ts';
import type { PriceId } from './subscription.ts';

const keptMs = 5 * 60_000;
/** One that isn't there may be made any moment: a publisher who mends the policy shouldn't wait. */
const missingKeptMs = 10_000;

interface Kept {
  readonly price: Promise<PriceFacts | undefined>;
  readonly askedAt: number;
  keptMs: number;
}

/** The function of `Billing.prices`. Asks once for each price, however many pages want it at once; keeps no fault. */
export const createPrices = (ask: AskStripe, clock: Clock) => {
  const kept = new Map<PriceId, Kept>();

  const price = (id: PriceId): Promise<PriceFacts | undefined> => {
    const now = clock();
    const known = kept.get(id);
    if (known && now >= known.askedAt && now < known.askedAt + known.keptMs) return known.price;
    const asked: Kept = { price: readPriceFacts(ask, id), askedAt: now, keptMs };
    kept.set(id, asked);
    asked.price.then(
      (found) => {
        if (!found) asked.keptMs = missingKeptMs;
      },
      () => {
        if (kept.get(id) === asked) kept.delete(id);
      },
    );
    return asked.price;
  };

  return async (ids: readonly PriceId[]): Promise<readonly PriceFacts[]> => {
    const prices = await Promise.all([...new Set(ids)].filter(isStripeId).map(price));
    return prices.filter((found) => found !== undefined);
  };
};

const readPriceFacts = async (ask: AskStripe, id: PriceId): Promise<PriceFacts | undefined> => {
  const found = await ask.oneIfThere({
    doing: 'reading a price',
    put: (stripe) => stripe.prices.retrieve(id, { expand: ['currency_options'] }),
    read: readPrice,
    id,
  });
  return found?.active ? toFacts(found) : undefined;
};

const toFacts = (price: StripePrice): PriceFacts => ({
  id: price.id as PriceId,
  currency: price.currency,
  ...(price.unit_amount == null ? {} : { unitAmount: price.unit_amount }),
  ...(price.recurring
    ? { interval: price.recurring.interval, intervalCount: price.recurring.interval_count }
    : {}),
  otherAmounts: Object.fromEntries(
    Object.entries(price.currency_options ?? {}).flatMap(([currency, { unit_amount: amount }]) =>
      amount == null || currency === price.currency ? [] : [[currency, amount]],
    ),
  ),
});
