/** That docs/policy.md is right: its examples load, and it leaves out no key, default, message or language. */
import { describe, expect, test } from '@jest/globals';
import { catalogues } from '../../src/pages/messages/catalogues.ts';
import { messageKeys, placeholdersOf } from '../../src/pages/messages/message-keys.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { formatFault } from '../../src/policy/policy-fault.ts';
import { policyJsonSchema } from '../../src/policy/policy-schema.ts';
import { codeBlocks, explained, read, section } from './documents.ts';

const text = read('docs/policy.md');
const examples = [...codeBlocks('docs/policy.md', 'yaml'), ...codeBlocks('README.md', 'yaml')];

const messages = { keys: messageKeys, placeholdersOf };

describe('every example of a policy', () => {
  test.each(examples.map((example, index) => [index + 1, example] as const))(
    'number %i loads',
    (_, example) => {
      const loaded = loadPolicy(example, 'example.yaml', messages);
      expect(loaded.kind === 'faulty' ? loaded.faults.map(formatFault) : []).toEqual([]);
    },
  );

  test('and there are several', () => expect(examples.length).toBeGreaterThan(6));
});

test('the whole example has nothing to be warned of', () => {
  const whole = examples.find(
    (example) => example.includes('publications:') && example.includes('otherwise:'),
  );
  expect(loadPolicy(whole ?? '', 'example.yaml', messages).warnings.map(formatFault)).toEqual([]);
});

/** Every key that a policy may have, at any depth. */
const keysOf = (schema: unknown): readonly string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  const own =
    'properties' in schema && typeof schema.properties === 'object'
      ? Object.keys(schema.properties ?? {})
      : [];
  return [...own, ...Object.values(schema).flatMap(keysOf)];
};

test('every key of the policy is in docs/policy.md', () => {
  const keys = [...new Set(keysOf(policyJsonSchema()))];
  expect(keys.length).toBeGreaterThan(40);
  const isNamed = (key: string): boolean =>
    text.includes(`\`${key}\``) || new RegExp(`^## .*\\b${key}\\b`, 'm').test(text);
  expect(keys.filter((key) => !isNamed(key))).toEqual([]);
});

test('every word that access can be is explained', () => {
  const schema = JSON.stringify(policyJsonSchema());
  const words = new Set(schema.match(/"(own-or-\w+)"/g)?.map((word) => word.slice(1, -1)));
  const documented = explained(section('docs/policy.md', 'rules and otherwise'));
  expect(words.size).toBe(4);
  for (const word of words) expect(documented).toContain(word);
});

test('the default body selectors and personal cookies are those of the code', () => {
  const loaded = loadPolicy('{}', 'defaults.yaml');
  if (loaded.kind === 'faulty') throw new Error('A policy of defaults has faults.');
  const { articles, originCache } = loaded.policy;
  const defaults = [...articles.body, ...originCache.personalCookies];
  expect(defaults.length).toBeGreaterThan(8);
  for (const word of defaults) expect(text).toContain(`\`${word}\``);
});

test('every section of the messages, and every built-in language, is named', () => {
  const words = section('docs/policy.md', 'messages: your own words');
  const sections = new Set(messageKeys.map((key) => key.split('.')[0] ?? key));
  expect([...explained(words)].sort()).toEqual([...sections].sort());
  for (const language of catalogues.keys()) expect(words).toContain(`\`${language}\``);
});
