import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Article } from '../../src/article/article.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { createMatcher } from '../../src/policy/match.ts';
import type { Conditions, Policy, RuleId } from '../../src/policy/policy.ts';
import { formatFault, type WarningCode, warningCodes } from '../../src/policy/policy-fault.ts';
import { covers } from '../../src/policy/shadowed.ts';
import { anArticle, articles, conditions } from './arbitrary-policies.ts';

const warningsOf = (text: string) => {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (loaded.kind !== 'ok') throw new Error(loaded.faults.map(formatFault).join('\n'));
  return loaded.warnings;
};

const rules = (...lines: string[]) =>
  `rules:\n${lines.map((line) => `  - { access: open, ${line} }`).join('\n')}\n`;

const cases: readonly (readonly [what: string, text: string, code: WarningCode, line: number])[] = [
  [
    'a rule after one without conditions',
    rules('name: all', 'name: b, when: { tag: x }'),
    'rule-never-matches',
    3,
  ],
  [
    'a rule whose tags an earlier rule has too',
    rules('name: a, when: { tag: [x, y] }', 'name: b, when: { tag: Y, section: S }'),
    'rule-never-matches',
    3,
  ],
  [
    'a folder in a folder',
    rules('name: a, when: { path: /news/** }', 'name: b, when: { path: /news/food/* }'),
    'rule-never-matches',
    3,
  ],
  [
    'a language within a language',
    rules('name: a, when: { language: en }', 'name: b, when: { language: [en-GB, en-US] }'),
    'rule-never-matches',
    3,
  ],
  [
    'an age within an age',
    rules('name: a, when: { olderThanDays: 7 }', 'name: b, when: { olderThanDays: 30, newerThanDays: 60 }'),
    'rule-never-matches',
    3,
  ],
  [
    'an otherwise after a rule for all',
    `${rules('name: a')}otherwise: { access: locked }`,
    'otherwise-never-applies',
    3,
  ],
  [
    'a meter that nothing uses',
    'meters: { a: {}, b: {} }\notherwise: { access: metered, meter: a }',
    'meter-unused',
    1,
  ],
  ['a meter that is off', 'meters: { main: { on: false } }\notherwise: { access: metered }', 'meter-off', 2],
  [
    'a meter on a rule that counts nothing',
    'otherwise:\n  access: locked\n  meter: main',
    'meter-ignored',
    3,
  ],
  [
    'fewer free reads for those who register',
    'meters: { main: { visitor: 6 } }',
    'registering-costs-reads',
    1,
  ],
  [
    'a product that no plan sells',
    'products: [{ id: a, name: A }, { id: b, name: B }]\nplans: [{ id: p, name: P, products: a }]\notherwise: { products: [a, b] }',
    'product-unsold',
    1,
  ],
  [
    'a product that opens nothing',
    'products: [{ id: a, name: A }, { id: b, name: B }]\notherwise: { products: [a] }',
    'product-opens-nothing',
    1,
  ],
  ['articles that can’t be recognised', 'articles:\n  metadata: false', 'articles-unfindable', 2],
  [
    'bodies that can’t be found',
    'articles: { metadata: false, paths: /a/**, body: [] }',
    'body-unfindable',
    1,
  ],
  [
    'a path that is an article and ignored',
    'articles: { paths: /a/**, ignore: /a/** }',
    'article-path-ignored',
    1,
  ],
  ['a probe that nearly everybody is asked about', 'staff:\n  probe: /desk/me', 'staff-cookies-unnamed', 2],
];

describe('a usable policy is warned of', () => {
  test.each(cases)('%s', (_what, text, code, line) => {
    expect(warningsOf(text).map((warning) => `${warning.line} ${warning.code}`)).toContain(`${line} ${code}`);
  });

  test('every kind of warning has an example', () => {
    expect([...new Set(cases.map(([, , code]) => code))].sort()).toEqual([...warningCodes].sort());
  });
});

describe('nothing is said of', () => {
  test.each([
    ['the defaults', '{}'],
    [
      'an earlier rule that asks for more',
      rules('name: a, when: { tag: x, section: S }', 'name: b, when: { tag: x }'),
    ],
    ['another tag', rules('name: a, when: { tag: x }', 'name: b, when: { tag: [x, y] }')],
    [
      'a folder whose name only begins alike',
      rules('name: a, when: { path: /news/** }', 'name: b, when: { path: /newsroom/** }'),
    ],
    [
      'a single level of a folder',
      rules('name: a, when: { path: /news/* }', 'name: b, when: { path: /news/** }'),
    ],
    ['a probe of WordPress’s or Ghost’s', 'staff: { probe: [/blog/wp-admin/edit.php, ghost] }'],
    ['a probe whose cookies are named', 'staff: { probe: /desk/me, cookies: desk }'],
    ['products before there are plans', 'products: [{ id: a, name: A }]'],
    ['a meter used only where articles say metered', 'otherwise: { access: own-or-locked }'],
  ])('%s', (_what, text) => {
    expect(warningsOf(text)).toEqual([]);
  });
});

test('a rule said never to match never does', () => {
  fc.assert(
    fc.property(
      conditions,
      conditions,
      articles,
      fc.integer({ min: 0, max: 100 }),
      (wide, narrow, article, days) => {
        fc.pre(covers(wide, narrow));
        const now = days * 86_400_000;
        if (holds(narrow, article, now)) expect(holds(wide, article, now)).toBe(true);
      },
    ),
    { numRuns: 2000, maxSkipsPerRun: 10_000 },
  );
});

const base = loadPolicy('{}', 'policy.yaml');
const template: Policy = base.kind === 'ok' ? base.policy : (undefined as never);

const holds = (when: Conditions, article: Article, now: number): boolean =>
  createMatcher({ ...template, rules: [{ id: 'only' as RuleId, when, ...template.otherwise }] }).whyNot(
    'only' as RuleId,
    article,
    now,
  ) === undefined;

test('the article of the tests is one', () => {
  expect(anArticle({}).path).toBe('/news/a');
});
