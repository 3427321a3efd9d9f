/** A kept copy of an article says how old it is, and a fresh one has the headers that came with it, though its text is the same. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

const page = `<!doctype html><title>One</title><div class="article-body"><p>${'Words of it. '.repeat(60)}</p></div>`;

let origin: ArticleOrigin;
let site: RunningGateway;
beforeEach(async () => {
  origin = await startArticleOrigin();
});
afterEach(async () => {
  await site?.stop();
  await origin?.stop();
});

/** Each answer has a number, and these headers. */
const serve = (path: string, headers: Record<string, string>): void => {
  let answers = 0;
  origin.on(path, (_request, response) => {
    answers += 1;
    response.writeHead(200, { 'Content-Type': 'text/html', 'X-Answer': String(answers), ...headers });
    response.end(page);
  });
};

const start = async (access: string): Promise<void> => {
  const policy = testPolicy.replace('access: own-or-metered', `access: ${access}`);
  site = await startGateway({ originUrl: origin.url, policy });
};

describe('an open article', () => {
  beforeEach(() => start('open'));

  test('that is sent from what was kept says how long ago it came', async () => {
    serve('/tidewater/fresh', { 'Cache-Control': 'max-age=600' });
    expect((await site.ask('/tidewater/fresh')).headers.age).toBeUndefined();
    site.time.now += 5_900;
    expect((await site.ask('/tidewater/fresh')).headers).toMatchObject({ age: '5', 'x-answer': '1' });
  });

  test('adds what the origin said of its age', async () => {
    serve('/tidewater/aged', { 'Cache-Control': 'max-age=600', Age: '100' });
    await site.ask('/tidewater/aged');
    site.time.now += 2_000;
    expect((await site.ask('/tidewater/aged')).headers).toMatchObject({ age: '102', 'x-answer': '1' });
  });
});

test('an article that is for each reader alone says nothing of its age: nobody may keep it', async () => {
  await start('locked');
  serve('/tidewater/locked', { 'Cache-Control': 'max-age=600' });
  await site.ask('/tidewater/locked');
  site.time.now += 5_000;
  expect((await site.ask('/tidewater/locked')).headers.age).toBeUndefined();
});

test.each(['open', 'locked'])(
  'an article that is %s and may not be kept has the headers of the newest answer',
  async (access) => {
    await start(access);
    serve('/tidewater/each-time', { 'Cache-Control': 'no-store' });
    for (const number of ['1', '2', '3'])
      expect((await site.ask('/tidewater/each-time')).headers['x-answer']).toBe(number);
  },
);

test('a copy that the origin says still holds goes on with what the origin says of it now', async () => {
  await start('open');
  const path = '/tidewater/unchanged';
  const conditions: (string | undefined)[] = [];
  origin.on(path, (request, response) => {
    const { 'if-none-match': condition } = request.headers;
    conditions.push(condition);
    const headers = { 'X-Answer': String(conditions.length), ETag: '"one"', 'Cache-Control': 'max-age=60' };
    if (condition === '"one"') response.writeHead(304, headers).end();
    else response.writeHead(200, { 'Content-Type': 'text/html', 'X-Kept': 'yes', ...headers }).end(page);
  });
  await site.ask(path);
  site.time.now += 61_000;
  // Shown as it was, while the origin is asked.
  await site.ask(path);
  await until(() => conditions.length === 2, 'the second question');
  await new Promise((turn) => setImmediate(turn));
  site.time.now += 50_000;
  const answer = await site.ask(path);
  expect(answer.headers).toMatchObject({ 'x-answer': '2', 'x-kept': 'yes', 'cache-control': 'max-age=60' });
  expect(answer.text).toContain('Words of it.');
  expect(conditions).toEqual([undefined, '"one"']);
});

test('an open article says of keeping all that its origin says, in whichever header', async () => {
  await start('open');
  const stated = {
    Expires: 'Tue, 24 Nov 2026 12:00:00 GMT',
    'Last-Modified': 'Sun, 22 Nov 2026 12:00:00 GMT',
    Date: 'Mon, 23 Nov 2026 12:00:00 GMT',
  };
  serve('/tidewater/stated', stated);
  for (let turn = 0; turn < 2; turn += 1) {
    const { headers } = await site.ask('/tidewater/stated');
    expect(headers).toMatchObject({
      expires: stated.Expires,
      'last-modified': stated['Last-Modified'],
      date: stated.Date,
      'x-answer': '1',
    });
    expect(headers['cache-control']).toBeUndefined();
  }
});

test('a locked article says nothing of when its origin changed it, or until when it lasts', async () => {
  await start('locked');
  serve('/tidewater/unstated', {
    Expires: 'Tue, 24 Nov 2026 12:00:00 GMT',
    'Last-Modified': 'Sun, 22 Nov 2026 12:00:00 GMT',
  });
  const { headers } = await site.ask('/tidewater/unstated');
  expect([headers.expires, headers['last-modified']]).toEqual([undefined, undefined]);
  expect(headers['cache-control']).toMatch(/^private/);
});
