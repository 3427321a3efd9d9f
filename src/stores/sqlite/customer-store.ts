/** Stripe's customers in SQLite: each step is one transaction. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CustomerHolders, CustomerRecord, CustomerStore } from '../../billing/customer-store.ts';
import type { CustomerId } from '../../billing/subscription.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { parseState, stateJson } from '../customer-schema.ts';
import type { Database } from './database.ts';
import { sqliteReconcileRecords } from './reconcile-records.ts';

const recordsPerPage = 300;

/** @param onMalformed told of a customer whose state can't be read; it counts as never read. */
export function sqliteCustomerStore(database: Database, onMalformed: (where: string) => void): CustomerStore {
  const { byId, byReader, page, assign, manage, forget, drawTicket, putState, markSwept } = prepare(database);

  const recordFrom = (row: CustomerRow): CustomerRecord => {
    const state = row.state === null ? undefined : parseState(row.state);
    if (row.state !== null && state === undefined) onMalformed(`customers ${row.id}`);
    return {
      id: row.id as CustomerId,
      ...holdersOf(row),
      ...(state === undefined ? { readAt: 0 } : { state, readAt: row.read_at }),
      ...(row.swept_by === null ? {} : { sweptBy: row.swept_by }),
    };
  };

  const all = async function* (): AsyncIterable<readonly CustomerRecord[]> {
    for (let after = ''; ; ) {
      const rows = page.all(after, recordsPerPage);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(recordFrom);
      after = last.id;
      // Whoever takes the pages may never wait for anything, and readers' requests would wait for all of them.
      await nextTurn();
    }
  };

  return {
    customer: async (id) => {
      const row = byId.get(id);
      return row && recordFrom(row);
    },
    customersOf: async (reader) => byReader.all(reader).map(recordFrom),
    assign: async (id, { owner, payer, managed }) =>
      database.transaction('write', () => {
        const before = byId.get(id);
        assign.run(id, owner, payer ?? null, managed && payer !== undefined ? 1 : 0);
        return before ? holdersOf(before) : {};
      }),
    manage: async (id, owner) => manage.run(id, owner).changes > 0,
    passOn: async (id, from, to) =>
      database.transaction('write', () => {
        const row = byId.get(id);
        if (!row) return {};
        const before = holdersOf(row);
        const { owner, payer, managed } = passedOn(before, from, to);
        assign.run(id, owner, payer ?? null, managed ? 1 : 0);
        return before;
      }),
    forget: async (id) => void forget.run(id),
    drawTicket: async (id, above = 0) => {
      const drawn = drawTicket.get(above, id);
      if (drawn === undefined) throw new Error('The file’s last ticket is missing: restore gatefold.db.');
      return drawn.number;
    },
    putState: async (id, ticket, state, readAt) =>
      putState.run(ticket, stateJson(state), readAt, id, ticket).changes > 0,
    markSwept: async (ids, run) =>
      database.transaction('write', () => {
        for (const id of ids) markSwept.run(run, id);
      }),
    all,
    ...sqliteReconcileRecords(database, onMalformed),
  };
}

function prepare(database: Database) {
  return {
    byId: database.prepare<CustomerRow>('SELECT * FROM customers WHERE id = ?'),
    byReader: database.prepare<CustomerRow>('SELECT * FROM customers WHERE owner = ?1 OR payer = ?1'),
    page: database.prepare<CustomerRow>('SELECT * FROM customers WHERE id > ? ORDER BY id LIMIT ?'),
    assign: database.prepare(`
      INSERT INTO customers (id, owner, payer, managed) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET owner = excluded.owner, payer = excluded.payer, managed = excluded.managed OR (
        customers.managed AND customers.owner = excluded.owner AND customers.payer IS excluded.payer)`),
    manage: database.prepare('UPDATE customers SET managed = (payer IS NOT NULL) WHERE id = ? AND owner = ?'),
    forget: database.prepare('DELETE FROM customers WHERE id = ?'),
    // One sequence for all: no customer's goes back when the customer is forgotten and comes again.
    drawTicket: database.prepare<{ number: number }>(`
      UPDATE last_ticket SET number = 1 + max(
        number, ?, coalesce((SELECT ticket FROM customers WHERE id = ?), 0))
      RETURNING number`),
    putState: database.prepare(
      'UPDATE customers SET ticket = ?, state = ?, read_at = ? WHERE id = ? AND ticket <= ?',
    ),
    markSwept: database.prepare('UPDATE customers SET swept_by = ? WHERE id = ?'),
  };
}

interface CustomerRow {
  readonly id: string;
  readonly owner: string;
  readonly payer: string | null;
  readonly managed: number;
  readonly state: string | null;
  readonly read_at: number;
  readonly swept_by: string | null;
}

const holdersOf = ({ owner, payer, managed }: CustomerRow): CustomerHolders => ({
  owner: owner as ReaderId,
  ...(payer === null ? {} : { payer: payer as ReaderId }),
  ...(managed === 1 ? { managed: true } : {}),
});

const passedOn = (before: CustomerHolders, from: ReaderId, to: ReaderId): CustomerHolders => {
  if (before.owner !== from && before.payer !== from) return before;
  return before.managed && before.owner !== to ? { ...before, payer: to } : { owner: to };
};
