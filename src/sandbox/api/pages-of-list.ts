/** Stripe's lists: newest first, a page at a time, from behind or ahead of a cursor. */
import type { Table } from '../ledger/table.ts';
import { integer, type Reader, type TimeRange, text, timeRange } from './parameters.ts';
import { missing } from './refusal.ts';

export const pageFields = {
  limit: integer({ min: 1, max: 100 }),
  starting_after: text,
  ending_before: text,
} as const satisfies Record<string, Reader<unknown>>;

export const createdField = { created: timeRange } as const;

export interface PageAsked {
  readonly limit: number | undefined;
  readonly starting_after: string | undefined;
  readonly ending_before: string | undefined;
  readonly created?: TimeRange | undefined;
}

interface Listing<R extends { readonly id: string }> {
  readonly table: Table<R>;
  readonly what: string;
  readonly url: string;
  /** Looked up by this field; what it leaves open is filtered. */
  readonly index?: { readonly name: string; readonly value: string } | undefined;
  readonly holds?: (record: R) => boolean;
  readonly show: (record: R) => object;
}

export interface StripeList {
  readonly object: 'list';
  readonly data: readonly object[];
  readonly has_more: boolean;
  readonly url: string;
}

/** @throws Refusal when the cursor is unknown. */
export const answerPage = <R extends { readonly id: string; readonly created?: number }>(
  { limit = 10, starting_after: behind, ending_before: ahead, created }: PageAsked,
  { table, what, url, index, holds = () => true, show }: Listing<R>,
): StripeList => {
  for (const [param, cursor] of [['starting_after', behind] as const, ['ending_before', ahead] as const])
    if (cursor !== undefined && !table.get(cursor)) throw missing(what, cursor, param);
  const found: R[] = [];
  const walk = table.walk({
    ...(index ? { index } : {}),
    ...(behind === undefined ? {} : { behind }),
    ...(ahead === undefined || behind !== undefined ? {} : { ahead }),
  });
  for (const record of walk) {
    if (created && !within(created, record.created ?? 0)) continue;
    if (!holds(record)) continue;
    found.push(record);
    if (found.length > limit) break;
  }
  const page = found.slice(0, limit);
  if (ahead !== undefined && behind === undefined) page.reverse();
  return { object: 'list', data: page.map(show), has_more: found.length > limit, url };
};

/** The same for a few things that are at hand. */
export const answerSlice = <T extends { readonly id: string }>(
  { limit = 10, starting_after: behind, ending_before: ahead }: PageAsked,
  all: readonly T[],
  { what, url, show }: { readonly what: string; readonly url: string; readonly show: (one: T) => object },
): StripeList => {
  const at = (cursor: string, param: string) => {
    const place = all.findIndex(({ id }) => id === cursor);
    if (place < 0) throw missing(what, cursor, param);
    return place;
  };
  if (ahead !== undefined && behind === undefined) {
    const end = at(ahead, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: all.slice(start, end).map(show), has_more: start > 0, url };
  }
  const start = behind === undefined ? 0 : at(behind, 'starting_after') + 1;
  const page = all.slice(start, start + limit);
  return { object: 'list', data: page.map(show), has_more: start + limit < all.length, url };
};

const within = ({ gt, gte, lt, lte }: TimeRange, moment: number): boolean =>
  (gt === undefined || moment > gt) &&
  (gte === undefined || moment >= gte) &&
  (lt === undefined || moment < lt) &&
  (lte === undefined || moment <= lte);
