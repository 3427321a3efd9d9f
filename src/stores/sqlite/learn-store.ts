/** What learning keeps in SQLite: a table of addresses, and how far the round is. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LearnStore } from '../../sentry/learn/learn-store.ts';
import { addressJson, parseAddress, parseRound, roundJson } from '../known-article-schema.ts';
import type { Database } from './database.ts';

const addressesTogether = 500;

/** @param onMalformed told of a record that can't be read; it is as if it weren't there. */
export function sqliteLearnStore(database: Database, onMalformed: (where: string) => void): LearnStore {
  const page = database.prepare<{ target: string; record: string }>(
    `SELECT target, record FROM learn_addresses WHERE target > ? ORDER BY target LIMIT ${addressesTogether}`,
  );
  const put = database.prepare(`
    INSERT INTO learn_addresses (target, record) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET record = excluded.record`);
  const drop = database.prepare('DELETE FROM learn_addresses WHERE target = ?');
  const round = database.prepare<{ json: string }>('SELECT json FROM learn_round');
  const putRound = database.prepare(`
    INSERT INTO learn_round (only, json) VALUES (1, ?) ON CONFLICT DO UPDATE SET json = excluded.json`);

  return {
    addresses: async function* () {
      for (let after = ''; ; ) {
        const rows = page.all(after);
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.target;
        const found = rows.flatMap(({ target, record }) => {
          const address = parseAddress(record);
          if (address) return [address];
          onMalformed(`learn_addresses ${target.slice(0, 200)}`);
          return [];
        });
        if (found.length > 0) yield found;
        await nextTurn();
      }
    },
    putAddresses: async (addresses) => {
      for (let from = 0; from < addresses.length; from += addressesTogether) {
        if (from > 0) await nextTurn();
        database.transaction('write', () => {
          for (const address of addresses.slice(from, from + addressesTogether))
            put.run(address.target, addressJson(address));
        });
      }
    },
    dropAddresses: async (targets) => {
      database.transaction('write', () => {
        for (const target of targets) drop.run(target);
      });
    },
    round: async () => {
      const row = round.get();
      if (row === undefined) return undefined;
      const read = parseRound(row.json);
      if (read === undefined) onMalformed('learn_round');
      return read;
    },
    putRound: async (value) => void putRound.run(roundJson(value)),
  };
}
