/** What a page says of itself is read from wherever it says it, and nothing that it says can break the reading. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PageReading, readPage } from '../../src/article/read-page.ts';
import { expectLinear } from '../support/counted-work.ts';

const read = (
  head: string,
  { html = '<html lang="en">', path = '/harbour', body = '' } = {},
): Omit<PageReading, 'page'> => {
  const { page: _, ...reading } = readPage(
    `<!doctype html>${html}<head>${head}</head><body>${body}</body></html>`,
    {
      path,
      siteLanguage: 'de',
    },
  );
  return reading;
};

const linked = (...data: unknown[]): string =>
  data
    .map(
      (each) =>
        `<script type="application/ld+json">${typeof each === 'string' ? each : JSON.stringify(each)}</script>`,
    )
    .join('');

const meta = (properties: Record<string, string>): string =>
  Object.entries(properties)
    .map(([name, content]) => `<meta property="${name}" content="${content}">`)
    .join('');

const postLink = (address: string): string =>
  `<link rel="alternate" title="JSON" type="application/json" href="${address}" />`;

describe('what is an article', () => {
  test.each([
    ['a JSON-LD news article', linked({ '@type': 'NewsArticle' }), true],
    [
      'a blog posting in a list',
      linked([{ '@type': 'WebSite' }, { '@type': ['Thing', 'BlogPosting'] }]),
      true,
    ],
    ['a report in a graph', linked({ '@graph': [{ '@type': 'Organization' }, { '@type': 'Report' }] }), true],
    ['a type by its full address', linked({ '@type': 'https://schema.org/Article' }), true],
    ['a main entity', linked({ '@type': 'WebPage', mainEntity: { '@type': 'Article' } }), true],
    ['the OpenGraph type', meta({ 'og:type': 'article' }), true],
    ['a content tier', meta({ 'article:content_tier': 'metered' }), true],
    ['a wrapped script', linked('<!-- {"@type":"Article"} -->'), true],
    ['a script with raw line breaks', linked('{"@type":"Article","name":"a\nb"}'), true],
    ["a WordPress post, by its JSON's address", postLink('https://x.example/wp-json/wp/v2/posts/4'), true],
    ['one whose addresses aren’t rewritten', postLink('/?rest_route=%2Fwp%2Fv2%2Fposts%2F4'), true],
    ['one without a REST API', '</head><body class="post-template single single-post postid-4 x">', true],
    ["a WordPress page, by its JSON's address", postLink('/wp-json/wp/v2/pages/4'), false],
    ['a category of WordPress', postLink('/wp-json/wp/v2/categories/4'), false],
    ['a list of posts', postLink('/wp-json/wp/v2/posts'), false],
    ['a post that the text links to', `</head><body><p>${postLink('/wp-json/wp/v2/posts/4')}`, false],
    ['a body that is of no post', '</head><body class="archive category single-post">', false],
    ['a web site', linked({ '@type': 'WebSite' }) + meta({ 'og:type': 'website' }), false],
    ['a list of articles', linked({ '@type': 'ItemList', itemListElement: [{ '@type': 'Article' }] }), false],
    ['an article in a template', `<template>${linked({ '@type': 'Article' })}</template>`, false],
    ['nothing', '', false],
  ])('%s', (_, head, isArticle) => expect(read(head).isArticle).toBe(isArticle));

  test('a front page that describes articles elsewhere is none, and its article pages are', () => {
    const teasers = linked(
      { '@type': 'NewsArticle', url: 'https://courier.example/harbour', headline: 'Harbour' },
      { '@type': 'NewsArticle', url: 'https://courier.example/council', headline: 'Council' },
    );
    expect(read(teasers, { path: '/' }).isArticle).toBe(false);
    expect(read(teasers, { path: '/council' })).toMatchObject({ isArticle: true, title: 'Council' });
  });

  test('a single article is taken for the page even when its address is another form of it', () => {
    const head = linked({
      '@type': 'NewsArticle',
      mainEntityOfPage: { '@id': 'https://courier.example/harbour' },
    });
    expect(read(head, { path: '/harbour/amp' }).isArticle).toBe(true);
  });
});

describe('its own level', () => {
  test.each([
    ['free', 'open'],
    ['metered', 'metered'],
    ['locked', 'locked'],
    ['LOCKED', 'locked'],
    ['gold', undefined],
  ])('content tier %s is %s', (tier, level) =>
    expect(read(meta({ 'article:content_tier': tier as string })).ownLevel).toBe(level),
  );

  test('is not opened by isAccessibleForFree, which themes write on every page', () => {
    expect(read(linked({ '@type': 'Article', isAccessibleForFree: true })).ownLevel).toBeUndefined();
    expect(read(linked({ '@type': 'Article', isAccessibleForFree: 'True' })).ownLevel).toBeUndefined();
  });
});

describe('what it says', () => {
  const full = linked({
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'NewsArticle',
        headline: ' The\n harbour ',
        author: [{ '@type': 'Person', name: 'A. Tern' }, 'B. Gull', { '@id': '#c' }],
        publisher: { '@id': '#org' },
        articleSection: ['World', 'Sea'],
        keywords: 'boats, nets,boats',
        inLanguage: 'en_gb',
        datePublished: '2026-03-01T08:00:00+01:00',
        dateModified: '2026-03-02T08:00:00',
        description: 'Short.',
        image: [{ '@type': 'ImageObject', url: 'https://courier.example/a.jpg' }],
        hasPart: [
          { '@type': 'WebPageElement', isAccessibleForFree: 'False', cssSelector: '.walled' },
          { '@type': 'WebPageElement', isAccessibleForFree: true, cssSelector: '.free' },
        ],
      },
      { '@id': '#org', '@type': 'Organization', name: 'The Courier' },
      { '@id': '#c', '@type': 'Person', name: 'C. Auk' },
    ],
  });

  test('JSON-LD comes first', () => {
    const other = meta({
      'og:title': 'Other',
      'og:site_name': 'Site',
      'article:section': 'Home',
      'og:description': 'Long.',
    });
    expect(read(`${other}<title>Third</title>${full}`)).toEqual({
      isArticle: true,
      title: 'The harbour',
      publicationName: 'The Courier',
      section: 'World',
      tags: ['boats', 'nets'],
      authors: ['A. Tern', 'B. Gull', 'C. Auk'],
      language: 'en-GB',
      publishedAt: Date.UTC(2026, 2, 1, 7),
      updatedAt: Date.UTC(2026, 2, 2, 8),
      summary: 'Short.',
      image: 'https://courier.example/a.jpg',
      amp: false,
      bodySelectors: ['.walled'],
      seriesHrefs: [],
    });
  });

  test('then OpenGraph and meta tags', () => {
    const head = `${meta({
      'og:type': 'article',
      'og:title': 'Harbour',
      'og:site_name': 'Courier',
      'og:image': '/a.jpg',
      'article:section': 'World',
      'article:published_time': '2026-03-01',
      'article:author': 'https://social.example/tern',
    })}<meta name="author" content="A. Tern"><meta property="article:tag" content="sea"><meta property="article:tag" content="nets"><link rel="shortlink canonical" href="/harbour">`;
    expect(read(head)).toMatchObject({
      title: 'Harbour',
      publicationName: 'Courier',
      section: 'World',
      tags: ['sea', 'nets'],
      authors: ['A. Tern'],
      image: '/a.jpg',
      publishedAt: Date.UTC(2026, 2, 1),
      canonicalHref: '/harbour',
    });
  });

  test('a canonical link and the links of a series count in the head: those in the text may be a reader’s', () => {
    const links =
      '<link rel="canonical" href="/harbour"><link rel="prev" href="/harbour"><link rel="next" href="/harbour/3">';
    expect(read(links)).toMatchObject({ canonicalHref: '/harbour', seriesHrefs: ['/harbour'] });
    expect(read('', { body: links })).toMatchObject({ seriesHrefs: [] });
    expect(read('', { body: links }).canonicalHref).toBeUndefined();
  });

  test('no title is longer than what may stand on a card', () => {
    const { title } = read(`<title>${'The tide came in. '.repeat(200)}</title>`);
    expect(title).toHaveLength(500);
  });

  test('then HTML, and last what the site is in', () => {
    expect(read('<title>The &amp; harbour</title>')).toMatchObject({
      title: 'The & harbour',
      language: 'en',
    });
    expect(read('', { html: '<html>' })).toMatchObject({ title: '', language: 'de' });
    expect(read(meta({ 'og:locale': 'fr_FR' }), { html: '<html>' }).language).toBe('fr-FR');
  });

  test('a periodical that the article is part of comes before the site that publishes it', () => {
    const head = linked({
      '@type': 'Article',
      publisher: { name: 'Reading Site' },
      isPartOf: { '@type': 'Periodical', name: 'Tidewater' },
    });
    expect(read(head).publicationName).toBe('Tidewater');
  });

  test('an AMP page says so', () => {
    expect(read('', { html: '<html amp>' }).amp).toBe(true);
    expect(read('', { html: '<html ⚡>' }).amp).toBe(true);
  });

  test('nonsense is no date and no language', () => {
    const head = linked({
      '@type': 'Article',
      datePublished: 'yesterday',
      dateModified: 7,
      inLanguage: '!!',
    });
    expect(read(head, { html: '<html lang="x y z">' })).not.toHaveProperty('publishedAt');
    expect(read(head, { html: '<html lang="x y z">' }).language).toBe('de');
  });
});

describe('hostile pages', () => {
  test.each([
    ['broken JSON-LD', linked('{"@type": "Article"', 'null', '7', '"x"', '[[[[]]]]')],
    ['deep JSON-LD', linked('['.repeat(50_000) + ']'.repeat(50_000))],
    ['wide JSON-LD', linked(Array.from({ length: 20_000 }, () => ({ '@graph': [] })))],
    ['deep objects', linked(`${'{"mainEntity":'.repeat(3000)}{}${'}'.repeat(3000)}`)],
    [
      'values of the wrong kind',
      linked({
        '@type': 'Article',
        headline: { a: [] },
        author: 7,
        keywords: { x: 1 },
        image: [[]],
        hasPart: ['x', null, { cssSelector: 7 }],
        publisher: [null],
        isPartOf: 'x',
      }),
    ],
    [
      'objects that cannot be text',
      linked(
        '{"@type":"Article","hasPart":{"isAccessibleForFree":{"toString":1,"valueOf":1},"cssSelector":{"toString":1}},"headline":{"toString":1},"keywords":{"toString":1}}',
      ),
    ],
    ['prototype names', linked('{"@type":"Article","__proto__":{"headline":"x"},"constructor":1}')],
    ['a long title', `<title>${'x'.repeat(100_000)}</title>`],
    ['many metas', meta({ 'og:title': 'x' }).repeat(5000)],
    ['a script that never ends', '<script type="application/ld+json">{"@type":"Article"'],
  ])('%s break nothing', (_, head) => {
    expect(() => read(head)).not.toThrow();
  });

  test.each<readonly [string, (count: number) => string]>([
    ['deep JSON-LD', (count) => linked('['.repeat(count) + ']'.repeat(count))],
    ['wide JSON-LD', (count) => linked(Array.from({ length: count }, () => ({ '@graph': [] })))],
    ['many scripts of JSON-LD', (count) => linked({ '@type': 'Article', headline: 'x' }).repeat(count)],
    ['many keywords', (count) => linked({ '@type': 'Article', keywords: 'a,'.repeat(count) })],
    ['a long title', (count) => `<title>${'x '.repeat(count)}</title>`],
    ['many metas', (count) => meta({ 'og:title': 'x' }).repeat(count)],
    ['many links', (count) => '<link rel="canonical" href="/a">'.repeat(count)],
  ])('%s is read in work by the length', (_, head) => {
    expectLinear((count) => read(head(count)), 500);
  });

  test('any text is a page', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        (html) => void readPage(html, { path: '/', siteLanguage: 'en' }),
      ),
    );
  });

  test('any JSON is JSON-LD', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        read(
          linked({
            '@type': 'Article',
            headline: one,
            author: other,
            isPartOf: one,
            image: other,
            hasPart: one,
            keywords: other,
          }),
        );
      }),
    );
  });
});
