/** The console over a Redis that pauses, dies and comes back empty: a plain 503 while it lasts, readers read on, nothing counted twice. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';

let origin: ArticleOrigin;
let redis: RedisServer;
let site: RunningGateway;
let ann: OperatorBrowser;
beforeAll(async () => {
  [origin, redis] = await Promise.all([startArticleOrigin(), startRedis()]);
  site = await startGateway({ originUrl: origin.url, redisUrl: redis.url });
  ann = await operatorAt(site, 'editor');
});
afterAll(async () => {
  await site?.stop();
  await redis?.stop();
  await origin?.stop();
});

const pages = [
  '',
  '/limits',
  '/rules',
  '/versions',
  '/versions/text',
  '/readers',
  '/insight',
  '/replay?run=1',
];

const everyPageSays503 = async (): Promise<void> => {
  for (const page of pages) {
    const { status, text } = await ann.get(`/-/console${page}`);
    expect([page, status]).toEqual([page, 503]);
    expect(text).toContain('Try again in a moment');
  }
  expect((await ann.api('GET', '/policy')).status).toBe(503);
};

const browser = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140' };

const readSome = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1)
    expect((await site.reader(browser).ask(`/tidewater/story-${n}`)).status).toBe(200);
};

const viewsCounted = async (): Promise<number> => {
  const { body } = await ann.api('GET', '/insight/funnel');
  return body.lines.reduce((sum: number, { views }: { views: number }) => sum + views, 0);
};

test('while it is paused; and what was read meanwhile is counted once it goes on, once', async () => {
  await readSome(7);
  redis.pause();
  // This batch reaches the server, which answers too late for anybody to hear.
  await site.gateway.insight.flush();
  await readSome(5);
  await everyPageSays503();
  await site.gateway.insight.flush();
  redis.resume();
  await until(async () => (await ann.get('/-/console')).status === 200, 'the console to be back');
  await site.gateway.insight.flush();
  await site.gateway.insight.flush();
  expect(await viewsCounted()).toBe(12);
});

test('while it is gone; and one that comes back empty gets the version in force back, under its number', async () => {
  const edit = { kind: 'set-meter', id: 'main', set: { visitor: 1 } };
  const { revision } = (await ann.api('GET', '/policy')).body;
  const edited = await ann.api('POST', '/policy/draft/edits', { revision, edit });
  const order = { revision: edited.body.revision };
  expect((await ann.api('POST', '/policy/draft/publish', order)).status).toBe(200);
  await until(() => site.gateway.policySource.version()?.number === 2, 'it to be obeyed');
  await redis.kill();
  await readSome(2);
  await everyPageSays503();
  await redis.restart();
  const { versions } = site.gateway.stores;
  const newest = async () => (await versions.head().catch(() => undefined))?.newest?.number;
  await until(async () => (await newest()) === 2, 'the version in force to be known again');
  expect((await versions.version(2))?.author).toBe(ann.email);
  // Operators went with the store; the page of the version says that the one before it is gone.
  ann = await operatorAt(site, 'editor');
  expect((await ann.get('/-/console/versions/2')).text).toContain('The one before it isn’t kept any more.');
  const late = await ann.api('POST', '/policy/draft/edits', { revision: order.revision, edit });
  expect(late.status).toBe(409);
});
