/** What the origin's answers at an address depend on, as they say themselves: headers of the reader's, or the reader. */
import { LRUCache } from 'lru-cache';
import { isPrivate } from '../origin/freshness.ts';
import type { OriginHead } from '../origin/origin.ts';
import { setsOwnCookie } from '../origin/own-cookies.ts';
import { typeClass } from './inspect-type.ts';
import { headerValue, joinedValues } from './treatment.ts';

/** Why every reader has to be given an answer of their own. */
export type WhyAlone =
  | { readonly kind: 'sets-cookie'; readonly cookie: string }
  /** `Cache-Control: private`. */
  | { readonly kind: 'private' };

export interface Dependence {
  /** Of headers, in lower case and in order; `*`: on whatever. */
  readonly names: readonly string[];
  readonly alone?: WhyAlone;
}

export interface Dependences {
  /** `nobody`: the answer is one to a question with nothing of a reader's own. */
  learn(target: string, answer: Dependence, nobody: boolean, now: number): void;
  at(target: string, now: number): Known | undefined;
  clear(): void;
}

interface Known extends Dependence {
  /** It is some time since the address was last asked for nobody: it may have changed its mind, or its text. */
  readonly isOld: boolean;
}

/** An answer that doesn't name what others named lately was asked for in words that made no difference to it. */
const heededMs = 3_600_000;
const oldMs = 600_000;
/** An answer that depends on more is everybody's own. */
const mostNames = 12;

interface Entry {
  /** Until when each is heeded. */
  readonly names: ReadonlyMap<string, number>;
  readonly alone?: WhyAlone;
  readonly askedForNobodyAt: number;
}

export const createDependences = (): Dependences => {
  const entries = new LRUCache<string, Entry>({ max: 50_000 });

  return {
    learn: (target, answer, nobody, now) => {
      const before = entries.get(target);
      if (!before && answer.names.length === 0 && !answer.alone) return;
      const names = new Map([...(before?.names ?? [])].filter(([, until]) => until > now));
      for (const name of answer.names) names.set(name, now + heededMs);
      // What some of its readers' headers lead to may be kept elsewhere; only what comes to nobody takes it back.
      const alone = answer.alone ?? (nobody ? undefined : before?.alone);
      const askedForNobodyAt = nobody || !before ? now : before.askedForNobodyAt;
      entries.set(target, { names, askedForNobodyAt, ...(alone ? { alone } : {}) });
    },
    at: (target, now) => {
      const entry = entries.get(target);
      if (!entry) return undefined;
      const names = [...entry.names.keys()].sort();
      return {
        names: names.length > mostNames ? ['*'] : names,
        isOld: now - entry.askedForNobodyAt > oldMs,
        ...(entry.alone ? { alone: entry.alone } : {}),
      };
    },
    clear: () => entries.clear(),
  };
};

/** @param isHarmless the name of a cookie that changes nothing of what the origin sends */
export const dependenceOf = (
  head: OriginHead,
  target: string,
  isHarmless: (cookie: string) => boolean,
): Dependence => {
  const names = (joinedValues(head.headers, 'vary') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const alone = whyAlone(head, target, isHarmless);
  return { names: names.filter((name) => !saysNothing.has(name)), ...(alone ? { alone } : {}) };
};

/** The gate undoes codings, and keeps forms apart by what was asked for. */
const saysNothing = new Set(['', 'accept', 'accept-encoding']);

const whyAlone = (
  head: OriginHead,
  target: string,
  isHarmless: (cookie: string) => boolean,
): WhyAlone | undefined => {
  const { status, headers } = head;
  const isPage = typeClass(headerValue(headers, 'content-type'), target) === 'page' || status >= 300;
  const cookie = headers
    .filter(([name, value]) => isPage && name.toLowerCase() === 'set-cookie' && !setsOwnCookie(value))
    .map(([, value]) => (value.split('=', 1)[0] ?? '').trim())
    .find((name) => !isHarmless(name));
  // Programs that read feeds send no forms back.
  if (cookie !== undefined) return { kind: 'sets-cookie', cookie };
  return isPrivate(head) ? { kind: 'private' } : undefined;
};
