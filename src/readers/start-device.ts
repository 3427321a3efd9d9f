/** Signs a browser in as a reader: a device that can be revoked, and a token that names both. */
import type { Entitlement } from '../entitlements/entitlement.ts';
import type { DeviceId, DeviceRecord, ReaderId } from './reader.ts';
import type { ReaderStore } from './reader-store.ts';
import type { ReaderTokens } from './reader-token.ts';
import { tokenTtlSeconds } from './renew-token.ts';

/** @throws when the store can't be asked: then there is no token, and at most a device that nobody has one for. */
export type StartDevice = (start: DeviceStart, now: number) => Promise<StartedDevice>;

export interface DeviceStart {
  readonly reader: ReaderId;
  /** What the browser calls itself, shortened. */
  readonly label: string;
  /** Signed in here before; its place is taken. */
  readonly previousDevice?: DeviceId;
}

export interface StartedDevice {
  readonly device: DeviceId;
  /** For the reader's cookie. */
  readonly token: string;
  /** What had to give way, since no more devices are allowed; the reader should be told. */
  readonly signedOut: readonly DeviceRecord[];
}

export interface StartDeviceOptions {
  readonly store: Pick<ReaderStore, 'putDevice' | 'revokeDevice' | 'devices'>;
  readonly tokens: Pick<ReaderTokens, 'sign'>;
  readonly entitlementsOf: (reader: ReaderId) => Promise<readonly Entitlement[]>;
  /** Unguessable base64url text of so many bytes. */
  readonly random: (bytes: number) => string;
  /** By the policy; undefined, or no function at all: as many as a reader likes. */
  readonly allowedDevices?: () => number | undefined;
}

export const createStartDevice =
  (options: StartDeviceOptions): StartDevice =>
  async ({ reader, label, previousDevice }, now) => {
    const { store, tokens, entitlementsOf, random } = options;
    // First, since it may fail: a browser that stays as it was can simply try again.
    const entitlements = await entitlementsOf(reader);
    const device = random(16) as DeviceId;
    await store.putDevice({ id: device, reader, createdAt: now, lastSeenAt: now, label });
    if (previousDevice !== undefined) await store.revokeDevice(previousDevice);
    const signedOut = await makeRoom(options, reader);
    const token = tokens.sign({ reader, device, entitlements, ttlSeconds: tokenTtlSeconds }, now);
    return { device, token, signedOut };
  };

async function makeRoom(
  { store, allowedDevices }: StartDeviceOptions,
  reader: ReaderId,
): Promise<readonly DeviceRecord[]> {
  const allowed = allowedDevices?.();
  if (allowed === undefined) return [];
  const surplus = [...(await store.devices(reader))].sort(latestFirst).slice(allowed);
  for (const { id } of surplus) await store.revokeDevice(id);
  return surplus;
}

/** One order for everybody: of two that sign in at once, both would else sign out the other, or neither. */
const latestFirst = (one: DeviceRecord, other: DeviceRecord): number =>
  other.lastSeenAt - one.lastSeenAt || other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1);
