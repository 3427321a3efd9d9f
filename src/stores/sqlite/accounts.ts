/** Readers' accounts in SQLite: who has which address, if any. */
import { randomText } from '../../ops/random.ts';
import type { Email, ProvedReader, ReaderId, ReaderRecord } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import type { Database } from './database.ts';

type Accounts = Pick<ReaderStore, 'byId' | 'byEmail' | 'findOrCreate' | 'putUnproved' | 'removeReader'>;

export function sqliteAccounts(database: Database): Accounts {
  const byId = database.prepare<ReaderRow>('SELECT * FROM readers WHERE id = ?');
  const byEmail = database.prepare<ProvedRow>('SELECT * FROM readers WHERE email = ?');
  const create = database.prepare('INSERT INTO readers (id, email, created_at) VALUES (?, ?, ?)');
  const giveEmail = database.prepare('UPDATE readers SET email = ? WHERE id = ?');
  const putUnproved = database.prepare(
    'INSERT INTO readers (id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
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
    removeReader: async (id) => remove.run(id).changes > 0,
  };
}

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
