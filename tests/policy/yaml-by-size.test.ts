/** What reading a policy costs grows with its length and no faster, whatever is written in it. */
import { expect, test } from '@jest/globals';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { expectLinear } from '../support/counted-work.ts';

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

test.each<readonly [string, (size: number) => string]>([
  ['keys that all differ', (size) => lines(size, (at) => `k${at}: 1`)],
  ['keys that are all the same', (size) => 'a: 1\n'.repeat(size)],
  ['aliases of one value', (size) => `a: &a 1\nb: [${'*a,'.repeat(size)}]`],
  ['anchors that nobody names', (size) => lines(size, (at) => `k${at}: &a${at} 1`)],
  ['a long key above many values', (size) => `? "${'k'.repeat(size)}"\n: [${'1,'.repeat(size)}1]`],
  ['brackets that close nothing', (size) => ']\n'.repeat(size)],
  ['lines without a key', (size) => ':\n'.repeat(size)],
])('%s', (_, text) => {
  expectLinear((size) => expect(loadPolicy(text(size), 'draft').kind).toBe('faulty'), 500);
});

test.each<readonly [string, string]>([
  ['aliases of aliases', lines(3000, (at) => `m${at}: &m${at} {a: *m${Math.max(0, at - 1)}}`)],
  ['directives', '%\n'.repeat(400_000)],
  ['directives after a document', `a: 1\n...\n${'%\n'.repeat(400_000)}`],
  ['brackets within brackets', '['.repeat(500_000)],
])('%s are given up early', (_, text) => {
  expect(loadPolicy(text, 'draft')).toMatchObject({ kind: 'faulty', faults: expect.any(Array) });
});
