/** That the documentation is made of the calls and is right: as OpenAPI for programs, as a page for people. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Call } from '../../../src/console/api/call.ts';
import { openApi } from '../../../src/console/api/open-api.ts';
import { leastRoleFor, needsPersonFor } from '../../../src/console/operators/may.ts';
import { operatorAt, programAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { openApiFaults, schemaFaults } from './open-api.ts';

let here: RunningGateway;
let calls: readonly Call[];
// biome-ignore lint/suspicious/noExplicitAny: looked into at many places
let document: any;
beforeAll(async () => {
  here = await startGateway();
  calls = here.gateway.console.calls;
  document = openApi({ calls, consoleUrl: here.consoleUrl });
});
afterAll(() => here?.stop());

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', () => {
    expect(openApiFaults(document)).toEqual([]);
  });

  test('describes every call: its method and address, who may, and every refusal with its words', () => {
    for (const call of calls) {
      const operation = document.paths[call.path.replace(/:(\w+)/g, '{$1}')]?.[call.method];
      expect([call.id, operation?.operationId]).toEqual([call.id, call.id]);
      expect(operation['x-gatefold-role']).toBe(leastRoleFor(call.action));
      const byToken = operation.security.some((one: object) => 'token' in one);
      expect([call.id, byToken]).toEqual([call.id, !needsPersonFor(call.action)]);
      const told = Object.values(operation.responses as Record<string, { description: string }>)
        .map(({ description }) => description)
        .join();
      for (const code of call.problems ?? []) expect(told).toContain(`\`${code}\`: `);
    }
  });

  test('is served to whoever may read, and to nobody else', async () => {
    const viewer = await programAt(here, 'viewer');
    const path = '/-/console/api/openapi.json';
    const served = await here.ask(path, { headers: { Authorization: `Bearer ${viewer.token}` } });
    expect(served.status).toBe(200);
    expect(served.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(JSON.parse(served.text)).toEqual(JSON.parse(JSON.stringify(document)));
    expect((await here.ask(path)).status).toBe(401);
  });
});

describe('every call', () => {
  test('names the parameters of its address, and one address has one meaning', () => {
    const ids = calls.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const addresses = calls.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(addresses.filter((one, at) => addresses.indexOf(one) !== at)).toEqual([]);
    for (const { id, path, params } of calls) {
      const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      expect([id, Object.keys(params?.shape ?? {}).toSorted()]).toEqual([id, named.toSorted()]);
    }
    for (const { id, summary } of calls)
      expect([id, summary]).toEqual([id, expect.stringMatching(/^[A-Z].*\.$/s)]);
    for (const { id } of calls) expect(id).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });

  test('takes no field that it doesn’t know, however deep', () => {
    const loose = calls.flatMap(({ id, params, query, body }) =>
      [params, query, body].flatMap((schema) => {
        if (!schema) return [];
        const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
        return looseObjects(made).map((at) => `${id} ${at}`);
      }),
    );
    expect(loose).toEqual([]);
  });

  test('takes a list from the address only where it says so', () => {
    const unsaid = calls.flatMap(({ id, query }) =>
      Object.entries(query?.shape ?? {}).flatMap(([name, field]) => {
        const made = z.toJSONSchema(field as z.ZodType, { io: 'input', unrepresentable: 'any' });
        const takes = (field as z.ZodType).safeParse(['1', '2']).success;
        return takes && !JSON.stringify(made).includes('"array"') ? [`${id} ${name}`] : [];
      }),
    );
    expect(unsaid).toEqual([]);
  });
});

/** Objects with named fields that let others pass. */
const looseObjects = (node: unknown, at = ''): readonly string[] => {
  if (typeof node !== 'object' || node === null) return [];
  const isLoose = 'properties' in node && 'type' in node && !('additionalProperties' in node);
  const below = Object.entries(node).flatMap(([key, value]) => looseObjects(value, `${at}/${key}`));
  return isLoose ? [at, ...below] : below;
};

test('the rules find faults where there are some', () => {
  expect(schemaFaults({ type: 'text' })).toHaveLength(1);
  expect(schemaFaults({ properties: { a: { pattern: '(' } } })).toHaveLength(1);
  expect(schemaFaults({ required: 'a' })).toHaveLength(1);
  const broken = structuredClone(JSON.parse(JSON.stringify(document)));
  broken.paths['/operators/{name}'] = broken.paths['/operators/{email}'];
  broken.components.schemas.ListOperatorsAnswer.items = { $ref: '#/components/schemas/Nobody' };
  expect(openApiFaults(broken)).toEqual([
    expect.stringContaining('its address has name, and email are declared'),
    'an operationId stands twice',
    'two paths differ only in a parameter’s name',
    '#/components/schemas/Nobody leads nowhere',
  ]);
});

describe('the page', () => {
  test('tells every call with its address, and holds no script', async () => {
    const viewer = await operatorAt(here, 'viewer');
    const { status, text } = await viewer.get('/-/console/api');
    expect(status).toBe(200);
    for (const { id, path } of calls) {
      expect(text).toContain(`id="call-${id}"`);
      expect(text).toContain(`/-/console/api/v1${path.replace(/:(\w+)/g, '{$1}')}`);
    }
    expect(text).toContain(`${here.consoleUrl}/-/console/api/v1/overview`);
    expect(text).not.toMatch(/<script|<link rel="(?!icon" href="data:,")|src=/);
  });

  test('shows examples that can be sent as they stand', async () => {
    const viewer = await programAt(here, 'viewer');
    const { text } = await (await operatorAt(here, 'viewer')).get('/-/console/api');
    const shown = text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    const [, body = '', path = ''] = /-d '(\{.*\})' \\\n\s*\S+\/api\/v1(\/\S+?)</.exec(shown) ?? [];
    expect([path, (await viewer.api('post', path, JSON.parse(body))).status]).toEqual(['/policy/check', 200]);
  });

  test('leads a visitor to signing in', async () => {
    const visit = await here.ask('/-/console/api', { headers: { Accept: 'text/html' } });
    expect([visit.status, visit.headers.location]).toEqual([
      303,
      '/-/console/sign-in?return=%2F-%2Fconsole%2Fapi',
    ]);
  });
});
