/** The live view of entitlements in SQLite. */
import type { Entitlement, EntitlementId, Source } from '../../entitlements/entitlement.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { ProductId } from '../../policy/policy.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { createListeners } from '../listeners.ts';
import { causePrefix, requireCause } from '../of-cause.ts';
import type { Database } from './database.ts';
import type { Revision } from './revision.ts';

/** Listeners hear this process's changes; another's show in `generation()`, at the next request. */
export function sqliteEntitlementStore(database: Database, revision: Revision): EntitlementStore {
  const { list, write, remove, removeAll, ticketOf, putTicket, forgetTickets } = prepare(database);
  const changed = createListeners<ReaderId>();

  const replace = (reader: ReaderId, cause: string, entitlements: readonly Entitlement[]): boolean => {
    const there = list.all(reader).filter(({ id }) => id.startsWith(causePrefix(cause)));
    const kept = new Map(there.map((row) => [row.id, row]));
    const wanted = new Map(
      entitlements.map((entitlement): [string, Entitlement] => [entitlement.id, entitlement]),
    );
    const gone = there.filter(({ id }) => !wanted.has(id));
    const differing = [...wanted.values()].filter(
      (entitlement) => !isSame(kept.get(entitlement.id), entitlement),
    );
    for (const { id } of gone) remove.run(reader, id);
    for (const entitlement of differing) write(reader, entitlement);
    return gone.length + differing.length > 0;
  };

  return {
    of: async (reader) => list.all(reader).map(entitlementFrom),
    put: async (reader, entitlement) => {
      revision.change(() => write(reader, entitlement));
      changed.tell(reader);
    },
    remove: async (reader, id) => {
      const existed = revision.change(
        () => remove.run(reader, id).changes > 0,
        (removed) => removed,
      );
      if (existed) changed.tell(reader);
      return existed;
    },
    replaceCause: async (reader, cause, ticket, entitlements) => {
      requireCause(cause, entitlements);
      const outcome = revision.change(
        () => {
          const usedBefore = ticketOf.get(reader, cause)?.ticket ?? 0;
          if (usedBefore >= ticket) return { kind: 'stale', usedBefore } as const;
          putTicket.run(reader, cause, ticket);
          const kind = replace(reader, cause, entitlements) ? 'replaced' : 'unchanged';
          return { kind, usedBefore } as const;
        },
        ({ kind }) => kind === 'replaced',
      );
      if (outcome.kind === 'replaced') changed.tell(reader);
      return outcome;
    },
    forgetReader: async (reader) => {
      const existed = revision.change(
        () => {
          forgetTickets.run(reader);
          return removeAll.run(reader).changes > 0;
        },
        (removed) => removed,
      );
      if (existed) changed.tell(reader);
    },
    onChange: changed.add,
    generation: revision.ofOthers,
  };
}

function prepare(database: Database) {
  const upsert = database.prepare(`
    INSERT INTO entitlements (reader, id, product, source, starts_at, ends_at, payment_due)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET product = excluded.product, source = excluded.source,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, payment_due = excluded.payment_due`);
  return {
    list: database.prepare<EntitlementRow>('SELECT * FROM entitlements WHERE reader = ?'),
    write: (reader: ReaderId, { id, product, source, startsAt, endsAt, paymentDue }: Entitlement): void => {
      upsert.run(reader, id, product, source, startsAt, endsAt, paymentDue ? 1 : 0);
    },
    remove: database.prepare('DELETE FROM entitlements WHERE reader = ? AND id = ?'),
    removeAll: database.prepare('DELETE FROM entitlements WHERE reader = ?'),
    ticketOf: database.prepare<{ ticket: number }>(
      'SELECT ticket FROM cause_tickets WHERE reader = ? AND cause = ?',
    ),
    putTicket: database.prepare(`
      INSERT INTO cause_tickets (reader, cause, ticket) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET ticket = excluded.ticket`),
    forgetTickets: database.prepare('DELETE FROM cause_tickets WHERE reader = ?'),
  };
}

interface EntitlementRow {
  readonly id: string;
  readonly product: string;
  readonly source: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly payment_due: number;
}

const entitlementFrom = (row: EntitlementRow): Entitlement => ({
  id: row.id as EntitlementId,
  product: row.product as ProductId,
  source: row.source as Source,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  ...(row.payment_due === 1 ? { paymentDue: true } : {}),
});

const isSame = (row: EntitlementRow | undefined, wanted: Entitlement): boolean =>
  row !== undefined &&
  row.product === wanted.product &&
  row.source === wanted.source &&
  row.starts_at === wanted.startsAt &&
  row.ends_at === wanted.endsAt &&
  row.payment_due === (wanted.paymentDue ? 1 : 0);
