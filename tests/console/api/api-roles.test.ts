/** Each role × by browser and by token × each call and each form of the console: allowed or refused as the table says. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Call } from '../../../src/console/api/call.ts';
import { changesSomething, type Role, roles } from '../../../src/console/operators/may.ts';
import { type OperatorBrowser, operatorAt, programAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { consoleRoutesOf, type FoundRoute } from '../shell/console-router.ts';
import { askedByPost, callsByAction, expected } from './role-table.ts';

let here: RunningGateway;
let calls: readonly Call[];
let routes: readonly FoundRoute[];
beforeAll(async () => {
  here = await startGateway();
  calls = here.gateway.console.calls;
  routes = consoleRoutesOf(here.gateway);
});
afterAll(() => here?.stop());

/** An address of the call’s that names nothing there is. */
const addressOf = ({ path }: Call): string => path.replace(/:\w+/g, 'nothing-of-that-name');
const bodyOf = ({ method }: Call): unknown => (method === 'get' ? undefined : {});
const doors = ['operator-unknown', 'role-insufficient', 'person-needed', 'other-site', 'token-invalid'];

/** All that an operator may change; that somebody took a copy is noted, and changes nothing. */
const everything = async (): Promise<object> => {
  const { stores } = here.gateway;
  const [audit, operators, tokens, desk] = await Promise.all([
    stores.audit.auditPage({ limit: 500 }),
    stores.operators.operators(),
    stores.operators.apiTokens(),
    stores.versions.desk(),
  ]);
  const asTheyAre = { operators: operators.map(withoutSeen), tokens: tokens.map(withoutSeen) };
  return { done: audit.lines.filter(({ what }) => what !== 'export'), desk, ...asTheyAre };
};
const withoutSeen = (record: object) => ({ ...record, lastSeenAt: 0, lastUsedAt: 0 });

describe('the calls', () => {
  test('are those of the table, each with its action', () => {
    const named = Object.entries(callsByAction).flatMap(([action, ids]) => ids.map((id) => [id, action]));
    expect(Object.fromEntries(calls.map(({ id, action }) => [id, action]))).toEqual(
      Object.fromEntries(named),
    );
  });

  test('change nothing by GET, and what is only looked at by another method is meant so', () => {
    const changing = calls.filter(({ method, action }) => method === 'get' && changesSomething(action));
    expect(changing).toEqual([]);
    const looking = calls.filter(({ method, action }) => method !== 'get' && !changesSomething(action));
    expect(looking.map(({ id }) => id).toSorted()).toEqual([...askedByPost.calls].toSorted());
  });

  test.each(roles)('%s: by browser and by token exactly what the table says', async (role) => {
    const askers = { device: await operatorAt(here, role), token: await programAt(here, role) };
    const before = await everything();
    for (const call of calls)
      for (const by of ['device', 'token'] as const) {
        const answer = await askers[by].api(call.method, addressOf(call), bodyOf(call));
        const code = answer.body?.error?.code;
        const permission = expected(role, by, call.action);
        const got = doors.includes(code) ? code : 'allowed';
        expect([call.id, by, got]).toEqual([call.id, by, permission]);
        if (permission !== 'allowed') expect([call.id, answer.status]).toEqual([call.id, 403]);
        else expect([call.id, [401, 403].includes(answer.status)]).toEqual([call.id, false]);
      }
    if (role === 'viewer') expect(await everything()).toEqual(before);
  });

  test('give nothing to nobody: without a sign-in, with a made-up token, with a reader’s own sign-in', async () => {
    const { cookie, token } = await here.account('reader@example.com');
    const own = { Origin: here.consoleUrl, 'Sec-Fetch-Site': 'same-origin' };
    for (const call of calls)
      for (const headers of [
        own,
        { ...own, Authorization: `Bearer gfo_${'x'.repeat(43)}` },
        { ...own, Authorization: `Bearer ${token}` },
        { ...own, ...cookie },
        { ...own, Cookie: `gf_operator=${'x'.repeat(43)}` },
      ]) {
        const method = call.method.toUpperCase();
        const answer = await here.ask(`/-/console/api/v1${addressOf(call)}`, { method, headers });
        expect([call.id, headers, answer.status]).toEqual([call.id, headers, 401]);
        expect(Object.keys(JSON.parse(answer.text))).toEqual(['error']);
      }
  });
});

/** Before anybody is known: to sign in, and what is nobody’s. */
const open = /^\/-\/console\/(?:sign-(?:in|out)(?:\/|$)|assets\/)/;
const isCall = ({ path }: FoundRoute): boolean => path.startsWith('/-/console/api/v1');
const forms = (): readonly FoundRoute[] =>
  routes.filter((route) => route.method !== 'GET' && !isCall(route) && !open.test(route.path));
const filled = (path: string): string => path.replace(/:\w+/g, 'nothing');

describe('every page and form of the console', () => {
  test('stands behind the door: whoever asks is asked for before anything else', () => {
    const unguarded = routes.filter(({ path, action }) => action === undefined && !open.test(path));
    expect(unguarded).toEqual([]);
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) expect(route.path).toMatch(/^\/-\/console(?:\/|$)/);
  });

  test('changes nothing when it is looked at; a form that changes nothing is meant so', () => {
    const changing = routes.filter(
      ({ method, action }) => method === 'GET' && action !== undefined && changesSomething(action),
    );
    expect(changing).toEqual([]);
    const looking = forms().filter(({ action }) => action !== undefined && !changesSomething(action));
    expect(looking.map(({ path }) => path).toSorted()).toEqual([...askedByPost.forms].toSorted());
  });

  const sendAll = async (role: Role, browser: OperatorBrowser): Promise<void> => {
    for (const { method, path, action } of forms()) {
      expect([path, method]).toEqual([path, 'POST']);
      const { status } = await browser.post(filled(path));
      const permission = expected(role, 'device', action!);
      const isRefused = status === 403;
      expect([path, status, isRefused]).toEqual([path, status, permission !== 'allowed']);
      expect([path, status < 500 || status === 503]).toEqual([path, true]);
    }
  };

  test.each(roles)('%s: every form is taken or refused as the table says', async (role) => {
    const browser = await operatorAt(here, role);
    const before = await everything();
    await sendAll(role, browser);
    if (role === 'viewer') expect(await everything()).toEqual(before);
  });

  test('is shown to nobody, and no form is taken from nobody', async () => {
    const own = { Origin: here.consoleUrl, 'Sec-Fetch-Site': 'same-origin' };
    for (const { method, path } of routes.filter((route) => !open.test(route.path) && !isCall(route))) {
      const answer = await here.ask(filled(path), {
        method: method === 'ALL' ? 'GET' : method,
        headers: own,
      });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });
});
