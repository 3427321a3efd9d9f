/** What each address answers: forms, redirects, conditions, methods. */
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAddress } from '../../src/origin/folder/addresses.ts';
import { article, ask, canonicalOf, clearFolders, folderWith, open, SITE_URL } from './support.ts';

afterAll(clearFolders);

const folder = open(
  await folderWith({
    'one.md': article('First body.', 'section: Far & Near\ntags: [Sea Air, 海]\naccess: registered\n'),
    '海.md': article('海的文章。', 'language: zh\nsection: 世界\n'),
  }),
);

describe('addresses', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/review', 'text/html; charset=utf-8'],
    ['/review/section/far-near', 'text/html; charset=utf-8'],
    ['/review/section/%E4%B8%96%E7%95%8C', 'text/html; charset=utf-8'],
    ['/review/one', 'text/html; charset=utf-8'],
    ['/review/one?utm_source=letter', 'text/html; charset=utf-8'],
    ['/review/one/amp', 'text/html; charset=utf-8'],
    ['/review/one?view=print', 'text/html; charset=utf-8'],
    ['/review/one.json', 'application/json; charset=utf-8'],
    ['/review/%E6%B5%B7', 'text/html; charset=utf-8'],
    ['/tag/sea-air', 'text/html; charset=utf-8'],
    ['/tag/%E6%B5%B7', 'text/html; charset=utf-8'],
    ['/feed.xml', 'application/rss+xml; charset=utf-8'],
    ['/atom.xml', 'application/atom+xml; charset=utf-8'],
    ['/feed.json', 'application/feed+json; charset=utf-8'],
    ['/review/feed.xml', 'application/rss+xml; charset=utf-8'],
    ['/review/atom.xml', 'application/atom+xml; charset=utf-8'],
    ['/review/feed.json', 'application/feed+json; charset=utf-8'],
    ['/art/review/one.svg', 'image/svg+xml; charset=utf-8'],
    ['/robots.txt', 'text/plain; charset=utf-8'],
    ['/sitemap.xml', 'application/xml; charset=utf-8'],
  ])('%s is there as %s', async (address, type) => {
    const page = await ask(folder, address);
    expect([page.status, page.header('content-type')]).toEqual([200, type]);
    expect(page.header('content-length')).toBe(String(page.bytes.length));
  });

  test.each([
    '/absent',
    '/review/absent',
    '/review/one/amp/more',
    '/review/absent/amp',
    '/review/absent.json',
    '/absent/feed.xml',
    '/review/section/absent',
    '/tag/absent',
    '/art/review/absent.svg',
    '/art/absent/one.svg',
    '/assets/site.000000000000.css',
    '/one.md',
    '/site.yaml',
    '/%',
    '/%zz/one',
    '/review/one%2Famp',
    '/..%2f..%2fetc%2fpasswd',
    '/review/__proto__',
    '/constructor',
  ])('%s is a 404 page', async (address) => {
    const page = await ask(folder, address);
    expect([page.status, page.header('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(canonicalOf(page.text)).toBeUndefined();
  });

  test('a trailing slash moves to the address without it, query kept', async () => {
    const moved = await ask(folder, '/review/one/?view=print');
    expect([moved.status, moved.header('location')]).toEqual([301, '/review/one?view=print']);
  });

  test('no redirect leads to another site', () => {
    const part = fc.constantFrom(
      '/',
      '//',
      '\\',
      '%5c',
      '%2f',
      'evil.example',
      '.',
      '..',
      '?',
      'a',
      '%0d%0a',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const address = readAddress(`/${parts.join('')}`);
        if (address.kind !== 'moved') return;
        expect(new URL(address.to, SITE_URL).origin).toBe(SITE_URL);
        expect(address.to).not.toMatch(/[\r\n\\]/);
      }),
    );
  });

  test('any target at all gets an answer, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (target) => {
        expect([200, 301, 404]).toContain((await ask(folder, `/${target}`)).status);
      }),
      { numRuns: 60 },
    );
  });
});

describe('methods and conditions', () => {
  test.each(['/', '/review/one', '/review/one.json', '/feed.xml', '/absent'])(
    'HEAD %s has GET’s head and no body',
    async (address) => {
      const [get, head] = await Promise.all([ask(folder, address), ask(folder, address, { method: 'HEAD' })]);
      expect([head.status, head.headers, head.bytes.length]).toEqual([get.status, get.headers, 0]);
    },
  );

  test('an unchanged page is a 304 by its own ETag, and by no other', async () => {
    const etag = (await ask(folder, '/review/one')).header('etag') as string;
    const again = await ask(folder, '/review/one', { headers: [['If-None-Match', `"other", W/${etag}`]] });
    const other = await ask(folder, '/review/one/amp', { headers: [['If-None-Match', etag]] });
    expect([again.status, again.bytes.length, again.header('etag')]).toEqual([304, 0, etag]);
    expect(other.status).toBe(200);
  });

  test('a missing page is never a 304', async () => {
    expect((await ask(folder, '/absent', { headers: [['If-None-Match', '*']] })).status).toBe(404);
  });

  test('writing is refused, and OPTIONS says what is possible', async () => {
    const posted = await ask(folder, '/review/one', { method: 'POST' });
    const options = await ask(folder, '/', { method: 'OPTIONS' });
    expect([posted.status, posted.header('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect([options.status, options.header('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  test('the stylesheet’s address changes with its content and may be kept for a year', async () => {
    const address = /href="(\/assets\/site\.[0-9a-f]{12}\.css)"/.exec(
      (await ask(folder, '/')).text,
    )?.[1] as string;
    const sheet = await ask(folder, address);
    expect(sheet.header('cache-control')).toBe('public, max-age=31536000, immutable');
    const other = open(
      await folderWith({
        'site.yaml': 'publications: [{ id: a, name: A, accent: { light: "#123456", dark: "#abcdef" } }]',
      }),
    );
    expect((await ask(other, '/')).text).not.toContain(address);
  });
});
