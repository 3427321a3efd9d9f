/** Each role × each action, by cookie and by token, through real requests; and who is let in no more, on every instance. */
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { credentialOf } from '../../../src/console/operators/credential.ts';
import { actions, changesSomething, roles } from '../../../src/console/operators/may.ts';
import type { ApiTokenId } from '../../../src/console/operators/operator.ts';
import { onBothStores } from '../../readers/on-both-stores.ts';
import { hour, noon } from '../../readers/support.ts';
import { expected } from '../api/role-table.ts';
import { asOwner, type Desk, desk, invited, operatorBrowser, owner, signedIn, tokenOf } from '../site.ts';

const statusOf = { allowed: 200, 'role-insufficient': 403, 'person-needed': 403 } as const;
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

onBothStores((stores) => {
  const open = () => desk({ stores: stores() });

  describe.each(roles)('a signed-in %s', (role) => {
    test('may by cookie and by token exactly what the table says', async () => {
      const here = open();
      const browser = await signedIn(here, await invited(here, role));
      const token = await tokenOf(here, role);
      for (const action of actions) {
        const method = changesSomething(action) ? 'post' : 'get';
        const path = `/-/console/do/${action}`;
        const byCookie = await browser.call(method, path);
        const byToken = await request(here.app)[method](path).set(bearer(token));
        const answers = [byCookie, byToken].map(({ status, body }) => [action, status, body.error?.code]);
        const wanted = (['device', 'token'] as const).map((by) => {
          const permission = expected(role, by, action);
          return [action, statusOf[permission], permission === 'allowed' ? undefined : permission];
        });
        expect(answers).toEqual(wanted);
      }
      const allowed = (by: 'device' | 'token') =>
        actions.filter((action) => expected(role, by, action) === 'allowed').length;
      expect(here.done).toHaveLength(allowed('device') + allowed('token'));
    });
  });

  describe('power ends with the very next request, on every instance', () => {
    const twoDesks = (): [Desk, Desk] => {
      const time = { now: noon };
      return [desk({ stores: stores(), time }), desk({ stores: stores(), time })];
    };
    const tries = async (at: Desk, cookie: string, action: string) =>
      (
        await request(at.app)
          .post(`/-/console/do/${action}`)
          .set({ Cookie: cookie, Origin: 'https://paper.example' })
      ).status;
    const cookieOf = (browser: { jar: Map<string, string> }) =>
      `__Host-gf_operator=${browser.jar.get('__Host-gf_operator')}`;

    test('when a role is lowered', async () => {
      const [here, there] = twoDesks();
      const email = await invited(here, 'owner');
      const cookie = cookieOf(await signedIn(here, email));
      expect(await tries(there, cookie, 'revoke-token')).toBe(200);
      const lowered = await here.operators.changeRole({ email, from: 'owner', to: 'editor' }, asOwner, noon);
      expect(lowered).toEqual({ kind: 'changed' });
      expect(await tries(there, cookie, 'revoke-token')).toBe(403);
      expect(await tries(there, cookie, 'publish')).toBe(200);
      await there.operators.changeRole({ email, from: 'editor', to: 'viewer' }, asOwner, noon);
      expect(await tries(here, cookie, 'publish')).toBe(403);
    });

    test('when an operator is removed, with the tokens they made; being invited again brings neither back', async () => {
      const [here, there] = twoDesks();
      const email = await invited(here, 'owner');
      const browser = await signedIn(here, email);
      const cookie = cookieOf(browser);
      const [record] = (await here.operators.list()).filter((one) => one.email === email);
      const { appointment } = (await stores().operators.operator(email))!;
      const token = await tokenOf(here, 'owner', { ...(asOwner as object), email, appointment });
      const byToken = async (at: Desk) =>
        (await request(at.app).get('/-/console/do/read').set(bearer(token))).status;
      expect(record).toMatchObject({ role: 'owner', bySettings: false, invitedBy: owner });
      expect([await tries(there, cookie, 'publish'), await byToken(there)]).toEqual([200, 200]);
      expect(await here.operators.remove(email, asOwner, noon)).toEqual({ kind: 'removed' });
      expect([await tries(there, cookie, 'publish'), await byToken(there)]).toEqual([401, 401]);
      await here.operators.invite({ email, role: 'owner' }, asOwner, noon);
      expect([await tries(there, cookie, 'publish'), await byToken(there)]).toEqual([401, 401]);
    });

    test('when a token’s maker is lowered, the token is lowered too', async () => {
      const [here, there] = twoDesks();
      const email = await invited(here, 'owner');
      const { appointment } = (await stores().operators.operator(email))!;
      const token = await tokenOf(here, 'owner', { ...(asOwner as object), email, appointment });
      const can = async (action: string) =>
        (await request(there.app).post(`/-/console/do/${action}`).set(bearer(token))).status;
      expect([await can('revoke-token'), await can('publish')]).toEqual([200, 200]);
      await here.operators.changeRole({ email, from: 'owner', to: 'viewer' }, asOwner, noon);
      expect([await can('revoke-token'), await can('publish')]).toEqual([403, 403]);
    });

    test('when signed out here or everywhere, and when a token is revoked', async () => {
      const [here, there] = twoDesks();
      const email = await invited(here, 'editor');
      const [first, second, third] = [
        await signedIn(here, email),
        await signedIn(there, email),
        await signedIn(here, email),
      ];
      const cookies = [first, second, third].map(cookieOf);
      const standing = async () => Promise.all(cookies.map((cookie) => tries(there, cookie, 'publish')));
      expect(await standing()).toEqual([200, 200, 200]);
      expect((await first.post('/-/console/sign-out')).status).toBe(200);
      expect(first.jar.has('__Host-gf_operator')).toBe(false);
      expect(await standing()).toEqual([401, 200, 200]);
      const everywhere = await second.post('/-/console/sign-out/everywhere');
      expect(everywhere.text).toContain('No browser is signed in');
      expect(await standing()).toEqual([401, 401, 401]);

      const token = await tokenOf(here, 'editor');
      const byToken = async () =>
        (await request(there.app).get('/-/console/do/read').set(bearer(token))).status;
      expect(await byToken()).toBe(200);
      const id = credentialOf(token).id as ApiTokenId;
      expect(await there.tokens.revoke(id, asOwner, noon)).toEqual({ kind: 'revoked' });
      expect(await byToken()).toBe(401);
    });

    test('when OPERATORS names somebody no more', async () => {
      const here = open();
      const cookie = cookieOf(await signedIn(here));
      const token = await tokenOf(here, 'owner');
      const restarted = desk({ stores: stores(), operators: ['somebody@desk.example' as never] });
      expect(await tries(restarted, cookie, 'publish')).toBe(401);
      await restarted.operators.invite({ email: owner, role: 'viewer' }, asOwner, noon);
      expect(await tries(restarted, cookie, 'publish')).toBe(401);
      expect((await request(restarted.app).get('/-/console/do/read').set(bearer(token))).status).toBe(401);
      await stores().operators.removeOperator(owner, (await stores().operators.operator(owner))!.appointment);
    });
  });

  test('a sign-in lasts eight hours at most and an hour without a request, whoever of the instances saw it last', async () => {
    const time = { now: noon };
    const [here, there] = [desk({ stores: stores(), time }), desk({ stores: stores(), time })];
    const email = await invited(here, 'editor');
    const busy = await signedIn(here, email);
    const idle = await signedIn(here, email);
    const look = async (at: Desk, browser: typeof busy) => {
      const cookie = `__Host-gf_operator=${browser.jar.get('__Host-gf_operator')}`;
      return (await request(at.app).get('/-/console/do/read').set('Cookie', cookie)).status;
    };
    time.now = noon + hour - 1;
    expect(await look(there, idle)).toBe(200);
    for (let at = noon; at < noon + 8 * hour; at += hour / 2) {
      time.now = at;
      expect(await look(at % hour ? here : there, busy)).toBe(200);
    }
    expect(await look(here, idle)).toBe(401);
    time.now = noon + 8 * hour;
    expect(await look(here, busy)).toBe(401);
    const listed = (await here.operators.list()).find((one) => one.email === email);
    expect(listed).toMatchObject({ lastSeenAt: noon + 7.5 * hour });
  });

  test('a token ends when it was said to', async () => {
    const here = open();
    const token = await tokenOf(here, 'viewer');
    const look = async () => (await request(here.app).get('/-/console/do/read').set(bearer(token))).status;
    here.time.now = noon + 24 * hour - 1;
    expect(await look()).toBe(200);
    const [listed] = (await here.tokens.list()).filter(({ lastUsedAt }) => lastUsedAt === here.time.now);
    expect(listed).toBeDefined();
    here.time.now = noon + 24 * hour;
    expect(await look()).toBe(401);
  });
});

describe('a refusal', () => {
  onBothStores((stores) => {
    test('is a page for who visits, and JSON with a stable code for programs; none is kept', async () => {
      const here = desk({ stores: stores() });
      const viewer = await signedIn(here, await invited(here, 'viewer'));
      const page = await viewer.post('/-/console/do/publish');
      expect(page.status).toBe(403);
      expect(page.text).toContain('Your role doesn’t allow this');
      expect(page.headers['content-type']).toContain('text/html');
      const program = await request(here.app).get('/-/console/do/read');
      expect(program.status).toBe(401);
      expect(program.body).toEqual({ error: { code: 'operator-unknown', detail: expect.any(String) } });
      expect(program.headers['www-authenticate']).toBe('Bearer realm="Gatefold console"');
      for (const { headers } of [page, program]) expect(headers['cache-control']).toBe('private, no-store');
      const head = await request(here.app).head('/-/console/do/read');
      expect([head.status, head.text]).toEqual([401, undefined]);
    });

    test('of a visit leads to signing in and from there back; the ended cookie goes', async () => {
      const here = desk({ stores: stores() });
      const browser = operatorBrowser(here.app);
      const led = await browser.get('/-/console/do/read?q=1&r=%2F');
      expect([led.status, led.headers.location]).toEqual([
        303,
        `/-/console/sign-in?return=${encodeURIComponent('/-/console/do/read?q=1&r=%2F')}`,
      ]);
      const signed = await signedIn(here, await invited(here, 'viewer'));
      here.time.now = noon + 9 * hour;
      const ended = await signed.get('/-/console');
      expect([ended.status, ended.headers.location]).toEqual([303, '/-/console/sign-in']);
      expect(signed.jar.has('__Host-gf_operator')).toBe(false);
    });

    test('from another site’s link is a page of our own that asks once more, never a loop', async () => {
      const here = desk({ stores: stores() });
      const browser = operatorBrowser(here.app);
      const moment = await browser.get('/-/console/do/read', { 'Sec-Fetch-Site': 'cross-site' });
      expect(moment.status).toBe(200);
      const to = '/-/console/sign-in?return=%2F-%2Fconsole%2Fdo%2Fread';
      expect(moment.text).toContain(`<meta http-equiv="refresh" content="0; url=${to}"`);
      const form = await browser.get(to, { 'Sec-Fetch-Site': 'cross-site' });
      expect(form.status).toBe(200);
      expect(form.text).not.toContain('http-equiv');
      const signed = await signedIn(here, await invited(here, 'viewer'));
      const on = await signed.get(to, { 'Sec-Fetch-Site': 'same-origin' });
      expect([on.status, on.headers.location]).toEqual([303, '/-/console/do/read']);
    });

    test('to look for what changes something is 405, whoever looks', async () => {
      const here = desk({ stores: stores() });
      const browser = await signedIn(here);
      const token = await tokenOf(here, 'owner');
      for (const method of ['get', 'head'] as const) {
        const path = '/-/console/do/publish';
        expect((await request(here.app)[method](path).set(bearer(token))).status).toBe(405);
        const cookie = `__Host-gf_operator=${browser.jar.get('__Host-gf_operator')}`;
        expect((await request(here.app)[method](path).set('Cookie', cookie)).status).toBe(405);
      }
      expect(here.done).toEqual([]);
    });

    test('while the store is gone is 503, and nobody gets in', async () => {
      const failing = new Proxy(stores().operators, {
        get: () => () => Promise.reject(new Error('gone')),
      });
      const well = desk({ stores: stores() });
      const browser = await signedIn(well);
      const here = desk({ stores: { ...stores(), operators: failing } });
      const cookie = `__Host-gf_operator=${browser.jar.get('__Host-gf_operator')}`;
      const answer = await request(here.app).get('/-/console/do/read').set('Cookie', cookie);
      expect([answer.status, answer.body.error.code]).toEqual([503, 'unavailable']);
      const out = await request(here.app).post('/-/console/sign-out/everywhere').set('Cookie', cookie);
      expect(out.status).toBe(503);
      expect(out.headers['set-cookie']?.[0]).toMatch(/^__Host-gf_operator=; Max-Age=0/);
      const asked = await operatorBrowser(here.app).post('/-/console/sign-in', { email: owner });
      expect(asked.status).toBe(503);
      expect(asked.text).toContain('<main id="content"');
      expect(here.faults).toHaveLength(3);
    });

    test('is also what a route gets that forgot to ask', async () => {
      const here = desk({ stores: stores() });
      const token = await tokenOf(here, 'owner');
      const answer = await request(here.app).get('/-/console/forgotten').set(bearer(token));
      expect(answer.status).toBe(500);
      expect(answer.body).toEqual({});
    });
  });
});
