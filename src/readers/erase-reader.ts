/** Erases what Gatefold knows of a reader, in an order that another press can finish wherever the first one stopped. */
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import { readerCountedAs } from './counted-as.ts';
import type { DeviceId, ReaderId } from './reader.ts';
import type { ReaderBilling } from './reader-billing.ts';
import type { ReaderStore } from './reader-store.ts';

export interface ErasureAsked {
  readonly reader: ReaderId;
  /** Where it is asked from: signed out last, since only whoever is signed in can press again. Absent: by the publisher. */
  readonly device?: DeviceId;
  /** The reader says that what goes on charging them may be ended. */
  readonly mayEnd: boolean;
}

export type Erasure =
  | { readonly kind: 'erased'; readonly ended: number; readonly customer: boolean }
  /** Nothing was touched: these go on charging the reader. */
  | { readonly kind: 'running'; readonly running: readonly string[] };

/** Rejects when Stripe or a store can't be asked; what is left then is left for the next press. Safe to repeat. */
export type EraseReader = (asked: ErasureAsked) => Promise<Erasure>;

interface Options {
  readonly store: Pick<ReaderStore, 'devices' | 'revokeDevice' | 'removeReader'>;
  readonly entitlements: Pick<EntitlementStore, 'forgetReader'>;
  readonly meters: Pick<MeterStore, 'forget'>;
  /** Absent: nothing is sold here. */
  readonly billing?: Pick<ReaderBilling, 'standing' | 'endAll' | 'release'>;
}

export const createEraseReader =
  (options: Options): EraseReader =>
  async ({ reader, device, mayEnd }) => {
    const { store, billing } = options;
    const standing = await billing?.standing(reader);
    if (standing && standing.running.length > 0 && !mayEnd)
      return { kind: 'running', running: standing.running };
    // What costs money first: whatever fails after it, nobody goes on paying for an account that is half gone.
    const ended = (await billing?.endAll(reader)) ?? 0;
    await forgetTraces(options, reader);
    await signOutEverywhere(options, reader, device);
    await store.removeReader(reader);
    // An event that was under way may have found the customer's way back by the address, while there was one.
    await forgetTraces(options, reader);
    return { kind: 'erased', ended, customer: standing?.customer === true };
  };

async function forgetTraces({ billing, entitlements, meters }: Options, reader: ReaderId): Promise<void> {
  await billing?.release(reader);
  await entitlements.forgetReader(reader);
  await meters.forget(readerCountedAs(reader));
}

async function signOutEverywhere(
  { store }: Options,
  reader: ReaderId,
  last: DeviceId | undefined,
): Promise<void> {
  const others = (await store.devices(reader)).filter(({ id }) => id !== last);
  for (const { id } of others) await store.revokeDevice(id);
  if (last !== undefined) await store.revokeDevice(last);
}
