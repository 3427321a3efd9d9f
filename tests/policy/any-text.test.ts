import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { createMatcher } from '../../src/policy/match.ts';
import { times } from '../support/effort.ts';
import { anArticle } from './arbitrary-policies.ts';

const sample = readFileSync('config/policy.yaml', 'utf8');

/** Either a policy that works, or faults that each say where and what to write. */
const isSettled = (text: string): void => {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (loaded.kind === 'ok') {
    createMatcher(loaded.policy).match(anArticle({}), 0);
    return;
  }
  const lines = text.split('\n').length;
  expect(loaded.faults.length).toBeGreaterThan(0);
  for (const fault of loaded.faults) {
    expect(fault.line).toBeGreaterThanOrEqual(1);
    expect(fault.line).toBeLessThanOrEqual(lines);
    expect(fault.column).toBeGreaterThanOrEqual(1);
    expect(fault.message).not.toBe('');
    expect(fault.instead).not.toBe('');
  }
};

test('any text at all is a policy or has faults', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), isSettled), { numRuns: times(150) });
});

test('the sample’s policy with any slip of the hand is a policy or has faults', () => {
  const slips = fc.constantFrom(
    '',
    ' ',
    '\t',
    ':',
    '-',
    '*',
    '&a ',
    '[',
    '{',
    '"',
    '!',
    '# ',
    '\n',
    '  ',
    '\u0000',
    'é',
    '%',
    '<<',
  );
  fc.assert(
    fc.property(fc.nat(sample.length), fc.nat(12), slips, (at, removed, slip) =>
      isSettled(sample.slice(0, at) + slip + sample.slice(at + removed)),
    ),
    { numRuns: times(150) },
  );
});

test('any values under a policy’s keys are a policy or have faults', () => {
  const sections = [
    'site',
    'publications',
    'products',
    'plans',
    'meters',
    'articles',
    'cutoff',
    'rules',
    'otherwise',
  ];
  const inner = [
    'id',
    'name',
    'paths',
    'when',
    'access',
    'meter',
    'products',
    'tag',
    'cutoff',
    'marker',
    'window',
    '__proto__',
  ];
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>(null, true, 0, -1, '', 'metered', '/a/**', 'month'),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...inner), tie('any'), { maxKeys: 4 }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...sections), value, { minKeys: 1 }), (policy) =>
      isSettled(JSON.stringify(policy)),
    ),
    { numRuns: times(200) },
  );
});
