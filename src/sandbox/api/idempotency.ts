/** Idempotency keys: the same request twice is answered once, and a key that comes back with another request is refused. */
import { createHash } from 'node:crypto';
import type { Books } from '../ledger/books.ts';
import type { KeyRecord } from '../ledger/records.ts';
import { Refusal } from './refusal.ts';

export interface Keys {
  /**
   * What was answered before; undefined: it is to be done now, and `keep` or `release` must follow.
   * @throws Refusal 400 for another request with the same key, 409 while the first is under way.
   */
  begin(key: string, request: string): KeyRecord | undefined;
  /** Part of the same step as what was done, so that a crash keeps both or neither. */
  keep(key: string, request: string, answer: Pick<KeyRecord, 'body' | 'requestId' | 'status'>): void;
  /** It is under way no more. */
  release(key: string): void;
}

const keptSeconds = 86_400;

export const createKeys = (books: Books): Keys => {
  const underWay = new Set<string>();
  return {
    begin: (key, request) => {
      forgetOld(books);
      if (underWay.has(key)) throw inUse(key);
      const before = books.keys.get(key);
      if (before && before.hash !== hashOf(request)) throw reused(key);
      if (!before) underWay.add(key);
      return before;
    },
    keep: (key, request, answer) =>
      books.keys.put({ ...answer, id: key, created: books.now(), hash: hashOf(request) }),
    release: (key) => underWay.delete(key),
  };
};

const hashOf = (request: string): string => createHash('sha256').update(request).digest('base64url');

const forgetOld = (books: Books): void => {
  const until = books.now() - keptSeconds;
  const old: string[] = [];
  for (const { id, created } of books.keys.walk({ ahead: '' })) {
    if (created > until) break;
    old.push(id);
  }
  for (const id of old) books.keys.remove(id);
};

const reused = (key: string): Refusal =>
  new Refusal({
    status: 400,
    type: 'idempotency_error',
    message: `The idempotency key ${key} was used for a request with other parameters. Take a new key for a new request.`,
  });

const inUse = (key: string): Refusal =>
  new Refusal({
    status: 409,
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `A request with the idempotency key ${key} is still under way.`,
  });
