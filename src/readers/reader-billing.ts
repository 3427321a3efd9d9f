/** The port to what a reader pays for, as the account page, the export and the erasure need it; billing implements it. */
import type { AccountBilling } from '../pages/account-subscription.tsx';
import type { ReaderId } from './reader.ts';

export interface ReaderBilling {
  /**
   * What the account page shows: as kept, after looking at Stripe where that is old. Never waits long for Stripe.
   *
   * @param fresh look in any case: the reader comes from Stripe's own pages, where they may have changed something.
   */
  shown(reader: ReaderId, fresh: boolean): Promise<AccountBilling>;
  /** Everything kept of the reader's customers, for the reader's own eyes. Times in milliseconds, named `…At`. */
  exported(reader: ReaderId): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** What erasing has to reckon with, asked of Stripe now. */
  standing(reader: ReaderId): Promise<BillingStanding>;
  /** Ends what goes on charging the reader, at once and without a refund. Answers how many; safe to repeat. */
  endAll(reader: ReaderId): Promise<number>;
  /** Stripe's customers are no longer the reader's, here and there. Safe to repeat. */
  release(reader: ReaderId): Promise<void>;
}

export interface BillingStanding {
  /** Names of the subscriptions that go on charging the reader; '' for one without a name. */
  readonly running: readonly string[];
  /** Stripe knows the reader as a customer. */
  readonly customer: boolean;
}
