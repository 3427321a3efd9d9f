/** What a subscription's status means for the person who pays, in a word and in a sentence. */
import type { SubscriptionView } from '../hosted.ts';
import { dateText } from './date-text.ts';
import { priceText } from './line-text.ts';
import { moneyText } from './money-text.ts';

export interface StatusWords {
  readonly label: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly sentence: string;
}

export const statusWords = (subscription: SubscriptionView, locale: string): StatusWords => {
  const { status, cancelAt, trialEndsAt, periodEndsAt } = subscription;
  const day = (at: number): string => dateText(at, locale);
  const ends = cancelAt === undefined ? '' : `It ends on ${day(cancelAt)} and isn’t renewed.`;
  switch (status) {
    case 'active':
      if (ends) return { label: 'Ending', tone: 'warn', sentence: ends };
      return {
        label: 'Active',
        tone: 'good',
        sentence: `Renews on ${day(periodEndsAt)} for ${totalText(subscription, locale)}.`,
      };
    case 'trialing':
      if (ends) return { label: 'Trial, ending', tone: 'warn', sentence: ends };
      return {
        label: 'Free trial',
        tone: 'good',
        sentence: `Free until ${day(trialEndsAt ?? periodEndsAt)}, then ${totalText(subscription, locale)}.`,
      };
    case 'past_due':
      return {
        label: 'Payment failed',
        tone: 'bad',
        sentence:
          `The last payment failed and will be tried again. Change the card, or pay the open invoice. ${ends}`.trim(),
      };
    case 'unpaid':
      return {
        label: 'Unpaid',
        tone: 'bad',
        sentence: 'Payments failed and aren’t tried any more. Pay the open invoices to go on.',
      };
    case 'paused':
      return { label: 'Paused', tone: 'warn', sentence: 'Nothing is charged until it is resumed.' };
    case 'incomplete':
      return {
        label: 'Not begun',
        tone: 'warn',
        sentence: 'The first payment isn’t finished. Without it, the subscription lapses within a day.',
      };
    case 'incomplete_expired':
    case 'canceled':
      return { label: 'Ended', tone: 'plain', sentence: 'It has ended and isn’t renewed.' };
    default:
      return { label: status, tone: 'plain', sentence: 'The sandbox has no words for this status.' };
  }
};

/** Of all lines: "€9.00 a month". */
export const totalText = ({ lines }: Pick<SubscriptionView, 'lines'>, locale: string): string => {
  const [first] = lines;
  if (!first) return 'nothing';
  if (lines.length === 1) return priceText(first, locale);
  const total = lines.reduce((sum, { unitAmount, quantity }) => sum + unitAmount * quantity, 0);
  return moneyText(total, first.currency, locale);
};

/** "Everything", or all of them: "Everything, Lamplight × 2". */
export const subscriptionName = ({ lines }: Pick<SubscriptionView, 'lines'>): string =>
  lines
    .map(({ productName, quantity }) => (quantity === 1 ? productName : `${productName} × ${quantity}`))
    .join(', ') || 'Subscription';
