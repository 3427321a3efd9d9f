/** What operators do to readers: give and take back, read Stripe again, sign out. Each stands in the audit log, by ids. */
import type { CustomerStore } from '../../billing/customer-store.ts';
import type { RefreshCustomer } from '../../billing/refresh-customer.ts';
import { compId, compOf } from '../../entitlements/comp.ts';
import type { EntitlementId } from '../../entitlements/entitlement.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Policy, ProductId } from '../../policy/policy.ts';
import { giveCompTo } from '../../readers/give-comp.ts';
import type { DeviceId, Email, ReaderId } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import { type Audit, actorOf } from '../operators/audit.ts';
import type { Deed } from '../operators/audit-store.ts';
import type { Operator } from '../operators/operator.ts';
import { isOurs } from './reader-sheet.ts';
import { createResync, type Resynced } from './resync.ts';

/** Asks nobody whether `by` may: that was decided where the request came in. @param at the world's time, for the log */
export interface ChangeReader {
  comp(to: ReaderId | { readonly email: Email }, asked: CompAsked, by: Operator, at: number): Promise<Comped>;
  revoke(reader: ReaderId, entitlement: EntitlementId, by: Operator, at: number): Promise<Revoked>;
  resync(reader: ReaderId, by: Operator, at: number): Promise<Resynced>;
  /** @param device absent: all of them */
  signOut(reader: ReaderId, device: DeviceId | undefined, by: Operator, at: number): Promise<SignedOut>;
}

export interface CompAsked {
  readonly product: string;
  /** Milliseconds, by the site's clock. */
  readonly endsAt: number;
}

export type Comped =
  | { readonly kind: 'given'; readonly reader: ReaderId; readonly entitlement: EntitlementId }
  | { readonly kind: 'reader-unknown' }
  | { readonly kind: 'product-unknown' }
  /** Not in the future, or further away than a comp may last. */
  | { readonly kind: 'end-invalid' };

export type Revoked = { readonly kind: 'revoked' | 'entitlement-unknown' | 'entitlement-of-stripe' };

export type SignedOut =
  | { readonly kind: 'signed-out'; readonly devices: number }
  | { readonly kind: 'device-unknown' };

export interface ChangeReaderOptions {
  readonly readers: Pick<ReaderStore, 'byId' | 'byEmail' | 'findOrCreate' | 'devices' | 'revokeDevice'>;
  readonly entitlements: Pick<EntitlementStore, 'of' | 'put' | 'remove'>;
  readonly customers: Pick<CustomerStore, 'customersOf'>;
  /** Absent: nothing is sold here. */
  readonly refresh?: RefreshCustomer;
  readonly audit: Audit;
  readonly policy: () => Policy;
  /** The site's time: the sandbox's, where there is one. */
  readonly siteNow: Clock;
  readonly random: (bytes: number) => string;
}

/** What ends later was a slip of the hand. */
const longestYears = 50;

export const createChangeReader = (options: ChangeReaderOptions): ChangeReader => ({
  comp: (to, asked, by, at) => comp(options, to, asked, by, at),
  revoke: (reader, id, by, at) => revoke(options, reader, id, by, at),
  resync: createResync(options),
  signOut: (reader, device, by, at) => signOut(options, reader, device, by, at),
});

async function comp(
  options: ChangeReaderOptions,
  to: Parameters<ChangeReader['comp']>[0],
  { product: asked, endsAt }: CompAsked,
  by: Operator,
  at: number,
): Promise<Comped> {
  const now = options.siteNow();
  const product = options.policy().products.find(({ id }) => id === asked)?.id;
  if (product === undefined) return { kind: 'product-unknown' };
  const latest = now + longestYears * 366 * 86_400_000;
  if (!Number.isSafeInteger(endsAt) || endsAt <= now || endsAt > latest) return { kind: 'end-invalid' };
  const known = await (typeof to === 'string' ? options.readers.byId(to) : options.readers.byEmail(to.email));
  if (typeof to === 'string' && !known) return { kind: 'reader-unknown' };
  const reader = known?.id ?? (options.random(12) as ReaderId);
  const changed = `comp of ${product} until ${new Date(endsAt).toISOString()}`;
  const done = await deed(options, 'grant', by, at, [reader, compId(product)], changed, () =>
    give(options, to, reader, product, endsAt, now),
  );
  // Somebody signed in with the address for the first time meanwhile: the line above names nobody.
  if (done !== reader) await options.audit.note(noted('grant', by, [done, compId(product)], changed), at);
  return { kind: 'given', reader: done, entitlement: compId(product) };
}

const give = async (
  options: ChangeReaderOptions,
  to: Parameters<ChangeReader['comp']>[0],
  reader: ReaderId,
  product: ProductId,
  endsAt: number,
  now: number,
): Promise<ReaderId> => {
  const terms = { product, endsAt };
  if (typeof to !== 'string') return (await giveCompTo(options, to.email, terms, { newId: reader, now })).id;
  await options.entitlements.put(reader, compOf(terms, now));
  return reader;
};

async function revoke(
  options: ChangeReaderOptions,
  reader: ReaderId,
  id: EntitlementId,
  by: Operator,
  at: number,
): Promise<Revoked> {
  const held = (await options.entitlements.of(reader)).find((each) => each.id === id);
  if (!held) return { kind: 'entitlement-unknown' };
  if (!isOurs(held)) return { kind: 'entitlement-of-stripe' };
  const changed = `${held.source} of ${held.product} until ${new Date(held.endsAt).toISOString()}`;
  const removed = await deed(
    options,
    'revoke',
    by,
    at,
    [reader, id],
    changed,
    () => options.entitlements.remove(reader, id),
    (existed) => !existed,
  );
  return { kind: removed ? 'revoked' : 'entitlement-unknown' };
}

async function signOut(
  options: ChangeReaderOptions,
  reader: ReaderId,
  device: DeviceId | undefined,
  by: Operator,
  at: number,
): Promise<SignedOut> {
  const all = await options.readers.devices(reader);
  const meant = device === undefined ? all : all.filter(({ id }) => id === device);
  if (meant.length === 0)
    return device === undefined ? { kind: 'signed-out', devices: 0 } : { kind: 'device-unknown' };
  const ids = meant.map(({ id }) => id);
  const changed = device === undefined ? `everywhere: ${ids.length} browsers` : 'one browser';
  const revoked = await deed(
    options,
    'sign-out-device',
    by,
    at,
    [reader, ...ids],
    changed,
    () => Promise.all(ids.map((id) => options.readers.revokeDevice(id))),
    (existed) => !existed.includes(true),
  );
  return { kind: 'signed-out', devices: revoked.filter(Boolean).length };
}

const noted = (what: Deed, by: Operator, about: readonly string[], changed: string) => ({
  who: actorOf(by),
  what,
  about,
  changed,
});

const deed = <Result>(
  { audit }: ChangeReaderOptions,
  what: Deed,
  by: Operator,
  at: number,
  about: readonly string[],
  changed: string,
  run: () => Promise<Result>,
  cameToNothing: (result: Result) => boolean = () => false,
): Promise<Result> => audit.carryOut(noted(what, by, about, changed), at, { run, cameToNothing });
