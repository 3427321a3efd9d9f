/** Makes what a customer's readers may read what Stripe says now; the same for webhook, return page, portal and reconcile. */
import type { ReaderId } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { Billing } from './billing.ts';
import type { CustomerRecord } from './customer-store.ts';
import { makeAddressFindable } from './findable-address.ts';
import { type AccessDeps, giveAccess, takeAccess, without } from './give-access.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { ownerByStripe } from './owner-by-stripe.ts';
import type { CustomerId, CustomerState } from './subscription.ts';

export type RefreshOutcome =
  | {
      readonly kind: 'refreshed';
      /** Somebody's entitlements are others now. */
      readonly changed: boolean;
      readonly state: CustomerState;
      readonly record: CustomerRecord;
    }
  /** No reader's, by no sign that counts: of another service on the same account, or of a reader not proved yet. */
  | { readonly kind: 'unlinked'; readonly state: CustomerState }
  /** Stripe has never heard of it; whoever had access by it has none now. */
  | { readonly kind: 'unknown-customer'; readonly changed: boolean };

/**
 * Answers what a question put to Stripe after the call says. Rejects with a `BillingFault` or the store's error; then
 * nothing is lost, and asking again later mends it.
 */
export type RefreshCustomer = (id: CustomerId) => Promise<RefreshOutcome>;

export interface RefreshDeps extends AccessDeps {
  /** `assignCustomer`, where it is given, writes addresses so that their owners are found by them. */
  readonly billing: Pick<Billing, 'customerState'> & Partial<Pick<Billing, 'assignCustomer'>>;
  readonly readers: Pick<ReaderStore, 'byId' | 'byEmail'>;
}

export const createRefreshCustomer = (deps: RefreshDeps): RefreshCustomer =>
  oneAtATime(async (id) => {
    if ((await deps.customers.customer(id)) === undefined) {
      const nobodys = await findOwner(deps, id);
      if (nobodys) return nobodys;
    }
    const outcome = await bring(deps, id, async () => {
      const readAt = deps.clock();
      return { state: await deps.billing.customerState(id), readAt };
    });
    if (outcome.kind === 'refreshed') await makeAddressFindable(deps, outcome.state, outcome.record);
    return outcome;
  });

/**
 * The same from what was read last, for the time when Stripe can't be asked, and after a change of the policy. A reading
 * of Stripe that is under way meanwhile finds itself overtaken and is made again, so nothing newer is undone. Undefined:
 * nothing was ever read of it.
 */
export const applyKeptState = async (
  deps: AccessDeps,
  id: CustomerId,
): Promise<RefreshOutcome | undefined> => {
  const { customers } = deps;
  if ((await customers.customer(id))?.state === undefined) return undefined;
  return bring(deps, id, async () => ({ state: (await customers.customer(id))?.state }));
};

/** Undefined: it has an owner now, and is read again, since that reading must have a ticket. */
async function findOwner(deps: RefreshDeps, id: CustomerId): Promise<RefreshOutcome | undefined> {
  const state = await deps.billing.customerState(id);
  if (!state) return { kind: 'unknown-customer', changed: false };
  const owner = await ownerByStripe(deps.readers, state);
  if (!owner) return { kind: 'unlinked', state };
  const before = await deps.customers.assign(id, { owner });
  // Somebody gave it an owner while Stripe was asked, and knew better.
  if (before.owner !== undefined && before.owner !== owner) {
    await deps.customers.assign(id, { ...before, owner: before.owner });
    await takeAccess(deps, id, without([owner], holdersOf(before)));
  }
  return undefined;
}

interface Reading {
  /** Undefined: Stripe has never heard of the customer. */
  readonly state: CustomerState | undefined;
  /** When it was asked; absent: it is what was kept. */
  readonly readAt?: number;
}

/** Enough for every change that people make meanwhile; more is a fault, and is told as one. */
const maxRounds = 6;

/** A ticket is overtaken by one whose reading is at least as new, or by one whose count the store has lost since. */
const maxStaleRounds = 3;

async function bring(
  deps: AccessDeps,
  id: CustomerId,
  read: () => Promise<Reading>,
): Promise<RefreshOutcome> {
  const { customers } = deps;
  let [above, staleRounds, changed] = [0, 0, false];
  for (let round = 0; round < maxRounds; round += 1) {
    // Before anything is asked: a slow answer, or an owner of before, then holds a lower ticket than whoever came after it.
    const ticket = await customers.drawTicket(id, above);
    const record = await customers.customer(id);
    const { state, readAt } = await read();
    if (readAt !== undefined) await customers.putState(id, ticket, state ?? goneState(id), readAt);
    const given = await giveAccess(deps, { id, ticket, state, holders: holdersOf(record) });
    changed ||= given.changed;
    const after = await customers.customer(id);
    if (!haveSameHolders(record, after)) {
      // It changed hands meanwhile: whoever lost it may have been given access just now.
      await takeAccess(deps, id, without(holdersOf(record), holdersOf(after)));
      continue;
    }
    if (given.usedBefore < ticket || staleRounds === maxStaleRounds) return outcomeOf(state, after, changed);
    staleRounds += 1;
    above = given.usedBefore;
  }
  throw new Error('A customer changed hands more often than its state could be read.');
}

/** Of a customer that Stripe doesn't know, kept so that nobody is shown what was. */
const goneState = (id: CustomerId): CustomerState => ({
  id,
  deleted: true,
  metadata: {},
  subscriptions: [],
  passes: [],
  features: [],
});

/** Who may read by it: the owner, and the browser that paid. */
export const holdersOf = (
  record: Partial<Pick<CustomerRecord, 'owner' | 'payer'>> | undefined,
): readonly ReaderId[] => [record?.owner, record?.payer].filter((reader) => reader !== undefined);

const haveSameHolders = (before: CustomerRecord | undefined, after: CustomerRecord | undefined): boolean =>
  before?.owner === after?.owner && before?.payer === after?.payer;

const outcomeOf = (
  state: CustomerState | undefined,
  record: CustomerRecord | undefined,
  changed: boolean,
): RefreshOutcome => {
  if (!state) return { kind: 'unknown-customer', changed };
  // A later reading than ours may have been kept meanwhile.
  return record
    ? { kind: 'refreshed', changed, state: record.state ?? state, record }
    : { kind: 'unlinked', state };
};
