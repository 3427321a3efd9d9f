/** A mebibyte of YAML that is made to keep the reader busy is read, or refused, at once. */
import { expect, test } from '@jest/globals';
import { loadPolicy } from '../../src/policy/load-policy.ts';

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

/** Some seconds at most; it was up to minutes. */
const quickMs = 20_000;

test.each([
  ['keys that all differ', lines(30_000, (at) => `k${at}: 1`)],
  ['keys that are all the same', 'a: 1\n'.repeat(200_000)],
  ['aliases of one value', `a: &a 1\nb: [${'*a,'.repeat(300_000)}]`],
  ['aliases of aliases', lines(3000, (at) => `m${at}: &m${at} {a: *m${Math.max(0, at - 1)}}`)],
  ['a long key above many values', `? "${'k'.repeat(500_000)}"\n: [${'1,'.repeat(250_000)}1]`],
  ['directives', '%\n'.repeat(400_000)],
  ['directives after a document', `a: 1\n...\n${'%\n'.repeat(400_000)}`],
])('%s', (_, text) => {
  const began = performance.now();
  expect(loadPolicy(text, 'draft').kind).toBe('faulty');
  expect(performance.now() - began).toBeLessThan(quickMs);
});
