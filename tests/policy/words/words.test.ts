import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { windowAt } from '../../../src/meter/window.ts';
import { loadPolicy } from '../../../src/policy/load-policy.ts';
import { createMatcher } from '../../../src/policy/match.ts';
import type { Policy, WindowRule } from '../../../src/policy/policy.ts';
import { conditionsInWords } from '../../../src/policy/words/conditions-in-words.ts';
import { cutoffInWords } from '../../../src/policy/words/cutoff-in-words.ts';
import { describeChanges } from '../../../src/policy/words/describe-changes.ts';
import { matchCounts, shadowedRules } from '../../../src/policy/words/rule-shadows.ts';
import { termsInWords } from '../../../src/policy/words/terms-in-words.ts';
import { windowNowInWords } from '../../../src/policy/words/window-in-words.ts';
import { anArticle } from '../arbitrary-policies.ts';
import { policyTexts } from '../edit/arbitrary-texts.ts';

const load = (text: string): Policy => {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (loaded.kind !== 'ok') throw new Error(JSON.stringify(loaded.faults));
  return loaded.policy;
};

const wordsOf = (before: string, after: string): readonly string[] =>
  describeChanges(load(before), load(after)).map(({ words }) => words);

describe('what changed', () => {
  const two = (...names: string[]) =>
    `rules:\n${names.map((name) => `  - { name: ${name}, access: locked, when: { tag: ${name} } }`).join('\n')}`;

  test.each<[string, string, readonly string[]]>([
    [
      '{}',
      'meters: { main: { visitor: 1 } }',
      ['Meter main: a visitor gets 1 free read a month instead of 3'],
    ],
    [two('lamplight', 'tidewater'), two('tidewater', 'lamplight'), ['Rule tidewater moved above lamplight']],
    [two('a', 'b', 'c', 'd'), two('d', 'a', 'b', 'c'), ['Rule d moved above a']],
    [
      two('x'),
      'rules: [{ name: x, access: registered, when: { tag: x } }]',
      ['Rule x: now asks for an account instead of a subscription'],
    ],
    ['{}', 'messages: { en: { line: Pay } }', ['Message line (en) changed: “Pay”']],
    [
      'plans: [{ id: p, name: P, products: all, price: a }]',
      'plans: [{ id: p, name: P, products: all, price: b, promotionCodes: true }]',
      [
        'Plan p, Stripe’s price: now “b” instead of “a”',
        'Plan p, taking promotion codes: now on instead of off',
      ],
    ],
    [
      '{}',
      'rules: [{ name: x, access: locked, when: { tag: t } }]',
      [
        'New rule x below all others: articles tagged t: subscribers to All articles; previews end after 2,000 characters',
      ],
    ],
    ['billing: { graceDays: 3 }', '{}', ['Days of access after a payment failed: now 7 instead of 3']],
    ['{}', 'plans: [{ id: p, name: P, products: all }]', ['New plan p: “P”, what it opens: “all”']],
    [
      `cutoff: { words: 5 }\notherwise: { cutoff: { words: 1 } }\n${two('a', 'b', 'c', 'd', 'e')}`,
      `cutoff: { words: 6 }\notherwise: { cutoff: { words: 1 } }\n${two('a', 'b', 'c', 'd', 'e')}`,
      ['Rules a, b, c and 2 others: previews now end after 6 words instead of after 5 words'],
    ],
  ])('%s becomes %s', (before, after, words) => {
    expect(wordsOf(before, after)).toEqual(words);
  });

  test('is said of any two policies that differ, and nothing of two that don’t', () => {
    fc.assert(
      fc.property(policyTexts, policyTexts, (one, other) => {
        const [before, after] = [load(one), load(other)];
        expect(describeChanges(before, load(one))).toEqual([]);
        const changes = describeChanges(before, after);
        expect(changes.length > 0).toBe(before.version !== after.version);
        expect(changes.map(({ words }) => words).join()).not.toMatch(/undefined|\[object|NaN/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('in plain sentences', () => {
  const publications = [{ id: 'tide', name: 'The Tidewater Review', paths: [] }];

  test.each([
    [{}, 'all articles'],
    [{ olderThanDays: 30 }, 'articles older than 30 days'],
    [
      { publication: ['tide'], section: ['Food'], olderThanDays: 30 },
      'articles of The Tidewater Review in section Food, older than 30 days',
    ],
    [{ tag: ['a', 'b', 'c'], language: ['en'] }, 'articles tagged a, b or c in English (en)'],
    [{ level: ['open' as const], newerThanDays: 1 }, 'articles that call themselves open, newer than 1 day'],
  ])('conditions %j', (when, words) => {
    expect(conditionsInWords(when, publications)).toBe(words);
  });

  test.each([
    ['{ characters: 2000 }', 'after 2,000 characters'],
    ['{ words: 1, ending: sentence }', 'after 1 word, at the end of a sentence'],
    ['{ percent: 12.5 }', 'after 12.5% of the article'],
    ['{ characters: 0 }', 'before the first character'],
    ['{ words: 90, atMost: 30% }', 'after 90 words, or 30% of a shorter article'],
    [
      '{ words: 90, atMost: 100, ending: word }',
      'after 90 words, all of a shorter article included, at the end of a word',
    ],
    ['{ percent: 80, atMost: 50 }', 'after 80% of the article, or 50% of a shorter article'],
    [
      '{ marker: more, otherwise: { paragraphs: 2 } }',
      'at the mark “more”, or without it after 2 paragraphs',
    ],
  ])('the cutoff %s', (cutoff, words) => {
    expect(cutoffInWords(load(`cutoff: ${cutoff}`).otherwise.cutoff)).toBe(words);
  });

  test.each([
    ['open', 'everyone reads them'],
    ['registered', 'readers with an account'],
    ['locked', 'subscribers to All articles'],
    [
      'metered',
      '3 free reads a month from the meter main, 5 with an account; then subscribers to All articles',
    ],
    [
      'own-or-open',
      'where an article doesn’t say its own level: everyone reads them; otherwise what it says, counted by the meter main if metered, opened to subscribers to All articles',
    ],
  ])('what access %s gives', (access, words) => {
    const policy = load(`otherwise: { access: ${access} }`);
    expect(termsInWords(policy.otherwise, policy)).toBe(words);
  });

  test.each<[WindowRule, string]>([
    [{ kind: 'month' }, 'this month: 1 to 30 November 2026, Europe/London'],
    [{ kind: 'week' }, 'this week: 23 to 29 November 2026, Europe/London'],
    [{ kind: 'day' }, 'today: 24 November 2026, Europe/London'],
    [{ kind: 'rolling', days: 30 }, 'the last 30 days: reads since 25 October 2026 count, Europe/London'],
  ])('the dates that %j means now', (window, words) => {
    const [zone, now] = ['Europe/London', Date.UTC(2026, 10, 24, 12)];
    expect(windowNowInWords(window, windowAt(window, zone, now), zone, now)).toBe(words);
  });
});

describe('for the list of rules', () => {
  const policy = load(
    'rules:\n  - { name: a, access: open, when: { tag: [x, y] } }\n  - { name: b, access: locked, when: { tag: X } }\n  - { name: c, access: locked, when: { section: s } }',
  );

  test('a rule that can never apply is named with the one above it', () => {
    expect(shadowedRules(policy)).toEqual([{ rule: 'b', by: 'a' }]);
  });

  test('each rule’s views are counted, also where there are none', () => {
    const articles = [
      { article: anArticle({ tags: ['x'] }), views: 5 },
      { article: anArticle({ tags: ['y'] }) },
      { article: anArticle({ section: 's' }), views: 2 },
      { article: anArticle({}) },
    ];
    expect([...matchCounts(articles, policy, createMatcher(policy), 0)]).toEqual([
      ['a', 6],
      ['b', 0],
      ['c', 2],
      ['otherwise', 1],
    ]);
  });
});
