/** What the page of one reader is made of. */
import type { SubscriptionState } from '../../billing/subscription.ts';
import type { Product } from '../../policy/policy.ts';
import type { CompTyped } from './reader-comp.tsx';
import type { ReaderSheet } from './reader-sheet.ts';
import type { Resynced } from './resync.ts';

export interface ReaderFacts {
  readonly sheet: ReaderSheet;
  readonly products: readonly Product[];
  readonly plans: ReaderPlans;
  /** Editors and owners. */
  readonly mayChange: boolean;
  readonly sells: boolean;
  /** Of Stripe's dashboard, where customers are; absent: nothing there is real. */
  readonly dashboard?: string;
  /** What reading Stripe again came to, just now. */
  readonly resynced?: Extract<Resynced, { kind: 'resynced' }>;
  readonly notice?: string;
  readonly fault?: string;
  /** The form for a comp, where it came back. */
  readonly typed?: CompTyped;
  readonly today: string;
}

/** The policy's name for what was bought; '' where it has none. */
export interface ReaderPlans {
  ofSubscription(subscription: Pick<SubscriptionState, 'items' | 'metadata'>): string;
  ofPrice(price: string): string;
}
