/** Feeds carry whole articles to anybody who asks: each entry is cut like its page. */
import { describe, expect, test } from '@jest/globals';
import { cutFeed, type DecideEntry } from '../../src/preview/cut-feed.ts';
import { xmlTree } from '../../src/preview/xml-tree.ts';
import { characters } from './page-checks.ts';

const FIRST = 'The harbour lay still that morning, and nobody spoke.';
const SECOND =
  'Then the boats came in, one after another, with lamps at their masts and nothing in their nets.';
const HTML = `<p>${FIRST}</p><p>${SECOND}</p>`;
const ESCAPED = HTML.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const cutAll: DecideEntry = () => ({ cutoff: characters(40) });

const rss = (item: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Courier</title><item><title>Harbour</title><link>https://courier.example/harbour</link>${item}</item></channel></rss>`;

const atom = (entry: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><title>Harbour</title><link rel="alternate" href="https://courier.example/harbour"/><id>urn:1</id>${entry}</entry></feed>`;

const cutRss = (item: string, decide = cutAll): string => cutFeed(rss(item), 'rss', decide);
const cutAtom = (entry: string): string => cutFeed(atom(entry), 'atom', cutAll);

const expectClean = (feed: string): void => {
  expect(feed).not.toMatch(/boats|masts|uncuttable/);
  expect(xmlTree(feed)).toBeDefined();
};

describe('RSS', () => {
  test.each([
    ['CDATA', `<content:encoded><![CDATA[${HTML}]]></content:encoded>`],
    ['escaped HTML', `<content:encoded>${ESCAPED}</content:encoded>`],
    [
      'half one and half the other',
      `<content:encoded>${ESCAPED.slice(0, 30)}<![CDATA[${HTML.slice(24)}]]></content:encoded>`,
    ],
    ['the description', `<description>${ESCAPED}</description>`],
    [
      'the description and the content',
      `<description>${SECOND}</description><content:encoded>${ESCAPED}</content:encoded>`,
    ],
    [
      'a media description',
      `<media:group><media:description>${SECOND}</media:description></media:group><description>${ESCAPED}</description>`,
    ],
    [
      'an element of its own',
      `<description>${FIRST}</description><yandex:full-text xmlns:yandex="urn:y">${ESCAPED.repeat(3)}</yandex:full-text>`,
    ],
    ['elements inside of the description', `<description><p>${FIRST}</p><p>${SECOND}</p></description>`],
    ['an attribute', `<description>${ESCAPED}</description><enclosure url="/a.mp3" title="${SECOND}"/>`],
    ['a comment', `<description>${ESCAPED}</description><!-- ${SECOND} -->`],
    [
      'a category in base64',
      `<description>${ESCAPED}</description><custom>${Buffer.from(SECOND).toString('base64')}</custom>`,
    ],
    [
      'another prefix',
      `<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">${ESCAPED}</c:encoded>`,
    ],
  ])('is cut where the text is in %s', (_, item) => expectClean(cutRss(item)));

  test('the preview is the same as anywhere, and the rest keeps its bytes', () => {
    const item = `<content:encoded><![CDATA[${HTML}]]></content:encoded><category>Sea</category>`;
    expect(cutRss(item)).toBe(
      rss(item).replace(`<![CDATA[${HTML}]]>`, `&lt;p&gt;${FIRST.slice(0, 39)}&lt;/p&gt;`),
    );
  });

  test('a summary of its own stays', () => {
    const item = `<description>A short story of a small port.</description><content:encoded>${ESCAPED}</content:encoded>`;
    expect(cutRss(item)).toContain('<description>A short story of a small port.</description>');
  });

  test('entries are kept, dropped or cut as decided by their link', () => {
    const item = `<description>${ESCAPED}</description>`;
    expect(cutRss(item, () => 'keep')).toBe(rss(item));
    expect(cutRss(item, () => 'drop')).not.toContain('<item>');
    const seen: unknown[] = [];
    cutRss(
      `<dc:creator xmlns:dc="urn:dc">A. Tern</dc:creator><category>Sea</category><guid isPermaLink="false">7</guid><pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate>`,
      (link, entry) => {
        seen.push(link, entry);
        return 'keep';
      },
    );
    expect(seen).toEqual([
      'https://courier.example/harbour',
      {
        title: 'Harbour',
        id: '7',
        authors: ['A. Tern'],
        categories: ['Sea'],
        publishedAt: Date.UTC(2026, 2, 3, 8),
      },
    ]);
  });

  test('an entry repeated by the channel does not leak there', () => {
    const feed = rss(`<description>${ESCAPED}</description>`).replace(
      '<title>Courier</title>',
      `<title>Courier</title><description>${SECOND}</description>`,
    );
    expectClean(cutFeed(feed, 'rss', cutAll));
  });
});

describe('Atom', () => {
  test.each([
    ['html', `<content type="html">${ESCAPED}</content>`],
    ['text', `<content>${FIRST}\n\n${SECOND}</content>`],
    ['xhtml', `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${HTML}<br/></div></content>`],
    ['a summary', `<summary type="html"><![CDATA[${HTML}]]></summary>`],
    ['both', `<summary>${SECOND}</summary><content type="html">${ESCAPED}</content>`],
  ])('is cut as %s', (_, entry) => expectClean(cutAtom(entry)));

  test('xhtml comes out as html', () => {
    const entry = `<content type="xhtml"><div>${HTML}</div></content>`;
    expect(cutAtom(entry)).toContain(
      `<content type="html">&lt;div&gt;&lt;p&gt;${FIRST.slice(0, 39)}&lt;/p&gt;&lt;/div&gt;</content>`,
    );
  });
});

describe('JSON Feed', () => {
  const feed = (item: object): string =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Courier',
      items: [{ id: '1', url: 'https://courier.example/harbour', title: 'Harbour', ...item }],
    });
  const itemsOf = (json: string): unknown[] => JSON.parse(json).items;

  test('every rendering is cut', () => {
    const cut = cutFeed(
      feed({
        content_html: HTML,
        content_text: `${FIRST} ${SECOND}`,
        summary: 'Short.',
        _x: { full: `${FIRST} ${SECOND}`.repeat(3) },
      }),
      'json',
      cutAll,
    );
    expect(cut).not.toContain('boats');
    expect(itemsOf(cut)[0]).toMatchObject({
      content_html: `<p>${FIRST.slice(0, 39)}</p>`,
      content_text: FIRST.slice(0, 39),
      summary: 'Short.',
    });
  });

  test('entries are kept or dropped as decided', () => {
    const text = feed({ content_html: HTML });
    expect(cutFeed(text, 'json', () => 'keep')).toBe(text);
    expect(itemsOf(cutFeed(text, 'json', () => 'drop'))).toEqual([]);
  });
});

test.each([
  ['not XML', 'hello', 'rss'],
  ['an HTML page', '<!doctype html><html><body><p>x</body></html>', 'rss'],
  ['XML of another kind', '<urlset><url/></urlset>', 'atom'],
  ['a feed that is not well-formed', rss('<description>a</title>'), 'rss'],
  [
    'a feed with its own entities',
    `<!DOCTYPE rss [<!ENTITY a "${SECOND}">]>${rss('<description>&a;</description>')}`,
    'rss',
  ],
  ['a feed with a bare ampersand in a tag', rss('<description a=b>x</description>'), 'rss'],
  ['a feed of endless depth', rss('<a>'.repeat(5000) + '</a>'.repeat(5000)), 'rss'],
  ['JSON that is no feed', '{"items": 1}', 'json'],
  ['broken JSON', '{"items": [', 'json'],
  ['nothing', '', 'atom'],
] as const)('%s is uncuttable', (_, text, kind) => {
  expect(cutFeed(text, kind, cutAll)).toBe('uncuttable');
});
