/** The embedded store keeps every promise of a store, also after kill -9 and beside another process. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Email, ReaderId } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { connectSqlite } from '../../src/stores/sqlite/database.ts';
import { migrations } from '../../src/stores/sqlite/migrations.ts';
import { openDatabase } from '../../src/stores/sqlite/open-database.ts';
import { startTypeScript } from '../support/typescript-process.ts';
import { allContracts } from './contract/all-contracts.ts';
import { newCustomerId, stateOf } from './contract/customers.ts';
import { entitlement, newReaderId } from './contract/entitlements.ts';
import { article, askOf, dayMs, freshSubject, noon } from './contract/meter-asks.ts';

const child = new URL('./support/sqlite-child.ts', import.meta.url);

let directory: string;
const openHere = (dataDir: string): Promise<Stores> => openStores({ dataDir, warn: () => {} });
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-sqlite-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

allContracts('SQLite', () => ({ open: () => openHere(join(directory, 'contract')) }));

describe('the embedded store’s file', () => {
  test('is made with its directory, for its own system user alone', async () => {
    const dataDir = join(directory, 'new', 'deep');
    const stores = await openHere(dataDir);
    await stores.meters.admit(askOf({}));
    const modes = ['gatefold.db', 'gatefold.db-wal'].map(
      (file) => statSync(join(dataDir, file)).mode & 0o777,
    );
    await stores.close();
    expect(modes).toEqual([0o600, 0o600]);
  });

  test('keeps everything when closed and opened again', async () => {
    const dataDir = join(directory, 'again');
    const [who, reader] = [freshSubject(), newReaderId()];
    const first = await openHere(dataDir);
    await first.meters.admit(askOf(who));
    await first.entitlements.put(reader, entitlement('a'));
    await first.close();
    const second = await openHere(dataDir);
    expect(await second.meters.admit(askOf(who))).toMatchObject({ outcome: 'known', used: 1 });
    expect(await second.entitlements.of(reader)).toEqual([entitlement('a')]);
    await second.close();
  });

  test('what was asked just before closing is still answered', async () => {
    const stores = await openHere(join(directory, 'closing'));
    const answer = stores.meters.admit(askOf({}));
    await stores.close();
    expect(await answer).toMatchObject({ outcome: 'charged' });
  });

  test('from a newer Gatefold is refused, with what to do', () => {
    const dataDir = join(directory, 'newer');
    openDatabase(dataDir).close();
    const database = connectSqlite(join(dataDir, 'gatefold.db'), 100);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => openDatabase(dataDir)).toThrow(/newer Gatefold.*Update Gatefold/);
  });

  test('of the release before subscriptions keeps its readers and entitlements, and takes readers without an address', async () => {
    const dataDir = join(directory, 'before-subscriptions');
    mkdirSync(dataDir);
    const database = connectSqlite(join(dataDir, 'gatefold.db'), 100);
    database.exec(migrations[0] ?? '');
    database.exec(`
      PRAGMA user_version = 1;
      INSERT INTO readers VALUES ('anna', 'anna@example.org', 1), ('ben', 'ben@example.org', 2);
      INSERT INTO entitlements VALUES ('anna', 'comp:all', 'all', 'comp', 1, 2);`);
    database.close();
    const { readers, entitlements, close } = await openHere(dataDir);
    const anna = { id: 'anna' as ReaderId, email: 'anna@example.org' as Email, createdAt: 1 };
    expect(await readers.byId(anna.id)).toEqual(anna);
    expect(await readers.findOrCreate({ ...anna, id: 'else' as ReaderId })).toEqual(anna);
    expect(await entitlements.of(anna.id)).toEqual([
      { id: 'comp:all', product: 'all', source: 'comp', startsAt: 1, endsAt: 2 },
    ]);
    for (const id of ['x', 'y'] as ReaderId[]) await readers.putUnproved({ id, createdAt: 3 });
    expect(await readers.byId('y' as ReaderId)).toEqual({ id: 'y', createdAt: 3 });
    await close();
  });

  test('with a customer’s state that can’t be read counts it as never read, and says which', async () => {
    const dataDir = join(directory, 'malformed');
    const warnings: string[] = [];
    const stores = await openStores({ dataDir, warn: (message) => warnings.push(message) });
    const [id, owner] = [newCustomerId(), newReaderId()];
    await stores.customers.assign(id, { owner });
    await stores.customers.putState(id, 1, stateOf(id), noon);
    const database = connectSqlite(join(dataDir, 'gatefold.db'), 100);
    database.exec(`UPDATE customers SET state = '{"id":'; INSERT INTO reconcile_progress VALUES (1, '[]')`);
    database.close();
    expect(await stores.customers.customer(id)).toEqual({ id, owner, readAt: 0 });
    expect(await stores.customers.progress()).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining(id), expect.stringContaining('reconcile_progress')]);
    expect(await stores.customers.putState(id, 2, stateOf(id), noon)).toBe(true);
    expect(await stores.customers.customer(id)).toMatchObject({ state: stateOf(id) });
    await stores.close();
  });

  test('in a place that can’t be written is refused, with what to do', async () => {
    const file = join(directory, 'a-file');
    writeFileSync(file, '');
    await expect(openHere(join(file, 'data'))).rejects.toThrow(/DATA_DIR/);
  });

  test('counts that are long over are removed, others stay', async () => {
    const dataDir = join(directory, 'pruned');
    const stores = await openHere(dataDir);
    const old = Array.from({ length: 450 }, (_, n) => askOf({ article: article(n), networkAllowance: 9 }));
    await Promise.all(old.map((ask) => stores.meters.admit(ask)));
    const later = noon + 60 * dayMs;
    for (let n = 0; n < 4; n += 1) await stores.meters.admit(askOf({ article: article(n), now: later + n }));
    await stores.close();
    const database = connectSqlite(join(dataDir, 'gatefold.db'), 100);
    const left = ['reads', 'network_firsts'].map(
      (table) => database.prepare(`SELECT * FROM ${table}`).all().length,
    );
    database.close();
    expect(left).toEqual([4, 0]);
  });
});

describe('beside another process on the same file', () => {
  test('500 first reads against an allowance of 3, half of them from there, give exactly 3', async () => {
    const dataDir = join(directory, 'two');
    const stores = await openHere(dataDir);
    const who = freshSubject();
    const other = startTypeScript(child, ['admit-many', dataDir, who.subject, who.slot]);
    await once(other.lines, 'line');
    other.child.stdin.write('go\n');
    const [[line], ...readings] = await Promise.all([
      once(other.lines, 'line'),
      ...Array.from({ length: 250 }, (_, n) =>
        stores.meters.admit(askOf({ ...who, article: article(`here-${n}`) })),
      ),
    ]);
    const here = readings.filter((reading) => reading.outcome === 'charged').length;
    expect(here + Number(line)).toBe(3);
    await stores.close();
  });

  test('its grant changes the generation at the next turn; its free reads don’t', async () => {
    const dataDir = join(directory, 'grants');
    const [mine, theirs] = [await openHere(dataDir), await openHere(dataDir)];
    const nextTurn = (): Promise<void> => new Promise(setImmediate);
    const before = mine.entitlements.generation();
    await theirs.meters.admit(askOf({}));
    await nextTurn();
    expect(mine.entitlements.generation()).toBe(before);
    await theirs.entitlements.put(newReaderId(), entitlement('a'));
    await nextTurn();
    expect(mine.entitlements.generation()).not.toBe(before);
    await Promise.all([mine.close(), theirs.close()]);
  });

  test('its replaced and forgotten entitlements change the generation; what made no difference doesn’t', async () => {
    const dataDir = join(directory, 'causes');
    const [mine, theirs] = [await openHere(dataDir), await openHere(dataDir)];
    const reader = newReaderId();
    const list = [entitlement('cus_1/a')];
    const changesBy = async (change: () => Promise<unknown>): Promise<boolean> => {
      const before = mine.entitlements.generation();
      await change();
      await new Promise(setImmediate);
      return mine.entitlements.generation() !== before;
    };
    const replaceBy = (ticket: number) => () =>
      theirs.entitlements.replaceCause(reader, 'cus_1', ticket, list);
    expect(await changesBy(replaceBy(1))).toBe(true);
    expect(await changesBy(replaceBy(2))).toBe(false);
    expect(await changesBy(replaceBy(1))).toBe(false);
    expect(await changesBy(() => theirs.customers.drawTicket(newCustomerId()))).toBe(false);
    expect(await changesBy(() => theirs.entitlements.forgetReader(reader))).toBe(true);
    expect(await changesBy(() => theirs.entitlements.forgetReader(reader))).toBe(false);
    await Promise.all([mine.close(), theirs.close()]);
  });

  test('killed with -9 while it reads customers, it loses nothing that it had acknowledged', async () => {
    const dataDir = join(directory, 'killed-reading');
    const [id, owner] = [newCustomerId(), newReaderId()];
    const writer = startTypeScript(child, ['read-forever', dataDir, id, owner]);
    const acknowledged: number[] = [];
    for await (const line of writer.lines) {
      acknowledged.push(Number(line));
      if (acknowledged.length === 100) writer.child.kill('SIGKILL');
    }
    const last = acknowledged.at(-1) ?? Number.POSITIVE_INFINITY;
    const stores = await openHere(dataDir);
    const record = await stores.customers.customer(id);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
    expect(record?.owner).toBe(owner);
    expect(record?.readAt).toBeGreaterThanOrEqual(last);
    expect(record?.state?.metadata).toEqual({ ticket: String(record?.readAt) });
    expect(await stores.customers.drawTicket(id)).toBeGreaterThan(last);
    const replaced = await stores.entitlements.replaceCause(owner, id, last, []);
    expect(replaced).toMatchObject({ kind: 'stale' });
    expect(await stores.entitlements.of(owner)).toHaveLength(1);
    await stores.close();
  });

  test('killed with -9 while it writes, it loses no free read that it had acknowledged', async () => {
    const dataDir = join(directory, 'killed');
    const who = freshSubject();
    const writer = startTypeScript(child, ['admit-forever', dataDir, who.subject, who.slot]);
    const acknowledged: string[] = [];
    for await (const line of writer.lines) {
      acknowledged.push(line);
      if (acknowledged.length === 200) writer.child.kill('SIGKILL');
    }
    const stores = await openHere(dataDir);
    const kept = new Set((await stores.meters.reads(askOf(who))).map((read): string => read.article));
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    await stores.close();
  });
});
