/** Who is asking for an article, as the gate needs to know it. */
import type { Entitlement } from '../entitlements/entitlement.ts';
import type { MeterSubject } from '../meter/meter-store.ts';
import type { DeviceId, ReaderId, VisitorId } from './reader.ts';

export interface Asker {
  /** Present when a valid reader token came with the request. */
  readonly reader?: {
    readonly id: ReaderId;
    readonly device: DeviceId;
    /** The token's entitlements, for when the live view can't be asked. */
    readonly snapshot: readonly Entitlement[];
    /** When the token was made. Epoch milliseconds. */
    readonly snapshotAt: number;
  };
  /** The origin knows them for its own: they get what it sends, and nothing of it is counted. */
  readonly staff?: true;
  readonly visitor: VisitorId;
  /** True: made for this request; the browser has to be told, or its next read would count as somebody else's. */
  readonly newVisitor: boolean;
  /** Whose reads are counted: the reader's when there is one, else the visitor's. */
  readonly meterSubject: MeterSubject;
  readonly meterSlot: string;
}
