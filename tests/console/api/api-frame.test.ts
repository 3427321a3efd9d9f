/** What holds for every call of the management API: methods, bodies, faults, headers; and the calls of team, audit and overview. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jsonOf, operatorAt, programAt } from '../../support/console-browser.ts';
import type { Asking } from '../../support/raw-client.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';

let here: RunningGateway;
let token: string;
/** What takes the token's place for what only people may. */
let person: Readonly<Record<string, string>>;
beforeAll(async () => {
  here = await startGateway();
  token = (await programAt(here, 'owner')).token;
  const { secret } = await operatorAt(here);
  person = {
    Cookie: `gf_operator=${secret}`,
    Origin: here.consoleUrl,
    'Sec-Fetch-Site': 'same-origin',
    Authorization: '',
  };
});
afterAll(() => here?.stop());

const base = '/-/console/api/v1';
const bearer = () => ({ Authorization: `Bearer ${token}` });

const asked = async (method: string, path: string, asking: Asking = {}) => {
  const answer = await here.ask(`${base}${path}`, {
    ...asking,
    method,
    headers: { ...bearer(), ...asking.headers },
  });
  const body = answer.text === '' ? undefined : JSON.parse(answer.text);
  return { ...answer, code: body?.error?.code, body };
};
const sent = (method: string, path: string, text: string, type = 'application/json') =>
  asked(method, path, { body: text, headers: { ...jsonOf(text), 'Content-Type': type, ...person } });

describe('a request that no call takes', () => {
  test('is told which methods there are, and nothing to other sites', async () => {
    const patched = await asked('PATCH', '/operators');
    expect([patched.status, patched.code]).toEqual([405, 'method-not-allowed']);
    expect(patched.headers.allow).toBe('GET, POST, HEAD, OPTIONS');
    const options = await asked('OPTIONS', '/tokens/x');
    expect([options.status, options.text, options.headers.allow]).toEqual([204, '', 'DELETE, OPTIONS']);
    const preflight = await here.ask(`${base}/operators`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    for (const { headers } of [patched, options, preflight])
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('is 404 as JSON, for a viewer too; for nobody it is 401', async () => {
    const viewer = await programAt(here, 'viewer');
    for (const method of ['GET', 'POST', 'DELETE', 'PATCH'])
      for (const path of ['/no-such', '/operators/a/b/c', '/', '', '/OPERATORS'])
        expect([method, path, (await viewer.api(method, path)).body.error.code]).toEqual([
          method,
          path,
          'call-unknown',
        ]);
    const nobody = await here.ask(`${base}/no-such`);
    expect([nobody.status, JSON.parse(nobody.text).error.code]).toEqual([401, 'operator-unknown']);
  });

  test('HEAD answers as GET without a body', async () => {
    const [head, get] = [await asked('HEAD', '/operators'), await asked('GET', '/operators')];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.text)));
    const table = await asked('HEAD', '/audit.csv');
    expect([table.status, table.text]).toEqual([200, '']);
    expect(table.headers['content-disposition']).toBe('attachment; filename="audit.csv"');
  });
});

describe('a body', () => {
  const invited = JSON.stringify({ email: 'x@desk.example', from: 'viewer', to: 'editor' });

  test.each([
    ['broken JSON', '{"email":', 'application/json', 400, 'body-unreadable'],
    ['a bare text', '"text"', 'application/json', 400, 'body-unreadable'],
    ['bytes that are no UTF-8', '{}', 'application/json; charset=shift_jis', 415, 'body-not-json'],
    ['a form', 'email=x', 'application/x-www-form-urlencoded', 415, 'body-not-json'],
    ['plain text, which a foreign form can send', invited, 'text/plain', 415, 'body-not-json'],
    ['more than any call takes', `"${'x'.repeat(3_200_000)}"`, 'application/json', 413, 'body-too-large'],
    ['a list', '[]', 'application/json', 400, 'request-invalid'],
    [
      'nesting without end',
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'application/json',
      400,
      'request-invalid',
    ],
  ])('of %s is refused with a code', async (_, text, type, status, code) => {
    const answer = await sent('POST', '/operators', text, type);
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  test('is refused with every fault at its place, and what it has too much by name', async () => {
    const { status, body } = await sent(
      'POST',
      '/operators',
      '{"email":"nobody","rol":"owner","__proto__":{"role":"owner"}}',
    );
    expect(status).toBe(400);
    expect(body.error.faults).toEqual([{ in: 'body', at: '__proto__', message: expect.any(String) }]);
    const again = await sent('POST', '/operators?dry=1', '{"email":"nobody","rol":"owner"}');
    expect(again.body.error.faults).toEqual(
      expect.arrayContaining([
        { in: 'query', at: 'dry', message: 'There is no such field here.' },
        { in: 'body', at: 'email', message: expect.any(String) },
        { in: 'body', at: 'role', message: expect.any(String) },
        { in: 'body', at: 'rol', message: 'There is no such field here.' },
      ]),
    );
    expect(again.body.error.faults).toHaveLength(4);
  });

  test('is taken by DELETE too, may be missing where nothing is needed, and isn’t read by GET', async () => {
    const none = await asked('DELETE', `/tokens/${'x'.repeat(22)}`);
    expect([none.status, none.code]).toEqual([404, 'token-not-found']);
    expect((await sent('DELETE', `/tokens/${'x'.repeat(22)}`, '{}')).code).toBe('token-not-found');
    const unwanted = await sent('DELETE', `/tokens/${'x'.repeat(22)}`, '{"id":"y"}');
    expect(unwanted.body.error.faults).toEqual([
      { in: 'body', at: 'id', message: 'There is no such field here.' },
    ]);
    const empty = await asked('DELETE', `/tokens/${'x'.repeat(22)}`, { headers: { 'Content-Length': '0' } });
    expect(empty.code).toBe('token-not-found');
    expect((await sent('GET', '/operators', '{"x":', 'text/plain')).status).toBe(200);
  });
});

describe('an address', () => {
  test('with a parameter twice, unknown or out of bounds is refused, naming it', async () => {
    const faults = async (query: string) =>
      (await asked('GET', `/audit?${query}`)).body.error.faults.map(({ at }: { at: string }) => at);
    expect(await faults('limit=1&limit=2')).toEqual(['limit']);
    expect(await faults('limit[]=1')).toEqual(['limit[]']);
    expect(await faults('__proto__=1')).toEqual(['__proto__']);
    expect(await faults('limit=0')).toEqual(['limit']);
    expect(await faults('limit=501')).toEqual(['limit']);
    expect(await faults('before=soon')).toEqual(['before']);
  });

  test('with an escape that can’t be read is 400', async () => {
    for (const path of ['/tokens/%E0%A4%A', '/operators/%ff/role']) {
      const answer = await here.ask(`${base}${path}`, { method: 'DELETE', headers: bearer() });
      expect([path, answer.status, JSON.parse(answer.text).error.code]).toEqual([
        path,
        400,
        'address-unreadable',
      ]);
      expect(answer.headers).toMatchObject({
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  test('with a token in it is refused', async () => {
    expect((await asked('GET', `/audit?before=${token}`)).code).toBe('token-in-address');
  });
});

describe('a browser’s cookie', () => {
  test('opens nothing to another site’s page, nor to a request that says nothing of where it is from', async () => {
    const owner = await operatorAt(here);
    const cookie = { Cookie: `gf_operator=${owner.secret}`, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ email: 'thief@elsewhere.example', role: 'owner' });
    for (const from of [
      {},
      { Origin: 'https://elsewhere.example' },
      { Origin: 'null' },
      { Origin: here.consoleUrl, 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]) {
      const answer = await here.ask(`${base}/operators`, {
        method: 'POST',
        headers: { ...cookie, ...from },
        body,
      });
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([403, 'other-site']);
    }
    const { body: listed } = await owner.api('get', '/operators');
    expect(JSON.stringify(listed)).not.toContain('thief');
  });
});

describe('team, audit and overview', () => {
  test('an owner invites, changes a role, removes; of two who change at once one is told', async () => {
    const owner = await operatorAt(here);
    const email = 'new@desk.example';
    expect(
      (await owner.api('post', '/operators', { email: ' New@Desk.example ', role: 'viewer' })).body,
    ).toEqual({ mailed: true });
    expect((await owner.api('post', '/operators', { email, role: 'viewer' })).body.error.code).toBe(
      'operator-already',
    );
    const encoded = encodeURIComponent(email);
    const listed = async () =>
      (await owner.api('get', '/operators')).body.operators.find(
        (one: { email: string }) => one.email === email,
      );
    expect(await listed()).toEqual({
      email,
      role: 'viewer',
      bySettings: false,
      invitedBy: owner.email,
      invitedAt: new Date(here.time.now).toISOString(),
    });
    expect(
      (await owner.api('put', `/operators/${encoded}/role`, { from: 'viewer', to: 'editor' })).body,
    ).toEqual({
      email,
      role: 'editor',
    });
    const late = await owner.api('put', `/operators/${encoded}/role`, { from: 'viewer', to: 'owner' });
    expect([late.status, late.body.error.code, late.body.error.role]).toEqual([
      409,
      'changed-meanwhile',
      'editor',
    ]);
    expect((await owner.api('delete', `/operators/${encoded}`)).body).toEqual({ email });
    expect((await owner.api('delete', `/operators/${encoded}`)).status).toBe(404);
    expect(await listed()).toBeUndefined();
    const settings = '/operators/owner%40localhost';
    expect((await owner.api('delete', settings)).body.error.code).toBe('owner-by-settings');
    expect(
      (await owner.api('put', `${settings}/role`, { from: 'owner', to: 'viewer' })).body.error.code,
    ).toBe('owner-by-settings');
  });

  test('a token made by a call works, is listed without its secret, and ends when it is revoked', async () => {
    const owner = await operatorAt(here);
    const asked = { name: 'deploys', role: 'editor', days: 30 };
    const { body: made } = await owner.api('post', '/tokens', asked);
    expect(made.token).toMatchObject({ name: 'deploys', role: 'editor', createdBy: owner.email });
    const uses = async () =>
      (await here.ask(`${base}/overview`, { headers: { Authorization: `Bearer ${made.secret}` } })).status;
    expect(await uses()).toBe(200);
    const all = await owner.api('get', '/tokens');
    expect(all.text).not.toContain(made.secret);
    expect(all.body.tokens.map(({ id }: { id: string }) => id)).toContain(made.token.id);
    expect((await owner.api('post', '/tokens', asked)).body.error.code).toBe('name-taken');
    const faulty = await owner.api('post', '/tokens', { name: '=cmd', role: 'editor', days: 30 });
    expect(faulty.body.error.faults).toEqual([{ in: 'body', at: 'name', message: expect.any(String) }]);
    expect((await owner.api('post', '/tokens', { ...asked, days: 367 })).status).toBe(400);
    expect((await owner.api('delete', `/tokens/${made.token.id}`)).body).toEqual({ id: made.token.id });
    expect(await uses()).toBe(401);
    expect((await owner.api('delete', `/tokens/${made.token.id}`)).status).toBe(404);
  });

  test('the audit log tells what was done by calls, a page at a time and as a table', async () => {
    const owner = await operatorAt(here);
    for (const name of ['one', 'two', 'three'])
      await owner.api('post', '/tokens', { name: `audited ${name}`, role: 'viewer', days: 1 });
    const first = (await owner.api('get', '/audit?limit=2')).body;
    expect(first.lines.map(({ changed }: { changed: string }) => changed.split(':')[0])).toEqual([
      'audited three',
      'audited two',
    ]);
    expect(first.lines[0]).toMatchObject({
      what: 'make-token',
      who: { kind: 'operator', email: owner.email },
    });
    const second = (await owner.api('get', `/audit?limit=1&before=${first.next}`)).body;
    expect(second.lines[0].changed).toMatch(/^audited one:/);
    const table = await owner.api('get', '/audit.csv');
    expect(table.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(table.text.split('\r\n')[0]).toBe('when,who,what,about,changed');
    expect(table.text).toContain('audited one');
  });

  test('the overview tells what is in force and what it stands on', async () => {
    const viewer = await programAt(here, 'viewer');
    const { status, body } = await viewer.api('get', '/overview');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      address: here.url,
      consoleAddress: here.consoleUrl,
      store: { kind: 'sqlite', reachable: true },
      stripe: 'sandbox',
      outbox: true,
    });
    expect(body.policy.version).toBe(here.gateway.inForce().policy.version);
  });
});
