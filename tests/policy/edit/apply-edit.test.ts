import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { applyEdit } from '../../../src/policy/edit/apply-edit.ts';
import { fieldFaults } from '../../../src/policy/edit/field-faults.ts';
import type { PolicyEdit, Refusal } from '../../../src/policy/edit/policy-edit.ts';
import { loadPolicy } from '../../../src/policy/load-policy.ts';
import { readYaml } from '../../../src/policy/read-yaml.ts';
import { workOf } from '../../support/counted-work.ts';

const edited = (text: string, edit: PolicyEdit): string => {
  const result = applyEdit(text, edit);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.refusal));
  return result.text;
};

const refusal = (text: string, edit: PolicyEdit): Refusal | undefined => {
  const result = applyEdit(text, edit);
  return result.kind === 'refused' ? result.refusal : undefined;
};

/** Lines of `after` that aren't lines of `before`. */
const newLines = (before: string, after: string): readonly string[] => {
  const old = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !old.has(line));
};

const sample = readFileSync('config/policy.yaml', 'utf8');

describe('the sample policy', () => {
  test('changes in one line when a limit does, and keeps what is said beside it', () => {
    const after = edited(sample, { kind: 'set-meter', id: 'main', set: { visitor: 1 } });
    expect(newLines(sample, after)).toEqual(['    visitor: 1 # without an account']);
    expect(after.split('\n')).toHaveLength(sample.split('\n').length);
  });

  test('comes back to the letter when a rule is moved and moved back', () => {
    const moved = edited(sample, { kind: 'move-rule', name: 'lamplight', place: 0 });
    expect(moved).not.toBe(sample);
    expect(edited(moved, { kind: 'move-rule', name: 'lamplight', place: 5 })).toBe(sample);
  });

  test('comes back to the letter when a rule is added and removed', () => {
    const rule = { name: 'extra', when: { tag: ['a, b'] }, access: 'locked', products: ['tidewater'] };
    for (const place of [0, 3, 6]) {
      const added = edited(sample, { kind: 'add-rule', rule, place });
      expect(edited(added, { kind: 'remove-rule', name: 'extra' })).toBe(sample);
    }
  });

  test('stays the very same text when a default is set to itself', () => {
    for (const edit of [
      { kind: 'set-meter', id: 'main', set: { visitor: 3, on: true } },
      { kind: 'set-section', section: 'billing', set: { graceDays: null } },
      { kind: 'set-cutoff', cutoff: { characters: 2000 } },
      { kind: 'set-rule', name: 'open', set: { when: { level: ['open'] } } },
    ] as const satisfies readonly PolicyEdit[])
      expect(edited(sample, edit)).toBe(sample);
  });

  test('takes a new section at its place, not at its end', () => {
    const after = edited(sample, { kind: 'set-section', section: 'devices', set: { allowed: 3 } });
    expect(after.indexOf('\ndevices:')).toBeGreaterThan(after.indexOf('\nbilling:'));
    expect(after.indexOf('\ndevices:')).toBeLessThan(after.indexOf('# Free reads.'));
  });

  test('names its one meter in the rules that counted by it unnamed, once there is a second', () => {
    const after = edited(sample, { kind: 'add-meter', id: 'food', meter: { visitor: 1 } });
    const loaded = loadPolicy(after, 'policy.yaml');
    expect(loaded).toMatchObject({ kind: 'ok', policy: { otherwise: { meter: 'main' } } });
    expect(after.match(/meter: main/g)).toHaveLength(3);
  });
});

describe('refused, with the reason as a value', () => {
  test.each<[PolicyEdit, object]>([
    [
      { kind: 'remove-meter', id: 'main' },
      { kind: 'in-use', by: [['rules', 3], ['rules', 5], ['otherwise']] },
    ],
    [{ kind: 'remove-entry', list: 'publications', id: 'tidewater' }, { kind: 'in-use' }],
    [{ kind: 'remove-entry', list: 'products', id: 'all-access' }, { kind: 'in-use' }],
    [{ kind: 'add-meter', id: 'main', meter: {} }, { kind: 'taken' }],
    [
      { kind: 'rename-meter', id: 'main', to: 'Main Meter' },
      { kind: 'invalid-id', instead: 'main-meter' },
    ],
    [{ kind: 'set-rule', name: 'open', set: { name: 'lamplight' } }, { kind: 'taken' }],
    [
      { kind: 'move-rule', name: 'nobody', place: 0 },
      { kind: 'unknown', what: 'rule' },
    ],
  ])('%j', (edit, reason) => {
    expect(refusal(sample, edit)).toMatchObject(reason);
  });

  test('a text that isn’t YAML, with its faults', () => {
    expect(refusal('site: [', { kind: 'set-section', section: 'site', set: { name: 'X' } })).toMatchObject({
      kind: 'unreadable',
      faults: [{ code: 'yaml-syntax' }],
    });
  });

  test('a place that holds something else', () => {
    expect(refusal('site: hello', { kind: 'set-section', section: 'site', set: { name: 'X' } })).toEqual({
      kind: 'misshapen',
      at: ['site'],
    });
    expect(refusal('- a', { kind: 'set-cutoff', cutoff: { words: 1 } })).toEqual({
      kind: 'misshapen',
      at: [],
    });
  });

  test('taking away the rule that spared the policy its otherwise', () => {
    const text =
      'products: [{ id: a, name: A }, { id: b, name: B }]\nrules: [{ name: all, access: locked, products: a }]';
    expect(refusal(text, { kind: 'remove-rule', name: 'all' })).toEqual({ kind: 'otherwise-needed' });
    expect(refusal(text, { kind: 'set-rule', name: 'all', set: { when: { tag: ['x'] } } })).toEqual({
      kind: 'otherwise-needed',
    });
  });
});

describe('files of every kind', () => {
  test.each([
    ['site:\n  name: X', 'site:\n  name: X\n\nmeters:\n  main:\n    visitor: 1'],
    ['site:\r\n  name: X\r\n', 'site:\r\n  name: X\r\n\r\nmeters:\r\n  main:\r\n    visitor: 1\r\n'],
    ['', 'meters:\n  main:\n    visitor: 1\n'],
    ['# to do\n', '# to do\nmeters:\n  main:\n    visitor: 1\n'],
    ['{ site: { name: X } }', '{ site: { name: X }, meters: { main: { visitor: 1 } } }'],
    ['meters: {} # none', 'meters: {} # none'],
    ['meters: { main: { visitor: 9 } } # few', 'meters: { main: { visitor: 1 } } # few'],
    ['meters:\n  main: {} # default', 'meters:\n  main: # default\n    visitor: 1'],
  ])('%j', (before, after) => {
    const result = applyEdit(before, { kind: 'set-meter', id: 'main', set: { visitor: 1 } });
    expect(result.kind === 'edited' ? result.text : before).toBe(after);
  });

  test('one text and a list of one stay what they are', () => {
    const text =
      'plans:\n  - { id: p, name: P, products: all }\n  - id: q\n    name: Q\n    products:\n      - all # yes\n';
    const set = (id: string, products: string[]): string =>
      edited(text, { kind: 'set-entry', list: 'plans', id, set: { products } });
    expect(set('p', ['all'])).toBe(text);
    expect(set('p', ['x'])).toContain('products: x }');
    expect(set('p', ['all', 'x'])).toContain('products: [all, x] }');
    expect(set('q', ['x', 'all'])).toContain('    products:\n      - x\n      - all # yes\n');
  });
});

describe('a value that is used again by an alias', () => {
  const text =
    'cutoff: &short { words: 10 } # short\nrules:\n  - name: a\n    access: locked\n    when: { tag: x }\n    cutoff: *short\n';

  test('keeps its other uses when it is edited', () => {
    const after = edited(text, { kind: 'set-cutoff', cutoff: { words: 99 } });
    const loaded = loadPolicy(after, 'policy.yaml');
    expect(loaded).toMatchObject({
      kind: 'ok',
      policy: { otherwise: { cutoff: { count: 99 } }, rules: [{ cutoff: { count: 10 } }] },
    });
    expect(after).toContain('# short');
  });

  test('stays as it is when one of its uses is edited', () => {
    const after = edited(text, { kind: 'set-rule', name: 'a', set: { cutoff: { words: 5 } } });
    expect(after).toBe(text.replace('*short', '{ words: 5 }'));
  });

  test('can be moved and removed', () => {
    const two =
      'rules:\n  - &r { name: a, when: &w { tag: x }, access: open }\n  - { name: b, when: *w, access: locked }\n';
    for (const edit of [
      { kind: 'move-rule', name: 'b', place: 0 },
      { kind: 'remove-rule', name: 'a' },
    ] as const) {
      const loaded = loadPolicy(edited(two, edit), 'policy.yaml');
      const rules = loaded.kind === 'ok' ? loaded.policy.rules : [];
      expect(rules.find(({ id }) => id === 'b')?.when).toEqual({ tag: ['x'] });
    }
  });
});

test('an edit of one of 2,000 rules reads the rules that it is about, and not the whole file', () => {
  const rules = Array.from(
    { length: 2000 },
    (_, index) =>
      `  # rule ${index}\n  - name: r${index}\n    when: { section: [a${index}, b], olderThanDays: 30 }\n    access: metered\n\n`,
  );
  const text = `site: { name: X }\nmeters:\n  main: { visitor: 3 }\nrules:\n${rules.join('')}`;
  const several: readonly PolicyEdit[] = [
    { kind: 'set-rule', name: 'r1999', set: { access: 'locked' } },
    { kind: 'move-rule', name: 'r1500', place: 3 },
    { kind: 'add-rule', rule: { name: 'new', access: 'open', when: { tag: ['x'] } }, place: 1000 },
    { kind: 'remove-rule', name: 'r7' },
    { kind: 'set-meter', id: 'main', set: { visitor: 1 } },
  ];
  const reading = workOf(() => readYaml(text));
  for (const edit of several) expect(workOf(() => edited(text, edit))).toBeLessThan(reading / 10);
});

test('faults of edited values stand at their fields, and others elsewhere', () => {
  const result = applyEdit(`${sample}\nmessages: { klingonese: { line: x } }\n`, {
    kind: 'set-rule',
    name: 'tidewater',
    set: { when: { tag: ['ok', ''] }, meter: 'mian' },
  });
  if (result.kind === 'refused') throw new Error(result.refusal.kind);
  const loaded = loadPolicy(result.text, 'policy.yaml');
  const { fields, elsewhere } = fieldFaults(result.at, loaded.kind === 'faulty' ? loaded.faults : []);
  expect(fields.map(({ fault, ...place }) => [place, fault.code])).toEqual([
    [{ field: 'when.tag', entry: 1 }, 'empty-text'],
    [{ field: 'meter' }, 'unknown-meter'],
  ]);
  expect(elsewhere.map(({ code }) => code)).toEqual(['invalid-language']);
});
