/** One article is one article under all its addresses, and two are never taken for one. */
import { describe, expect, test } from '@jest/globals';
import { articleIdOf, articlePathOf } from '../../src/article/article-id.ts';

const hosts = ['courier.example', 'origin.internal:8081'];
const idOf = (target: string, canonicalHref?: string): string =>
  articleIdOf({ target, canonicalHref, hosts });

describe('the canonical link', () => {
  test.each([
    ['/harbour/amp', '/harbour', '/harbour'],
    ['/harbour?print=1', 'https://courier.example/harbour', '/harbour'],
    ['/harbour?print=1', 'http://ORIGIN.internal:8081/harbour', '/harbour'],
    ['/harbour?print=1', '//courier.example/harbour', '/harbour'],
    ['/harbour/amp/', '../', '/harbour/'],
    ['/read?id=7&page=2', '/read?id=7', '/read?id=7'],
    ['/harbour?utm_source=x', '/harbour?utm_source=y#top', '/harbour'],
  ])('%s with %s is %s', (target, href, id) => expect(idOf(target, href)).toBe(id));

  test.each([
    ['the front page', '/'],
    ['the front page by its address', 'https://courier.example'],
    ['another site', 'https://elsewhere.example/harbour'],
    ['another port', 'https://courier.example:8443/harbour'],
    ['another scheme', 'javascript:alert(1)'],
    ['a file', 'file:///etc/harbour'],
    ['nonsense', 'https://['],
    ['the placeholder of relative links with a port', 'http://this-site.invalid:1/x'],
    ['nothing', ''],
    ['an endless address', `/${'x'.repeat(5000)}`],
  ])('to %s is passed over', (_, href) => expect(idOf('/harbour', href)).toBe('/harbour'));
});

describe('the address itself', () => {
  test('loses tracking parameters, and the order of the others makes no difference', () => {
    expect(idOf('/read?b=2&utm_source=mail&a=1&gclid=x&fbclid=y&mc_cid=z')).toBe('/read?a=1&b=2');
    expect(idOf('/read?a=1&b=2')).toBe('/read?a=1&b=2');
    expect(idOf('/harbour?utm_source=mail&')).toBe('/harbour');
  });

  test('keeps parameters that only look like tracking', () => {
    expect(idOf('/read?utm=1&my_gclid=2')).toBe('/read?my_gclid=2&utm=1');
    for (const own of ['ref=home', 'source=rss', 'cid=4', 'id=7', 'p=12', 'page=2', 'utm_=1', 'trk=a'])
      expect(idOf(`/read?${own}`)).toBe(`/read?${own}`);
  });

  // As links look when they come out of each of these today.
  test.each([
    'utm_source=news&utm_medium=email&utm_campaign=a&utm_id=1&utm_source_platform=x',
    'gad_source=1&gad_campaignid=219&gbraid=0AAAA&gclid=Cj0K',
    'fbclid=IwAR1&mibextid=Zxz2cZ',
    'igsh=MzRlODBiNWFlZA%3D%3D',
    'msclkid=5f0b',
    'twclid=2-1&ref_src=twsrc%5Etfw',
    'ttclid=E.C.P',
    'li_fat_id=9e1c',
    'ScCid=0a1b',
    'rdt_cid=54',
    'epik=dj0y',
    '_hsenc=p2ANq&_hsmi=291&hsCtaTracking=a%7Cb',
    'mc_cid=1&mc_eid=2',
    '_kx=abc.def',
    'mkt_tok=MTIz',
    '_bhlid=77',
    'yclid=1&ysclid=lq',
    'mtm_campaign=a&pk_kwd=b&piwik_campaign=c',
    'GCLID=upper&UTM_Source=case',
    'utm%5Fsource=encoded',
  ])('%s makes no other article', (query) => {
    expect(idOf(`/harbour?${query}`)).toBe('/harbour');
    expect(idOf(`/read?id=7&${query}`)).toBe('/read?id=7');
  });

  test('the path of an id is its path', () => {
    expect(articlePathOf(articleIdOf({ target: '/read?id=7', hosts }))).toBe('/read');
  });
});
