/** The embedded store keeps every promise of a store, also after kill -9 and beside another process. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { connectSqlite } from '../../src/stores/sqlite/database.ts';
import { openDatabase } from '../../src/stores/sqlite/open-database.ts';
import { startTypeScript } from '../support/typescript-process.ts';
import { allContracts } from './contract/all-contracts.ts';
import { entitlement, newReaderId } from './contract/entitlement-contract.ts';
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
