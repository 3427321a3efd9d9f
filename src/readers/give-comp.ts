/** Comps given to an address, whether or not anybody has ever signed in with it, and taken back. */

import type { CompTerms } from '../entitlements/comp.ts';
import { compId, compOf } from '../entitlements/comp.ts';
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { ProductId } from '../policy/policy.ts';
import type { Email, ProvedReader, ReaderId } from './reader.ts';
import type { ReaderStore } from './reader-store.ts';

interface Stores {
  readonly readers: Pick<ReaderStore, 'findOrCreate' | 'byEmail'>;
  readonly entitlements: Pick<EntitlementStore, 'put' | 'remove'>;
}

/**
 * Whoever proves the address later is that reader, and reads with their first request.
 *
 * @param newId for a reader who isn't there yet.
 * @throws what the stores throw.
 */
export const giveCompTo = async (
  {
    readers,
    entitlements,
  }: Pick<Stores, 'entitlements'> & { readonly readers: Pick<ReaderStore, 'findOrCreate'> },
  email: Email,
  terms: CompTerms,
  { newId, now }: { readonly newId: ReaderId; readonly now: number },
): Promise<ProvedReader> => {
  const reader = await readers.findOrCreate({ id: newId, email, createdAt: now });
  await entitlements.put(reader.id, compOf(terms, now));
  return reader;
};

/** True when there was one. */
export const takeCompFrom = async (
  { readers, entitlements }: Stores,
  email: Email,
  product: ProductId,
): Promise<boolean> => {
  const reader = await readers.byEmail(email);
  return reader ? entitlements.remove(reader.id, compId(product)) : false;
};
