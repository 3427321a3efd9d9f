/** The port to the live view of entitlements, which tells every instance what changed. */
import type { ReaderId } from '../readers/reader.ts';
import type { Entitlement, EntitlementId } from './entitlement.ts';

export interface EntitlementStore {
  of(reader: ReaderId): Promise<readonly Entitlement[]>;
  put(reader: ReaderId, entitlement: Entitlement): Promise<void>;
  /** True when it existed. */
  remove(reader: ReaderId, id: EntitlementId): Promise<boolean>;
  /**
   * Makes the reader's entitlements of one cause (ids `<cause>/…`) exactly these, in one step, unless a ticket at least
   * as high was used for that cause already. Answers the highest ticket used before: `stale` when nothing was changed.
   * Equal entitlements are not written again and nobody is told; the ticket counts all the same.
   */
  replaceCause(
    reader: ReaderId,
    cause: string,
    ticket: number,
    entitlements: readonly Entitlement[],
  ): Promise<{ readonly kind: 'replaced' | 'unchanged' | 'stale'; readonly usedBefore: number }>;
  /** Every entitlement of every source, and the tickets. */
  forgetReader(reader: ReaderId): Promise<void>;
  /** Called on every instance, this one included, after a change of that reader. */
  onChange(listener: (reader: ReaderId) => void): void;
  /**
   * A number that differs from the last one whenever invalidations may have been missed (a lost connection, another
   * process's write), so that whoever caches drops everything. Cheap enough to ask on every request.
   */
  generation(): number;
}
