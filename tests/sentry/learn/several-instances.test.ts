/** Several instances learn a site together: one at a time, nothing twice, and each knows what any of them learnt. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ArticleId } from '../../../src/article/article.ts';
import type { ArticleOrigin } from '../../support/article-origin.ts';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import { learningPolicy, startSite } from './site-origin.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop();
});

const world = async (count: number) => {
  const redis = await startRedis({ durable: true });
  running.push(redis);
  const origin = await startSite(count);
  running.push(origin);
  return { redis, origin };
};

const instance = async (redis: RedisServer, origin: ArticleOrigin, policy = learningPolicy()) => {
  const started = await startGateway({ originUrl: origin.url, redisUrl: redis.url, policy, ticking: true });
  running.push(started);
  return started;
};

const learn = ({ gateway }: RunningGateway) =>
  gateway.learning?.learn({ signal: new AbortController().signal });
const knows = ({ gateway }: RunningGateway): number => gateway.knowing.known.size().articles;

describe('two instances that begin at once', () => {
  test('learn the site once, and both know all of it', async () => {
    const { redis, origin } = await world(30);
    const both = [await instance(redis, origin), await instance(redis, origin)];
    const outcomes = await Promise.all(both.map(learn));
    expect(outcomes.map((outcome) => outcome?.kind).sort()).toEqual(['done', 'running-already']);
    for (let n = 0; n < 30; n += 1) expect(origin.count(`/news/${n}`)).toBe(1);
    for (const each of both) await until(() => knows(each) === 30, 'all of it to be known');
  });
});

describe('an instance that starts later', () => {
  test('knows everything before it serves, without asking the origin', async () => {
    const { redis, origin } = await world(25);
    await learn(await instance(redis, origin));
    const asked = origin.seen.length;
    const late = await instance(redis, origin);
    expect(knows(late)).toBe(25);
    expect(origin.seen.length).toBe(asked);
  });

  test('begins without, where the store is away, and knows it all once that is back', async () => {
    const { redis, origin } = await world(5);
    await learn(await instance(redis, origin));
    await redis.kill();
    const late = await instance(redis, origin);
    expect(knows(late)).toBe(0);
    await redis.restart();
    await until(() => knows(late) === 5, 'what the store holds', 30_000);
  }, 60_000);
});

describe('what one instance forgets', () => {
  test('the others forget', async () => {
    const { redis, origin } = await world(3);
    const [here, there] = [await instance(redis, origin), await instance(redis, origin)];
    await learn(here);
    await until(() => knows(there) === 3, 'all of it to be known');
    here.gateway.knowing.keep.forget('/news/1' as ArticleId);
    await until(() => knows(there) === 2, 'it to be forgotten');
    expect(there.gateway.knowing.known.factsOf('/news/1' as ArticleId)).toBeUndefined();
  });
});

describe('while the store is away', () => {
  test('what is known stays, and what is learnt meanwhile is kept once it is back', async () => {
    const { redis, origin } = await world(3);
    const here = await instance(redis, origin);
    await learn(here);
    await redis.kill();
    expect(knows(here)).toBe(3);
    origin.on('/news/new', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' });
      res.end(
        `<!doctype html><title>New</title><meta property="og:type" content="article"><div class="article-body">${'<p>A new story about the harbour and the people in it.</p>'.repeat(20)}</div>`,
      );
    });
    await here.ask('/news/new');
    await until(() => knows(here) === 4, 'it to be known here');
    await redis.restart();
    await until(
      async () => {
        const there = await instance(redis, origin);
        return knows(there) === 4;
      },
      'it to be kept',
      40_000,
    );
  }, 90_000);
});
