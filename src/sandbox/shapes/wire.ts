/** How values look in Stripe's JSON where the SDK's types describe what it makes of them. */
import type Stripe from 'stripe';

/** A decimal is a text on the wire; the SDK makes a `Decimal` of it in answers, and leaves it a text in events. */
export const decimalText = (text: string): Stripe.Decimal => text as unknown as Stripe.Decimal;

/** A list that is part of an object: all of it. */
export const wholeList = <T>(data: readonly T[], url: string): Stripe.ApiList<T> => ({
  object: 'list',
  data: [...data],
  has_more: false,
  url,
});

export const livemode = false;
