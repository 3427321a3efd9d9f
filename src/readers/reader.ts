/** Who can be asking: ids and records of readers, visitors and devices. */
import type { Brand } from '../ops/brand.ts';

export type ReaderId = Brand<string, 'ReaderId'>;
export type DeviceId = Brand<string, 'DeviceId'>;
/** `<birth network tag>.<random>`; the tag places the visitor's count beside its network's (see meter-store.ts). */
export type VisitorId = Brand<string, 'VisitorId'>;
/** Trimmed and lower-cased. */
export type Email = Brand<string, 'Email'>;

export interface ReaderRecord {
  readonly id: ReaderId;
  /** Proved by a mailed link or code. Absent: the reader is a browser that paid, and no address is proved yet. */
  readonly email?: Email;
  readonly createdAt: number;
}

export type ProvedReader = ReaderRecord & { readonly email: Email };

export interface DeviceRecord {
  readonly id: DeviceId;
  readonly reader: ReaderId;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** What the browser called itself when it signed in, shortened. */
  readonly label: string;
}
