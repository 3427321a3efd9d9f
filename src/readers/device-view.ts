/** Whether a device is still signed in: the store's answer, kept in process until something says that it changed. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../ops/clock.ts';
import type { DeviceId, DeviceRecord } from './reader.ts';
import type { ReaderStore } from './reader-store.ts';

/** `signed-out`: revoked, or never there. */
export type DeviceState = DeviceRecord | 'signed-out';

export interface DeviceView {
  /** The kept answer, or undefined when the store must be asked. */
  peek(device: DeviceId): DeviceState | undefined;
  /** Rejects when the store can't be asked, unless the device is known to be signed out. */
  of(device: DeviceId): Promise<DeviceState>;
  /** Was ever signed out, or never there, by the store's own word: no outage signs it in again. */
  isKnownSignedOut(device: DeviceId): boolean;
}

interface Options {
  readonly store: Pick<ReaderStore, 'device' | 'onRevoked'>;
  /** `EntitlementStore.generation`: differs whenever a revocation may have been missed. */
  readonly generation: () => number;
  readonly clock: Clock;
  readonly maxDevices?: number;
  /** A revocation whose announcement was lost, on a connection that never noticed, is seen after this long at most. */
  readonly ttlSeconds?: number;
}

export const createDeviceView = ({
  store,
  generation,
  clock,
  maxDevices = 50_000,
  ttlSeconds = 60,
}: Options): DeviceView => {
  const kept = new LRUCache<DeviceId, DeviceState>({
    max: maxDevices,
    ttl: ttlSeconds * 1000,
    perf: { now: clock },
  });
  /** Outlives the connection, which `kept` doesn't. */
  const signedOut = new LRUCache<DeviceId, true>({ max: maxDevices });
  const asking = new Map<DeviceId, Promise<DeviceState>>();
  let seenGeneration = generation();

  const dropIfStale = (): void => {
    const current = generation();
    if (current === seenGeneration) return;
    seenGeneration = current;
    kept.clear();
    asking.clear();
  };

  store.onRevoked((device) => {
    kept.delete(device);
    signedOut.set(device, true);
    // An answer under way may have been read before the revocation: nobody may keep it.
    asking.delete(device);
  });

  const ask = (device: DeviceId): Promise<DeviceState> => {
    const answer = store.device(device).then(
      (record) => {
        const state = record ?? 'signed-out';
        if (record) signedOut.delete(device);
        else signedOut.set(device, true);
        if (asking.get(device) === answer) {
          asking.delete(device);
          kept.set(device, state);
        }
        return state;
      },
      (error: unknown) => {
        if (asking.get(device) === answer) asking.delete(device);
        if (signedOut.has(device)) return 'signed-out' as const;
        throw error;
      },
    );
    asking.set(device, answer);
    return answer;
  };

  const peek = (device: DeviceId): DeviceState | undefined => {
    dropIfStale();
    return kept.get(device);
  };

  return {
    peek,
    isKnownSignedOut: (device) => signedOut.has(device),
    of: async (device) => peek(device) ?? (await (asking.get(device) ?? ask(device))),
  };
};
