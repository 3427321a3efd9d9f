/** Whoever changes something at the origin sees what came of it: what was kept of it is asked for anew. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { changedTargets } from '../../src/gate/notice-changes.ts';
import { createShelf, type Kept } from '../../src/gate/shelf.ts';
import { type ArticleOrigin, articlePage, startArticleOrigin } from '../support/article-origin.ts';
import { type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';

describe('in front of a site', () => {
  let origin: ArticleOrigin;
  let site: RunningGateway;
  let comments: string[];
  let status: number;
  beforeAll(async () => {
    origin = await startArticleOrigin();
    site = await startGateway({
      originUrl: origin.url,
      policy: testPolicy.replace('own-or-metered', 'open'),
    });
  });
  afterAll(async () => {
    await site?.stop();
    await origin?.stop();
  });
  let path: string;
  let number = 0;
  beforeEach(() => {
    number += 1;
    path = `/tidewater/talk-${number}`;
    comments = [];
    status = 303;
    const page = (): string => articlePage('talk', { body: `<p>Text</p><p>${comments.join()}</p>` });
    origin.on(path, (req, res) => {
      if (req.method === 'GET') {
        res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=600' }).end(page());
        return;
      }
      if (status < 400) comments.push(`said-${comments.length}`);
      res.writeHead(status, { Location: `${path}#comments` }).end();
    });
    origin.on('/comments', (_req, res) => {
      comments.push(`said-${comments.length}`);
      res.writeHead(302, { Location: `${origin.url}${path}#comment-9` }).end();
    });
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s to the article’s own address', async (method) => {
    await site.ask(path);
    await site.ask(path, { headers: { Accept: 'text/html' } });
    await site.ask(path, { method });
    expect((await site.ask(path)).text).toContain('said-0');
    expect((await site.ask(path, { headers: { Accept: 'text/html' } })).text).toContain('said-0');
  });

  test('a form elsewhere that leads back to the article', async () => {
    await site.ask(path);
    await site.ask('/comments', { method: 'POST' });
    expect((await site.ask(path)).text).toContain('said-0');
  });

  test.each([400, 403, 405, 500])('a form that is answered %i changes nothing', async (refusal) => {
    status = refusal;
    await site.ask(path);
    await site.ask(path, { method: 'POST' });
    await site.ask(path);
    expect(origin.seen.filter(({ url, method }) => url === path && method === 'GET')).toHaveLength(1);
  });

  test('another article’s copy stays', async () => {
    await site.ask('/tidewater/other');
    await site.ask(path, { method: 'POST' });
    const before = origin.count('/tidewater/other');
    await site.ask('/tidewater/other');
    expect(origin.count('/tidewater/other')).toBe(before);
  });
});

describe('what has changed', () => {
  const hosts = ['news.example', '127.0.0.1:3000'];
  const changed = (...headers: [string, string][]) => changedTargets('/a/b?x=1', { headers }, hosts).slice(1);

  test.each([
    ['/c', ['/c']],
    ['c?y', ['/a/c?y']],
    ['https://news.example/c#d', ['/c']],
    ['http://127.0.0.1:3000/c', ['/c']],
    ['//news.example/c', ['/c']],
    ['https://elsewhere.example/c', []],
    ['http://', []],
    ['/c%00', []],
    ['/a/b?x=1', []],
  ])('Location: %s', (location, targets) => {
    expect(changed(['Location', location])).toEqual(targets);
  });

  test('where the content is said to be as well', () => {
    expect(changed(['Location', '/c'], ['content-location', '/d'])).toEqual(['/c', '/d']);
  });
});

test('an answer that was asked for before the change isn’t kept after it, and nobody new waits for it', async () => {
  const shelf = createShelf(1_000_000);
  const page = { found: { raw: Buffer.from('x') }, freshUntil: 10, staleUntil: 10 } as unknown as Kept;
  let answer = (_: string): void => undefined;
  const before = shelf.share('/a', () => new Promise<string>((resolve) => (answer = resolve)));
  shelf.forget('/a');
  expect(shelf.share('/a', async () => 'new')).not.toBe(before);
  shelf.put('/a\n*/*', page, 0);
  shelf.put('/b', page, 0);
  expect([shelf.get('/a\n*/*', 0), shelf.get('/b', 0)]).toEqual([undefined, page]);
  answer('old');
  expect(await before).toBe('old');
  shelf.put('/a', page, 0);
  expect(shelf.get('/a', 0)).toBe(page);
});
