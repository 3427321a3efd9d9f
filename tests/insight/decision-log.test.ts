/** The decision log keeps what rules can ask and nothing that names a reader, in little room, whatever the store does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeChunk, encodeChunk } from '../../src/insight/decision-chunk.ts';
import { createDecisionLog } from '../../src/insight/decision-log.ts';
import type { DecisionLogStore, LogChunk } from '../../src/insight/decision-log-store.ts';
import type { LoggedView } from '../../src/insight/logged-view.ts';
import { readDecisionLog } from '../../src/insight/read-decision-log.ts';
import { randomText } from '../../src/ops/random.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { dayMs, noon } from '../support/start-gateway.ts';
import { decidedIn, impossibleLogs, loggedIn, policiesWith, worlds } from './arbitrary-logs.ts';
import { aView } from './views.ts';

const directory = mkdtempSync(join(tmpdir(), 'gatefold-decisions-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('views that were packed', () => {
  test('come back as they were, whatever was decided', async () => {
    await fc.assert(
      fc.asyncProperty(policiesWith(), worlds(40), async (policy, world) => {
        const log = loggedIn(world, await decidedIn(world, policy));
        expect(await decodeChunk(await encodeChunk(log))).toEqual(log);
      }),
      { numRuns: 100 },
    );
  });

  test('come back as they were, whatever is said of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        policiesWith().chain((policy) => impossibleLogs(policy)),
        async (log) => {
          expect(await decodeChunk(await encodeChunk(log))).toEqual(log);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('come back in order of time', async () => {
    const log = [aView({ at: noon + 5 }), aView({ at: noon }), aView({ at: noon + 9 })];
    expect((await decodeChunk(await encodeChunk(log)))?.map(({ at }) => at - noon)).toEqual([0, 5, 9]);
  });

  test('that were changed on the way don’t come back, and nothing breaks', async () => {
    const whole = await encodeChunk([aView(), aView({ reader: 'ben' })]);
    const { deflateRawSync } = await import('node:zlib');
    const forged = [{}, [], null, { form: 2 }, JSON.parse('{"form":1,"views":{"after":[1]}}')];
    for (const data of [
      '',
      'not base64 at all!',
      whole.slice(0, whole.length / 2),
      ...forged.map((value) => deflateRawSync(JSON.stringify(value)).toString('base64')),
    ])
      expect(await decodeChunk(data)).toBeUndefined();
  });
});

describe('a log that is written and read', () => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores({ dataDir: join(directory, 'log'), warn: () => undefined });
  });
  afterAll(() => stores.close());

  const logOf = (store: DecisionLogStore, more: Partial<Parameters<typeof createDecisionLog>[0]> = {}) =>
    createDecisionLog({
      store,
      keepViews: () => 100_000,
      random: randomText,
      onTrouble: () => undefined,
      ...more,
    });

  const allOf = async (
    store: Pick<DecisionLogStore, 'chunks'>,
    malformed: string[] = [],
  ): Promise<LoggedView[]> => {
    const views: LoggedView[] = [];
    for await (const batch of readDecisionLog({ store, onMalformed: (id) => malformed.push(id) }))
      views.push(...batch);
    return views;
  };

  /** In memory, and failing when told to. */
  const memoryStore = () => {
    const chunks = new Map<string, LogChunk>();
    const state = { down: false, puts: 0 };
    const store: DecisionLogStore = {
      put: async (chunk) => {
        if (state.down) throw new Error('down');
        state.puts += 1;
        chunks.set(chunk.id, chunk);
      },
      chunks: async function* () {
        yield* [...chunks.values()].sort((one, another) => one.from - another.from);
      },
      size: async () => [...chunks.values()].reduce((sum, { count }) => sum + count, 0),
    };
    return { store, state, chunks };
  };

  test('by three instances at once is one sequence in time, without loss or double', async () => {
    const store = stores.decisionLog;
    const logs = [logOf(store), logOf(store), logOf(store)] as const;
    const log = Array.from({ length: 3000 }, (_, n) => aView({ at: noon + n * 700, article: `/${n}` }));
    for (const [n, view] of log.entries()) {
      // The third is asked rarely: its few views lie in chunks as long as an hour.
      logs[n % 97 === 0 ? 2 : n % 2]?.record(view);
      if (n % 50 === 0) await Promise.all(logs.map((each) => each.flush()));
    }
    await Promise.all(logs.map((each) => each.flush()));
    expect((await allOf(store)).map(({ article }) => article.id)).toEqual(
      log.map(({ article }) => article.id),
    );
  });

  test('gives equal articles as one object', async () => {
    const { store } = memoryStore();
    const log = logOf(store);
    for (let n = 0; n < 1200; n += 1) log.record(aView({ at: noon + n, article: `/${n % 3}` }));
    await log.flush();
    expect(new Set((await allOf(store)).map(({ article }) => article)).size).toBe(3);
  });

  test('on a quiet site takes a chunk an hour, rewritten while it grows', async () => {
    const { store, chunks, state } = memoryStore();
    const log = logOf(store);
    for (let n = 0; n < 150; n += 1) {
      log.record(aView({ at: noon + n * 60_000 }));
      await log.flush();
    }
    await log.flush();
    expect([state.puts, chunks.size]).toEqual([150, 3]);
    expect(await allOf(store)).toHaveLength(150);
  });

  test('while the store is down waits, drops what is too much and counts it, and writes the rest when it is back', async () => {
    const { store, state } = memoryStore();
    const troubles: unknown[] = [];
    const log = logOf(store, { maxWaiting: 1000, onTrouble: (error) => troubles.push(error) });
    log.record(aView());
    state.down = true;
    await log.flush();
    for (let n = 0; n < 1500; n += 1) log.record(aView({ at: noon + 1 + n }));
    await log.flush();
    // Two flushes that failed, and once that something is lost.
    expect([troubles.length, log.dropped()]).toEqual([3, 500]);
    state.down = false;
    await log.flush();
    expect((await allOf(store)).map(({ at }) => at - noon)).toEqual(
      Array.from({ length: 1001 }, (_, n) => n),
    );
  });

  test('that is switched off writes nothing', async () => {
    const { store, state } = memoryStore();
    const log = logOf(store, { keepViews: () => 0 });
    log.record(aView());
    await log.flush();
    expect(state.puts).toBe(0);
  });

  test('keeps the last views only, and none that are older than two months', async () => {
    const small = await openStores({ dataDir: join(directory, 'small'), warn: () => undefined });
    const log = logOf(small.decisionLog, { keepViews: () => 1000 });
    for (let n = 0; n < 3000; n += 1) log.record(aView({ at: noon + n }));
    await log.flush();
    const kept = await allOf(small.decisionLog);
    expect(kept).toHaveLength(1000);
    expect(kept.at(-1)?.at).toBe(noon + 2999);
    log.record(aView({ at: noon + 70 * dayMs }));
    await log.flush();
    expect(await allOf(small.decisionLog)).toHaveLength(1);
    await small.close();
  });

  test('with a chunk that can’t be read goes on without it, and says which', async () => {
    const { store, chunks } = memoryStore();
    const log = logOf(store);
    for (let n = 0; n < 1500; n += 1) log.record(aView({ at: noon + n }));
    await log.flush();
    const [, second] = [...chunks.values()];
    if (!second) throw new Error('no chunk');
    chunks.set(second.id, { ...second, data: 'x' });
    const malformed: string[] = [];
    expect(await allOf(store, malformed)).toHaveLength(1000);
    expect(malformed).toEqual([second.id]);
  });
});
