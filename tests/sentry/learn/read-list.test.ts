/** Sitemaps and feeds, as sites really write them. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addressesIn } from '../../../src/sentry/learn/read-list.ts';

const read = (text: string) => [...addressesIn(text)];
const hrefs = (text: string): readonly string[] => read(text).map(({ href }) => href);

describe('a sitemap names', () => {
  test('pages, with when they changed', () => {
    const text = `<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://example.com/a?x=1&amp;y=2 </loc><lastmod>2026-11-01T10:00:00+00:00</lastmod>
    <image:image><image:loc>https://example.com/picture.jpg</image:loc></image:image></url>
  <url><lastmod>not a date</lastmod><loc><![CDATA[https://example.com/b&c]]></loc></url>
</urlset>`;
    expect(read(text)).toEqual([
      { kind: 'page', href: 'https://example.com/a?x=1&y=2', statedAt: Date.parse('2026-11-01T10:00:00Z') },
      { kind: 'page', href: 'https://example.com/b&c' },
    ]);
  });

  test('other sitemaps', () => {
    const text = `<sitemapindex xmlns="x"><sitemap><loc>https://example.com/1.xml.gz</loc><lastmod>2026-11-01</lastmod></sitemap>
<sitemap><loc>/2.xml</loc></sitemap></sitemapindex>`;
    expect(read(text)).toEqual([
      { kind: 'list', href: 'https://example.com/1.xml.gz', statedAt: Date.parse('2026-11-01') },
      { kind: 'list', href: '/2.xml' },
    ]);
  });

  test('news, with prefixes wherever somebody put them', () => {
    const text = `<ns0:urlset xmlns:ns0="s" xmlns:news="n"><ns0:url><ns0:loc>https://example.com/n</ns0:loc>
<news:news><news:publication_date>2026-11-02</news:publication_date></news:news></ns0:url></ns0:urlset>`;
    expect(read(text)).toEqual([
      { kind: 'page', href: 'https://example.com/n', statedAt: Date.parse('2026-11-02') },
    ]);
  });

  test('what it can, where it isn’t well-formed', () => {
    const text =
      '<urlset><url><loc>/a & b</loc></url><url><loc></loc></url><url><loc>/c</url><url><loc>/d</loc></url>';
    expect(hrefs(text)).toEqual(['/a & b', '/d']);
  });

  test('an address on each line, where it is plain text', () => {
    expect(hrefs('\ufeffhttps://example.com/a\r\n\r\nnonsense\nhttp://example.com/b\n')).toEqual([
      'https://example.com/a',
      'http://example.com/b',
    ]);
  });
});

describe('a feed names its entries', () => {
  test('RSS, by link, original link or permanent id', () => {
    const text = `<rss version="2.0" xmlns:atom="a" xmlns:feedburner="f"><channel><link>https://example.com/</link>
<item><title>A</title><link>https://example.com/a</link><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate><guid isPermaLink="false">x</guid></item>
<item><atom:link href="https://example.com/self" rel="self"/><guid>https://example.com/b</guid></item>
<item><guid isPermaLink="false">https://example.com/no</guid></item>
<item><link>https://feeds.example/c</link><feedburner:origLink>https://example.com/c</feedburner:origLink></item>
</channel></rss>`;
    expect(read(text)).toEqual([
      { kind: 'page', href: 'https://example.com/a', statedAt: Date.parse('2026-11-02T10:00:00Z') },
      { kind: 'page', href: 'https://example.com/b' },
      { kind: 'page', href: 'https://example.com/c' },
    ]);
  });

  test('Atom, by the alternate link', () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.com/"/>
<entry><link rel="edit" href="/edit"/><link href='/a?b=1&amp;c=2' rel="alternate"/><updated>2026-11-02T10:00:00Z</updated></entry>
<entry><link href="/b" /></entry></feed>`;
    expect(read(text)).toEqual([
      { kind: 'page', href: '/a?b=1&c=2', statedAt: Date.parse('2026-11-02T10:00:00Z') },
      { kind: 'page', href: '/b' },
    ]);
  });

  test('JSON, by url', () => {
    const items = [{ url: 'https://example.com/a', date_published: '2026-11-02' }, { id: 'b' }, null, 3];
    expect(read(JSON.stringify({ version: 'x', items }))).toEqual([
      { kind: 'page', href: 'https://example.com/a', statedAt: Date.parse('2026-11-02') },
    ]);
    expect(read('{"items": 3}')).toEqual([]);
    expect(read('{"items": [')).toEqual([]);
  });
});

test('a page in a sitemap’s place names nothing', () => {
  expect(read('<!doctype html><title>Not found</title><a href="/a">a</a>')).toEqual([]);
});

test('no text makes it fail, and none makes it name more than there is', () => {
  const pieces = fc.constantFrom(
    ...[
      '<urlset>',
      '<sitemapindex>',
      '<rss>',
      '<feed>',
      '<url>',
      '</url>',
      '<loc>',
      '</loc>',
      '<item>',
      '</item>',
    ],
    ...[
      '<entry>',
      '</entry>',
      '<link>',
      '</link>',
      '<link href="',
      '"/>',
      '<![CDATA[',
      ']]>',
      '/a',
      '&amp;',
      '{',
      '"items":',
    ],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      expect(read(text).length).toBeLessThanOrEqual(parts.length);
    }),
  );
});

test('addresses without number come one by one, and end at 50,000', () => {
  const text = `<urlset>${Array.from({ length: 60_000 }, (_, n) => `<url><loc>/${n}</loc></url>`).join('')}</urlset>`;
  const taken = addressesIn(text);
  expect(taken.next().value).toEqual({ kind: 'page', href: '/0' });
  expect([...taken]).toHaveLength(49_999);
});
