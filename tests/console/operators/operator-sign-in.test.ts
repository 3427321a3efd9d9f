import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { randomText } from '../../../src/ops/random.ts';
import { signInMail } from '../../../src/pages/mail-sign-in.tsx';
import { createMailedProof } from '../../../src/readers/mailed-proof.ts';
import { newAddress, onBothStores } from '../../readers/on-both-stores.ts';
import { inForce, noon, publicUrl } from '../../readers/support.ts';
import { until } from '../../support/until.ts';
import {
  askFor,
  asOwner,
  desk,
  invited,
  lastLines,
  mailedTo,
  operatorBrowser,
  owner,
  signedIn,
} from '../site.ts';

const minute = 60_000;

onBothStores((stores) => {
  const open = (more: Partial<Parameters<typeof desk>[0]> = {}) => desk({ stores: stores(), ...more });

  describe('signing in to the console', () => {
    test('by the mailed link leads to the console page that was wanted, in the browser that opened it', async () => {
      const here = open();
      const email = await invited(here, 'editor');
      const asked = await operatorBrowser(here.app).post('/-/console/sign-in', {
        email: ` ${email.toUpperCase()} `,
        return: '/-/console/do/read?q=1',
      });
      expect(asked.status).toBe(200);
      await until(() => here.mails.length === 2, 'the mail');
      expect(here.mails[1]).toMatchObject({ to: email, subject: 'Sign in to the console of Lamplight' });
      const desktop = operatorBrowser(here.app);
      const { link } = mailedTo(here.mails[1]);
      expect((await desktop.get(`/-/console/sign-in/link?link=${link}`)).text).toContain(link);
      const done = await desktop.post('/-/console/sign-in/link', { link });
      expect([done.status, done.headers.location]).toEqual([303, '/-/console/do/read?q=1']);
      expect((await desktop.get('/-/console')).text).toContain(`${email} editor`);
    });

    test('sets a cookie that no script reads, no other site sends, and no sibling domain can set', async () => {
      const here = open();
      const { browser, link } = await askFor(here, owner);
      const done = await browser.post('/-/console/sign-in/link', { link });
      const [cookie = ''] = done.headers['set-cookie'] as unknown as string[];
      expect(cookie).toMatch(/^__Host-gf_operator=[\w-]{43}; /);
      const parts = cookie.split('; ').slice(1).toSorted();
      expect(parts).toEqual(['HttpOnly', 'Max-Age=28800', 'Path=/', 'SameSite=Strict', 'Secure']);
      const local = open({ publicUrl: 'http://127.0.0.1:8080' });
      const plain = operatorBrowser(local.app);
      const from = { Origin: 'http://127.0.0.1:8080' };
      await plain.post('/-/console/sign-in', { email: owner }, from);
      await until(() => local.mails.length === 1, 'the mail');
      await plain.post('/-/console/sign-in/link', { link: mailedTo(local.mails[0]).link }, from);
      expect([...plain.jar.keys()]).toContain('gf_operator');
    });

    test('by the code works in the browser that asked, however the code is typed, and in no other', async () => {
      const here = open();
      const email = await invited(here, 'viewer');
      const { browser, code } = await askFor(here, email);
      const elsewhere = operatorBrowser(here.app);
      expect((await elsewhere.post('/-/console/sign-in/code', { code })).status).toBe(410);
      const wrong = await browser.post('/-/console/sign-in/code', { code: '00000000', email });
      expect(wrong.status).toBe(400);
      expect(wrong.text).toContain('That code isn’t right');
      const done = await browser.post('/-/console/sign-in/code', {
        code: ` ${code.slice(0, 4)}-${code.slice(4)}`,
      });
      expect([done.status, done.headers.location]).toEqual([303, '/-/console']);
      expect([...browser.jar.keys()]).toEqual(['__Host-gf_operator']);
    });

    test('again in the same browser takes the place of the device that was there', async () => {
      const here = open();
      const email = await invited(here, 'viewer');
      const browser = await signedIn(here, email);
      const [first] = await stores().operators.devicesOfOperator(email);
      await signedIn(here, email, browser);
      const devices = await stores().operators.devicesOfOperator(email);
      expect(devices).toHaveLength(1);
      expect(devices[0]?.id).not.toBe(first?.id);
    });

    test('when signed in already leads on instead of asking', async () => {
      const here = open();
      const browser = await signedIn(here, await invited(here, 'viewer'));
      const on = await browser.get('/-/console/sign-in?return=%2F-%2Fconsole%2Fdo%2Fread');
      expect([on.status, on.headers.location]).toEqual([303, '/-/console/do/read']);
    });

    test('leads to pages of the console only, whatever was asked for', async () => {
      const here = open();
      const email = await invited(here, 'viewer');
      const browser = await signedIn(here, email);
      const elsewhere = [
        'https://evil.example/-/console',
        '//evil.example/-/console',
        '/\\evil.example',
        '/-/console/../../a/story',
        '/-/console/%2e%2e/%2e%2e/account',
        '/a/story',
        '/-/consoles',
        '/-/console/sign-out/everywhere',
        '/-/console/sign-in?return=/-/console',
        '',
      ];
      for (const wanted of elsewhere) {
        const on = await browser.get(`/-/console/sign-in?return=${encodeURIComponent(wanted)}`);
        expect([wanted, on.headers.location]).toEqual([wanted, '/-/console']);
      }
    });

    test('is written to the audit log with out, by address and device, without a secret', async () => {
      const here = open();
      const email = await invited(here, 'viewer');
      const browser = await signedIn(here, email);
      const secret = browser.jar.get('__Host-gf_operator') ?? '';
      const [{ id } = { id: '' }] = await stores().operators.devicesOfOperator(email);
      await browser.post('/-/console/sign-out');
      const who = { kind: 'operator', email };
      const lines = await lastLines(here, 2);
      expect(lines).toEqual([
        { at: noon, who, what: 'sign-out', about: [id], changed: 'signed out' },
        { at: noon, who, what: 'sign-in', about: [id], changed: 'signed in' },
      ]);
      expect(JSON.stringify(lines)).not.toContain(secret);
    });
  });

  describe('an address that is no operator’s', () => {
    test('gets the same answers, cookies and tries as an operator’s, and no mail', async () => {
      const here = open();
      const known = await invited(here, 'editor');
      const before = here.mails.length;
      const unknown = newAddress('stranger');
      const answers = [];
      for (const email of [known, unknown]) {
        const browser = operatorBrowser(here.app);
        const asked = await browser.post('/-/console/sign-in', { email });
        const guess = await browser.post('/-/console/sign-in/code', { code: '1', email });
        const tries = [];
        for (let time = 0; time < 5; time += 1)
          tries.push((await browser.post('/-/console/sign-in/code', { code: '1', email })).status);
        const written = [asked, guess].map(({ status, text, headers }) => ({
          status,
          text: text.replaceAll(email, '…'),
          headers: {
            ...headers,
            date: '',
            'content-length': '',
            'set-cookie': headers['set-cookie']?.length,
          },
        }));
        answers.push({
          written,
          tries,
          cookies: [...browser.jar].map(([name, { length }]) => [name, length]),
        });
      }
      expect(answers[1]).toEqual(answers[0]);
      await until(() => here.mails.length > before, 'the operator’s mail');
      expect(here.mails.slice(before).map(({ to }) => to)).toEqual([known]);
    });

    test('and one whose mail fails are answered alike: the failure is told to nobody but the log', async () => {
      const here = open({ sendMail: () => Promise.reject(new Error('mail is down')) });
      const asked = await operatorBrowser(here.app).post('/-/console/sign-in', { email: owner });
      expect(asked.status).toBe(200);
      await until(() => here.faults.length === 1, 'the failure');
      expect(String(here.faults[0])).toContain('mail is down');
    });

    test('is let in by no link that was mailed before the operator was removed', async () => {
      const here = open();
      const email = await invited(here, 'owner');
      const { browser, link } = await askFor(here, email);
      await here.operators.remove(email, asOwner, noon);
      const done = await browser.post('/-/console/sign-in/link', { link });
      expect(done.status).toBe(410);
      expect(browser.jar.has('__Host-gf_operator')).toBe(false);
    });
  });

  describe('the mailed link', () => {
    test('opened any number of times signs nobody in and is not used up; pressed by eight at once, it signs one in', async () => {
      const here = open();
      const { link } = await askFor(here, await invited(here, 'viewer'));
      const path = `/-/console/sign-in/link?link=${link}`;
      for (let scan = 0; scan < 5; scan += 1) {
        const shown = await request(here.app).get(path);
        expect([shown.status, shown.headers['set-cookie']]).toEqual([200, undefined]);
      }
      const pressed = await Promise.all(
        Array.from({ length: 8 }, () => operatorBrowser(here.app).post('/-/console/sign-in/link', { link })),
      );
      expect(pressed.filter(({ status }) => status === 303)).toHaveLength(1);
      expect(pressed.filter(({ status }) => status === 410)).toHaveLength(7);
      const late = await operatorBrowser(here.app).post('/-/console/sign-in/link', { link });
      expect(late.status).toBe(410);
    });

    test('and its code are one sign-in, dead after fifteen minutes', async () => {
      const here = open();
      const email = await invited(here, 'viewer');
      const used = await askFor(here, email);
      await operatorBrowser(here.app).post('/-/console/sign-in/link', { link: used.link });
      expect((await used.browser.post('/-/console/sign-in/code', { code: used.code })).status).toBe(400);
      const old = await askFor(here, email);
      here.time.now = noon + 15 * minute;
      expect((await old.browser.post('/-/console/sign-in/code', { code: old.code })).status).toBe(400);
      expect((await old.browser.post('/-/console/sign-in/link', { link: old.link })).status).toBe(410);
    });

    test('leads to PUBLIC_URL whatever Host the request had', async () => {
      const here = open();
      const email = await invited(here, 'viewer');
      const before = here.mails.length;
      const forged = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' };
      await operatorBrowser(here.app).post('/-/console/sign-in', { email }, forged);
      await until(() => here.mails.length > before, 'the mail');
      expect(here.mails.at(-1)?.text).toContain(`${publicUrl}/-/console/sign-in/link?link=`);
      expect(JSON.stringify(here.mails)).not.toContain('evil');
    });

    test('is shown on a page that nobody frames or keeps and that tells no other site its address', async () => {
      const here = open();
      const { link } = await askFor(here, await invited(here, 'viewer'));
      const { headers } = await request(here.app).get(`/-/console/sign-in/link?link=${link}`);
      expect(headers).toMatchObject({
        'cache-control': 'private, no-store',
        'referrer-policy': 'strict-origin',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    });

    test('and code, cookie and token are kept as hashes: whoever reads the store gets in nowhere', async () => {
      const written: unknown[] = [];
      const seeing = <Store extends object>(store: Store): Store =>
        new Proxy(store, {
          get: (target, name) => {
            const method = Reflect.get(target, name) as (...values: unknown[]) => unknown;
            return (...values: unknown[]) => {
              written.push(values);
              return method.apply(target, values);
            };
          },
        });
      const { operators, audit, readers } = stores();
      const here = desk({
        stores: { ...stores(), operators: seeing(operators), audit: seeing(audit), readers: seeing(readers) },
      });
      const { browser, link, code } = await askFor(here, owner);
      const requestId = browser.jar.get('__Host-gf_operator_sign_in') ?? '';
      await browser.post('/-/console/sign-in/code', { code });
      const expiresAt = noon + minute;
      const made = await here.tokens.make(
        { name: newAddress('seen').replace('@', ' '), role: 'viewer', expiresAt },
        asOwner,
        noon,
      );
      const token = made.kind === 'made' ? made.token : '';
      const secrets = [link, code, browser.jar.get('__Host-gf_operator') ?? '', token, token.slice(4)];
      expect(secrets.every((secret) => secret.length >= 8)).toBe(true);
      expect(written.length).toBeGreaterThan(5);
      for (const secret of secrets) expect(JSON.stringify(written)).not.toContain(secret);
      // The request's own id is no secret without the code.
      expect(JSON.stringify(written)).toContain(requestId);
    });

    test('mailed to a reader opens no console, and an operator’s no reader’s account', async () => {
      const here = open();
      const email = await invited(here, 'owner');
      const ofReaders = createMailedProof({
        store: stores().readers,
        random: randomText,
        linkPage: `${publicUrl}/-/sign-in/link`,
      });
      const { link, requestId, code } = await ofReaders.issue({ email, returnTo: '/' }, noon);
      const secret = link.split('link=')[1] ?? '';
      const browser = operatorBrowser(here.app);
      expect((await browser.post('/-/console/sign-in/link', { link: secret })).status).toBe(410);
      browser.jar.set('__Host-gf_operator_sign_in', requestId);
      expect((await browser.post('/-/console/sign-in/code', { code })).status).toBe(400);
      expect(await ofReaders.takeByLink(secret, noon)).toMatchObject({ email });
      const mailed = await askFor(here, email);
      expect(await ofReaders.takeByLink(mailed.link, noon)).toBeUndefined();
      const asked = mailed.browser.jar.get('__Host-gf_operator_sign_in') ?? '';
      expect(await ofReaders.takeByCode(asked, mailed.code, noon)).toBeUndefined();
    });
  });

  describe('limits', () => {
    test('an address gets five mails in a quarter of an hour, a stranger’s counting alike; a code has five tries', async () => {
      const here = open();
      for (const email of [await invited(here, 'viewer'), newAddress('stranger')]) {
        const statuses = [];
        for (let time = 0; time < 6; time += 1)
          statuses.push(
            (await operatorBrowser(here.app, `198.51.100.${time}`).post('/-/console/sign-in', { email }))
              .status,
          );
        expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      }
      const { browser, code, link } = await askFor(here, await invited(here, 'viewer'));
      for (let guess = 0; guess < 5; guess += 1)
        expect((await browser.post('/-/console/sign-in/code', { code: '00000000' })).status).toBe(400);
      const last = await browser.post('/-/console/sign-in/code', { code });
      expect(last.status).toBe(429);
      expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
      expect((await operatorBrowser(here.app).post('/-/console/sign-in/link', { link })).status).toBe(410);
    });

    test('a network gets sixty, counted apart from its readers', async () => {
      const here = open();
      const browser = operatorBrowser(here.app, '203.0.113.99');
      const statuses = [];
      for (let time = 0; time < 61; time += 1)
        statuses.push(
          (await browser.post('/-/console/sign-in', { email: `nobody-${time}@x.example` })).status,
        );
      expect([statuses.filter((status) => status === 200).length, statuses[60]]).toEqual([60, 429]);
    });
  });

  describe('the sandbox’s first link', () => {
    test('signs the first owner in without mail, once', async () => {
      const here = open({ operators: [] });
      const address = (await here.signIn.firstSignInLink(noon)) ?? '';
      expect(address).toMatch(/^https:\/\/paper\.example\/-\/console\/sign-in\/link\?link=[\w-]{32}$/);
      const browser = operatorBrowser(here.app);
      const link = address.split('link=')[1] ?? '';
      expect((await browser.get(address.slice(publicUrl.length))).status).toBe(200);
      expect((await browser.post('/-/console/sign-in/link', { link })).status).toBe(303);
      expect((await browser.get('/-/console')).text).toContain('owner@localhost owner');
      expect((await operatorBrowser(here.app).post('/-/console/sign-in/link', { link })).status).toBe(410);
      expect(here.mails).toEqual([]);
    });

    test('later ones come by mail to the same owner, though the address has no dot', async () => {
      const here = open({ operators: [] });
      const browser = await signedIn(here, 'owner@localhost');
      expect((await browser.get('/-/console')).text).toContain('owner@localhost owner');
    });

    test('isn’t there where nobody is an owner', async () => {
      const here = open({ operators: [], sandbox: false });
      expect(await here.signIn.firstSignInLink(noon)).toBeUndefined();
    });
  });
});

test('the mail says what it signs in to', () => {
  const facts = { link: `${publicUrl}/x`, code: '12345678', expiresInMinutes: 15 };
  const mail = signInMail({ siteName: 'the console of Lamplight', ...facts }, inForce().messages('en'));
  expect(mail.text).toContain('With this link you sign in to the console of Lamplight:');
});
