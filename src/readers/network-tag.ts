/** A name for a reader's network that tells nobody which network it is. */
import { createHmac } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { TokenKeySetting } from '../settings.ts';
import { derivedKeys } from './derived-key.ts';

/** The same text for one network, key and month. */
export type NetworkTagOf = (clientAddress: string | undefined, now: number) => string;

interface Options {
  readonly keys: readonly TokenKeySetting[];
  readonly maxKept?: number;
}

const tagLength = 10;

/**
 * A keyed hash of the address's /24 (IPv4, also when written as IPv6) or /48 (IPv6). Its salt changes with each UTC
 * month, so that tags can't be followed from one to the next, nor turned back into addresses without the key.
 */
export function createNetworkTags({ keys, maxKept = 50_000 }: Options): NetworkTagOf {
  const [key] = derivedKeys(keys, 'network');
  const tags = new LRUCache<string, string>({ max: maxKept });
  let salted: SaltedMonth | undefined;

  return (clientAddress = '', now) => {
    if (!salted || now < salted.startsAt || now >= salted.endsAt) {
      salted = saltFor(key, now);
      tags.clear();
    }
    const kept = tags.get(clientAddress);
    if (kept !== undefined) return kept;
    const tag = hmac(salted.salt, networkOf(clientAddress)).toString('base64url').slice(0, tagLength);
    tags.set(clientAddress, tag);
    return tag;
  };
}

interface SaltedMonth {
  readonly salt: Buffer;
  readonly startsAt: number;
  readonly endsAt: number;
}

function saltFor(key: Buffer, now: number): SaltedMonth {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const startsAt = Date.UTC(year, month, 1);
  return { salt: hmac(key, `${year}-${month + 1}`), startsAt, endsAt: Date.UTC(year, month + 1, 1) };
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Whoever has no readable address shares one network: an unknown address must not mean an own allowance. */
function networkOf(clientAddress: string): string {
  if (!ipaddr.isValid(clientAddress)) return 'unknown';
  const address = ipaddr.process(clientAddress);
  return address
    .toByteArray()
    .slice(0, address.kind() === 'ipv4' ? 3 : 6)
    .join('.');
}
