/** Back from Stripe's page: whether this browser began that checkout, whether it is paid, and who reads by it. */
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { DeviceId, ProvedReader, ReaderId, ReaderRecord, VisitorId } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { StartDevice } from '../readers/start-device.ts';
import type { Billing, CheckoutFacts } from './billing.ts';
import { browserMark, type CheckoutMark, readMark } from './checkout-mark.ts';
import type { CustomerStore } from './customer-store.ts';
import { takeAccess } from './give-access.ts';
import type { ClaimAfterProof } from './link-customers.ts';
import { ownerField } from './owner-by-stripe.ts';
import { holdersOf, type RefreshCustomer, type RefreshOutcome } from './refresh-customer.ts';
import type { SaleSteps } from './sale-steps.ts';
import type { CheckoutId, CustomerId } from './subscription.ts';

export interface ReturningBrowser {
  /** As its cookie says; a visitor made for this request is none. */
  readonly visitor?: VisitorId;
  /** Who is signed in. */
  readonly reader?: { readonly id: ReaderId; readonly device: DeviceId };
  /** What it calls itself, shortened. */
  readonly label: string;
  /** Local path that it goes on to. */
  readonly returnTo?: string;
}

export type CheckoutFinished =
  /** Paid, and this browser may read. `token`: for its cookie, where it wasn't signed in. */
  | { readonly kind: 'paid'; readonly token?: string }
  /** Paid, and an account's whose reader isn't signed in here: the address has to be proved again. */
  | { readonly kind: 'paid-elsewhere' }
  /** The money is under way; nothing is given for it yet. */
  | { readonly kind: 'processing' }
  | { readonly kind: 'failed' }
  /** Still open, or expired unpaid. */
  | { readonly kind: 'unfinished' }
  /** Begun by another browser: of it nothing is told, and nobody is signed in. */
  | { readonly kind: 'another-browser' }
  /** Not of Gatefold's making, or no checkout at all. */
  | { readonly kind: 'unknown' };

/**
 * The same answer whether Stripe's webhook came before, comes later or never: the customer is read from Stripe here too.
 * Rejects with a `BillingFault` or the store's error; asking again mends it.
 */
export type FinishCheckout = (
  checkout: string,
  browser: ReturningBrowser,
  now: number,
) => Promise<CheckoutFinished>;

export interface FinishCheckoutDeps {
  readonly billing: Pick<Billing, 'checkout'>;
  readonly customers: Pick<CustomerStore, 'customer' | 'assign' | 'passOn' | 'drawTicket'>;
  readonly entitlements: Pick<EntitlementStore, 'replaceCause'>;
  readonly readers: Pick<ReaderStore, 'byId' | 'putUnproved'>;
  readonly refresh: RefreshCustomer;
  readonly claimAfterProof: ClaimAfterProof;
  /** Adds the visitor's free reads to the reader's. Safe to repeat. */
  readonly mergeReads: (visitor: VisitorId, reader: ReaderId) => Promise<void>;
  readonly startDevice: StartDevice;
  /** Told of what was paid for. */
  readonly onSale?: SaleSteps['sold'];
}

export const createFinishCheckout =
  (deps: FinishCheckoutDeps): FinishCheckout =>
  async (id, browser, now) => {
    const checkout = isCheckoutId(id) ? await deps.billing.checkout(id) : undefined;
    const mark = checkout && readMark(checkout.metadata);
    if (!checkout || !mark) return { kind: 'unknown' };
    if (!beganHere(mark, browser)) return { kind: 'another-browser' };
    if (checkout.status !== 'complete' || checkout.customer === undefined) return { kind: 'unfinished' };
    await keepOwner(deps, checkout.customer, mark, now);
    if (checkout.paymentStatus !== 'unpaid') {
      const { returnTo = '/' } = browser;
      deps.onSale?.({ checkout: checkout.id, plan: mark.plan, returnTo, at: checkout.createdAt });
      return welcome(deps, checkout.customer, mark, browser, now);
    }
    const outcome = await deps.refresh(checkout.customer);
    return { kind: cameToNothing(outcome, checkout, mark) ? 'failed' : 'processing' };
  };

/** Anybody can write anything into the address: what can't be an id is not asked for. */
const isCheckoutId = (id: string): id is CheckoutId => /^cs_\w{1,250}$/.test(id);

const beganHere = (mark: CheckoutMark, { reader, visitor }: ReturningBrowser): boolean =>
  reader?.id === mark.reader || (visitor !== undefined && browserMark(visitor) === mark.browser);

/**
 * Where our record was lost since checkout began, Stripe's customer says whose it is. Not the checkout, which says whose
 * it was: its customer may have become the account of whoever proved the address, or nobody's by an erasure.
 */
async function keepOwner(
  { customers, readers, refresh }: FinishCheckoutDeps,
  customer: CustomerId,
  { reader }: CheckoutMark,
  now: number,
): Promise<void> {
  if (await customers.customer(customer)) return;
  const found = await refresh(customer);
  if (found.kind !== 'unlinked' || found.state.metadata[ownerField] !== reader) return;
  await readers.putUnproved({ id: reader, createdAt: now });
  await customers.assign(customer, { owner: reader });
}

async function welcome(
  deps: FinishCheckoutDeps,
  customer: CustomerId,
  mark: CheckoutMark,
  browser: ReturningBrowser,
  now: number,
): Promise<CheckoutFinished> {
  const { readers, refresh, mergeReads, startDevice } = deps;
  const { reader: signedIn, visitor, label } = browser;
  const payer = await readers.byId(mark.reader);
  if (signedIn && signedIn.id !== mark.reader) await handOver(deps, customer, payer, signedIn.id);
  const outcome = await refresh(customer);
  const holders = outcome.kind === 'refreshed' ? holdersOf(outcome.record) : [];
  if (signedIn && holders.includes(signedIn.id)) return { kind: 'paid' };
  // The visitor's cookie is all that an unproved reader has, and far too little for whoever has proved an address.
  if (signedIn || payer?.email !== undefined || !holders.includes(mark.reader))
    return { kind: 'paid-elsewhere' };
  if (visitor !== undefined) await mergeReads(visitor, mark.reader);
  await readers.putUnproved({ id: mark.reader, createdAt: now });
  const { token } = await startDevice({ reader: mark.reader, label }, now);
  return { kind: 'paid', token };
}

/**
 * Somebody signed in here while the checkout was open: what this browser paid for becomes theirs, as it would have if
 * they had signed in after paying.
 */
async function handOver(
  deps: FinishCheckoutDeps,
  customer: CustomerId,
  payer: ReaderRecord | undefined,
  to: ReaderId,
): Promise<void> {
  const { customers, readers, claimAfterProof } = deps;
  const [record, reader] = await Promise.all([customers.customer(customer), readers.byId(to)]);
  if (payer === undefined || payer.email !== undefined || record?.owner !== payer.id || !reader) return;
  if (!isProved(reader)) {
    // Twice, as when an address is proved: for a refresh that is under way, and for one that began before.
    await takeAccess(deps, customer, [payer.id]);
    await customers.passOn(customer, payer.id, reader.id);
    await takeAccess(deps, customer, [payer.id]);
    return;
  }
  const { unfinished } = await claimAfterProof({ reader, browser: payer });
  if (unfinished) throw unfinished;
}

const isProved = (reader: ReaderRecord): reader is ProvedReader => reader.email !== undefined;

/**
 * A bank that refuses days later leaves the session complete for ever, and its subscription never active. A pass has no
 * subscription: of it the payment says so.
 */
const cameToNothing = (
  outcome: RefreshOutcome,
  { createdAt, payment }: CheckoutFacts,
  { plan }: CheckoutMark,
): boolean => {
  if (payment !== undefined) return payment === 'refused';
  if (outcome.kind !== 'refreshed') return false;
  const fromHere = outcome.state.subscriptions.filter(
    (subscription) => subscription.createdAt >= createdAt && subscription.metadata.gatefold_plan === plan,
  );
  return (
    fromHere.length > 0 &&
    fromHere.every(({ status }) => status === 'incomplete_expired' || status === 'canceled')
  );
};
