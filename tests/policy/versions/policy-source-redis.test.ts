/** The policy in force on instances that share a Redis, also when it goes away or forgets. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../../src/ops/clock.ts';
import { PolicyFaults } from '../../../src/policy/policy-fault.ts';
import { openPolicySource, type PolicySource } from '../../../src/policy/versions/policy-source.ts';
import { policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import type { VersionStore } from '../../../src/policy/versions/version-store.ts';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import { until } from '../../support/until.ts';
import { anna, faultyText, named } from './desks.ts';

let redis: RedisServer;
let folder: string;
let file: string;
let said: string[];
let warnings: string[];
let opened: { stores: Stores; source?: PolicySource }[];
beforeAll(async () => {
  redis = await startRedis({ durable: true });
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.call('FLUSHALL');
  folder = await mkdtemp(join(tmpdir(), 'gatefold-versions-'));
  file = join(folder, 'policy.yaml');
  await writeFile(file, named('File'));
  [opened, said, warnings] = [[], [], []];
});
afterEach(async () => {
  for (const { stores, source } of opened) {
    await source?.close();
    await stores.close();
  }
  await rm(folder, { recursive: true });
});

const log = {
  info: (_facts: object, message: string) => void said.push(message),
  warn: (_facts: object, message: string) => void said.push(message),
};

/** As another process would be: with a connection of its own. */
const start = async (path = file) => {
  const stores = await openStores({ redisUrl: redis.url, dataDir: '', warn: (text) => warnings.push(text) });
  const instance: (typeof opened)[number] = { stores };
  opened.push(instance);
  const store = stores.versions;
  const source = await openPolicySource({ file: path, store, clock: systemClock, log, settleMs: 60 });
  instance.source = source;
  return { source, store };
};

const publish = async (store: VersionStore, text: string): Promise<string> => {
  const { desk, saveDraft, publishDraft } = policyVersions({ store, clock: systemClock });
  const { draft, newest } = await desk();
  const order = { text, basedOn: newest?.number ?? 0, revision: draft.revision, author: anna };
  const saved = await saveDraft(order);
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  return (await publishDraft({ revision: saved.draft.revision, author: anna, note: '' })).kind;
};

const becomes = (source: PolicySource, name: string): Promise<void> =>
  until(() => source.current().site.name === name, `${name} to be in force`);

const answers = (store: VersionStore): Promise<boolean> =>
  store.head().then(
    () => true,
    () => false,
  );

test('ten instances that start at once import the file once, and obey the console within a second', async () => {
  const instances = await Promise.all(Array.from({ length: 10 }, () => start()));
  const [{ store }] = instances as [(typeof instances)[number]];
  expect((await store.head()).newest?.number).toBe(1);
  await publish(store, named('Console'));
  await Promise.all(instances.map(({ source }) => becomes(source, 'Console')));
  await writeFile(file, named('Changed'));
  await Promise.all(instances.map(({ source }) => becomes(source, 'Changed')));
  expect((await store.head()).newest?.number).toBe(3);
});

test('what is published while an instance can’t hear is obeyed as soon as it hears again', async () => {
  const [here, there] = [await start(), await start()];
  await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await publish(here.store, named('Unheard'));
  await becomes(there.source, 'Unheard');
});

test('a store that isn’t there at the start leaves the file in force; once it is there, the versions are', async () => {
  const before = await start();
  await publish(before.store, named('Console'));
  await becomes(before.source, 'Console');
  await redis.kill();
  const late = await start();
  expect([late.source.current().site.name, late.source.version()]).toEqual(['File', undefined]);
  expect(said.join()).toContain('the policy file is in force');
  await writeFile(file, named('Changed'));
  await becomes(late.source, 'Changed');
  expect(before.source.current().site.name).toBe('Console');
  await redis.restart();
  await becomes(before.source, 'Changed');
  await until(() => late.source.version()?.number === 3, 'the file to be a version');
  expect(said.filter((line) => line.includes('can be asked for again')).length).toBeGreaterThanOrEqual(2);
});

test('a store that isn’t there at the start with a file that is broken can’t begin', async () => {
  await writeFile(file, faultyText);
  await redis.kill();
  await expect(start()).rejects.toBeInstanceOf(PolicyFaults);
  await redis.restart();
});

test('a store that goes away leaves the last good policy in force, says so once, and is obeyed when it is back', async () => {
  const [here, there] = [await start(), await start()];
  await publish(here.store, named('Console'));
  await becomes(there.source, 'Console');
  await redis.kill();
  await writeFile(file, named('Changed'));
  await pause(3000);
  expect([here, there].map(({ source }) => source.current().site.name)).toEqual(['Console', 'Console']);
  expect(said.filter((line) => line.includes('the last good policy stays'))).toHaveLength(2);
  await redis.restart();
  await becomes(there.source, 'Changed');
});

test('a store that was emptied gets the version in force back, and a restart keeps it', async () => {
  const instances = [await start(), await start(), await start()];
  const [{ store }] = instances as [(typeof instances)[number]];
  await publish(store, named('Console'));
  await Promise.all(instances.map(({ source }) => becomes(source, 'Console')));
  await redis.call('FLUSHALL');
  await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await until(async () => (await store.head()).newest?.number === 2, 'the version to be back');
  expect(await store.version(2)).toMatchObject({ text: named('Console'), author: anna });
  const fresh = await start();
  expect(fresh.source.current().site.name).toBe('Console');
  expect(await publish(store, named('Next'))).toBe('published');
  expect((await store.head()).newest?.number).toBe(3);
  await becomes(fresh.source, 'Next');
});

test('a version that can’t be read counts as absent, and a desk that can’t is never taken for an empty one', async () => {
  const { store, source } = await start();
  await publish(store, named('Console'));
  await becomes(source, 'Console');
  await redis.call('HSET', 'gf:{policy}:versions', '1', '{"number":1}');
  await redis.call('HSET', 'gf:{policy}:texts', '2', 'site:');
  expect([await store.version(1), await store.version(2)]).toEqual([undefined, undefined]);
  expect((await store.summaries(2, 2)).map(({ number }) => number)).toEqual([2]);
  expect(warnings).toHaveLength(3);
  expect(warnings.join()).not.toContain('site');
  await redis.call('HSET', 'gf:{policy}:desk', 'desk', '{"revision":1}', 'head', '[]');
  await expect(store.desk()).rejects.toThrow(/restore it/);
  await expect(store.head()).rejects.toThrow(/restore it/);
  await expect(publish(store, named('Next'))).rejects.toThrow();
  expect(source.current().site.name).toBe('Console');
  expect(await answers(store)).toBe(false);
});

test('an order whose answer was lost was carried out once: asking again tells by whom', async () => {
  const { store } = await start();
  const { desk, saveDraft, publishDraft } = policyVersions({ store, clock: systemClock });
  const { draft } = await desk();
  const saved = await saveDraft({ text: named('Slow'), basedOn: 1, revision: draft.revision, author: anna });
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  const order = { revision: saved.draft.revision, author: anna, note: '' };
  let lost = true;
  const slow: VersionStore = {
    ...store,
    change: async (step) => {
      const made = await store.change(step);
      if (!lost) return made;
      lost = false;
      throw new Error('Redis did not answer within 500 ms.');
    },
  };
  const again = policyVersions({ store: slow, clock: systemClock });
  await expect(again.publishDraft(order)).rejects.toThrow();
  expect(await publishDraft(order)).toMatchObject({
    kind: 'conflict',
    now: { ended: { how: 'published', author: anna } },
  });
  expect((await store.head()).newest?.number).toBe(2);
});
