/** How a schema is told to people: what a field is, what is in it, what tells variants apart. */
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { type Call, call, ok } from '../../../src/console/api/call.ts';
import { describeCalls } from '../../../src/console/api/describe-calls.ts';
import { openApi } from '../../../src/console/api/open-api.ts';
import { openApiFaults } from './open-api.ts';

const withBody = (body: z.ZodType): Call =>
  call({
    id: 'example',
    method: 'post',
    path: '/example',
    action: 'publish',
    group: 'Policy',
    summary: 'An example.',
    body,
    answer: z.strictObject({}),
    run: async () => ok({}),
  });

const documentOf = (body: z.ZodType) =>
  openApi({ calls: [withBody(body)], consoleUrl: 'https://paper.example' });
const bodyOf = (body: z.ZodType) => describeCalls(documentOf(body), [withBody(body)])[0]?.body;
const wordsOf = (schema: z.ZodType): string | undefined =>
  bodyOf(z.strictObject({ field: schema }))?.fields?.[0]?.shape.words;

test.each([
  [z.string(), 'text'],
  [z.string().max(60), 'text, at most 60 characters'],
  [z.int().min(1).max(366), 'whole number, 1 or more, at most 366'],
  [z.coerce.number().int().positive().default(5), 'whole number, 1 or more; usually 5'],
  [z.boolean(), 'true or false'],
  [z.iso.datetime(), 'moment'],
  [z.enum(['a', 'b', 'c']), '“a”, “b” or “c”'],
  [z.array(z.string()).max(3).nullable(), 'null or a list, at most 3, each: text'],
  [z.array(z.strictObject({ id: z.string() })), 'a list of objects'],
  [z.union([z.array(z.string()), z.string(), z.null()]), 'null, text or a list, each: text'],
  [z.strictObject({ id: z.string() }).nullable(), 'null or object'],
  [z.record(z.string(), z.number()), 'object of names, each with: number'],
  [z.tuple([z.string(), z.int()]), 'a list of text, then whole number'],
  [z.unknown(), 'anything'],
])('%# a field is told in words', (schema, words) => {
  expect(wordsOf(schema)).toBe(words);
});

test('variants are told by what tells them apart, also where one of them has variants', () => {
  const inner = z.discriminatedUnion('how', [
    z.strictObject({ kind: z.literal('b'), how: z.literal('x') }),
    z.strictObject({ kind: z.literal('b'), how: z.literal('y'), count: z.int() }),
  ]);
  const body = bodyOf(z.union([z.strictObject({ kind: z.literal('a'), name: z.string() }), inner]));
  expect(body?.variants?.map(({ words }) => words)).toEqual([
    'kind “a”',
    'kind “b”, how “x”',
    'kind “b”, how “y”',
  ]);
  expect(body?.variants?.map(({ fields }) => fields?.map(({ name }) => name))).toEqual([
    ['name'],
    undefined,
    ['count'],
  ]);
});

test('what holds itself is told once, and the document is right', () => {
  const Tree = z.strictObject({
    name: z.string(),
    get below(): z.ZodOptional<z.ZodArray<typeof Tree>> {
      return z.array(Tree).optional();
    },
  });
  expect(openApiFaults(documentOf(Tree))).toEqual([]);
  expect(openApiFaults(documentOf(z.strictObject({ one: Tree, other: Tree, any: z.json() })))).toEqual([]);
  const [, below] = bodyOf(Tree)?.fields ?? [];
  expect(below).toMatchObject({ name: 'below', optional: true });
  expect(JSON.stringify(below)).toContain('the same once more');
});
