/** A feed is known by what it is, not by what it is called. */
import { describe, expect, test } from '@jest/globals';
import { feedTextIn } from '../../src/gate/feed-text.ts';

describe('a feed', () => {
  test.each([
    ['RSS', '<rss version="2.0"><channel/></rss>'],
    ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom"/>'],
    ['RSS 1.0', '<rdf:RDF xmlns:rdf="x"><item/></rdf:RDF>'],
    ['a numbered prefix', '<ns0:feed xmlns:ns0="http://www.w3.org/2005/Atom"></ns0:feed>'],
    ['a prefix with signs', '<a-b.c_1:rss xmlns:a-b.c_1="x"></a-b.c_1:rss>'],
    ['after a declaration and a mark', '\ufeff<?xml version="1.0"?>\n<rss\n version="2.0">'],
    [
      'after a style and a long comment',
      `<?xml-stylesheet href="x"?><!-- ${'<rss> '.repeat(9_000)}--> <feed>`,
    ],
    [
      'after a document type',
      '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x"><rss version="0.91">',
    ],
  ])('%s is one of XML', (_what, text) => {
    expect(feedTextIn(text, false)).toBe('xml');
  });

  test('JSON that names the version is one, wherever it stands', () => {
    const text = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [] });
    expect(feedTextIn(text, false)).toBe('json');
    expect(feedTextIn(text.replaceAll('/', '\\/'), false)).toBe('json');
  });

  test('JSON with items is one where it is called one', () => {
    expect(feedTextIn('{"title":"x","items":[]}', true)).toBe('json');
    expect(feedTextIn('{"title":"x","items":[]}', false)).toBeUndefined();
    expect(feedTextIn('{"version":"1.2.3"}', true)).toBeUndefined();
  });

  test.each([
    ['a page', '<!doctype html><html><body><rss>'],
    ['a page that speaks of feeds', '<html><p>&lt;rss&gt; <feed></html>'],
    ['a sitemap', '<?xml version="1.0"?><urlset><url/></urlset>'],
    ['a longer name', '<feeds/>'],
    ['a text', 'rss'],
    ['nothing', ''],
    ['a comment that never ends', '<!-- <rss>'],
  ])('%s is none', (_what, text) => {
    expect(feedTextIn(text, true)).toBeUndefined();
  });
});
