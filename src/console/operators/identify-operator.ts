/** Who is asking in the console: by the cookie of a signed-in browser or an API token, looked up anew for each request. */
import type { Email } from '../../readers/reader.ts';
import { tokenIn } from './api-token-form.ts';
import { credentialOf, isSameHash, isSecret } from './credential.ts';
import type { ApiTokenId, Operator, OperatorDevice, OperatorDeviceId } from './operator.ts';
import { operatorSecretsIn } from './operator-cookies.ts';
import type { OperatorStore } from './operator-store.ts';
import { roleOfDevice, roleOfToken, standingOf } from './power.ts';

export type Identified =
  | { readonly kind: 'operator'; readonly operator: Operator }
  | { readonly kind: 'nobody'; readonly why: 'operator-unknown' | 'sign-in-ended' | 'token-invalid' };

export interface Credentials {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
}

/** @throws when the store can't be asked. */
export type IdentifyOperator = (credentials: Credentials, now: number) => Promise<Identified>;

interface Options {
  readonly store: OperatorStore;
  readonly owners: ReadonlySet<Email>;
  /** CONSOLE_URL is https. */
  readonly secure: boolean;
}

/** More often would be a write for each request. */
const noteEveryMs = 60_000;

/** A bearer token decides alone: who sends a bad one isn't taken for whoever the browser is signed in as. */
export const createIdentifyOperator = (options: Options): IdentifyOperator => {
  return ({ cookie, authorization }, now) => {
    if (isBearer(authorization)) return byToken(options, tokenIn(authorization), now);
    return byCookie(options, operatorSecretsIn(cookie, options.secure), now);
  };
};

/** Other schemes are those of a proxy that asks for a password of its own. */
export const isBearer = (authorization: string | undefined): authorization is string =>
  authorization !== undefined && /^bearer(?:\s|$)/i.test(authorization);

const nobody = (why: Extract<Identified, { kind: 'nobody' }>['why']): Identified => ({ kind: 'nobody', why });

/** Of several cookies at most one was set here: one that proves nothing is passed over, two that do prove nobody. */
async function byCookie(options: Options, secrets: readonly string[], now: number): Promise<Identified> {
  if (secrets.length === 0) return nobody('operator-unknown');
  const proved: DeviceOperator[] = [];
  for (const secret of secrets) {
    const found = await byDevice(options, secret, now);
    if (found) proved.push(found);
  }
  const [found, another] = proved;
  if (!found || another) return nobody('sign-in-ended');
  await noteSeen(options, found, now);
  return { kind: 'operator', operator: found.operator };
}

interface DeviceOperator {
  readonly device: OperatorDevice;
  readonly operator: Operator;
}

async function byDevice(
  { store, owners }: Options,
  secret: string,
  now: number,
): Promise<DeviceOperator | undefined> {
  if (!isSecret(secret)) return undefined;
  const { id, hash } = credentialOf(secret);
  const device = await store.operatorDevice(id as OperatorDeviceId);
  if (!device || !isSameHash(device.hash, hash)) return undefined;
  const { email, appointment } = device;
  const role = roleOfDevice(device, standingOf(email, owners, await store.operator(email)), now);
  if (role === undefined) return undefined;
  return { device, operator: { email, role, appointment, via: { kind: 'device', id: device.id } } };
}

async function noteSeen({ store }: Options, { device }: DeviceOperator, now: number): Promise<void> {
  if (now - device.lastSeenAt < noteEveryMs) return;
  await store.noteOperatorDeviceSeen(device.id, now);
  await store.noteOperatorSeen(device.email, device.appointment, now);
}

async function byToken(
  { store, owners }: Options,
  token: string | undefined,
  now: number,
): Promise<Identified> {
  if (token === undefined) return nobody('token-invalid');
  const { id, hash } = credentialOf(token);
  const kept = await store.apiToken(id as ApiTokenId);
  if (!kept || !isSameHash(kept.hash, hash)) return nobody('token-invalid');
  const { createdBy: email, appointment, name } = kept;
  const role = roleOfToken(kept, standingOf(email, owners, await store.operator(email)), now);
  if (role === undefined) return nobody('token-invalid');
  if (now - (kept.lastUsedAt ?? 0) >= noteEveryMs) await store.noteApiTokenUsed(kept.id, now);
  return {
    kind: 'operator',
    operator: { email, role, appointment, via: { kind: 'token', id: kept.id, name } },
  };
}
