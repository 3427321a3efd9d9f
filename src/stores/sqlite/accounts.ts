/** Readers' accounts in SQLite: who has which address, if any. */
import { randomText } from '../../ops/random.ts';
import type { Email, ProvedReader, ReaderId, ReaderRecord } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import { isBehind } from '../readers-in-order.ts';
import type { Database } from './database.ts';

type Accounts = Pick<
  ReaderStore,
  'byId' | 'byEmail' | 'findOrCreate' | 'putUnproved' | 'readersPage' | 'removeReader'
>;

export function sqliteAccounts(database: Database): Accounts {
  const byId = database.prepare<ReaderRow>('SELECT * FROM readers WHERE id = ?');
  const byEmail = database.prepare<ProvedRow>('SELECT * FROM readers WHERE email = ?');
  const create = database.prepare('INSERT INTO readers (id, email, created_at) VALUES (?, ?, ?)');
  const giveEmail = database.prepare('UPDATE readers SET email = ? WHERE id = ?');
  const putUnproved = database.prepare(
    'INSERT INTO readers (id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const page = preparePage(database);
  const remove = database.prepare('DELETE FROM readers WHERE id = ?');

  const claim = (candidate: ProvedReader): ProvedReader => {
    const { id, email, createdAt } = candidate;
    const holder = byEmail.get(email);
    if (holder) return provedFrom(holder);
    const own = byId.get(id);
    if (own?.email === null) {
      giveEmail.run(email, id);
      return { id, email, createdAt: own.created_at };
    }
    // The browser proved another address in the meantime: a reader has one, so this one is a reader of its own.
    const free = own === undefined ? candidate : { ...candidate, id: randomText(12) as ReaderId };
    create.run(free.id, email, createdAt);
    return free;
  };

  return {
    byId: async (id) => {
      const row = byId.get(id);
      return row && readerFrom(row);
    },
    byEmail: async (email) => {
      const row = byEmail.get(email);
      return row && provedFrom(row);
    },
    findOrCreate: async (candidate) => database.transaction('write', () => claim(candidate)),
    putUnproved: async ({ id, createdAt }) => void putUnproved.run(id, createdAt),
    readersPage: async ({ after = '', startsWith = '', limit }) => {
      const end = `${startsWith}\u{10ffff}`;
      const rows = isBehind(after, startsWith)
        ? page.behind.all(after, end, limit + 1)
        : page.from.all(startsWith, end, limit + 1);
      const readers = rows.slice(0, limit).map(provedFrom);
      const last = readers.at(-1);
      return rows.length > limit && last ? { readers, next: last.email } : { readers };
    },
    removeReader: async (id) => remove.run(id).changes > 0,
  };
}

/** One bound at each end, so that a page deep in the list is found as fast as the first. */
const preparePage = (database: Database) => ({
  from: database.prepare<ProvedRow>(
    'SELECT * FROM readers WHERE email >= ? AND email < ? ORDER BY email LIMIT ?',
  ),
  behind: database.prepare<ProvedRow>(
    'SELECT * FROM readers WHERE email > ? AND email < ? ORDER BY email LIMIT ?',
  ),
});

interface ReaderRow {
  readonly id: string;
  readonly email: string | null;
  readonly created_at: number;
}

type ProvedRow = ReaderRow & { readonly email: string };

const readerFrom = (row: ReaderRow): ReaderRecord => ({
  id: row.id as ReaderId,
  ...(row.email === null ? {} : { email: row.email as Email }),
  createdAt: row.created_at,
});

const provedFrom = (row: ProvedRow): ProvedReader => ({ ...readerFrom(row), email: row.email as Email });
