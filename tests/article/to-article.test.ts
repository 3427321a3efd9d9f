/** The article that rules see: the origin's header before the page, the policy's publications before plain names. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseArticleHeader } from '../../src/article/article-header.ts';
import { readPage } from '../../src/article/read-page.ts';
import { toArticle } from '../../src/article/to-article.ts';

describe('the Gatefold-Article header', () => {
  const claimsOf = (value: string) => {
    const header = parseArticleHeader(value);
    return header?.kind === 'article' ? header.claims : header?.kind;
  };

  test('states what it states', () => {
    expect(
      claimsOf(
        'level=metered; publication=tidewater; section="World; Sea"; tags="a, b"; authors="A. Tern"; title="The \\"harbour\\""; language=en-gb; published=2026-03-01',
      ),
    ).toEqual({
      level: 'metered',
      publication: 'tidewater',
      section: 'World; Sea',
      tags: ['a', 'b'],
      authors: ['A. Tern'],
      title: 'The "harbour"',
      language: 'en-GB',
      publishedAt: Date.UTC(2026, 2, 1),
    });
  });

  test('reads UTF-8 however it arrives', () => {
    expect(claimsOf(`title="${Buffer.from('渔船').toString('latin1')}"`)).toEqual({ title: '渔船' });
    expect(claimsOf("title*=UTF-8''%E6%B8%94")).toEqual({ title: '渔' });
    expect(claimsOf('title="caf\xe9"')).toEqual({ title: 'café' });
  });

  test('one fault loses one fact', () => {
    expect(claimsOf('level=gold;; =x; section="Sea" junk; tags=; "; publication=a')).toMatchObject({
      section: 'Sea',
    });
    expect(claimsOf(';;level = locked ;')).toEqual({ level: 'locked' });
    expect(claimsOf('')).toEqual({});
  });

  test('none says that there is no article, and its absence says nothing', () => {
    expect(claimsOf('none')).toBe('none');
    expect(parseArticleHeader(undefined)).toBeUndefined();
  });

  test('any text can be parsed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (value) => void parseArticleHeader(value)));
    expect(() => parseArticleHeader('a="\\'.repeat(50_000))).not.toThrow();
  });
});

describe('the article', () => {
  const publications = [
    { id: 'tidewater', name: 'Tidewater Review', covers: (path: string) => path.startsWith('/tw/') },
    { id: 'courier', name: 'The Courier', covers: (path: string) => path.startsWith('/news/') },
  ];
  const articleOf = (head: string, target: string, claims = {}) =>
    toArticle({
      address: { target, hosts: ['courier.example'] },
      reading: readPage(`<html lang="en"><head>${head}</head></html>`, { path: target, siteLanguage: 'en' }),
      publications,
      claims,
    });

  test('takes its id and path from the canonical link', () => {
    expect(
      articleOf('<link rel=canonical href="/news/harbour"><title>Harbour</title>', '/news/harbour/amp?x=1'),
    ).toMatchObject({
      id: '/news/harbour',
      path: '/news/harbour',
      title: 'Harbour',
      publication: 'courier',
      tags: [],
      authors: [],
      language: 'en',
    });
  });

  test('names its publication by the header, then the page, then the path', () => {
    const named = '<meta property="og:site_name" content="tidewater review">';
    expect(articleOf(named, '/news/a', { publication: 'courier' }).publication).toBe('courier');
    expect(articleOf(named, '/news/a').publication).toBe('tidewater');
    expect(articleOf('<meta property="og:site_name" content="Reading Site">', '/tw/a').publication).toBe(
      'tidewater',
    );
    expect(articleOf('<meta property="og:site_name" content="Reading Site">', '/a').publication).toBe(
      'Reading Site',
    );
    expect(articleOf('', '/a').publication).toBe('');
  });

  test('what the header states comes before what the page says', () => {
    const head =
      '<title>Page</title><meta property="article:content_tier" content="free"><meta property="article:tag" content="x">';
    expect(articleOf(head, '/a', { level: 'locked', title: 'Header', tags: ['y'] })).toMatchObject({
      title: 'Header',
      ownLevel: 'locked',
      tags: ['y'],
    });
    expect(articleOf(head, '/a')).toMatchObject({ title: 'Page', ownLevel: 'open', tags: ['x'] });
    expect(articleOf('', '/a')).not.toHaveProperty('ownLevel');
  });
});
