/** What costs a free read and what doesn't, asked of the real server over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { accessOf } from '../support/raw-client.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
});
afterAll(async () => {
  await site.stop();
  await origin.stop();
});

const visitorWith = async (reads: number) => {
  const reader = site.reader();
  for (let read = 0; read < reads; read += 1) await reader.ask(`/tidewater/earlier-${read}`);
  return reader;
};

describe('free reads', () => {
  test('three', async () => {
    const reader = site.reader();
    for (const n of [1,2,3,4]) {
      const a = await reader.ask(`/tidewater/n${n}`);
      console.log(a.status, a.headers, a.text.length);
    }
  });
});
