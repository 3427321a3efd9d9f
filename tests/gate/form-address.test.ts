/** Which pages an address may be another form of. */
import { describe, expect, test } from '@jest/globals';
import { formPathsOf, pagesBehind } from '../../src/gate/form-address.ts';
import { isFormAddress, pageAddresses } from '../../src/gate/page-addresses.ts';

describe('another form of a page is known by its query', () => {
  test.each<[string, readonly string[]]>([
    ['/stories/x?format=txt', ['/stories/x']],
    ['/stories/x?_rsc=1abc&page=2', ['/stories/x?page=2', '/stories/x']],
    ['/?p=4&_format=json', ['/?p=4', '/']],
    ['/stories/x.txt?id=7', ['/stories/x?id=7', '/stories/x']],
  ])('%s may be a form of %j', (target, pages) => {
    expect(isFormAddress(target)).toBe(true);
    expect(pageAddresses(target).map((page) => page.target)).toEqual(expect.arrayContaining([...pages]));
  });

  test.each([
    '/stories/x',
    '/search?q=json',
    '/app.js?v=3',
    '/style.css?ver=6',
    '/?p=4',
    '/api/items?id=json',
  ])('%s says nothing of the kind', (target) => {
    expect(isFormAddress(target)).toBe(false);
  });

  test('the address itself is none of the pages that it may be a form of, and there are few of them', () => {
    expect(pageAddresses('/stories/x')).toEqual([]);
    expect(pageAddresses(`/stories/x.json?${'a=1&'.repeat(500)}`).length).toBeLessThanOrEqual(6);
  });
});

describe('another form of a page is known by its name', () => {
  test.each([
    ['/stories/x.json', '/stories/x'],
    ['/stories/x.html.json', '/stories/x'],
    ['/stories/x.md', '/stories/x'],
    ['/stories/x.PDF', '/stories/x'],
    ['/posts/x/index.json', '/posts/x'],
    ['/_next/data/build-1/stories/x.json', '/stories/x'],
    ['/page-data/stories/x/page-data.json', '/stories/x'],
    ['/stories/x/__data.json', '/stories/x'],
    ['/stories/x.html__data.json', '/stories/x'],
    ['/__data.json', '/'],
    ['/stories/x/_payload.json', '/stories/x'],
    ['/stories/x/q-data.json', '/stories/x'],
    ['/stories/x.data', '/stories/x'],
    ['/stories/x.rsc', '/stories/x'],
    ['/stories/x.segments/_tree.segment.rsc', '/stories/x'],
  ])('%s stands behind %s', (path, page) => {
    expect(pagesBehind(path)).toContain(page);
  });

  test.each(['/stories/x', '/api/items/3', '/app.js', '/photo.jpg', '/'])(
    '%s is a form of nothing else',
    (path) => {
      expect(pagesBehind(path)).toEqual([]);
    },
  );

  test('WordPress routes in the query are found as those in the path are', () => {
    expect(formPathsOf('/?rest_route=/wp/v2/posts/1', '/')).toContain('/wp-json/wp/v2/posts/1');
    expect(formPathsOf('/wp-json/wp/v2/posts/1?x=1', '/wp-json/wp/v2/posts/1')).toContain(
      '/wp-json/wp/v2/posts/1',
    );
  });

  test.each([
    'rest.route=/wp/v2/posts/1',
    'rest%20route=/wp/v2/posts/1',
    'rest+route=/wp/v2/posts/1',
    '+rest_route=/wp/v2/posts/1',
    'rest%5Broute=/wp/v2/posts/1',
    'rest_route%00x=/wp/v2/posts/1',
    'rest_route=/&rest_route=/wp/v2/posts/1',
    'rest_route=/wp/v2/posts/1&rest_route=/',
    'rest_route=%2Fwp%2Fv2%2Fposts%2F1',
    'rest_route=/WP/v2/Posts/1',
    'context=edit&rest_route=/wp/v2/posts/1',
  ])('so are those that PHP reads so: %s', (query) => {
    expect(formPathsOf(`/?${query}`, '/')).toContain('/wp-json/wp/v2/posts/1');
  });

  test.each(['rest_route[]=/wp/v2/posts/1', 'xrest_route=/wp/v2/posts/1', 'rest_route=wp/v2/posts/1'])(
    'and nothing else: %s',
    (query) => {
      expect(formPathsOf(`/?${query}`, '/')).toEqual(['/']);
    },
  );

  test('an address that asks for what editors get is a form like any other', () => {
    const path = '/wp-json/wp/v2/posts/1';
    for (const query of ['context=edit', 'context=edit&context=view', 'context[]=edit'])
      expect(formPathsOf(`${path}?${query}`, path)).toContain(path);
  });
});
