/** Which addresses are numbered like the further pages of an article. */
import { describe, expect, test } from '@jest/globals';
import { firstPages } from '../../src/gate/page-numbers.ts';

const firstOf = (target: string, sure: boolean): readonly string[] =>
  firstPages(target)
    .filter((page) => page.sure === sure)
    .map((page) => page.target);

describe('a further page of an article is numbered', () => {
  test.each([
    ['/news/long/2/', '/news/long/'],
    ['/news/long/2', '/news/long'],
    ['/news/long/page/3/', '/news/long/'],
    ['/news/long/page-3', '/news/long'],
    ['/news/long/comment-page-1/', '/news/long/'],
    ['/news/long/seite-2', '/news/long'],
    ['/news/long/2.html', '/news/long.html'],
    ['/news/long?page=2', '/news/long'],
    ['/news/long?id=7&page=2', '/news/long?id=7'],
    ['/?p=4&paged=2', '/?p=4'],
  ])('%s may be one of %s', (target, first) => {
    expect(firstOf(target, true)).toContain(first);
  });

  test.each([
    ['/news/letters-2', '/news/letters'],
    ['/news/letters_p2.html', '/news/letters.html'],
    ['/read?story=2', '/read'],
  ])('%s may be one of %s, and just as well something else', (target, first) => {
    expect(firstOf(target, true)).toEqual([]);
    expect(firstOf(target, false)).toContain(first);
  });

  test.each([
    '/',
    '/2/',
    '/page/2/',
    '/2024/',
    '/2024/05/',
    '/news/story',
    '/news/1984/',
    '/?q=two',
    '/a/b/0',
  ])('%s is none', (target) => {
    expect(firstPages(target)).toEqual([]);
  });

  test('an address of many numbers has few first pages', () => {
    expect(firstPages(`/a/2?${Array.from({ length: 400 }, (_, at) => `n${at}=2`).join('&')}`).length).toBe(4);
  });
});
