/** Addresses that are forms of an article, by the policy's patterns. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addressPatternFault, compileForms } from '../../src/policy/address-pattern.ts';

const behind = (target: string, ...forms: readonly (readonly [path: string, article?: string])[]) =>
  compileForms(forms.map(([path, article = '{article}']) => ({ path, article })))(
    target,
    target.split('?', 1)[0] ?? '',
  );

describe('a form names the article behind its address', () => {
  test.each([
    ['/api/news/a', '/api{article}', undefined, '/news/a'],
    ['/api/news/a', '/api/{article}', undefined, '/news/a'],
    ['/news/a.json', '{article}.json', undefined, '/news/a'],
    ['/v2/stories/a-b.json', '/v2/stories/{article}.json', '/news/{article}', '/news/a-b'],
    ['/v2/stories/a/b', '/v2/stories/{article}', '/news/{article}/', '/news/a/b/'],
    ['/read?page=%2Fnews%2Fa&x=1', '/read?page={article}&x=1', undefined, '/news/a'],
    ['/read?page=news/a', '/read?page={article}', undefined, '/news/a'],
  ])('%s by %s', (target, path, article, expected) => {
    expect(behind(target, [path, ...(article === undefined ? [] : [article])] as [string])).toBe(expected);
  });

  test('and none where nothing stands in its place, or the rest differs', () => {
    for (const target of ['/api', '/apinews', '/other/a', '/api/'])
      expect(behind(target, ['/api/{article}'])).toBeUndefined();
    expect(behind('/api/a.txt', ['/api/{article}.json'])).toBeUndefined();
    expect(behind('/ab', ['/ab{article}b'])).toBeUndefined();
  });

  test('a pattern without a question mark sees the path alone', () => {
    expect(behind('/api/news/a?b=1', ['/api{article}'])).toBe('/news/a');
  });

  test('the first that holds counts, and one that can’t be decoded doesn’t', () => {
    expect(behind('/api/x/a', ['/api/x/{article}', '/one/{article}'], ['/api/{article}'])).toBe('/one/a');
    expect(behind('/read?page=%ff', ['/read?page={article}'])).toBeUndefined();
  });
});

describe('a pattern that can’t be used is told of, with one that can', () => {
  test.each(['/api/stories', '/{article}/{article}', 'api/{article}', 'https://example.com/{article}'])(
    '%s',
    (pattern) => {
      const fault = addressPatternFault(pattern);
      expect(fault?.message).toBeTruthy();
    },
  );

  test.each(['/a b/{article}', '/{section}/{article}', '/*/{article}', '/{article}#top'])('%s', (pattern) => {
    expect(addressPatternFault(pattern)?.message).toMatch(/can't be used/);
  });

  test.each(['/api{article}', '{article}.json', '/read?page={article}'])('but not of %s', (pattern) => {
    expect(addressPatternFault(pattern)).toBeUndefined();
  });
});

test('what a form finds is always an address, and is what was put in', () => {
  fc.assert(
    fc.property(
      fc.webPath().filter((path) => path.length > 1),
      (path) => {
        expect(behind(`/api${path}`, ['/api{article}'])).toBe(path);
      },
    ),
  );
});
