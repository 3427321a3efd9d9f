/**
 * What readers get while Redis is gone, that nobody waits for it, and that all is well again afterwards. It is back only
 * when a test says so: whoever is answered before wasn't waiting for it.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { type Asking, accessOf, type Reader } from '../support/raw-client.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import {
  type Account,
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

let origin: ArticleOrigin;
let redis: RedisServer;
beforeAll(async () => {
  origin = await startArticleOrigin();
  redis = await startRedis({ durable: true });
});
afterAll(async () => {
  await origin?.stop();
  await redis?.stop();
});

interface Scene {
  readonly site: RunningGateway;
  readonly subscriber: Account;
  readonly stopped: Reader;
  readonly fresh: Reader;
}

const sceneWith = async (whenDown: string): Promise<Scene> => {
  const policy = `${testPolicy}\nwhenDown: ${whenDown}\n`;
  const site = await startGateway({ originUrl: origin.url, redisUrl: redis.url, policy });
  await until(
    () =>
      site.gateway.stores.ping().then(
        () => true,
        () => false,
      ),
    'the connection',
  );
  const subscriber = await site.account(`sub-${Math.random()}@example.com`, [
    comp('all', noon - dayMs, noon + dayMs),
  ]);
  const [stopped, fresh] = [site.reader(), site.reader()];
  for (const slug of ['a', 'b', 'c']) await stopped.ask(`/tidewater/used-${slug}`);
  await fresh.ask('/tidewater/used-a');
  // What the origin gives is known, so that only Redis is missing.
  for (const slug of ['one', 'two', 'three']) await site.ask(`/tidewater/${slug}`, { method: 'HEAD' });
  return { site, subscriber, stopped, fresh };
};

const signOutEverywhere = async ({ gateway }: RunningGateway, { id }: Account): Promise<void> => {
  for (const device of await gateway.stores.readers.devices(id))
    await gateway.stores.readers.revokeDevice(device.id);
};

const outages: Record<string, { begin: () => Promise<void>; end: () => Promise<void> }> = {
  'is killed': { begin: () => redis.kill(), end: () => redis.restart() },
  'hangs without a word': {
    begin: async () => redis.pause(),
    end: async () => redis.resume(),
  },
};

describe.each(Object.entries(outages))('when Redis %s', (_what, outage) => {
  test('a subscriber reads on, a visitor out of reads stays out, and both wait for nobody', async () => {
    const { site, subscriber, stopped, fresh } = await sceneWith('{ meter: preview, entitlements: token }');
    const asSubscriber = (target: string, asking: Asking = {}) =>
      site.ask(target, { ...asking, headers: { ...subscriber.cookie } });
    expect(accessOf(await asSubscriber('/tidewater/one')).reason).toBe('comp');
    await outage.begin();
    try {
      for (const slug of ['one', 'two', 'three']) {
        const full = await asSubscriber(`/tidewater/${slug}`);
        expect(full.text).toContain(withheldText(slug));
        expect(['comp', 'degraded']).toContain(accessOf(full).reason);
        const refused = await stopped.ask(`/tidewater/${slug}`);
        expect(accessOf(refused).outcome).toBe('preview');
        expect(refused.text).not.toContain(withheldText(slug));
        const uncounted = await fresh.ask(`/tidewater/${slug}`);
        expect(accessOf(uncounted)).toEqual({ outcome: 'preview', reason: 'degraded' });
        expect(uncounted.text).not.toContain(withheldText(slug));
        const unknown = await site.ask(`/tidewater/${slug}`);
        expect(accessOf(unknown).reason).toBe('degraded');
      }
      // Nothing of what is kept of her is left, as after a restart of the gateway.
      site.time.now += 61_000;
      const byToken = await asSubscriber('/tidewater/two');
      expect(accessOf(byToken)).toEqual({ outcome: 'full', reason: 'degraded' });
      expect((await site.ask('/asset.css')).status).toBe(200);
      expect((await site.ask('/-/health/live')).status).toBe(200);
      expect((await site.ask('/-/access?url=/tidewater/one', { headers: subscriber.cookie })).status).toBe(
        200,
      );
    } finally {
      await outage.end();
    }
    await until(
      async () => accessOf(await fresh.ask('/tidewater/one')).reason !== 'degraded',
      'the recovery',
    );
    expect(accessOf(await fresh.ask('/tidewater/one'))).toMatchObject({ reason: 'already-read', of: 3 });
    expect(accessOf(await stopped.ask('/tidewater/one')).reason).toBe('meter-exhausted');
    await until(
      async () => accessOf(await asSubscriber('/tidewater/one')).reason === 'comp',
      'her entitlement',
    );
    await site.stop();
  });
});

describe('the policy’s word for an outage', () => {
  beforeEach(async () => {
    // An earlier test may have left it down.
    await until(
      () =>
        redis.call('PING').then(
          () => true,
          () => false,
        ),
      'Redis',
    );
  });

  test('“meter: full” lets everybody read what is metered, and nothing else', async () => {
    const { site, stopped } = await sceneWith('{ meter: full, entitlements: token }');
    origin.on('/tidewater/locked', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' });
      res.end(
        `<meta property="article:content_tier" content="locked"><div class="article-body"><p>${'x'.repeat(300)}</p><p>${withheldText('locked')}</p></div>`,
      );
    });
    await stopped.ask('/tidewater/locked');
    await redis.kill();
    try {
      const given = await stopped.ask('/tidewater/one');
      expect(accessOf(given)).toEqual({ outcome: 'full', reason: 'degraded' });
      const refused = await stopped.ask('/tidewater/locked');
      expect(accessOf(refused)).toEqual({ outcome: 'preview', reason: 'locked' });
      const forward = await stopped.ask('/-/access', { headers: { 'X-Original-URL': '/tidewater/locked' } });
      expect(forward.status).toBe(403);
    } finally {
      await redis.restart();
    }
    await until(
      async () => accessOf(await stopped.ask('/tidewater/two')).reason === 'meter-exhausted',
      'the recovery',
    );
    await site.stop();
  });

  test('“entitlements: preview” trusts no token’s snapshot', async () => {
    const { site, subscriber } = await sceneWith('{ meter: preview, entitlements: preview }');
    await redis.kill();
    try {
      const refused = await site.ask('/tidewater/two', { headers: subscriber.cookie });
      expect(accessOf(refused)).toEqual({ outcome: 'preview', reason: 'degraded' });
    } finally {
      await redis.restart();
    }
    await until(
      async () =>
        accessOf(await site.ask('/tidewater/two', { headers: subscriber.cookie })).reason === 'comp',
      'the recovery',
    );
    await site.stop();
  });

  test('who was signed out stays so, and what was withdrawn stays withdrawn, whatever an older token says', async () => {
    const { site, subscriber } = await sceneWith('{ meter: preview, entitlements: token }');
    const { stores } = site.gateway;
    const withdrawn = await site.account(`gone-${Math.random()}@example.com`, [
      comp('all', noon - dayMs, noon + dayMs),
    ]);
    const read = async ({ cookie }: Account, slug: string) =>
      accessOf(await site.ask(`/tidewater/${slug}`, { headers: cookie }));
    expect((await read(subscriber, 'one')).reason).toBe('comp');
    expect((await read(withdrawn, 'one')).reason).toBe('comp');
    await signOutEverywhere(site, subscriber);
    await stores.entitlements.remove(withdrawn.id, comp('all', noon, noon).id);
    await until(async () => (await read(subscriber, 'one')).reason !== 'comp', 'the signing out');
    await until(async () => (await read(withdrawn, 'one')).reason !== 'comp', 'the withdrawal');
    await redis.kill();
    try {
      // Nothing that is kept for a while is left.
      site.time.now += 61_000;
      await until(
        async () => (await read(withdrawn, 'two')).reason === 'degraded',
        'the failure to be noticed',
      );
      expect((await read(withdrawn, 'two')).outcome).toBe('preview');
      expect((await read(subscriber, 'two')).outcome).toBe('preview');
      // Her token is over, and nobody can be asked to renew it.
      site.time.now += 3_600_000;
      expect((await read(subscriber, 'three')).outcome).toBe('preview');
    } finally {
      await redis.restart();
    }
    await site.stop();
  });

  test('a gateway that starts while Redis is down serves, and counts as soon as it is there', async () => {
    await redis.kill();
    const site = await startGateway({ originUrl: origin.url, redisUrl: redis.url });
    try {
      expect(accessOf(await site.ask('/tidewater/one')).reason).toBe('degraded');
      expect(JSON.parse((await site.ask('/-/health/ready')).text)).toMatchObject({
        status: 'degraded',
      });
    } finally {
      await redis.restart();
    }
    await until(async () => accessOf(await site.ask('/tidewater/one')).reason === 'free-read', 'the count');
    expect(JSON.parse((await site.ask('/-/health/ready')).text)).toMatchObject({ status: 'ready' });
    await site.stop();
  });
});
