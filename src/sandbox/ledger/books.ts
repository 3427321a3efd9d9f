/** The books of the Stripe account that the sandbox plays: every object, the clock, new ids, and what is announced. */
import { hostedPaths } from '../hosted.ts';
import type { SandboxOptions } from '../sandbox.ts';
import { createDueList, type Due } from './due.ts';
import { type Change, type Journal, type OpenedJournal, openJournal } from './journal.ts';
import { checkoutDueAt, intentDueAt, invoiceDueAt, subscriptionDueAt } from './next-due.ts';
import type * as Records from './records.ts';
import { createTable, type Table } from './table.ts';
import { createTables, type Tables } from './tables.ts';

/** Who asked for what is being done; events say so. */
export interface Asked {
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
}

export interface Books extends Tables {
  settings(): Records.SettingsRecord;
  changeSettings(change: Partial<Omit<Records.SettingsRecord, 'id'>>): void;
  /** Seconds. */
  now(): number;
  nowMs(): number;
  /** `cus_…`: as long as Stripe's. */
  newId(prefix: string): string;
  /** The first thing that happens by itself. */
  nextDue(): Due | undefined;
  /** Where the hosted pages are. */
  readonly urls: Readonly<Record<'checkout' | 'invoice' | 'portal', (id: string) => string>>;
  /** Who asks from now on, until the next call. */
  ask(asked: Asked): void;
  readonly asked: Asked;
  /** What was done since the last call is on disk when this returns. */
  commit(): void;
}

type BooksOptions = Pick<SandboxOptions, 'directory' | 'publicUrl' | 'random' | 'realNow'>;

/** @throws Error when what is kept in the directory can't be read. */
export const openBooks = ({ directory, publicUrl, random, realNow }: BooksOptions): Books => {
  const opened = directory === undefined ? undefined : openJournal(directory);
  const changes: Change[] = [];
  let recording = false;
  const due = createDueList();
  const onChange = (table: string, id: string, record: object | null): void => {
    due.set(table, id, record === null ? undefined : dueAt[table]?.(record as never));
    if (recording) changes.push([table, id, record]);
  };
  const tables = createTables(onChange);
  const settingsTable = createTable<Records.SettingsRecord>({ name: 'settings', onChange });
  const byName = new Map<string, Table<never>>(
    [...Object.values(tables), settingsTable].map((table) => [table.name, table as Table<never>]),
  );
  if (opened) restore(opened, byName);
  recording = opened !== undefined;

  const newId = (prefix: string): string =>
    `${prefix}_${random(18).replaceAll('-', 'X').replaceAll('_', 'Y')}`;
  if (!settingsTable.get('settings')) settingsTable.put(freshSettings(newId('sk_test')));
  const settings = (): Records.SettingsRecord => settingsTable.get('settings') ?? freshSettings('');
  const nowMs = (): number => Math.max(realNow() + settings().aheadMs, settings().shownMs);
  const at = (path: (id: string) => string) => (id: string) => new URL(path(id), publicUrl).href;
  let asked: Asked = { requestId: null, idempotencyKey: null };

  return {
    ...tables,
    settings,
    changeSettings: (change) => settingsTable.put({ ...settings(), ...change }),
    nowMs,
    now: () => Math.floor(nowMs() / 1_000),
    newId,
    nextDue: due.next,
    urls: {
      checkout: at(hostedPaths.checkout),
      invoice: at(hostedPaths.invoice),
      portal: at(hostedPaths.portal),
    },
    ask: (next) => {
      asked = next;
    },
    get asked() {
      return asked;
    },
    commit: () => commit(opened?.journal, changes),
  };
};

const dueAt: Readonly<Record<string, (record: never) => number | undefined>> = {
  subscriptions: subscriptionDueAt,
  invoices: invoiceDueAt,
  checkouts: checkoutDueAt,
  intents: intentDueAt,
};

/** Reads what is kept into the tables, and writes it anew where most of what was written is out of date. */
const restore = (
  { journal, kept, isCut }: OpenedJournal,
  tables: ReadonlyMap<string, Table<never>>,
): void => {
  let seen = 0;
  for (const [name, id, record] of kept) {
    seen += 1;
    const table = tables.get(name);
    if (record === null) table?.remove(id);
    else table?.put(record as never);
  }
  const all = [...tables.values()];
  const live = all.reduce((sum, table) => sum + table.count(), 0);
  if (isCut || seen > 2 * live + 1_000) journal.rewrite(recordsOf(all));
};

function* recordsOf(tables: readonly Table<never>[]): Generator<Change> {
  for (const table of tables)
    for (const record of table.walk({ ahead: '' }) as Iterable<{ readonly id: string }>)
      yield [table.name, record.id, record];
}

const commit = (journal: Journal | undefined, changes: Change[]): void => {
  if (!journal || changes.length === 0) return;
  // A record that changed several times in one step is written once.
  const last = new Map(changes.map((change) => [`${change[0]} ${change[1]}`, change]));
  changes.length = 0;
  journal.append([...last.values()]);
};

const freshSettings = (secretKey: string): Records.SettingsRecord => ({
  id: 'settings',
  secretKey,
  aheadMs: 0,
  shownMs: 0,
  mischief: { delayMs: 0, copies: 1, shuffle: false, dropOfTen: 0 },
  afterDunning: 'cancel',
});
