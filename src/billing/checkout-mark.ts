/** What a Checkout Session carries to be known again: whose it is, what for, and in which browser it was begun. */
import { createHash } from 'node:crypto';
import type { PlanId } from '../policy/policy.ts';
import type { ReaderId, VisitorId } from '../readers/reader.ts';

export interface CheckoutMark {
  readonly reader: ReaderId;
  readonly plan: PlanId;
  /** See `browserMark`. */
  readonly browser: string;
  /** A hash of all that was asked for: two with the same terms can stand for each other. */
  readonly terms: string;
}

/** Stripe and its dashboard get to see it, so it must not lead back to the visitor. */
export const browserMark = (visitor: VisitorId): string => shortHash(visitor);

export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

export const markMetadata = ({
  reader,
  plan,
  browser,
  terms,
}: CheckoutMark): Readonly<Record<string, string>> => ({
  gatefold_reader: reader,
  gatefold_plan: plan,
  gatefold_browser: browser,
  gatefold_terms: terms,
});

/** Undefined: begun by another service on the same account. */
export const readMark = (metadata: Readonly<Record<string, string>>): CheckoutMark | undefined => {
  const values = new Map(Object.entries(metadata));
  const [reader, plan, browser] = ['reader', 'plan', 'browser'].map((name) => values.get(`gatefold_${name}`));
  if (!reader || !plan || !browser) return undefined;
  return {
    reader: reader as ReaderId,
    plan: plan as PlanId,
    browser,
    terms: values.get('gatefold_terms') ?? '',
  };
};
