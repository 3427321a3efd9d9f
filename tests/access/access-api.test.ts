/** The access API: the page's own decision for apps, proxies and edge workers, with codes they can rely on. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, sendAs, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { type Answer, accessOf, type Reader } from '../support/raw-client.ts';
import {
  type Account,
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
} from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
let subscriber: Account;
let stopped: Reader;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
  subscriber = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
  stopped = site.reader();
  for (const slug of ['a', 'b', 'c']) await stopped.ask(`/tidewater/used-${slug}`);
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const bodyOf = (answer: Answer) => JSON.parse(answer.text) as Record<string, unknown>;

describe('one question', () => {
  test('tells a subscriber what they hold', async () => {
    const answer = await site.ask('/-/access?url=/tidewater/one', { headers: subscriber.cookie });
    expect(answer.status).toBe(200);
    expect(bodyOf(answer)).toEqual({
      url: '/tidewater/one',
      access: 'full',
      reason: 'comp',
      article: { id: '/tidewater/one', title: 'Story one', publication: 'tidewater' },
      entitlement: { product: 'all', source: 'comp', endsAt: new Date(noon + dayMs).toISOString() },
    });
    expect(answer.headers['gatefold-access']).toBe('full; reason=comp');
  });

  test('tells a stopped visitor what would open it', async () => {
    expect(bodyOf(await stopped.ask('/-/access?url=/tidewater/one'))).toEqual({
      url: '/tidewater/one',
      access: 'preview',
      reason: 'meter-exhausted',
      article: { id: '/tidewater/one', title: 'Story one', publication: 'tidewater' },
      meter: { left: 0, of: 3, resetsAt: '2026-12-01T00:00:00.000Z' },
      products: ['all'],
      subscribe: '/-/subscribe?return=%2Ftidewater%2Fone',
    });
  });

  test('gives the header that the page itself has, for GET and HEAD', async () => {
    const readers = [
      () => ({}),
      () => subscriber.cookie,
      () => ({ Cookie: `gf_visitor=${stopped.jar.get('gf_visitor')}` }),
    ];
    for (const headers of readers)
      for (const target of ['/tidewater/one', '/tidewater/one/amp', '/tidewater/one.json', '/meta/two']) {
        const page = await site.ask(target, { method: 'HEAD', headers: headers() });
        const asked = await site.ask(`/-/access?url=${encodeURIComponent(target)}`, { headers: headers() });
        expect([target, asked.headers['gatefold-access']]).toEqual([target, page.headers['gatefold-access']]);
      }
  });

  test('takes a path, or an address that is this site’s, in any spelling', async () => {
    for (const url of [
      '/tidewater/one',
      `${site.url}/tidewater/one`,
      '/%74idewater/./one',
      '/tidewater//one',
    ])
      expect(bodyOf(await site.ask(`/-/access?url=${encodeURIComponent(url)}`))).toMatchObject({
        article: { id: '/tidewater/one' },
      });
  });

  test('says open, and no header, of what is no article', async () => {
    for (const url of ['/asset.css', '/tidewater/missing', '/']) {
      const answer = await site.ask(`/-/access?url=${url}`);
      expect(bodyOf(answer)).toEqual({ url, access: 'open', article: null, reason: 'not-an-article' });
      expect(answer.headers['gatefold-access']).toBeUndefined();
    }
  });

  test('keeps a new visitor the same visitor', async () => {
    const reader = site.reader();
    await reader.ask('/-/access?url=/tidewater/one');
    expect(reader.jar.has('gf_visitor')).toBe(true);
  });
});

describe('counting', () => {
  test('happens with count=true alone: three articles, and the fourth is refused', async () => {
    const reader = site.reader();
    const answers = [];
    for (const slug of ['one', 'two', 'three', 'four'])
      answers.push(accessOf(await reader.ask(`/-/access?url=/tidewater/${slug}&count=true`)));
    expect(answers.map(({ outcome, left }) => [outcome, left])).toEqual([
      ['full', 2],
      ['full', 1],
      ['full', 0],
      ['preview', 0],
    ]);
    expect(accessOf(await reader.ask('/-/access?url=/tidewater/one&count=true')).reason).toBe('already-read');
  });

  test('is shared with the pages', async () => {
    const reader = site.reader();
    await reader.ask('/-/access?url=/tidewater/one&count=true');
    expect(accessOf(await reader.ask('/tidewater/one'))).toMatchObject({ reason: 'already-read', left: 2 });
  });
});

describe('a batch', () => {
  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    site.ask('/-/access', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('answers each address in order, and charges none', async () => {
    const urls = ['/tidewater/one', '/asset.css', 'https://elsewhere.example/x', '/tidewater/one', '/a%2fb'];
    const answer = await ask({ urls }, subscriber.cookie);
    const { decisions } = bodyOf(answer) as { decisions: { url: string; access: string; error?: string }[] };
    expect(decisions.map(({ url }) => url)).toEqual(urls);
    expect(decisions.map(({ access }) => access)).toEqual(['full', 'open', 'open', 'full', 'open']);
    expect(decisions.map(({ error }) => error)).toEqual([
      undefined,
      undefined,
      'url-invalid',
      undefined,
      'url-invalid',
    ]);
  });

  test.each([
    ['no JSON', '{"urls": ['],
    ['nothing', ''],
    ['a list', []],
    ['no addresses', { urls: [] }],
    ['an address that is no text', { urls: [1] }],
    ['too many', { urls: Array.from({ length: 101 }, () => '/x') }],
    ['something more', { urls: ['/x'], count: true }],
  ])('of %s is refused as JSON with a code', async (_what, body) => {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(bodyOf(answer)).toMatchObject({ error: { code: 'batch-invalid' } });
  });

  test('asks the origin once for each article, however often and in however many spellings it is named', async () => {
    const before = origin.seen.length;
    const tracked = Array.from({ length: 48 }, (_, n) => `/tidewater/in-a-batch?utm_source=mail-${n}`);
    const urls = ['/tidewater/in-a-batch', ...tracked, ...tracked, '/tidewater/./in-a-batch'];
    const answer = await ask({ urls });
    const { decisions } = bodyOf(answer) as { decisions: { url: string; article: { id: string } }[] };
    expect(decisions.map(({ url }) => url)).toEqual(urls);
    expect(new Set(decisions.map(({ article }) => article.id))).toEqual(new Set(['/tidewater/in-a-batch']));
    expect(origin.seen.length - before).toBe(1);
  });

  test('that is larger than a batch can be is refused with 413', async () => {
    const answer = await ask({ urls: ['/x'.repeat(600_000)] });
    expect(answer.status).toBe(413);
    expect(bodyOf(answer)).toMatchObject({ error: { code: 'batch-too-large' } });
  });
});

describe('faults', () => {
  test.each([
    ['/-/access', {}, 400, 'url-missing'],
    ['/-/access?url=', {}, 400, 'url-invalid'],
    ['/-/access?url=tidewater', {}, 400, 'url-invalid'],
    ['/-/access?url=//elsewhere.example/x', {}, 400, 'url-invalid'],
    ['/-/access?url=https://elsewhere.example/x', {}, 400, 'url-invalid'],
    ['/-/access?url=/a%252fb', {}, 400, 'url-invalid'],
    ['/-/access?url=/x', { Authorization: 'Bearer x' }, 401, 'token-invalid'],
  ])('%s (%j) is a %d %s', async (target, headers, status, code) => {
    const answer = await site.ask(target, { headers: headers as Record<string, string> });
    expect(answer.status).toBe(status);
    expect(bodyOf(answer)).toMatchObject({ error: { code } });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  test('another method is a 405 that names those there are', async () => {
    const answer = await site.ask('/-/access', { method: 'DELETE' });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
    expect(bodyOf(answer)).toMatchObject({ error: { code: 'method-not-allowed' } });
  });
});

describe('a proxy that asks before each request', () => {
  const forward = (url: string, reader: Pick<Reader, 'ask'> = site, headers: Record<string, string> = {}) =>
    reader.ask('/-/access', { headers: { 'X-Original-URL': url, ...headers } });

  test('is told by the status alone, and its question counts as the reader’s own request', async () => {
    const reader = site.reader();
    const statuses = [];
    for (const slug of ['one', 'two', 'three', 'four', 'one'])
      statuses.push((await forward(`/tidewater/${slug}`, reader)).status);
    expect(statuses).toEqual([200, 200, 200, 403, 200]);
    expect((await forward('/asset.css', reader)).status).toBe(200);
  });

  test('charges nothing for HEAD and nothing for a look ahead', async () => {
    const reader = site.reader();
    await forward('/tidewater/one', reader);
    expect((await forward('/tidewater/two', reader, { 'X-Original-Method': 'HEAD' })).status).toBe(200);
    expect((await forward('/tidewater/two', reader, { 'Sec-Purpose': 'prefetch' })).status).toBe(403);
    expect(accessOf(await forward('/tidewater/two', reader)).left).toBe(1);
  });

  test('may use X-Forwarded-Uri and X-Forwarded-Method instead', async () => {
    const headers = { 'X-Forwarded-Uri': '/tidewater/one', 'X-Forwarded-Method': 'GET' };
    expect((await stopped.ask('/-/access', { headers })).status).toBe(403);
  });

  test('is not led by a reader’s own ?url= or second header to decide about another address', async () => {
    const led = await stopped.ask('/-/access?url=/asset.css', {
      headers: { 'X-Original-URL': '/tidewater/one' },
    });
    expect(led.status).toBe(403);
    const doubled = await stopped.ask('/-/access', {
      headers: { 'X-Original-URL': '/tidewater/one', 'X-Forwarded-Uri': '/asset.css' },
    });
    expect(doubled.status).toBe(400);
    expect(bodyOf(doubled)).toMatchObject({ error: { code: 'url-ambiguous' } });
  });

  test.each([
    ['X-Original-URL', ['/asset.css', '/tidewater/one']],
    ['X-Original-URL', ['/tidewater/one', '/asset.css']],
    ['X-Original-URL', ['/tidewater/one', '/tidewater/one']],
    ['x-original-uri', ['/asset.css', '/tidewater/one']],
    ['X-Forwarded-Uri', ['/asset.css', '/tidewater/one']],
    ['X-Original-Method', ['HEAD', 'GET']],
    ['X-Forwarded-Method', ['HEAD', 'GET']],
    ['X-Forwarded-Host', ['a.example', 'b.example']],
    ['X-Forwarded-Proto', ['http', 'https']],
    ['X-Original-Host', ['a.example', 'b.example']],
    ['Authorization', ['Bearer a', 'Bearer b']],
  ])('judges nothing when %s comes twice', async (name, values) => {
    const headers = { 'X-Original-URL': '/tidewater/one', [name]: values };
    for (const method of ['GET', 'HEAD']) {
      const answer = await stopped.ask('/-/access', { method, headers });
      expect([answer.status, answer.headers['gatefold-access']]).toEqual([400, undefined]);
      if (method === 'GET') expect(bodyOf(answer)).toMatchObject({ error: { code: 'url-ambiguous' } });
    }
  });

  test.each(['url=/asset.css&url=/tidewater/one', 'url=/tidewater/one&count=false&count=true'])(
    'judges nothing for ?%s',
    async (query) => {
      const answer = await stopped.ask(`/-/access?${query}`);
      expect([answer.status, bodyOf(answer)]).toMatchObject([400, { error: { code: 'url-ambiguous' } }]);
    },
  );

  test('gets no yes for an article in a type that can’t be cut', async () => {
    origin.on('/tidewater/paper.pdf', sendAs('application/pdf', withheldText('paper')));
    expect((await forward('/tidewater/paper.pdf', stopped)).status).toBe(403);
    expect(
      (
        await site.ask('/-/access', {
          headers: { ...subscriber.cookie, 'X-Original-URL': '/tidewater/paper.pdf' },
        })
      ).status,
    ).toBe(200);
    expect(accessOf(await stopped.ask('/-/access?url=/tidewater/paper.pdf'))).toMatchObject({
      outcome: 'preview',
      reason: 'uncuttable',
    });
  });

  test('gets no yes for a feed whose entries have to be cut', async () => {
    for (const reader of [stopped, site.reader({ ...subscriber.cookie })]) {
      const answer = await forward('/feed.xml', reader);
      expect(answer.status).toBe(403);
      expect(bodyOf(answer)).toMatchObject({ access: 'preview', article: null, reason: 'feed' });
    }
  });

  test('gets no yes when the origin can’t be asked, nor for an address that can’t be judged', async () => {
    const gone = await startArticleOrigin();
    const own = await startGateway({ originUrl: gone.url });
    await gone.down();
    const answer = await own.ask('/-/access', { headers: { 'X-Original-URL': '/tidewater/one' } });
    expect(answer.status).toBe(503);
    expect(bodyOf(answer)).toMatchObject({ access: 'unknown', reason: 'origin-unavailable' });
    await own.stop();
    await gone.stop();
    for (const url of ['/tidewater%2fone', '/tidewater;/one', '/tidewater\\one'])
      expect((await forward(url, stopped)).status).toBe(400);
  });

  test('is answered about an address with doubled slashes as about the plain one', async () => {
    for (const url of ['//tidewater//one', '/tidewater//one', '/%74idewater/one', '/x/../tidewater/one'])
      expect([url, (await forward(url, stopped)).status]).toEqual([url, 403]);
  });
});
