/** How old open articles are, as HTTP counts it (RFC 9111, 4.2.3): since the origin's own answer, wherever it was kept before. */
import { ageSeconds } from '../origin/freshness.ts';
import type { OriginHead } from '../origin/origin.ts';
import type { ArticlePage, Feed } from './found.ts';
import { headerValue } from './treatment.ts';

export interface Age {
  readonly seconds: number;
  /** When the origin says that it answered. */
  readonly date?: string;
}

export interface Ages {
  /** An answer that anybody may be sent, kept or not. */
  note(copy: ArticlePage | Feed, head: OriginHead, now: number): void;
  /** Undefined for one reader's own. */
  of(copy: ArticlePage, now: number): Age | undefined;
}

interface Noted {
  readonly at: number;
  /** In seconds, as it came. */
  readonly age: number;
  readonly date: string | undefined;
}

export const createAges = (): Ages => {
  const noted = new WeakMap<ArticlePage | Feed, Noted>();
  return {
    note: (copy, head, now) => {
      const date = headerValue(head.headers, 'date');
      const isDate = date !== undefined && Number.isFinite(Date.parse(date));
      noted.set(copy, { at: now, age: ageSeconds(head), date: isDate ? date : undefined });
    },
    of: (copy, now) => {
      const known = noted.get(copy);
      if (known === undefined) return undefined;
      const { at, age, date } = known;
      const seconds = age + Math.max(0, Math.floor((now - at) / 1000));
      return { seconds, ...(date === undefined ? {} : { date }) };
    },
  };
};
