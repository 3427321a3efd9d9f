/** Which pages an address may be another form of. */
import { describe, expect, test } from '@jest/globals';
import { formPathOf, pagesBehind } from '../../src/gate/form-address.ts';

describe('another form of a page is known by its name', () => {
  test.each([
    ['/stories/x.json', '/stories/x'],
    ['/stories/x.html.json', '/stories/x'],
    ['/stories/x.md', '/stories/x'],
    ['/stories/x.PDF', '/stories/x'],
    ['/posts/x/index.json', '/posts/x'],
    ['/_next/data/build-1/stories/x.json', '/stories/x'],
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
    expect(formPathOf('/?rest_route=/wp/v2/posts/1', '/')).toBe('/wp-json/wp/v2/posts/1');
    expect(formPathOf('/wp-json/wp/v2/posts/1?x=1', '/wp-json/wp/v2/posts/1')).toBe('/wp-json/wp/v2/posts/1');
  });

  test('what an editor saves again is not cut on its way to the editor', () => {
    expect(formPathOf('/wp-json/wp/v2/posts/1?context=edit', '/wp-json/wp/v2/posts/1')).toBeUndefined();
  });
});
