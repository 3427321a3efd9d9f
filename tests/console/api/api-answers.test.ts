/** That every call answers exactly what its schema says: each is made by a test through a client that checks the answer. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type Call, call, ok } from '../../../src/console/api/call.ts';
import { read, root } from '../../docs/documents.ts';
import { callAt, checkAnswer } from '../../support/checked-answer.ts';
import { operatorAt } from '../../support/console-browser.ts';
import { comp, dayMs, type RunningGateway, startGateway } from '../../support/start-gateway.ts';

let here: RunningGateway;
let calls: readonly Call[];
beforeAll(async () => {
  here = await startGateway({ contentDir: join(root, 'config/sample') });
  calls = here.gateway.console.calls;
  await here.account('subscriber@example.com', [comp('all', here.time.now - dayMs, here.time.now + dayMs)]);
  const reader = here.reader();
  for (const slug of ['three-cuts', 'supper-at-four', 'nine-metres-of-rope', 'eleven-words-for-mud'])
    await reader.ask(`/tidewater/${slug}`);
});
afterAll(() => here?.stop());

/** Nothing has to be named to ask. */
const isPlain = ({ method, path, query }: Call): boolean =>
  method === 'get' && !path.includes(':') && (query?.safeParse({}).success ?? true);

test('every call that only has to be asked answers what it says, over some readers and views', async () => {
  const owner = await operatorAt(here);
  for (const { id, path } of calls.filter(isPlain)) {
    const { status, text } = await owner.api('get', path);
    expect([id, status, text]).toEqual([id, expect.any(Number), expect.any(String)]);
    expect([id, status < 500]).toEqual([id, true]);
  }
});

test('the free reads of a metered limit are a table too, and of one that there isn’t they are 404', async () => {
  const owner = await operatorAt(here);
  const table = await owner.api('get', '/insight/reads.csv?meter=main');
  expect([table.status, table.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect((await owner.api('get', '/insight/reads.csv?meter=none')).body.error.code).toBe('meter-unknown');
});

/**
 * `api('put', `/operators/${one}/role`, …)` in the tests' own texts, or such a row of a table: what is made through the
 * client that checks.
 */
const madeIn = (text: string): readonly { readonly method: string; readonly path: string }[] =>
  [...text.matchAll(/(?:\bapi\(|\[)\s*'(get|post|put|delete)',\s*(?:'([^']*)'|`((?:[^`\\]|\\.)*)`)/gi)].map(
    ([, method = '', plain, template = '']) => ({ method, path: plain ?? withoutValues(template) }),
  );

const withoutValues = (template: string): string => template.replace(/\$\{[^}]*\}/g, 'value');

const testFiles = (): readonly string[] =>
  readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => read(`tests/${file}`));

test('every other call is made by some test, through the client that checks its answer', () => {
  const made = new Set(
    testFiles()
      .flatMap(madeIn)
      .map(({ method, path }) => callAt(calls, method, path)?.id),
  );
  expect(calls.filter((one) => !isPlain(one) && !made.has(one.id)).map(({ id }) => id)).toEqual([]);
});

describe('the client that checks', () => {
  const example = call({
    id: 'example',
    method: 'get',
    path: '/example/:id',
    action: 'read',
    group: 'Site',
    summary: 'An example.',
    params: z.object({ id: z.string() }),
    answer: z.object({ count: z.int(), inner: z.object({ name: z.string() }).optional() }),
    problems: ['token-not-found'],
    run: async () => ok({ count: 1 }),
  });
  const headers = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' };
  const checked = (body: unknown, status = 200, more = {}) =>
    checkAnswer([example], 'get', '/example/1?x=y', { status, headers: { ...headers, ...more }, body });

  test('takes what the call says', () => {
    expect(() => checked({ inner: { name: 'x' }, count: 1 })).not.toThrow();
    expect(() => checked({ error: { code: 'token-not-found' } }, 404)).not.toThrow();
    expect(() => checked({ error: { code: 'role-insufficient' } }, 403)).toThrow('doesn’t name');
  });

  test('notices what is missing, too much, of another kind, unnamed, kept or told to other sites', () => {
    expect(() => checked({})).toThrow('isn’t what its schema says');
    expect(() => checked({ count: '1' })).toThrow('isn’t what its schema says');
    expect(() => checked({ count: 1, more: 1 })).toThrow('more than its schema says');
    expect(() => checked({ count: 1, inner: { name: 'x', more: 1 } })).toThrow('more than its schema says');
    expect(() => checked({ error: { code: 'name-taken' } }, 409)).toThrow('doesn’t name');
    expect(() => checked({ error: { code: 'token-not-found' } }, 400)).toThrow('and not 404');
    expect(() => checked({ count: 1 }, 200, { 'cache-control': 'no-cache' })).toThrow('cache');
    expect(() => checked({ count: 1 }, 200, { etag: 'x' })).toThrow('ETag');
    expect(() => checked({ count: 1 }, 200, { 'access-control-allow-origin': '*' })).toThrow('other sites');
  });
});
