/** What an article's page says of itself, to people and to machines. */
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  article,
  ask,
  attributeOf,
  byClass,
  clearFolders,
  elementsOf,
  folderWith,
  metaOf,
  open,
  parseErrors,
  SITE_URL,
  structuredDataOf,
  textOf,
} from './support.ts';

afterAll(clearFolders);

const FULL = `---
title: "Of salt & </script><script>alert(1)</script>"
publication: The Evening Review
section: World
author: [Ada Quill, Bo Reed]
published: 2026-05-31T22:30:00Z
updated: 2026-06-02
tags: [sea, work]
summary: "A “short” <summary>."
image: /pictures/salt.png
access: metered
---
Body text.
`;

const page = async (files: Record<string, string>, address: string) => {
  const folder = open(await folderWith(files));
  return ask(folder, address);
};

describe('metadata', () => {
  test('the structured data is a NewsArticle with every fact, and no text of the body', async () => {
    const { text } = await page({ 'salt.md': FULL }, '/the-evening-review/salt');
    expect(structuredDataOf(text)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      '@id': `${SITE_URL}/the-evening-review/salt`,
      url: `${SITE_URL}/the-evening-review/salt`,
      mainEntityOfPage: `${SITE_URL}/the-evening-review/salt`,
      headline: 'Of salt & </script><script>alert(1)</script>',
      description: 'A “short” <summary>.',
      image: `${SITE_URL}/pictures/salt.png`,
      datePublished: '2026-05-31T22:30:00.000Z',
      dateModified: '2026-06-02T00:00:00.000Z',
      author: [
        { '@type': 'Person', name: 'Ada Quill' },
        { '@type': 'Person', name: 'Bo Reed' },
      ],
      publisher: {
        '@type': 'Organization',
        name: 'The Evening Review',
        url: `${SITE_URL}/the-evening-review`,
      },
      articleSection: 'World',
      keywords: ['sea', 'work'],
      inLanguage: 'en',
    });
  });

  test('the properties agree with the structured data', async () => {
    const { text } = await page({ 'salt.md': FULL }, '/the-evening-review/salt');
    expect(metaOf(text, 'og:type')).toBe('article');
    expect(metaOf(text, 'og:title')).toBe('Of salt & </script><script>alert(1)</script>');
    expect(metaOf(text, 'article:section')).toBe('World');
    expect(metaOf(text, 'article:published_time')).toBe('2026-05-31T22:30:00.000Z');
    expect(metaOf(text, 'description')).toBe('A “short” <summary>.');
  });

  test.each([
    ['open', 'free', undefined],
    ['metered', 'metered', undefined],
    ['locked', 'locked', undefined],
    ['registered', undefined, 'registered'],
  ])('access %s is tier %s, and always in the header', async (access, tier, own) => {
    const reply = await page({ 'a.md': article('Text.', `access: ${access}\n`) }, '/review/a');
    expect(metaOf(reply.text, 'article:content_tier')).toBe(tier);
    expect(metaOf(reply.text, 'gatefold:access')).toBe(own);
    expect(reply.header('gatefold-article')).toBe(`level=${access}; publication*=UTF-8''review`);
  });

  test('an article that states no level has none in the header', async () => {
    const reply = await page({ 'a.md': article() }, '/review/a.json');
    expect(reply.header('gatefold-article')).toBe("publication*=UTF-8''review");
  });
});

describe('the page itself', () => {
  test('publication, title, byline and body stand in one article element', async () => {
    const { text } = await page({ 'salt.md': FULL }, '/the-evening-review/salt');
    const [main] = elementsOf(text).filter(({ tagName }) => tagName === 'article');
    expect(textOf(byClass(text, 'article-kicker'))).toBe('The Evening Review · World');
    expect(
      elementsOf(text)
        .filter(({ tagName }) => tagName === 'h1')
        .map(textOf),
    ).toEqual(['Of salt & </script><script>alert(1)</script>']);
    expect(textOf(byClass(text, 'article-byline'))).toBe(
      'By Ada Quill and Bo ReedMay 31, 2026Updated June 2, 20261 min read',
    );
    expect(textOf(byClass(text, 'article-body')).trim()).toBe('Body text.');
    expect(textOf(main)).toContain('Body text.');
    expect(parseErrors(text)).toEqual([]);
  });

  test('dates follow the site’s time zone and its manner of English', async () => {
    const site = 'language: en-GB\ntimeZone: Asia/Tokyo\n';
    const { text } = await page({ 'site.yaml': site, 'salt.md': FULL }, '/the-evening-review/salt');
    expect(textOf(byClass(text, 'article-byline'))).toContain('1 June 2026');
  });

  test.each([
    ['ar', 'rtl', 'بقلم Ada'],
    ['ur', 'rtl', 'By Ada'],
    ['he', 'rtl', 'By Ada'],
    ['zh-Hans', 'ltr', '作者：Ada'],
    ['de', 'ltr', 'Von Ada'],
    ['fr', 'ltr', 'Par Ada'],
    ['az-Arab', 'rtl', 'By Ada'],
  ])('an article in %s runs %s and is signed “%s”', async (language, direction, byline) => {
    const { text } = await page(
      { 'a.md': article('Text.', `language: ${language}\nauthor: Ada\n`) },
      '/review/a',
    );
    expect([attributeOf(elementsOf(text)[0], 'lang'), attributeOf(elementsOf(text)[0], 'dir')]).toEqual([
      language,
      direction,
    ]);
    expect(textOf(byClass(text, 'article-author'))).toBe(byline);
  });

  test('the colours and letters that the gate’s prompt takes over are set', async () => {
    const folder = open(await folderWith({ 'a.md': article() }));
    const address = /\/assets\/site\.[0-9a-f]+\.css/.exec((await ask(folder, '/')).text)?.[0] as string;
    const { text } = await ask(folder, address);
    for (const name of ['accent', 'font', 'heading-font', 'background', 'color'])
      expect(text).toContain(`--gatefold-${name}:`);
  });
});

describe('AMP', () => {
  test('has what AMP demands and nothing that it forbids', async () => {
    const body = 'Text.\n\n![A boat](boat.png)\n\n<video src="/v.mp4"></video>\n\n| a |\n|---|\n| b |\n';
    const { text } = await page({ 'a.md': article(body) }, '/review/a/amp');
    expect(text).toMatch(/^<!doctype html>\n<html amp(="")? /);
    expect(text).toContain('<script async src="https://cdn.ampproject.org/v0.js"></script>');
    expect(text).toMatch(/<style amp-boilerplate(="")?>body\{-webkit-animation:-amp-start/);
    expect(text).toMatch(/<style amp-custom(="")?>/);
    const names = elementsOf(text).map(({ tagName }) => tagName);
    expect(names).toContain('amp-img');
    expect(names).not.toContain('img');
    expect(names).not.toContain('video');
    expect(text).not.toContain('!important');
  });

  test('is named by the article’s page', async () => {
    const { text } = await page({ 'a.md': article() }, '/review/a');
    expect(text).toContain(`<link rel="amphtml" href="${SITE_URL}/review/a/amp"/>`);
  });
});

describe('cards', () => {
  test('show publication, minutes, section, title and the first 250 characters', async () => {
    const body = 'word '.repeat(400);
    const { text } = await page({ 'a.md': article(body, 'section: World\n') }, '/review');
    expect(textOf(byClass(text, 'card-kicker'))).toBe('review · 2 min read · World');
    expect(textOf(byClass(text, 'card-title'))).toBe('A title');
    expect(textOf(byClass(text, 'card-excerpt'))).toBe('word '.repeat(50));
  });

  test('show no more than the injected excerpt, whatever the page', async () => {
    const directory = await folderWith({
      'a.md': article('secret words here', 'section: World\ntags: [sea]\naccess: locked\n'),
    });
    const folder = open(directory, {
      excerptOf: ({ ownLevel }, text) => (ownLevel === 'locked' ? '' : text),
    });
    for (const address of ['/', '/review', '/review/section/world', '/tag/sea', '/absent']) {
      const { text } = await ask(folder, address);
      expect(text).toContain('A title');
      expect(text).not.toContain('secret');
    }
  });

  test('follow a change of what may be shown as soon as the pages are forgotten', async () => {
    let mayShow = true;
    const folder = open(await folderWith({ 'a.md': article('secret words') }), {
      excerptOf: (_article, text) => (mayShow ? text : ''),
    });
    expect((await ask(folder, '/')).text).toContain('secret');
    mayShow = false;
    folder.forgetPages();
    expect((await ask(folder, '/')).text).not.toContain('secret');
  });

  test('an article in another language is marked as such on its card', async () => {
    const { text } = await page({ 'a.md': article('نص', 'language: ar\n') }, '/');
    expect(attributeOf(byClass(text, 'card-title'), 'dir')).toBe('rtl');
    expect(attributeOf(byClass(text, 'card-excerpt'), 'lang')).toBe('ar');
  });
});
