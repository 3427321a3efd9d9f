/** What the gate decided about one article view, as a value: a denial is not an exception. */
import type { Entitlement, Source } from '../entitlements/entitlement.ts';
import type { MeterId, PolicyVersion, ProductId, RuleId } from '../policy/policy.ts';

export type GrantReason =
  /** Somebody whom the origin itself knows for its own. */
  | 'staff'
  | 'open'
  /** The reader's entitlement, by its source. */
  | Source
  | 'registered'
  /** A free read, charged by this view. */
  | 'free-read'
  /** Counted earlier in this window. */
  | 'already-read'
  /** Something is down and the policy says to let this reader in. */
  | 'degraded';

export type DenyReason =
  | 'registration-required'
  | 'meter-exhausted'
  | 'network-exhausted'
  | 'meter-off'
  | 'locked'
  /** An unseen article asked by prefetch: nobody saw it, so it is neither sent nor charged. */
  | 'prefetch'
  /** The article's body can't be found or its type can't be cut. */
  | 'uncuttable'
  | 'degraded';

export type Reason = GrantReason | DenyReason;

export interface MeterStanding {
  readonly meter: MeterId;
  /** Never below 0 nor above `of`. */
  readonly left: number;
  readonly of: number;
  readonly resetsAt: number;
}

interface DecisionFacts {
  readonly rule: RuleId | 'otherwise';
  readonly policyVersion: PolicyVersion;
  readonly standing?: MeterStanding;
}

export interface Grant extends DecisionFacts {
  readonly outcome: 'full';
  readonly reason: GrantReason;
  readonly entitlement?: Entitlement;
}

export interface Deny extends DecisionFacts {
  readonly outcome: 'preview';
  readonly reason: DenyReason;
  /** What would open it: an account alone, or one of the products. */
  readonly prompt: 'register' | 'subscribe';
  readonly products: readonly ProductId[];
}

export type Decision = Grant | Deny;
