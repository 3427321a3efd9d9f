/** Where a slug's article may stand, by the globs of articles' paths. */
import { describe, expect, test } from '@jest/globals';
import { compileSlugAddresses } from '../../src/policy/slug-address.ts';

describe('a slug is put', () => {
  test.each([
    ['/news/*', ['/news/tide']],
    ['/news/**', ['/news/tide']],
    ['/*', ['/tide']],
    ['/**', ['/tide']],
    ['/news/*/', ['/news/tide/']],
    ['/news/*.html', ['/news/tide.html']],
    ['/{news,blog}/*', ['/news/tide', '/blog/tide']],
    ['/read-*', ['/read-tide']],
    ['/news/*/*', []],
    ['/**/news/*', []],
    ['/[0-9]/*', []],
    ['/news/?/*', []],
    ['/news/tide', []],
    ['', []],
    ['/{a,b,c}/{a,b,c}/{a,b,c}/*', []],
  ])('into %s: %j', (glob, addresses) => {
    expect(compileSlugAddresses([glob])('tide')).toEqual(addresses);
  });

  test.each(['', '../x', 'a/b', 'a?b', 'a b', '%2e', 'x'.repeat(301), 'javascript:x'])(
    'never if it is %j',
    (slug) => {
      expect(compileSlugAddresses(['/news/*'])(slug)).toEqual([]);
    },
  );

  test('at eight places at most', () => {
    const globs = Array.from({ length: 1000 }, (_, at) => `/p${at}/*`);
    expect(compileSlugAddresses(globs)('tide')).toHaveLength(8);
  });
});
