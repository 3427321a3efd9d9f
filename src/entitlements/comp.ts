/** What the publisher gives: one comp for each product, whose end moves when it is given again. */
import type { ProductId } from '../policy/policy.ts';
import type { Entitlement, EntitlementId } from './entitlement.ts';

export interface CompTerms {
  readonly product: ProductId;
  /** Milliseconds. */
  readonly endsAt: number;
}

export const compOf = ({ product, endsAt }: CompTerms, now: number): Entitlement => ({
  id: compId(product),
  product,
  source: 'comp',
  startsAt: now,
  endsAt,
});

export const compId = (product: ProductId): EntitlementId => `comp:${product}` as EntitlementId;
