/** Whose customers are whose, once a mailed link or code has proved an address. */
import type { ProvedReader, ReaderId, ReaderRecord } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import { type Billing, BillingFault, type CustomerSummary } from './billing.ts';
import type { CustomerHolders, CustomerStore } from './customer-store.ts';
import { type AccessDeps, takeAccess, without } from './give-access.ts';
import { ownerField, readerNamedBy } from './owner-by-stripe.ts';
import { applyKeptState, holdersOf, type RefreshCustomer } from './refresh-customer.ts';
import type { CustomerId } from './subscription.ts';

export interface Proof {
  /** Whose address was proved just now. */
  readonly reader: ProvedReader;
  /** Whom this browser was signed in as, as that reader was before the proof; counts only where it had no address then. */
  readonly browser?: ReaderRecord;
}

export interface Claim {
  /** Those that changed hands. */
  readonly claimed: readonly CustomerId[];
  /** Stripe could not be asked for something; the same call at the next sign-in makes up for it. */
  readonly unfinished?: BillingFault;
}

/**
 * (a) What this browser paid for, as a reader without an address, becomes the proved reader's: whatever was typed at
 * checkout, and even where somebody else has proved that address since. But once that one has been at Stripe's portal,
 * with a card of their own perhaps, it stays theirs, and this browser's reader only reads on.
 * (b) Customers with the proved address at Stripe that are nobody's, or a reader's without an address, become the proved
 * reader's; the browser that paid goes on reading. Those of a reader who proved another address stay theirs.
 *
 * To be called before the browser loses its former sign-in, since (a) can't be made up for later. Safe to repeat. (a) is
 * done before Stripe is asked anything, so that neither its being slow nor its being down locks out who paid; rejects
 * with the store's error, and then the sign-in must fail too.
 */
export type ClaimAfterProof = (proof: Proof) => Promise<Claim>;

export interface LinkDeps extends AccessDeps {
  readonly billing: Pick<Billing, 'assignCustomer' | 'customersWithEmail'>;
  readonly customers: AccessDeps['customers'] & Pick<CustomerStore, 'customersOf' | 'passOn'>;
  readonly readers: Pick<ReaderStore, 'byId'>;
  readonly refresh: RefreshCustomer;
}

export const createClaimAfterProof =
  (deps: LinkDeps): ClaimAfterProof =>
  async ({ reader, browser }) => {
    const progress: Progress = { claimed: new Set(), told: new Set() };
    // Of one who has proved another address nothing is taken: that may be somebody else, at a shared computer.
    const paidHere =
      browser && browser.email === undefined ? await deps.customers.customersOf(browser.id) : [];
    const taken = new Set<CustomerId>();
    for (const { id } of paidHere)
      if (browser && (await takeWith(deps, id, browser.id, reader.id, progress))) taken.add(id);
    for (const { id, state } of paidHere)
      if (taken.has(id) && state?.deleted !== true) await tellStripe(deps, id, reader, progress);
    await tellStripeAgain(deps, reader, progress);
    const sameAddress = await asking(progress, () => deps.billing.customersWithEmail(reader.email));
    for (const customer of sameAddress ?? []) await takeByAddress(deps, customer, reader, progress);
    return {
      claimed: [...progress.claimed],
      ...(progress.unfinished ? { unfinished: progress.unfinished } : {}),
    };
  };

interface Progress {
  readonly claimed: Set<CustomerId>;
  /** Those that Stripe was told of, or was to be. */
  readonly told: Set<CustomerId>;
  unfinished?: BillingFault;
}

/** (a) for one customer. Answers whether it is the proved reader's now. */
async function takeWith(
  deps: LinkDeps,
  id: CustomerId,
  from: ReaderId,
  to: ReaderId,
  progress: Progress,
): Promise<boolean> {
  const becomes = (before: Partial<CustomerHolders>): Partial<CustomerHolders> => {
    if (before.owner !== from && before.payer !== from) return before;
    return before.managed && before.owner !== to ? { ...before, payer: to } : { owner: to };
  };
  const former = await move(deps, id, { becomes, make: () => deps.customers.passOn(id, from, to) }, progress);
  return becomes(former).owner === to;
}

/** What Stripe could not be told when it was down: our record says whose it is, and Stripe's metadata doesn't. */
async function tellStripeAgain(deps: LinkDeps, reader: ProvedReader, progress: Progress): Promise<void> {
  for (const { id, owner, state } of await deps.customers.customersOf(reader.id)) {
    if (owner !== reader.id || progress.told.has(id) || !state || state.deleted) continue;
    if (state.metadata[ownerField] !== reader.id) await tellStripe(deps, id, reader, progress);
  }
}

async function takeByAddress(
  deps: LinkDeps,
  { id, metadata }: CustomerSummary,
  reader: ProvedReader,
  progress: Progress,
): Promise<void> {
  const record = await deps.customers.customer(id);
  const owner = record ? await deps.readers.byId(record.owner) : await readerNamedBy(deps.readers, metadata);
  // Theirs already, or another's by a proof as good as this one. Where the record was lost, the refresh makes it anew.
  if (owner?.email !== undefined) {
    if (!record) await asking(progress, () => deps.refresh(id));
    return;
  }
  const payer = record?.payer ?? owner?.id;
  const to = { owner: reader.id, ...(payer === undefined ? {} : { payer }) };
  const former = await move(deps, id, giving(deps, id, to), progress);
  if (former.owner === undefined || former.owner === record?.owner || former.owner === reader.id) {
    await tellStripe(deps, id, reader, progress);
    return;
  }
  // Its browser proved another address at this very moment: that counts for more than what was typed at checkout.
  await move(deps, id, giving(deps, id, { ...former, owner: former.owner }), progress);
  progress.claimed.delete(id);
}

interface Change {
  /** Whose it is after the change, by whose it was. */
  readonly becomes: (before: Partial<CustomerHolders>) => Partial<CustomerHolders>;
  /** Makes it, in one step; answers whose it was. */
  readonly make: () => Promise<Partial<CustomerHolders>>;
}

const giving = ({ customers }: LinkDeps, id: CustomerId, to: CustomerHolders): Change => ({
  becomes: () => to,
  make: () => customers.assign(id, to),
});

/**
 * Losers first, so that being killed between two steps leaves nobody with another's access: what is missing then, the
 * next refresh gives back. And once more when they are losers, for a refresh that was under way. The new holders read by
 * what was read of Stripe last. Answers whose it was at the moment of the change.
 */
async function move(
  deps: LinkDeps,
  id: CustomerId,
  { becomes, make }: Change,
  progress: Progress,
): Promise<Partial<CustomerHolders>> {
  const before = (await deps.customers.customer(id)) ?? {};
  const losers = without(holdersOf(before), holdersOf(becomes(before)));
  await takeAccess(deps, id, losers);
  const former = await make();
  const after = becomes(former);
  const lost = without([...new Set([...losers, ...holdersOf(former)])], holdersOf(after));
  await takeAccess(deps, id, lost);
  if (former.owner !== after.owner || lost.length > 0) progress.claimed.add(id);
  await applyKeptState(deps, id);
  return former;
}

/** Whose it is, and the proved address in place of the typed one: invoices go to whoever pays. */
async function tellStripe(
  { billing, refresh }: LinkDeps,
  id: CustomerId,
  { id: reader, email }: ProvedReader,
  progress: Progress,
): Promise<void> {
  progress.told.add(id);
  await asking(progress, () => billing.assignCustomer(id, { reader, email }));
  await asking(progress, () => refresh(id));
}

/** Stripe's faults are noted and survived; anything else is the caller's. */
async function asking<Answer>(
  progress: Progress,
  question: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof BillingFault)) throw error;
    progress.unfinished = error;
    return undefined;
  }
}
