/** The port to readers' accounts, their devices and pending sign-ins. */
import type { DeviceId, DeviceRecord, Email, ProvedReader, ReaderId, ReaderRecord } from './reader.ts';

/** A mailed sign-in, kept only as hashes; used once. */
export interface PendingSignIn {
  /** SHA-256, base64url, of the link's secret. */
  readonly linkHash: string;
  /** SHA-256 of `<request id>:<code>`. */
  readonly codeHash: string;
  /** Names this sign-in in the browser that asked for it. */
  readonly requestId: string;
  readonly email: Email;
  /** Local path to go to afterwards. */
  readonly returnTo: string;
  readonly expiresAt: number;
}

export interface ReadersPageAsked {
  /** Only those whose address comes behind this one, whether or not anybody has it. */
  readonly after?: Email;
  /** Only those whose address begins so. */
  readonly startsWith?: string;
  readonly limit: number;
}

export interface ReadersPage {
  /** `limit` at most; fewer is no sign of the end. */
  readonly readers: readonly ProvedReader[];
  /** The next page's `after`. Absent: there is nobody behind these. */
  readonly next?: Email;
  /** Readers of before there was a list are still being put into it: asked a moment later, there may be more. */
  readonly gathering?: true;
}

export interface ReaderStore {
  byId(id: ReaderId): Promise<ReaderRecord | undefined>;
  byEmail(email: Email): Promise<ProvedReader | undefined>;
  /**
   * One reader per address, however many ask at once: whoever loses the race gets the winner's record. A candidate
   * whose id is that of a reader without an address gives it that address.
   */
  findOrCreate(candidate: ProvedReader): Promise<ProvedReader>;
  /** A reader without an address; an existing record of that id is left as it is. */
  putUnproved(record: { readonly id: ReaderId; readonly createdAt: number }): Promise<void>;
  /** Readers who have an address, in the order of its bytes. */
  readersPage(asked: ReadersPageAsked): Promise<ReadersPage>;
  /** The reader's record and address, and nothing else; the devices must be revoked before. True when there was one. */
  removeReader(id: ReaderId): Promise<boolean>;
  putDevice(device: DeviceRecord): Promise<void>;
  device(id: DeviceId): Promise<DeviceRecord | undefined>;
  devices(reader: ReaderId): Promise<readonly DeviceRecord[]>;
  /** True when it existed. Told to every instance through `onRevoked`. A later `putDevice` does not bring it back. */
  revokeDevice(id: DeviceId): Promise<boolean>;
  /**
   * Called on every instance, this one included, after a device was revoked. What may have been missed shows in
   * `EntitlementStore.generation()`: whoever keeps devices drops them when it differs.
   */
  onRevoked(listener: (device: DeviceId) => void): void;
  putSignIn(pending: PendingSignIn): Promise<void>;
  /** Takes it away: of two at once, one gets it. Undefined when unknown, used or past its expiry. */
  takeSignInByLink(linkHash: string, now: number): Promise<PendingSignIn | undefined>;
  /** A wrong code counts; after `maxTries` wrong ones the sign-in is gone. */
  takeSignInByCode(
    requestId: string,
    codeHash: string,
    maxTries: number,
    now: number,
  ): Promise<PendingSignIn | undefined>;
}
