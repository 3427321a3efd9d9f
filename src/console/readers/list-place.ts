/** A place in the list of readers as an address names it: by readers' numbers, so that nobody's email stands in an address. */
import type { ReaderId, ReaderRecord } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import type { ListAsked, ReaderFilter } from './reader-list.ts';

export interface ListPlace {
  readonly filter: ReaderFilter;
  /** Those whose email begins with the same letters as this reader's. */
  readonly like?: { readonly reader: ReaderId; readonly letters: number };
  /** Behind this reader. */
  readonly after?: ReaderId;
}

export const listAddress = (place: ListPlace, path = '/-/console/readers'): string => {
  const { filter, like, after } = place;
  const query = new URLSearchParams({
    ...(filter.holds === undefined ? {} : { holds: filter.holds }),
    ...(filter.only === undefined ? {} : { only: filter.only }),
    ...(like ? { like: like.reader, letters: String(like.letters) } : {}),
    ...(after === undefined ? {} : { after }),
  }).toString();
  return query === '' ? path : `${path}?${query}`;
};

export type PlaceFound =
  | { readonly kind: 'found'; readonly asked: ListAsked }
  /** The reader whom it hangs on isn't there any more, or has another address. */
  | { readonly kind: 'gone' };

/** Rejects when the store can't be asked. */
export const findPlace = async (
  readers: Pick<ReaderStore, 'byId'>,
  { filter, like, after }: ListPlace,
): Promise<PlaceFound> => {
  const [liked, passed] = await Promise.all([
    like && readers.byId(like.reader),
    after && readers.byId(after),
  ]);
  const startsWith = like && beginning(liked, like.letters);
  if ((like && startsWith === undefined) || (after && passed?.email === undefined)) return { kind: 'gone' };
  return {
    kind: 'found',
    asked: {
      filter,
      ...(startsWith === undefined ? {} : { startsWith }),
      ...(passed?.email === undefined ? {} : { after: passed.email }),
    },
  };
};

const beginning = (reader: ReaderRecord | undefined, letters: number): string | undefined =>
  reader?.email !== undefined && letters <= reader.email.length ? reader.email.slice(0, letters) : undefined;
