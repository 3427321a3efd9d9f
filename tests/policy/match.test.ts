import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { createMatcher, type Matcher } from '../../src/policy/match.ts';
import type { Policy, Rule, RuleId } from '../../src/policy/policy.ts';
import { formatFault } from '../../src/policy/policy-fault.ts';
import { anArticle, articles, conditions, dayMs } from './arbitrary-policies.ts';

const policyOf = (text: string): Policy => {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (loaded.kind !== 'ok') throw new Error(loaded.faults.map(formatFault).join('\n'));
  return loaded.policy;
};

const matcherOf = (text: string): Matcher => createMatcher(policyOf(text));
const ruleNamed = (name: string) => name as RuleId;

describe('for any policy, article and moment', () => {
  const template = policyOf('{}');
  const policies = fc.array(conditions, { maxLength: 6 }).map(
    (all): Policy => ({
      ...template,
      rules: all.map((when, index): Rule => ({ id: ruleNamed(`r${index}`), when, ...template.otherwise })),
    }),
  );
  const moments = fc.integer({ min: 0, max: 120 * 24 }).map((hours) => hours * (dayMs / 24));

  test('the match is the first rule that explain has nothing against', () => {
    fc.assert(
      fc.property(policies, articles, moments, (policy, article, now) => {
        const matcher = createMatcher(policy);
        const expected =
          policy.rules.find(({ id }) => matcher.whyNot(id, article, now) === undefined)?.id ?? 'otherwise';
        expect(matcher.match(article, now).rule).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('the match stays the same until validUntil', () => {
    fc.assert(
      fc.property(policies, articles, moments, fc.nat(999), (policy, article, now, share) => {
        const matcher = createMatcher(policy);
        const { rule, outcome, validUntil } = matcher.match(article, now);
        expect(validUntil).toBeGreaterThan(now);
        const last = Math.min(validUntil, now + 400 * dayMs) - 1;
        const later = last - Math.floor(((last - now) * share) / 1000);
        expect(matcher.match(article, later)).toMatchObject({ rule, outcome });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the age of an article', () => {
  const { match } = matcherOf(
    'rules:\n  - { name: news, access: locked, when: { newerThanDays: 2 } }\n  - { name: archive, access: open, when: { olderThanDays: 30 } }',
  );
  const article = anArticle({ publishedAt: 1000 });

  test.each([
    [1000, 'news', 1000 + 2 * dayMs],
    [1000 + 2 * dayMs - 1, 'news', 1000 + 2 * dayMs],
    [1000 + 2 * dayMs, 'otherwise', 1000 + 30 * dayMs],
    [1000 + 30 * dayMs - 1, 'otherwise', 1000 + 30 * dayMs],
    [1000 + 30 * dayMs, 'archive', Infinity],
  ])('at %d is half-open', (now, rule, validUntil) => {
    expect(match(article, now)).toMatchObject({ rule, validUntil });
  });

  test('without a date matches neither the old nor the new', () => {
    expect(match(anArticle({}), 0)).toMatchObject({ rule: 'otherwise', validUntil: Infinity });
  });
});

describe('the article’s own level', () => {
  const own = matcherOf('{}');

  test.each(['open', 'registered', 'metered', 'locked'] as const)(
    '%s applies where no rule says otherwise',
    (ownLevel) => {
      expect(own.match(anArticle({ ownLevel }), 0).outcome.access).toBe(ownLevel);
    },
  );

  test('left unstated is metered by default', () => {
    expect(own.match(anArticle({}), 0).outcome).toMatchObject({ access: 'metered', meter: 'main' });
  });

  test('does not count where a rule names a level of its own', () => {
    const { match } = matcherOf('rules: [{ name: a, access: locked }]');
    expect(match(anArticle({ ownLevel: 'open' }), 0).outcome.access).toBe('locked');
  });

  test('metered is locked where the policy has no meter to count with', () => {
    const { match } = matcherOf('meters: {}\notherwise: { access: own-or-locked }');
    expect(match(anArticle({ ownLevel: 'metered' }), 0).outcome).not.toHaveProperty('meter');
    expect(match(anArticle({ ownLevel: 'metered' }), 0).outcome.access).toBe('locked');
  });

  test('gives the same outcome object each time, so that it can be compared by identity', () => {
    const article = anArticle({ ownLevel: 'registered' });
    expect(own.match(article, 0).outcome).toBe(own.match(article, 1).outcome);
  });
});

describe('why a rule doesn’t apply', () => {
  const { whyNot } = matcherOf(`publications: [{ id: tide, name: T }, { id: lamp, name: L }]
rules:
  - { name: sections, access: open, when: { section: [World, Ideas] } }
  - { name: tags, access: open, when: { publication: tide, tag: free } }
  - { name: path, access: open, when: { path: /food/** } }
  - { name: age, access: open, when: { olderThanDays: 30 } }
  - { name: level, access: open, when: { level: open } }`);

  test.each([
    ['sections', { section: 'Food' }, 'section is "Food", not one of World, Ideas'],
    ['sections', {}, 'has no section, and the rule asks for one of World, Ideas'],
    ['tags', { publication: 'lamp', tags: ['sea'] }, 'publication is "lamp", not tide'],
    ['tags', { tags: ['sea', 'sky'] }, 'tag are "sea", "sky", none of them free'],
    ['path', {}, 'path is "/news/a", which /food/** doesn\'t match'],
    ['age', { publishedAt: 0 }, 'was published 1 day ago, and the rule begins at 30 days'],
    ['age', {}, 'has no date of publication, and the rule asks for an age'],
    ['level', {}, 'states no level of its own, and the rule asks for open'],
    ['nosuch', {}, 'the policy has no rule nosuch'],
  ])('is told by the first condition that fails: %s %j', (rule, facts, words) => {
    expect(whyNot(ruleNamed(rule), anArticle(facts), dayMs)).toBe(words);
  });

  test('is nothing when it does', () => {
    expect(whyNot(ruleNamed('sections'), anArticle({ section: 'world' }), 0)).toBeUndefined();
  });
});

describe('paths', () => {
  const matcher = matcherOf(`publications: [{ id: tide, name: The Tide, paths: /tide/** }]
articles:
  paths: [/tide/*, /café/**]
  ignore: /static/**
  json: [{ paths: /tide/*.json, body: /text }]`);

  test.each([
    ['/tide/a', true],
    ['/tide/a/', true],
    ['/tide/.a', true],
    ['/Tide/a', false],
    ['/tide/a/b', false],
    ['/caf%C3%A9/x/y', true],
    ['/cafe/x', false],
  ])('%s is an article path: %p', (path, expected) => {
    expect(matcher.isArticlePath(path)).toBe(expected);
  });

  test('are ignored, and have a JSON form, by their own globs', () => {
    expect(matcher.isIgnoredPath('/static/x/y.css')).toBe(true);
    expect(matcher.isIgnoredPath('/tide/a')).toBe(false);
    expect(matcher.jsonFormFor('/tide/a.json')?.body).toEqual(['/text']);
    expect(matcher.jsonFormFor('/tide/a')).toBeUndefined();
  });

  test('tell the publication unless the page does', () => {
    expect(matcher.publicationOf('/tide/a')).toBe('tide');
    expect(matcher.publicationOf('/x', 'the tide')).toBe('tide');
    expect(matcher.publicationOf('/x', 'Elsewhere')).toBe('Elsewhere');
    expect(matcher.publicationOf('/x')).toBe('');
  });
});

test.each([
  ['wordpress_logged_in_abc', true],
  ['PHPSESSID', true],
  ['connect.sid', true],
  ['_ga', false],
  ['theme', false],
])('by default the cookie %s makes a page personal: %p', (name, expected) => {
  expect(matcherOf('{}').isPersonalCookie(name)).toBe(expected);
});
