import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { faultCodes, formatFault } from '../../src/policy/policy-fault.ts';
import { policyJsonSchema } from '../../src/policy/policy-schema.ts';
import { faultyPolicies } from './faulty-policies.ts';

const knownMessages = { keys: ['line'], locales: ['en', 'de'], placeholdersOf: () => ['name'] };

const load = (text: string) => loadPolicy(text, 'policy.yaml', knownMessages);

const good = (text: string): Policy => {
  const loaded = load(text);
  if (loaded.kind !== 'ok') throw new Error(loaded.faults.map(formatFault).join('\n'));
  return loaded.policy;
};

const faultsOf = (text: string) => {
  const loaded = load(text);
  return loaded.kind === 'faulty' ? loaded.faults : [];
};

describe('the sample site’s policy', () => {
  const text = readFileSync('config/policy.yaml', 'utf8');
  const loaded = loadPolicy(text, 'config/policy.yaml');

  test('has neither faults nor warnings', () => {
    expect(loaded).toMatchObject({ kind: 'ok', warnings: [] });
  });

  test('names the schema for editors in its first line', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./policy.schema.json');
  });
});

test('the committed JSON Schema is the one that the policy is checked by', () => {
  expect(JSON.parse(readFileSync('config/policy.schema.json', 'utf8'))).toEqual(policyJsonSchema());
});

describe('a file that says nothing but {} is a whole policy', () => {
  const policy = good('{}');

  test('with one product, one meter of three free reads a month, five with an account, and 2000 characters of preview', () => {
    expect(policy).toMatchObject({
      site: { name: 'Gatefold', language: 'en', timeZone: 'UTC' },
      products: [{ id: 'all' }],
      meters: [{ id: 'main', on: true, window: { kind: 'month' }, allowance: { visitor: 3, registered: 5 } }],
      otherwise: {
        access: 'metered',
        ownLevelFirst: true,
        meter: 'main',
        products: ['all'],
        cutoff: { by: 'characters', count: 2000, ending: 'exact' },
      },
    });
  });

  test('that lets nobody in while something is down, but trusts a reader token', () => {
    expect(policy.whenDown).toEqual({ meter: 'preview', entitlements: 'token' });
  });
});

describe('what is written by hand', () => {
  test('may be a single word where a list is meant', () => {
    const rule = good('rules: [{ name: a, access: open, when: { tag: free, path: /a/** } }]').rules[0];
    expect(rule?.when).toEqual({ tag: ['free'], path: ['/a/**'] });
  });

  test.each([
    ['day', { kind: 'day' }],
    ['week', { kind: 'week' }],
    ['month', { kind: 'month' }],
    ['1 day', { kind: 'rolling', days: 1 }],
    ['30 days', { kind: 'rolling', days: 30 }],
  ])('knows the window %s', (window, expected) => {
    expect(good(`meters: { main: { window: ${window} } }`).meters[0]?.window).toEqual(expected);
  });

  test.each([
    ['{ paragraphs: 3 }', { by: 'paragraphs', count: 3, ending: 'exact', atMost: 50 }],
    ['{ percent: 12.5, ending: sentence }', { by: 'percent', count: 12.5, ending: 'sentence' }],
    ['{ characters: 0 }', { by: 'characters', count: 0, ending: 'exact', atMost: 50 }],
    ['{ words: 9, atMost: 100% }', { by: 'words', count: 9, ending: 'exact' }],
    ['{ words: 9, atMost: 100 }', { by: 'words', count: 9, ending: 'exact' }],
    ['{ words: 9, atMost: 12.5% }', { by: 'words', count: 9, ending: 'exact', atMost: 12.5 }],
    ['{ percent: 80, atMost: 30 }', { by: 'percent', count: 80, ending: 'exact', atMost: 30 }],
    [
      '{ marker: more, otherwise: { words: 50, atMost: 20% } }',
      { by: 'marker', marker: 'more', fallback: { by: 'words', count: 50, ending: 'exact', atMost: 20 } },
    ],
    [
      '{ marker: more }',
      {
        by: 'marker',
        marker: 'more',
        fallback: { by: 'characters', count: 2000, ending: 'exact', atMost: 50 },
      },
    ],
  ])('knows the cutoff %s', (cutoff, expected) => {
    expect(good(`cutoff: ${cutoff}`).otherwise.cutoff).toEqual(expected);
  });

  test('needs no meter and no products while there is one of each', () => {
    const [rule] = good('rules: [{ name: a, access: metered }]').rules;
    expect(rule).toMatchObject({ meter: 'main', products: ['all'] });
  });

  test('needs no otherwise when a rule holds for every article', () => {
    const policy = good(
      'products: [{ id: a, name: A }, { id: b, name: B }]\nrules: [{ name: all, access: locked, products: a }]',
    );
    expect(policy.rules[0]?.products).toEqual(['a']);
  });

  test('may repeat itself by aliases', () => {
    const policy = good(
      'cutoff: &short { words: 10 }\nrules: [{ name: a, access: locked, when: { tag: x }, cutoff: *short }]',
    );
    expect(policy.rules[0]?.cutoff).toEqual(policy.otherwise.cutoff);
  });
});

describe('the version', () => {
  const plain = 'site: { name: X }\nmeters: { a: {}, b: {} }\notherwise: { access: metered, meter: a }';

  test('is the same for the same content, whatever the file looks like', () => {
    const other =
      '# a comment\notherwise:\n  meter: "a"\n  access: metered\n\nmeters:\n  b: { visitor: 3 }\n  a: {}\nsite:\n  name: X\n  language: en\n';
    expect(good(other).version).toBe(good(plain).version);
  });

  test('is another for other content, the order of rules included', () => {
    const rules = (names: string[]) =>
      good(
        `rules: [${names.map((name) => `{ name: ${name}, access: open, when: { tag: ${name} } }`).join(', ')}]`,
      ).version;
    expect(rules(['a', 'b'])).not.toBe(rules(['b', 'a']));
    expect(good('site: { name: Y }').version).not.toBe(good('site: { name: X }').version);
  });
});

describe('a faulty file', () => {
  test.each(faultyPolicies.map((faulty) => [faulty.what, faulty] as const))(
    'is refused where the fault is: %s',
    (_what, { text, code, line, column, instead }) => {
      const faults = faultsOf(text);
      const found = faults.map((fault) => `${fault.line}:${fault.column} ${fault.code}`);
      expect(found).toContain(`${line}:${column} ${code}`);
      const fault = faults.find((candidate) => candidate.code === code && candidate.line === line);
      expect(fault?.instead).toContain(instead ?? '');
      expect(fault?.instead).not.toBe('');
    },
  );

  test('has an example in the table for every code but those that a file system and a thread give', () => {
    const shown = new Set(faultyPolicies.map(({ code }) => code));
    expect(faultCodes.filter((code) => !shown.has(code))).toEqual(['unreadable-file', 'unfinished']);
  });

  test('is told all its faults at once, in the order of the lines', () => {
    const faults = faultsOf(
      'site: { timeZone: Mars }\nmeters:\n  main: { visitor: -1 }\nrules:\n  - { name: a, access: opne }\n  - { name: b, access: metered, meter: x }\nplanz: []\n',
    );
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [1, 'invalid-time-zone'],
      [3, 'out-of-range'],
      [5, 'unknown-value'],
      [6, 'unknown-meter'],
      [7, 'unknown-key'],
    ]);
  });

  test('is told several syntax faults at once', () => {
    expect(faultsOf('a: @x\nb: `y\nsite: 1').map(({ line }) => line)).toEqual([1, 2]);
  });

  test('is shown so that editors find the place', () => {
    const [fault] = faultsOf('otherwise:\n  meter: mian');
    expect(fault && formatFault(fault)).toBe(
      'policy.yaml:2:10 unknown-meter: there is no meter "mian"; did you mean main?\n    write: main',
    );
  });

  test('names the path of the fault', () => {
    const [fault] = faultsOf('rules:\n  - name: a\n    access: open\n    when: { tag: [x, ""] }');
    expect(fault?.path).toBe('rules[0].when.tag[1]');
  });
});

test.each([
  '__proto__: { x: 1 }',
  'meters: { __proto__: {} }',
  'messages: { __proto__: { line: x } }',
  'site: { constructor: 1 }',
])('a name of the language’s own is a fault like any other: %s', (text) => {
  expect(faultsOf(text).length).toBeGreaterThan(0);
});
