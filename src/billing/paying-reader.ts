/** Who pays where nobody is signed in: a reader whose id follows from the visitor's, so that every tab of a browser is the same one. */
import { createHmac } from 'node:crypto';
import { derivedKeys } from '../readers/derived-key.ts';
import type { ReaderId, VisitorId } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { TokenKeySetting } from '../settings.ts';

/**
 * The reader without an address whom this browser pays as. Nothing is written. Nobody who knows the id can find the
 * visitor, and nobody who hasn't the visitor's cookie can name the reader.
 *
 * Never a reader with a proved address: whoever signs out of an account must prove the address again, and the visitor's
 * cookie proves none. After each proof the same browser pays as the next reader.
 */
export type PayingReader = (visitor: VisitorId) => Promise<ReaderId>;

interface Options {
  /** The first makes new ids; readers made with the others are still found. */
  readonly keys: readonly TokenKeySetting[];
  readonly store: Pick<ReaderStore, 'byId'>;
}

export const createPayingReader = ({ keys, store }: Options): PayingReader => {
  const derived = derivedKeys(keys, 'paying reader');

  const idsAt = (visitor: VisitorId, place: number): readonly [ReaderId, ...ReaderId[]] => {
    const [newest, ...older] = derived;
    return [idOf(newest, visitor, place), ...older.map((key) => idOf(key, visitor, place))];
  };

  return async (visitor) => {
    let free: ReaderId | undefined;
    for (let place = 0; ; place += 1) {
      const ids = idsAt(visitor, place);
      const records = await Promise.all(ids.map((id) => store.byId(id)));
      const unproved = records.find((record) => record && record.email === undefined);
      if (unproved) return unproved.id;
      if (records[0] === undefined) free ??= ids[0];
      // A reader at one place was made because there was a proved one at the place before.
      if (free !== undefined && records.every((record) => record === undefined)) return free;
    }
  };
};

const idOf = (key: Buffer, visitor: VisitorId, place: number): ReaderId =>
  createHmac('sha256', key).update(`${place} ${visitor}`).digest('base64url').slice(0, 16) as ReaderId;
