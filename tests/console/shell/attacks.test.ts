/** What somebody else tries: forged forms, planted and made-up cookies, tokens where none belong. */
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { credentialOf, isSameHash } from '../../../src/console/operators/credential.ts';
import { actions, changesSomething } from '../../../src/console/operators/may.ts';
import { onBothStores } from '../../readers/on-both-stores.ts';
import { noon, publicUrl } from '../../readers/support.ts';
import {
  askFor,
  asOwner,
  desk,
  invited,
  operatorBrowser,
  owner,
  ownPage,
  signedIn,
  tokenOf,
} from '../site.ts';

const cookieName = '__Host-gf_operator';

onBothStores((stores) => {
  const open = () => desk({ stores: stores() });

  describe('a request that another site made a browser send', () => {
    const elsewhere: readonly (readonly [string, Record<string, string>])[] = [
      ['a form there', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
      ['a sibling domain', { Origin: 'https://ads.paper.example', 'Sec-Fetch-Site': 'same-site' }],
      ['a sibling that hides where it is', { 'Sec-Fetch-Site': 'same-site' }],
      ['a sandboxed frame', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
      ['a browser without Sec-Fetch', { Origin: 'https://evil.example' }],
      ['a name that begins like ours', { Origin: `${publicUrl}.evil.example` }],
      ['our name over http', { Origin: 'http://paper.example' }],
      ['our name on another port', { Origin: 'https://paper.example:8443' }],
      ['a page that says nothing of itself', {}],
      ['a page that only names a referrer of ours', { Referer: `${publicUrl}/-/console` }],
      [
        'two origins at once',
        { Origin: `${publicUrl}, https://evil.example`, 'Sec-Fetch-Site': 'same-origin' },
      ],
      ['a script that bears nothing', { 'Sec-Fetch-Site': 'cross-site', Authorization: 'Basic YTpi' }],
    ];

    test.each(elsewhere)('changes nothing: %s', async (_, headers) => {
      const here = open();
      const browser = await signedIn(here);
      const Cookie = `${cookieName}=${browser.jar.get(cookieName)}`;
      for (const action of actions.filter(changesSomething))
        for (const method of ['post', 'put', 'patch', 'delete'] as const) {
          const answer = await request(here.app)
            [method](`/-/console/do/${action}`)
            .set({ Cookie, ...headers })
            .type('text/plain')
            .send('{}');
          expect([action, method, answer.status, answer.body.error?.code]).toEqual([
            action,
            method,
            403,
            'other-site',
          ]);
        }
      expect(here.done).toEqual([]);
      // The same browser, from our own page, may.
      expect((await browser.call('post', '/-/console/do/publish')).status).toBe(200);
    });

    test('signs nobody in, out, or up for a mail', async () => {
      const here = open();
      const browser = await signedIn(here);
      const { link, browser: asking, code } = await askFor(here, owner);
      const mails = here.mails.length;
      const cross = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
      const answers = [
        await asking.post('/-/console/sign-in', { email: owner }, cross),
        await asking.post('/-/console/sign-in/link', { link }, cross),
        await asking.post('/-/console/sign-in/code', { code }, cross),
        await browser.post('/-/console/sign-out', {}, cross),
        await browser.post('/-/console/sign-out/everywhere', {}, cross),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
      expect(here.mails).toHaveLength(mails);
      expect((await browser.get('/-/console')).status).toBe(200);
      expect((await asking.post('/-/console/sign-in/link', { link })).status).toBe(303);
    });

    test('may not ask across origins at all: nothing of the console allows it', async () => {
      const here = open();
      const browser = await signedIn(here);
      const answer = await browser.get('/-/console/do/read', { Origin: 'https://evil.example' });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    });
  });

  describe('a cookie', () => {
    test('that was planted before signing in is not the one signed in with', async () => {
      const here = open();
      const planted = 'A'.repeat(43);
      const browser = operatorBrowser(here.app);
      browser.jar.set(cookieName, planted);
      await signedIn(here, owner, browser);
      expect(browser.jar.get(cookieName)).not.toBe(planted);
      const attacker = operatorBrowser(here.app);
      attacker.jar.set(cookieName, planted);
      expect((await attacker.get('/-/console')).status).toBe(303);
    });

    test('of the sign-in that an attacker planted takes no code that was mailed for another', async () => {
      const here = open();
      const email = await invited(here, 'owner');
      const attacker = await askFor(here, email);
      const victim = await askFor(here, email);
      const planted = attacker.browser.jar.get('__Host-gf_operator_sign_in') ?? '';
      victim.browser.jar.set('__Host-gf_operator_sign_in', planted);
      expect((await victim.browser.post('/-/console/sign-in/code', { code: victim.code })).status).toBe(400);
      expect((await attacker.browser.get('/-/console')).status).toBe(303);
    });

    test('that was planted beside one’s own signs nobody out, and one that proves somebody signs nobody in', async () => {
      const here = open();
      const [own, other] = [await signedIn(here), await signedIn(here, await invited(here, 'viewer'))].map(
        ({ jar }) => `${cookieName}=${jar.get(cookieName)}`,
      );
      const ask = (...cookies: readonly (string | undefined)[]) =>
        request(here.app).get('/-/console/do/read').set('Cookie', cookies.join('; '));
      const planted = `${cookieName}=${'B'.repeat(43)}`;
      for (const cookies of [
        [planted, own],
        [own, `${cookieName}=`, planted],
        [own, own],
      ])
        expect((await ask(...cookies)).body).toMatchObject({ email: owner });
      // Two that are good: one of them was planted, and nobody can tell which.
      for (const cookies of [
        [own, other],
        [other, own],
        [planted, `${cookieName}=x`],
      ])
        expect((await ask(...cookies)).status).toBe(401);
    });

    test('that is made up, or read in the store, or another’s kind, lets nobody in', async () => {
      const here = open();
      const browser = await signedIn(here);
      const secret = browser.jar.get(cookieName) ?? '';
      const { id, hash } = credentialOf(secret);
      const token = await tokenOf(here, 'owner');
      const { id: tokenId, hash: tokenHash } = credentialOf(token);
      const flipped = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
      const forged = [
        ...['', 'x', 'undefined', '__proto__', 'constructor', '%00', '*', '{"$ne":null}'],
        ...[id, hash, flipped, ` ${secret}x`, secret.toLowerCase(), `${secret}=`, `"${secret}"`],
        ...[token, token.slice(4), tokenId, tokenHash, 'A'.repeat(10_000)],
      ];
      for (const value of forged) {
        const answer = await request(here.app)
          .get('/-/console/do/read')
          .set('Cookie', `${cookieName}=${value}`);
        expect([value, answer.status]).toEqual([value, 401]);
      }
      for (const name of ['gf_operator', '__Secure-gf_operator', `x${cookieName}`, cookieName.toUpperCase()])
        expect(
          (await request(here.app).get('/-/console/do/read').set('Cookie', `${name}=${secret}`)).status,
        ).toBe(401);
      expect((await browser.get('/-/console')).status).toBe(200);
    });

    test('with the right id and another hash is refused: the id only finds, the hash decides', async () => {
      const here = open();
      const browser = await signedIn(here);
      const { id } = credentialOf(browser.jar.get(cookieName) ?? '');
      const device = await stores().operators.operatorDevice(id as never);
      await stores().operators.removeOperatorDevice(id as never);
      await stores().operators.putOperatorDevice({ ...device!, hash: 'A'.repeat(43) });
      expect((await browser.get('/-/console')).status).toBe(303);
    });
  });

  describe('an API token', () => {
    const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

    test('is taken from its header alone: one in an address is refused, and the sender told to revoke it', async () => {
      const here = open();
      const token = await tokenOf(here, 'owner');
      const browser = await signedIn(here);
      const addresses = [
        `/-/console/do/read?token=${token}`,
        `/-/console/do/read?access_token=${token}`,
        `/-/console/do/read?x=${token.toUpperCase()}`,
        `/-/console/do/read?a=b&authorization=Bearer%20${token}`,
      ];
      for (const address of addresses) {
        const answers = [
          await request(here.app).get(address),
          await request(here.app).get(address).set(bearer(token)),
          await browser.call('get', address),
          await request(here.app).post(address.replace('read', 'publish')).set(bearer(token)),
        ];
        for (const { status, body } of answers)
          expect([status, body.error.code]).toEqual([400, 'token-in-address']);
      }
      const inBody = await request(here.app).post('/-/console/do/publish').set(ownPage).send({ token });
      expect(inBody.status).toBe(401);
      const inCookie = await request(here.app).get('/-/console/do/read').set('Cookie', `gfo=${token}`);
      expect(inCookie.status).toBe(401);
      expect(here.done).toEqual([]);
    });

    test('that is bad is not made up for by a good cookie', async () => {
      const here = open();
      const browser = await signedIn(here);
      const token = await tokenOf(here, 'owner');
      const Cookie = `${cookieName}=${browser.jar.get(cookieName)}`;
      const bad = [
        ...['Bearer', 'Bearer ', 'Bearer x', `Bearer ${token}x`, `Bearer ${token.slice(0, -1)}`],
        ...[`Bearer ${token.slice(4)}`, `Bearer gfo_${'A'.repeat(43)}`, `Bearer ${token} ${token}`],
        ...[`bearer\t${token}`, `Bearer ${token},x`, `Bearer ${credentialOf(token).hash}`],
      ];
      for (const authorization of bad) {
        const answer = await request(here.app)
          .get('/-/console/do/read')
          .set({ Cookie, Authorization: authorization });
        expect([authorization, answer.status, answer.body.error?.code]).toEqual([
          authorization,
          401,
          'token-invalid',
        ]);
      }
      const basic = { Cookie, Authorization: 'Basic b3BlcmF0b3I6eA==' };
      expect((await request(here.app).get('/-/console/do/read').set(basic)).status).toBe(200);
    });

    test('acts from any machine, and as itself even where somebody is signed in', async () => {
      const here = open();
      const browser = await signedIn(here);
      const token = await tokenOf(here, 'viewer');
      const Cookie = `${cookieName}=${browser.jar.get(cookieName)}`;
      const both = await request(here.app)
        .post('/-/console/do/publish')
        .set({ Cookie, ...ownPage, ...bearer(token) });
      expect([both.status, both.body.error.code]).toEqual([403, 'role-insufficient']);
    });

    test('hands out no power, though an owner’s: what it could make would outlive it', async () => {
      const here = open();
      const token = await tokenOf(here, 'owner');
      for (const action of ['invite', 'change-role', 'make-token'] as const) {
        const answer = await request(here.app).post(`/-/console/do/${action}`).set(bearer(token));
        expect([action, answer.body.error.code]).toEqual([action, 'person-needed']);
      }
    });
  });

  test('no request to signing in fails, whatever its form', async () => {
    const here = open();
    const form = 'application/x-www-form-urlencoded';
    for (const path of ['', '/link', '/code'].map((rest) => `/-/console/sign-in${rest}`)) {
      const post = (type: string, body: string | Buffer) =>
        request(here.app).post(path).set('Content-Type', type).send(body);
      const answers = [
        await post('application/json', '{"email":{"$ne":null}}'),
        await post(form, 'email=a@b.co&email=c@d.co&code=1&code=2&link=x&link=y&return=/a&return=/b'),
        await post(form, 'email=a%0d%0abcc:c@d.co'),
        await post(form, 'email=a@b%0d%0a.co&return=%00'),
        await post(form, `email=${'a'.repeat(20_000)}`),
        await post(form, `${'a=1&'.repeat(50)}`),
        await post(form, '%%%=%zz&__proto__=1&constructor[prototype]=2'),
        await post(`${form}; charset=nonsense`, 'email=a'),
        await post('multipart/form-data; boundary=x', '--x--'),
        await post(form, Buffer.from([0xff, 0xfe, 0x00])),
        await request(here.app).post(path),
        await request(here.app).get(`${path}?link[]=1&return[a]=b&return=%ff`),
      ];
      for (const { status, headers, text } of answers) {
        expect(status).toBeLessThan(500);
        expect(headers['content-type']).toMatch(/^text\/html/);
        expect(text).toContain('<main id="content"');
      }
    }
    expect(here.mails).toEqual([]);
    expect(here.faults).toEqual([]);
  });

  test('what was typed comes back as text, never as markup', async () => {
    const here = open();
    const answer = await operatorBrowser(here.app).post('/-/console/sign-in', {
      email: '"><script>alert(1)</script>@x.example',
      return: '/-/console"><script>',
    });
    expect(answer.text).not.toContain('<script');
  });

  test('a lost race for a name leaves no second token that works', async () => {
    const here = open();
    const name = `raced ${noon} ${process.pid} ${Math.random()}`;
    const asked = { name, role: 'owner', expiresAt: noon + 1000 } as const;
    const made = await Promise.all(Array.from({ length: 10 }, () => here.tokens.make(asked, asOwner, noon)));
    expect(made.filter(({ kind }) => kind === 'made')).toHaveLength(1);
    expect(made.filter(({ kind }) => kind === 'name-taken')).toHaveLength(9);
  });
});

test('hashes are compared in full, and never by how long they are alone', () => {
  const { hash } = credentialOf('a');
  expect(isSameHash(hash, credentialOf('a').hash)).toBe(true);
  for (const other of [credentialOf('b').hash, hash.slice(0, 42), `${hash}A`, '', 'é'.repeat(43)])
    expect(isSameHash(hash, other)).toBe(false);
});
