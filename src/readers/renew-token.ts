/** Renews an expired token from its device's record, so that tokens can be short and nobody has to sign in each hour. */
import type { Entitlement } from '../entitlements/entitlement.ts';
import type { DeviceView } from './device-view.ts';
import type { DeviceRecord, ReaderId } from './reader.ts';
import { readerCookieDays } from './reader-cookies.ts';
import type { ReaderStore } from './reader-store.ts';
import type { ReaderTokens } from './reader-token.ts';
import type { ReaderClaims } from './token-claims.ts';

export type Renewal =
  | { readonly kind: 'renewed'; readonly token: string; readonly claims: ReaderClaims }
  /** Nobody could be asked: the token is taken at its word a while longer, and not replaced. */
  | { readonly kind: 'trusted' }
  /** Nobody could be asked and the token is too old to be believed; it may be renewed later. */
  | { readonly kind: 'unknown' }
  /** Too old, or the device was signed out. */
  | { readonly kind: 'refused' };

export type RenewToken = (token: string, claims: ReaderClaims, now: number) => Promise<Renewal>;

interface Options {
  readonly store: Pick<ReaderStore, 'device' | 'putDevice'>;
  readonly tokens: ReaderTokens;
  readonly entitlementsOf: (reader: ReaderId) => Promise<readonly Entitlement[]>;
  /** By what the store said before it couldn't be asked. */
  readonly devices: Pick<DeviceView, 'isKnownSignedOut'>;
  /** Told when the store can't be asked. */
  readonly report: (error: unknown) => void;
}

export const tokenTtlSeconds = 3600;

const dayMs = 86_400_000;
const renewableMs = readerCookieDays * dayMs;
/** How long an outage may last before a token that can't be renewed loses its word; its entitlements end by themselves. */
const trustedAfterExpiryMs = 3 * dayMs;

/** A page and all it loads bring one expired token at once: they share one renewal. */
export const createRenewToken = (options: Options): RenewToken => {
  const underWay = new Map<string, Promise<Renewal>>();
  return (token, claims, now) => {
    const shared = underWay.get(token);
    if (shared) return shared;
    const renewal = renew(options, claims, now).finally(() => underWay.delete(token));
    underWay.set(token, renewal);
    return renewal;
  };
};

async function renew(options: Options, claims: ReaderClaims, now: number): Promise<Renewal> {
  if (now - claims.issuedAt >= renewableMs) return { kind: 'refused' };
  try {
    return await renewFromStore(options, claims, now);
  } catch (error) {
    options.report(error);
    if (options.devices.isKnownSignedOut(claims.device)) return { kind: 'refused' };
    return { kind: now - claims.expiresAt < trustedAfterExpiryMs ? 'trusted' : 'unknown' };
  }
}

/** Asks the store itself, not what is kept of it: this is the moment when a stolen token must stop. */
async function renewFromStore(options: Options, claims: ReaderClaims, now: number): Promise<Renewal> {
  const { store, tokens, entitlementsOf } = options;
  const device = await store.device(claims.device);
  if (device?.reader !== claims.reader) return { kind: 'refused' };
  const entitlements = await entitlementsOf(claims.reader);
  await noteSeen(options, device, now);
  const { reader } = claims;
  const token = tokens.sign({ reader, device: device.id, entitlements, ttlSeconds: tokenTtlSeconds }, now);
  const verdict = tokens.verify(token, now);
  if (verdict.kind !== 'valid') throw new Error(`A token signed here doesn't verify here (${verdict.kind}).`);
  return { kind: 'renewed', token, claims: verdict.claims };
}

/** For the account page alone: a store that takes no writes just now costs nobody their renewal. */
async function noteSeen({ store, report }: Options, device: DeviceRecord, now: number): Promise<void> {
  try {
    await store.putDevice({ ...device, lastSeenAt: now });
  } catch (error) {
    report(error);
  }
}
