/** Ways by which a reader might coax another form of an article out of an origin that negotiates. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  bodyHtml,
  metaTags,
  type Route,
  sendAs,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import {
  type Account,
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
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

/** An article known by its page's metadata alone, which the origin also gives as JSON to whoever prefers it. */
const negotiated = (slug: string): Route => {
  const page = articlePage(slug, { head: metaTags });
  return (req, res) => {
    const { accept = '*/*' } = req.headers;
    if (req.method === 'OPTIONS') {
      res.writeHead(204, { Allow: 'GET, POST, OPTIONS' }).end();
      return;
    }
    if (req.method === 'POST') {
      if (/json/.test(String(req.headers['content-type'])))
        sendAs('application/json', '{"ok":true}')(req, res);
      else sendHtml('<title>Thanks</title><p>Thank you.')(req, res);
      return;
    }
    const wantsPage = /text\/html(?!;q=0)/.test(accept) || accept === '*/*' || /image|css|font/.test(accept);
    if (wantsPage) sendHtml(page)(req, res);
    else if (/text\/(plain|markdown)/.test(accept)) sendAs('text/plain', withheldText(slug))(req, res);
    else sendAs('application/json', JSON.stringify({ content_html: bodyHtml(slug) }))(req, res);
  };
};

let number = 0;
const fresh = (): { path: string; slug: string } => {
  number += 1;
  const slug = `form-${number}`;
  origin.on(`/meta/${slug}`, negotiated(slug));
  return { path: `/meta/${slug}`, slug };
};

const accepts = [
  'application/json',
  'application/activity+json',
  'application/ld+json',
  'application/*',
  'application/*;q=0.9, */*;q=0.1',
  'text/html;q=0, application/json',
  'text/html;q=0.1, application/json',
  'text/plain',
  'text/markdown, */*;q=0.1',
  'application/vnd.api+json',
  'x/y',
];

describe('an article that only its page’s metadata tells, asked by Accept for something else', () => {
  test.each(accepts)('%s: is withheld the first time, and after its page was seen', async (accept) => {
    const { path, slug } = fresh();
    for (const before of ['nothing', 'the page']) {
      if (before === 'the page') await stopped.ask(path, { headers: { Accept: 'text/html' } });
      const answer = await stopped.ask(path, { headers: { Accept: accept } });
      expect([before, answer.text.includes(withheldText(slug))]).toEqual([before, false]);
      expect(accessOf(answer).outcome).toBe('preview');
    }
  });

  test.each([
    ['OPTIONS', {}],
    ['POST', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['POST', { 'Content-Type': 'application/json' }],
    ['GET', { Accept: 'image/avif,image/webp' }],
    ['GET', { Accept: 'text/css,*/*;q=0.1' }],
    ['HEAD', { Accept: 'application/json' }],
    ['GET', { Accept: 'text/html', Cookie: 'session_id=someone' }],
  ])('a %s before it (%j) doesn’t make the gate take it for something else', async (method, headers) => {
    for (const seenBefore of [false, true]) {
      const { path, slug } = fresh();
      if (seenBefore) await stopped.ask(path, { headers: { Accept: 'text/html' } });
      const body = method === 'POST' ? { body: '{}' } : {};
      await site.ask(path, { method, headers: { ...headers } as Record<string, string>, ...body });
      for (const accept of ['application/json', 'application/*', 'text/plain']) {
        const answer = await stopped.ask(path, { headers: { Accept: accept } });
        expect([seenBefore, accept, answer.text.includes(withheldText(slug))]).toEqual([
          seenBefore,
          accept,
          false,
        ]);
      }
    }
  });

  test('a moment of trouble at the origin doesn’t make it anybody’s JSON afterwards', async () => {
    const { path, slug } = fresh();
    origin.on(path, (_req, res) => {
      res.writeHead(503, { 'Content-Type': 'text/html' });
      res.end('<title>Busy</title>');
    });
    await stopped.ask(path, { headers: { Accept: 'text/html' } });
    await stopped.ask(path, { headers: { Accept: 'application/json' } });
    origin.on(path, negotiated(slug));
    const answer = await stopped.ask(path, { headers: { Accept: 'application/json' } });
    expect(answer.text).not.toContain(withheldText(slug));
  });

  test('is given to a subscriber in the form that was asked for', async () => {
    const { path, slug } = fresh();
    const answer = await site.ask(path, { headers: { ...subscriber.cookie, Accept: 'application/json' } });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.text).toContain(withheldText(slug));
  });
});

describe('one form of an address never stands for another on the shelf', () => {
  test.each([
    'application/json, text/html;q=0.1',
    'text/html;q=0.1, application/json',
    'text/vnd.turbo-stream.html, text/html',
    'application/json, */*',
    '*/*',
  ])('asked first with Accept: %s, it is still a page to a browser', async (accept) => {
    const policy = testPolicy.replace('paths: /tidewater/*.json', 'paths: /tidewater/*');
    const own = await startGateway({ originUrl: origin.url, policy });
    origin.on('/tidewater/both', (req, res) => {
      const asked = String(req.headers.accept ?? '*/*');
      if (/^text\/html(,|$)/.test(asked)) sendHtml(articlePage('both'))(req, res);
      else
        sendAs(
          'application/json',
          JSON.stringify({ url: '/tidewater/both', content_html: bodyHtml('both') }),
        )(req, res);
    });
    const first = await own.ask('/tidewater/both', { headers: { Accept: accept } });
    expect(first.headers['content-type']).toMatch(/^application\/json/);
    const page = await own.ask('/tidewater/both', {
      headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    await own.stop();
  });

  test('a browser’s page serves whoever accepts anything', async () => {
    await site.ask('/tidewater/shared', { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    await site.ask('/tidewater/shared', { headers: { Accept: '*/*' } });
    await site.ask('/tidewater/shared');
    await site.ask('/-/access?url=/tidewater/shared');
    expect(origin.count('/tidewater/shared')).toBe(1);
  });
});

describe('what the publisher or the origin says is no article', () => {
  test('a path that the policy ignores streams through, whatever its page says of itself', async () => {
    const own = await startGateway({
      originUrl: origin.url,
      policy: testPolicy.replace('  body: .article-body', '  ignore: /meta/free-*\n  body: .article-body'),
    });
    const answer = await own.ask('/meta/free-press');
    expect(answer.text).toContain(withheldText('free-press'));
    expect(answer.headers['gatefold-access']).toBeUndefined();
    expect(accessOf(await own.ask('/meta/other')).reason).toBe('free-read');
    await own.stop();
  });

  test('Gatefold-Article: none lets a page, and JSON beside it, through untouched and uncounted', async () => {
    const none = { 'Gatefold-Article': 'none' };
    origin.on('/meta/listing', sendHtml(articlePage('listing', { head: metaTags }), none));
    origin.on('/api/listing', sendAs('application/json', '{"items":[]}', none));
    const reader = site.reader();
    for (const path of ['/meta/listing', '/api/listing']) {
      const answer = await reader.ask(path);
      expect(answer.status).toBe(200);
      expect(answer.headers['gatefold-access']).toBeUndefined();
      expect(answer.headers['gatefold-article']).toBeUndefined();
    }
    expect(reader.jar.size).toBe(0);
  });

  test('Gatefold-Article makes an article of any type, with the level that it states', async () => {
    origin.on(
      '/anywhere',
      sendHtml(articlePage('anywhere'), { 'Gatefold-Article': 'level=locked; section=World' }),
    );
    origin.on(
      '/anywhere.txt',
      sendAs('text/plain', withheldText('anywhere'), { 'Gatefold-Article': 'level=locked' }),
    );
    expect(accessOf(await site.ask('/anywhere'))).toEqual({ outcome: 'preview', reason: 'locked' });
    for (const target of ['/anywhere', '/anywhere.txt'])
      expect((await stopped.ask(target)).text).not.toContain(withheldText('anywhere'));
  });
});

describe('an article whose body can’t be found', () => {
  test('is withheld whole from a stopped visitor, and whole for a subscriber', async () => {
    origin.on(
      '/tidewater/bodiless',
      sendHtml(`<!doctype html><title>B</title><p>${withheldText('bodiless')}</p>`),
    );
    const refused = await stopped.ask('/tidewater/bodiless');
    expect(accessOf(refused)).toMatchObject({ outcome: 'preview', reason: 'uncuttable' });
    expect(refused.text).not.toContain(withheldText('bodiless'));
    expect(refused.text).toContain('You’re reading a preview, subscribe to read more.');
    const full = await site.ask('/tidewater/bodiless', { headers: subscriber.cookie });
    expect(full.text).toContain(withheldText('bodiless'));
  });

  test('JSON without the text that the policy points to is withheld whole', async () => {
    origin.on(
      '/tidewater/odd.json',
      sendAs('application/json', JSON.stringify({ html: withheldText('odd') })),
    );
    origin.on(
      '/tidewater/broken.json',
      sendAs('application/json', `{"content_html": "${withheldText('broken')}`),
    );
    for (const slug of ['odd', 'broken']) {
      const refused = await stopped.ask(`/tidewater/${slug}.json`);
      expect([slug, refused.text.includes(withheldText(slug))]).toEqual([slug, false]);
      expect(accessOf(refused).outcome).toBe('preview');
    }
  });
});
