/** Visitors: readers without an account, known by a signed random id. */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { TokenKeySetting } from '../settings.ts';
import { derivedKeys } from './derived-key.ts';
import type { VisitorId } from './reader.ts';

export interface Visitors {
  /** A visitor nobody has met, born in that network. */
  mintVisitor(networkTag: string): MintedVisitor;
  /** Undefined for whatever wasn't signed here: such a visitor is new. */
  readVisitor(cookie: string): KnownVisitor | undefined;
}

interface MintedVisitor {
  readonly id: VisitorId;
  /** `<id>.<signature>`. */
  readonly cookie: string;
}

interface KnownVisitor {
  readonly id: VisitorId;
  /** Present when an older key signed what came: the browser should get this before that key is removed. */
  readonly renewedCookie?: string;
}

interface Options {
  /** The first signs, all verify. */
  readonly keys: readonly TokenKeySetting[];
  /** Unguessable base64url text of so many bytes. */
  readonly random: (bytes: number) => string;
}

/** Network tag, 128 random bits, HMAC-SHA256: nothing else is looked at, however long a cookie is. */
const cookieForm = /^([\w-]{4,16}\.[\w-]{22})\.([\w-]{43})$/;

export function createVisitors({ keys, random }: Options): Visitors {
  // As key objects: a key given as bytes is prepared anew for each signature.
  const [newest, ...older] = derivedKeys(keys, 'visitor');
  const signingKeys = [createSecretKey(newest), ...older.map((key) => createSecretKey(key))] as const;

  const cookieOf = (id: string): string => `${id}.${signature(id, signingKeys[0])}`;

  const readVisitor = (cookie: string): KnownVisitor | undefined => {
    const [, id, signed] = cookieForm.exec(cookie) ?? [];
    if (!id || !signed) return undefined;
    const by = signerOf(id, signed, signingKeys);
    if (by === undefined) return undefined;
    return by > 0 ? { id: id as VisitorId, renewedCookie: cookieOf(id) } : { id: id as VisitorId };
  };

  return {
    mintVisitor: (networkTag) => {
      const id = `${networkTag}.${random(16)}` as VisitorId;
      return { id, cookie: cookieOf(id) };
    },
    readVisitor,
  };
}

const signature = (id: string, key: KeyObject): string =>
  createHmac('sha256', key).update(id).digest('base64url');

/** Which key signed it, by its place; every key is tried, so that the time taken tells nothing. */
function signerOf(id: string, signed: string, keys: readonly KeyObject[]): number | undefined {
  // Compared as text: four bits of the last character are not signed, and a second spelling would be a second cookie.
  const given = Buffer.from(signed, 'latin1');
  let found: number | undefined;
  for (const [place, key] of keys.entries()) {
    const own = Buffer.from(signature(id, key), 'latin1');
    if (own.length === given.length && timingSafeEqual(own, given)) found ??= place;
  }
  return found;
}
