/** What a plan costs and what is renewed when, in a reader's words: "€9 a month", "Renews on 23 December". */
import type { Messages } from '../pages/messages/create-messages.ts';
import type { Plan } from '../policy/policy.ts';
import type { PriceFacts } from './billing.ts';
import { minorDigits } from './minor-units.ts';
import { type Period, periodEnd } from './renewal.ts';

export type PricedPlan = Pick<Plan, 'passDays' | 'trialDays'>;

/**
 * "€9 a month", "€4 for 30 days", "Free for 14 days, then €9 a month". Undefined where it can't be said in one figure
 * (a price in steps): checkout says it then.
 */
export const priceText = (
  { passDays, trialDays }: PricedPlan,
  price: PriceFacts,
  messages: Messages,
): string | undefined => {
  const amount = amountText(price, messages);
  if (amount === undefined) return undefined;
  if (passDays !== undefined)
    return messages.counted('price.pass', passDays, { price: amount, days: passDays });
  const period = periodOf(price);
  const recurring = period ? periodText(amount, period, messages) : amount;
  return trialDays === undefined
    ? recurring
    : messages.counted('price.trial', trialDays, { days: trialDays, price: recurring });
};

/** What happens after today's payment, if the plan is chosen now. Undefined for a price without a period. */
export const renewalText = (
  { passDays, trialDays }: PricedPlan,
  price: PriceFacts,
  messages: Messages,
  now: number,
): string | undefined => {
  const dateOf = (at: number): string => (at - now > 300 * dayMs ? messages.date(at) : messages.day(at));
  if (passDays !== undefined) return messages.text('price.ends', { date: dateOf(now + passDays * dayMs) });
  if (trialDays !== undefined)
    return messages.text('price.firstPayment', { date: dateOf(now + trialDays * dayMs) });
  const period = periodOf(price);
  return period && messages.text('price.renews', { date: dateOf(periodEnd(now, period)) });
};

/** For readers who had a subscription before. */
export const withoutTrial = <Priced extends PricedPlan>({ trialDays: _, ...plan }: Priced) => plan;

const dayMs = 86_400_000;

const amountText = ({ unitAmount, currency }: PriceFacts, messages: Messages): string | undefined => {
  if (unitAmount === undefined || !/^[a-z]{3}$/i.test(currency)) return undefined;
  const digits = minorDigits(currency);
  return messages.money(unitAmount / 10 ** digits, currency.toUpperCase(), digits);
};

const periodOf = ({ interval, intervalCount = 1 }: PriceFacts): Period | undefined =>
  interval && { interval, intervalCount };

const periodText = (price: string, { interval, intervalCount }: Period, messages: Messages): string =>
  intervalCount === 1
    ? messages.text(`price.${interval}`, { price })
    : messages.counted(`price.every.${interval}`, intervalCount, { price, count: intervalCount });
