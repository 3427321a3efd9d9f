/** A text with thousands of faults is answered with the first hundred, and how many there are besides; and in no time. */
import { describe, expect, test } from '@jest/globals';
import { knownMessages } from '../../src/pages/messages/message-keys.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { Rule, RuleId } from '../../src/policy/policy.ts';
import { firstNamed, formatFault, mostNamed, unnamed } from '../../src/policy/policy-fault.ts';
import { covers, shadowOf } from '../../src/policy/shadowed.ts';
import { expectLinear, workOf } from '../support/counted-work.ts';

const repeated = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('');

const products = `products:\n${repeated(900, (at) => `  - {id: p${at}, name: P}\n`)}`;

/** Each has `count` faults in it. */
const faulty: Readonly<Record<string, (count: number) => string>> = {
  'unknown messages': (count) => `messages:\n  en:\n${repeated(count, (at) => `    key${at}: x\n`)}`,
  'unknown messages with long names': (count) =>
    `messages:\n  en:\n${repeated(count, (at) => `    ${'k'.repeat(78)}${at}: x\n`)}`,
  'unknown keys': (count) => repeated(count, (at) => `key${at}: 1\n`),
  'unknown products': (count) =>
    `${products}otherwise:\n  access: locked\n  products: [${repeated(count, (at) => `x${at}, `)}]\n`,
  'words that mean nothing': (count) =>
    `rules:\n${repeated(count, (at) => `  - {name: r${at}, access: opne}\n`)}`,
  'names that are taken': (count) => `rules:\n${'  - {name: a, access: open}\n'.repeat(count + 1)}`,
  'bad globs': (count) => `articles:\n  json:\n${repeated(count, () => '    - {paths: x, body: /y}\n')}`,
  'syntax errors': (count) => ']\n'.repeat(count),
};

const faultsOf = (text: string) => {
  const loaded = loadPolicy(text, 'policy.yaml', knownMessages);
  return loaded.kind === 'ok' ? [] : loaded.faults;
};

describe.each(Object.entries(faulty))('%s', (_, text) => {
  test('are named up to a hundred, by their lines, with how many more there are', () => {
    const faults = faultsOf(text(950));
    expect(faults).toHaveLength(mostNamed);
    expect(unnamed(faults)).toBe(850);
    const places = faults.map(({ line, column }) => line * 10_000 + column);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(formatFault(faults[mostNamed - 1] as never)).toContain('and 850 more');
    expect(unnamed(faultsOf(text(20)))).toBe(0);
  });

  test('are answered in as many letters, however many they are', () => {
    expect(JSON.stringify(faultsOf(text(900))).length).toBeLessThan(200_000);
  });

  test('are found in work by the length', () => {
    expectLinear((size) => faultsOf(text(size)), 220);
  });
});

test('a name as long as the file is not repeated in each fault', () => {
  const long = 'k'.repeat(100_000);
  const text = `products:\n${`  - {id: "${long}", name: "${long}", ${long}: 1}\n`.repeat(3)}messages:\n  ${long}:\n    ${long}: x\n`;
  expect(JSON.stringify(faultsOf(text)).length).toBeLessThan(50_000);
});

test('the nearest name is looked for only where it is told', () => {
  const hundred = workOf(() => faultsOf(faulty['unknown messages']?.(100) ?? ''));
  const thousand = workOf(() => faultsOf(faulty['unknown messages']?.(1000) ?? ''));
  // Ten times the text to read, but the same names to compare.
  expect(thousand).toBeLessThan(5 * hundred);
});

describe('warnings', () => {
  const never = (count: number) =>
    `rules:\n  - {name: all, access: open}\n${repeated(count, (at) => `  - {name: r${at}, access: locked}\n`)}`;

  test('are named up to a hundred wherever they are told of', () => {
    const loaded = loadPolicy(never(500), 'policy.yaml');
    const named = firstNamed(loaded.warnings);
    expect([named.length, named.length + unnamed(named)]).toEqual([mostNamed, loaded.warnings.length]);
  });

  test('of two rules are found in work by their lists’ length', () => {
    const globs = (count: number) => Array.from({ length: count }, (_, at) => `/a${at}/**`);
    const below = (count: number) => [...globs(count).map((glob) => `${glob.slice(0, -3)}/b/*`), '/none'];
    expectLinear((size) => covers({ path: globs(size) }, { path: below(size) }), 250);
    expectLinear((size) => covers({ tag: globs(size) }, { tag: below(size) }), 250);
  });

  test('are given up once their work is done', () => {
    const tag = Array.from({ length: 50 }, (_, at) => `t${at}`);
    const rules = Array.from({ length: 100 }, (_, at) => ({ ...rule, when: { tag: [...tag, `own-${at}`] } }));
    const work = { left: 1000 };
    expect(shadowOf({ ...rule, when: { tag: [...tag, 'own-99'] } }, rules, work)).toBeUndefined();
    expect(work.left).toBeGreaterThan(-200);
    expect(shadowOf({ ...rule, when: { tag: [...tag, 'own-99'] } }, rules)).toBe(rules[99]);
  });
});

const rule: Rule = {
  id: 'r' as RuleId,
  when: {},
  access: 'open',
  products: [],
  cutoff: { by: 'characters', count: 1, ending: 'exact' },
};
