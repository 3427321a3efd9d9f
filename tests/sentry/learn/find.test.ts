/** Which sitemaps, links and addresses are followed, and which lead nowhere or without end. */
import { describe, expect, test } from '@jest/globals';
import { linksIn } from '../../../src/sentry/learn/page-links.ts';
import { sitemapsIn } from '../../../src/sentry/learn/robots.ts';
import { learnableTarget, type Site } from '../../../src/sentry/learn/site-address.ts';

test('robots.txt names sitemaps in any spelling, wherever they stand in it', () => {
  const robots = `User-agent: *\r\nDisallow: /\r\nSitemap: https://example.com/a.xml\r\n  sitemap:/b.xml # the other\n#Sitemap: /no.xml\nSITEMAP :\t/c.xml.gz`;
  expect(sitemapsIn(robots)).toEqual(['https://example.com/a.xml', '/b.xml', '/c.xml.gz']);
});

test('a page’s links, the next page of its list and its feeds are told apart', () => {
  const html = `<!doctype html><base href="/in/"><link rel="alternate" type="application/rss+xml" href="feed">
<link rel="alternate" hreflang="de" href="/de/"><link rel="alternate" type="application/json" href="/wp-json/1">
<link rel="next" href="?page=2"><a href="a">A</a><a rel="nofollow next" href="/page/2">older</a><a href="#top">top</a><a>none</a>
<area href="/map"><script>'<a href="/script">'</script>`;
  expect(linksIn(html)).toEqual({
    links: ['a', '/map'],
    next: ['?page=2', '/page/2'],
    feeds: ['feed'],
    base: '/in/',
  });
});

describe('an address of the site', () => {
  const site: Site = {
    hosts: ['example.com', 'origin.internal:8080'],
    isLeftOut: (path) => path.startsWith('/-/') || path === '/ticker',
    isArticlePath: (path) => path.startsWith('/news/'),
  };
  const found = (href: string, base = '/section/', foundIn: 'list' | 'page' = 'page') =>
    learnableTarget(href, base, site, foundIn);

  test.each([
    ['/a', '/a'],
    ['b', '/section/b'],
    ['?page=2', '/section/?page=2'],
    ['https://example.com/%61//b/../c?utm_source=x#y', '/a/c'],
    ['http://origin.internal:8080/d', '/d'],
    ['//example.com/e', '/e'],
    ['/?p=4', '/?p=4'],
    ['/index.php?id=4&gclid=1', '/index.php?id=4'],
    ['/story?id=12', '/story?id=12'],
    ['/café', '/caf%C3%A9'],
    ['/news/a.pdf?x=y', '/news/a.pdf?x=y'],
  ])('%s is %s', (href, target) => expect(found(href)).toBe(target));

  test.each([
    'https://elsewhere.example/a',
    'mailto:a@example.com',
    'javascript:alert(1)',
    '/-/account',
    '/ticker',
    '/picture.JPG',
    '/style.css?v=3',
    '/a?sort=up&page=3',
    '/?s=word',
    '/?p=4&replytocom=3#respond',
    '/a%2Fb',
    `/${'a'.repeat(2000)}`,
    '',
  ])('%s isn’t followed', (href) => expect(found(href)).toBeUndefined());

  test('a list may name what no link would be followed to', () => {
    expect(found('/download.pdf', '/sitemap.xml', 'list')).toBe('/download.pdf');
    expect(found('/search?q=a', '/sitemap.xml', 'list')).toBe('/search?q=a');
    expect(found('https://elsewhere.example/', '/sitemap.xml', 'list')).toBeUndefined();
  });
});
