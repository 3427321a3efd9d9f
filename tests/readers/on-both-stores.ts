/** Runs the same tests over the embedded store and over a real Redis. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';

/** The stores are shared by the tests of one file: whatever a test makes needs a name of its own. */
export const onBothStores = (tests: (stores: () => Stores) => void): void => {
  let redis: RedisServer;
  let directory: string;
  const opened: Record<string, Stores> = {};
  beforeAll(async () => {
    redis = await startRedis();
    directory = mkdtempSync(join(tmpdir(), 'gatefold-account-'));
    opened.SQLite = await openStores({ dataDir: directory, warn: () => {} });
    opened.Redis = await openStores({ redisUrl: redis.url, dataDir: '', warn: () => {} });
  });
  afterAll(async () => {
    await Promise.all(Object.values(opened).map((stores) => stores.close()));
    await redis.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  describe.each(['SQLite', 'Redis'])('with %s', (kind) => {
    tests(() => {
      const stores = opened[kind];
      if (!stores) throw new Error(`${kind} isn’t open.`);
      return stores;
    });
  });
};

let names = 0;
/** An address that no other test has. */
export const newAddress = (who = 'reader'): string => {
  names += 1;
  return `${who}-${names}-${process.pid}@example.com`;
};
