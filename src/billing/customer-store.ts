/** The port to what Gatefold keeps of Stripe's customers: whose they are, and what was last read of them. */
import type { ReaderId } from '../readers/reader.ts';
import type { DriftKind } from './reconcile-report.ts';
import type { CustomerId, CustomerState } from './subscription.ts';

export interface CustomerRecord {
  readonly id: CustomerId;
  /** Whose it is: the one account page that shows it, the one that may manage it. */
  readonly owner: ReaderId;
  /**
   * The reader of the browser that paid, where the address typed there was proved by somebody else since: that browser
   * goes on reading what it paid for, and sees nothing of the owner's account.
   */
  readonly payer?: ReaderId;
  /** The owner has been at Stripe's portal since, and may pay by it with a card of their own: the payer can't take it back. */
  readonly managed?: true;
  /** As last read from Stripe; absent: never read. */
  readonly state?: CustomerState;
  /** When the reading of `state` began. Milliseconds; 0: never. */
  readonly readAt: number;
  /** The run of the reconcile that looked at it last. */
  readonly sweptBy?: string;
}

export type CustomerHolders = Pick<CustomerRecord, 'owner' | 'payer' | 'managed'>;

export interface CustomerStore {
  customer(id: CustomerId): Promise<CustomerRecord | undefined>;
  /** The customers that the reader owns or paid for, in no order. */
  customersOf(reader: ReaderId): Promise<readonly CustomerRecord[]>;
  /**
   * Makes it the owner's. The state is kept; `managed` is, while owner and payer stay. Answers whose it was before, which
   * can be assigned again.
   */
  assign(id: CustomerId, to: CustomerHolders): Promise<Partial<CustomerHolders>>;
  /**
   * Notes that its owner manages what somebody else paid for; of one without a payer nothing is noted. False: it is
   * another's, or nobody's, and nothing has changed.
   */
  manage(id: CustomerId, owner: ReaderId): Promise<boolean>;
  /**
   * What `from` owns or has paid for becomes `to`'s alone; but where another manages it, only the payer is `to` from now
   * on. One that `from` has nothing to do with any more stays as it is. Answers whose it was before.
   */
  passOn(id: CustomerId, from: ReaderId, to: ReaderId): Promise<Partial<CustomerHolders>>;
  forget(id: CustomerId): Promise<void>;
  /**
   * A ticket to be drawn before Stripe is asked: higher than every one drawn or used for the customer before, and than `above`.
   */
  drawTicket(id: CustomerId, above?: number): Promise<number>;
  /**
   * Keeps what was read with that ticket, unless a later one was kept already or the customer is nobody's: then nothing
   * changes and the answer is false.
   */
  putState(id: CustomerId, ticket: number, state: CustomerState, readAt: number): Promise<boolean>;
  /** Marks them as looked at by that run; unknown ones are left out. */
  markSwept(ids: readonly CustomerId[], run: string): Promise<void>;
  /** All records, some hundred at a time, in no order; one that changes meanwhile may come twice. */
  all(): AsyncIterable<readonly CustomerRecord[]>;
  /** What a reconcile keeps between its steps and its runs. */
  progress(): Promise<ReconcileProgress | undefined>;
  putProgress(progress: ReconcileProgress): Promise<void>;
  /** True for one holder at a time; its own again prolongs it. `now` and `untilMs` in milliseconds. */
  lease(name: string, holder: string, now: number, untilMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

export interface ReconcileProgress {
  readonly run: string;
  readonly startedAt: number;
  readonly phase: 'events' | 'sweep' | 'kept' | 'done';
  /** The last subscription that was swept. */
  readonly after?: string;
  /** Events up to here were looked at, by their creation; the next run asks from here, minus a little. */
  readonly eventsUntil: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Customers that couldn't be looked at so far, though the cursor is past them; tried again before the run is done. */
  readonly failed?: readonly CustomerId[];
  /** Customers that differed and were mended, in this run and those before, newest last; some hundred at most. */
  readonly found?: readonly FoundDrift[];
  readonly finishedAt?: number;
}

export interface FoundDrift {
  readonly customer: CustomerId;
  readonly kinds: readonly DriftKind[];
  /** Milliseconds that pass in reality. */
  readonly at: number;
}
