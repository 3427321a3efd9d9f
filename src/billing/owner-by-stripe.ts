/** Whose a customer is by what Stripe holds, where Gatefold keeps no record of it: made elsewhere, or the record was lost. */
import type { Email, ReaderId, ReaderRecord } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { CustomerState } from './subscription.ts';

/** Of a customer's metadata at Stripe: its owner's id. Only whoever holds the secret key can write it. */
export const ownerField = 'gatefold_reader';

/** The reader that the customer's metadata names, where there is one. */
export const readerNamedBy = async (
  readers: Pick<ReaderStore, 'byId'>,
  metadata: CustomerState['metadata'],
): Promise<ReaderRecord | undefined> => {
  const named = Object.hasOwn(metadata, ownerField) ? metadata[ownerField] : undefined;
  return named ? readers.byId(named as ReaderId) : undefined;
};

/**
 * The reader that the metadata names, else the one who proved the customer's address. The address itself proves nothing,
 * but a customer that is nobody's can only give its owner something, never take anything.
 */
export const ownerByStripe = async (
  readers: Pick<ReaderStore, 'byId' | 'byEmail'>,
  { deleted, metadata, email }: Pick<CustomerState, 'deleted' | 'metadata' | 'email'>,
): Promise<ReaderId | undefined> => {
  if (deleted) return undefined;
  const named = await readerNamedBy(readers, metadata);
  if (named) return named.id;
  return email === undefined ? undefined : (await readers.byEmail(plainAddress(email)))?.id;
};

/** As readers' addresses are kept: Stripe keeps them as they were typed, and phones begin them with a capital. */
export const plainAddress = (typed: string): Email => typed.trim().toLowerCase() as Email;
