/** What an answer teaches holds for its address with its query. */
import { describe, expect, test } from '@jest/globals';
import { createLessons } from '../../src/gate/lessons.ts';

const at = (target: string) => ({ target, path: target.split('?', 1)[0] ?? '/' });
const page = (target: string) => ({ ...at(target), accept: 'text/html' });
const answer = { method: 'GET', anonymous: true, status: 200 } as const;

describe('that an article stands somewhere', () => {
  test('holds for its address, however its query is ordered and tracked, and for no other query', () => {
    const lessons = createLessons();
    lessons.learn({ ...answer, question: page('/read?id=7&part=1'), kind: 'article' });
    expect(lessons.isArticle(at('/read?part=1&id=7&utm_source=x'))).toBe(true);
    expect(lessons.isArticle(at('/read?id=8&part=1'))).toBe(false);
    expect(lessons.isArticle(at('/read'))).toBe(false);
  });

  test('makes every other query of its path one to look at', () => {
    const lessons = createLessons();
    expect(lessons.isNearArticle(at('/?robots=1'))).toBe(false);
    lessons.learn({ ...answer, question: page('/?feed=rss2'), kind: 'feed' });
    expect(lessons.isNearArticle(at('/?robots=1'))).toBe(true);
    expect(lessons.isNearArticle(at('/elsewhere'))).toBe(false);
  });

  test('ends when the address gives a plain page', () => {
    const lessons = createLessons();
    lessons.learn({ ...answer, question: page('/a'), kind: 'article' });
    lessons.learn({ ...answer, question: page('/a'), kind: 'plain' });
    expect(lessons.isArticle(at('/a'))).toBe(false);
  });
});

describe('that none does', () => {
  test('is learnt from a page, and not from a redirect, which may lead to one', () => {
    const lessons = createLessons();
    lessons.learn({ ...answer, question: page('/?p=4'), kind: 'redirect', status: 301 });
    expect(lessons.isPlain(at('/?p=4'))).toBe(false);
    expect(lessons.isForEachAlone(page('/?p=4'))).toBe(true);
    lessons.learn({ ...answer, question: page('/?p=5'), kind: 'plain' });
    expect(lessons.isPlain(at('/?p=5'))).toBe(true);
  });
});
