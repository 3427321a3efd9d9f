/** Films and recordings of an article: whoever may read it gets the part that their player asks for, nobody else gets any. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import {
  type Account,
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../support/start-gateway.ts';

const film = Buffer.alloc(1_000, 7);
const path = '/tidewater/story/film.mp4';

let origin: ArticleOrigin;
let site: RunningGateway;
let subscriber: Account;
beforeAll(async () => {
  origin = await startArticleOrigin();
  origin.on(path, (request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const common = { 'Content-Type': 'video/mp4', 'Accept-Ranges': 'bytes' };
    if (from === undefined) {
      response.writeHead(200, { ...common, 'Content-Length': film.length }).end(film);
      return;
    }
    const part = film.subarray(Number(from), to === '' ? film.length : Number(to) + 1);
    const range = `bytes ${from}-${Number(from) + part.length - 1}/${film.length}`;
    response.writeHead(206, { ...common, 'Content-Length': part.length, 'Content-Range': range }).end(part);
  });
  const policy = testPolicy
    .replace('/tidewater/*, ', '/tidewater/**, ')
    .replace('access: own-or-metered', 'access: locked');
  site = await startGateway({ originUrl: origin.url, policy });
  subscriber = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const askFor = (range: string | undefined, cookie: Record<string, string> = {}) =>
  site.ask(path, { headers: { ...(range === undefined ? {} : { Range: range }), ...cookie } });

describe('a subscriber', () => {
  test.each([
    ['bytes=0-1', 2, 'bytes 0-1/1000'],
    ['bytes=990-', 10, 'bytes 990-999/1000'],
  ])('gets %s', async (range, length, stated) => {
    const answer = await askFor(range, subscriber.cookie);
    expect(answer.status).toBe(206);
    expect(answer.headers).toMatchObject({
      'content-range': stated,
      'content-length': String(length),
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
    });
  });

  test('gets the whole where nothing else was asked for', async () => {
    const answer = await askFor(undefined, subscriber.cookie);
    expect([answer.status, answer.headers['content-length']]).toEqual([200, '1000']);
  });
});

test.each([undefined, 'bytes=0-1', 'bytes=0-'])(
  'a stranger who asks for %s gets nothing of it',
  async (range) => {
    const answer = await askFor(range);
    expect(answer.status).toBe(403);
    expect(answer.headers['content-range']).toBeUndefined();
    expect(answer.text).not.toContain('\u0007');
  },
);
