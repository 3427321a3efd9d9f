/** Whose a customer is that no record names: by what Stripe holds, also where the reader's own record was lost. */
import type { Clock } from '../ops/clock.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import { ownerByStripe, ownerField } from './owner-by-stripe.ts';
import { type CustomerState, isLive } from './subscription.ts';

export interface FoundOwner {
  readonly reader: ReaderId;
  /** The reader has no record: it has to be made again before the customer can be linked. */
  readonly lost: boolean;
  /** By the customer's metadata, not only by a proved address. */
  readonly named: boolean;
}

type Facts = Pick<CustomerState, 'deleted' | 'metadata' | 'email' | 'subscriptions' | 'passes'>;

/** Undefined: nobody's. A lost reader comes back only for what may still be paid for: old bills are no reason. */
export const findOwner = async (
  readers: Pick<ReaderStore, 'byId' | 'byEmail'>,
  facts: Facts,
): Promise<FoundOwner | undefined> => {
  const named = facts.metadata[ownerField];
  const reader = await ownerByStripe(readers, facts);
  if (reader) return { reader, lost: false, named: reader === named };
  if (facts.deleted || named === undefined || !isReaderId(named)) return undefined;
  return facts.subscriptions.some(isLive) || facts.passes.length > 0
    ? { reader: named, lost: true, named: true }
    : undefined;
};

interface BringBackDeps {
  readonly readers: Pick<ReaderStore, 'byId' | 'byEmail' | 'putUnproved'>;
  readonly clock: Clock;
  readonly dryRun: boolean;
}

/** The same, with a lost reader's record made again, without an address: a refresh can link the customer then. */
export const bringBack = async (
  { readers, clock, dryRun }: BringBackDeps,
  facts: Facts,
): Promise<FoundOwner | undefined> => {
  const owner = await findOwner(readers, facts);
  if (owner?.lost && !dryRun) await readers.putUnproved({ id: owner.reader, createdAt: clock() });
  return owner;
};

/** Ids are random base64url; whatever else stands there was not written by Gatefold. */
const isReaderId = (text: string): text is ReaderId => /^[\w-]{8,64}$/.test(text);
