/** The right to a product in `[startsAt, endsAt)`, and whether it holds now. */
import type { Brand } from '../ops/brand.ts';
import type { ProductId } from '../policy/policy.ts';

export type EntitlementId = Brand<string, 'EntitlementId'>;

/** Why an entitlement exists. */
export type Source = 'subscription' | 'pass' | 'comp' | 'group' | 'institution' | 'gift';

export interface Entitlement {
  /** Stable for one cause: putting it again replaces it. */
  readonly id: EntitlementId;
  readonly product: ProductId;
  readonly source: Source;
  /** Milliseconds. */
  readonly startsAt: number;
  /** Milliseconds; always finite, since an entitlement without an end outlives its cause. */
  readonly endsAt: number;
  /** Money is owed for it, and this is the grace: the reader is told, with the way to pay. */
  readonly paymentDue?: true;
}

export const isActive = (entitlement: Entitlement, now: number): boolean =>
  entitlement.startsAt <= now && now < entitlement.endsAt;
