/** The names under which readers and networks stand in the decision log: for a month, and for nobody to turn back. */
import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { windowAt } from '../meter/window.ts';
import { derivedKeys } from '../readers/derived-key.ts';
import type { TokenKeySetting } from '../settings.ts';
import type { NetworkKey, ReaderKey } from './logged-view.ts';

export interface LogKeys {
  /** @param subject under which free reads are counted: `v:<visitor id>` or `r:<reader id>`. */
  reader(subject: string, now: number): ReaderKey;
  /** @param tag with which the visitor's id begins. */
  network(tag: string, now: number): NetworkKey;
}

interface Options {
  /** The same on every instance, so that a reader's views belong together wherever they were answered. */
  readonly keys: readonly TokenKeySetting[];
  /** The site's zone, asked anew each time: keys change with its calendar months, as free reads mostly do. */
  readonly timeZone: () => string;
  readonly maxKept?: number;
}

/** 60 bits: among 100,000 readers two share a key about once in 200 million months. */
const keyLength = 10;

export const createLogKeys = ({ keys, timeZone, maxKept = 20_000 }: Options): LogKeys => {
  const [key] = derivedKeys(keys, 'decision-log');
  const kept = new LRUCache<string, string>({ max: maxKept });
  let month = '';
  let salt: Buffer = Buffer.alloc(0);

  const keyed = (name: string, now: number): string => {
    const current = windowAt({ kind: 'month' }, timeZone(), now).key;
    if (current !== month) {
      month = current;
      salt = hmac(key, month);
      kept.clear();
    }
    const known = kept.get(name);
    if (known !== undefined) return known;
    const made = hmac(salt, name).toString('base64url').slice(0, keyLength);
    kept.set(name, made);
    return made;
  };

  return {
    reader: (subject, now) => keyed(`reader ${subject}`, now) as ReaderKey,
    network: (tag, now) => keyed(`network ${tag}`, now) as NetworkKey,
  };
};

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
