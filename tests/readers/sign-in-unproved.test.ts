/** A browser that paid proves its address, mistyped or not: what it paid for becomes an account's, and nobody else's. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import PostalMime from 'postal-mime';
import type { ArticleId } from '../../src/article/article.ts';
import { windowAt } from '../../src/meter/window.ts';
import type { MeterId } from '../../src/policy/policy.ts';
import { readerCountedAs } from '../../src/readers/counted-as.ts';
import { createSmtpMail } from '../../src/readers/mail-smtp.ts';
import type { Email, ReaderId } from '../../src/readers/reader.ts';
import { mailServer } from './mail-server.ts';
import { newAddress, onBothStores } from './on-both-stores.ts';
import { type PayingSite, payingSite } from './paying-site.ts';
import { browser, mailed } from './site.ts';
import { noon } from './support.ts';

onBothStores((stores) => {
  let smtp: Awaited<ReturnType<typeof mailServer>>;
  beforeAll(async () => {
    smtp = await mailServer();
  });
  afterAll(() => smtp.close());

  test('by real mail: the code from the message makes the paying browser an account, readable everywhere', async () => {
    const mailer = createSmtpMail({ smtpUrl: smtp.url, mailFrom: 'post@paper.example' });
    const paper = payingSite(stores(), { sendMail: mailer.send });
    const [typed, address] = [newAddress('mistyped'), newAddress('right')];
    const { here, reader, customer } = await paper.paidBrowser({ email: typed });
    const form = await here.get('/-/account');
    expect(form.text).toContain(`value="${typed}"`);
    // Mended, as the page offers.
    const asked = await here.post('/-/sign-in', { email: address, return: '/-/account' });
    expect(asked.status).toBe(200);
    mailer.close();
    const got = smtp.got.find(({ to }) => to.includes(address));
    const message = await PostalMime.parse(got?.raw ?? '');
    expect(message.subject).toBe('Confirm your address for Lamplight');
    const code = /^\d{8}$/m.exec(message.text ?? '')?.[0] ?? '';
    const done = await here.post('/-/sign-in/code', { code });
    expect([done.status, done.headers.location]).toEqual([303, '/-/account']);
    // The browser's reader itself got the address.
    expect(paper.readerIn(here)).toBe(reader);
    expect(paper.stripe.customers.get(customer)?.email).toBe(address);
    const { text } = await here.get('/-/account');
    expect(text).toContain(`You’re signed in as ${address}`);
    expect(text).toContain('Renews on');
  });

  describe('with the outbox', () => {
    let paper: PayingSite;
    beforeEach(() => {
      paper = payingSite(stores());
    });

    test('an address that has an account already gets what was paid for, and the browser is that account’s', async () => {
      const address = newAddress();
      const { reader: account } = await paper.signedIn(address);
      const { here, reader: former, customer } = await paper.paidBrowser({ email: 'typo@example.con' });
      await paper.signedIn(address, here);
      expect(paper.readerIn(here)).toBe(account);
      expect((await paper.stores.customers.customer(customer))?.owner).toBe(account);
      expect(await paper.stores.readers.devices(former)).toEqual([]);
      expect(await paper.stores.entitlements.of(former)).toEqual([]);
      const [entitlement] = await paper.stores.entitlements.of(account);
      expect(entitlement?.product).toBe('all');
    });

    test('the token carries what was paid for from the first request on', async () => {
      const address = newAddress();
      await paper.paidBrowser({ email: address });
      const { here } = await paper.signedIn(address);
      const claims = Buffer.from((here.jar.get('__Host-gf_reader') ?? '').split('.')[1] ?? '', 'base64url');
      expect(JSON.parse(claims.toString())).toMatchObject({ ent: [{ product: 'all' }] });
    });

    test('on another device by the typed address: the account has it, and the paying browser reads on', async () => {
      const address = newAddress();
      const { here: paying, reader: payer, customer } = await paper.paidBrowser({ email: address });
      const { reader: owner } = await paper.signedIn(address);
      expect(owner).not.toBe(payer);
      expect(await paper.stores.customers.customer(customer)).toMatchObject({ owner, payer });
      expect(await paper.stores.entitlements.of(payer)).toHaveLength(1);
      expect((await paying.get('/-/account')).text).not.toContain(address);
    });

    test('reads counted for the browser that paid are the account’s too', async () => {
      const address = newAddress();
      const { reader: account } = await paper.signedIn(address);
      const { here, reader: former } = await paper.paidBrowser();
      const meter = 'free' as MeterId;
      const window = windowAt({ kind: 'month' }, 'UTC', noon);
      const ask = { meter, window, now: noon };
      const count = (reader: ReaderId, article: string) =>
        paper.stores.meters.admit({
          ...{ ...ask, ...readerCountedAs(reader), article: article as ArticleId },
          ...{ allowance: 5, charge: true },
        });
      await count(former, '/a');
      await count(account, '/b');
      await paper.signedIn(address, here);
      const reads = await paper.stores.meters.reads({ ...ask, ...readerCountedAs(account) });
      expect(reads.map(({ article }) => article).sort()).toEqual(['/a', '/b']);
    });

    test('of two addresses proved in one browser the first is its reader’s', async () => {
      const [first, second] = [newAddress(), newAddress()];
      const { here, reader } = await paper.paidBrowser();
      const links: string[] = [];
      for (const email of [first, second]) {
        await here.post('/-/sign-in', { email });
        links.push(mailed(paper.mails.at(-1)).link);
      }
      await Promise.all(links.map((link) => here.post('/-/sign-in/link', { link })));
      const holders = await Promise.all(
        [first, second].map((email) => paper.stores.readers.byEmail(email as Email)),
      );
      expect(new Set(holders.map((holder) => holder?.id)).size).toBe(2);
      expect(holders.filter((holder) => holder?.id === reader)).toHaveLength(1);
    });

    test('a reader who has proved an address loses nothing to another who signs in there', async () => {
      const [own, other] = [newAddress(), newAddress()];
      const { here, customer } = await paper.paidBrowser();
      const { reader: owner } = await paper.signedIn(own, here);
      await paper.signedIn(other, here);
      expect((await paper.stores.customers.customer(customer))?.owner).toBe(owner);
    });

    test('the link’s page warns a browser that paid: what it paid for would go with the address', async () => {
      const { here } = await paper.paidBrowser();
      await browser(paper.app).post('/-/sign-in', { email: newAddress('eve') });
      const path = `/-/sign-in/link?link=${mailed(paper.mails.at(-1)).link}`;
      const warning = 'will then belong to whoever the message was sent to';
      expect((await here.get(path)).text).toContain(warning);
      expect((await browser(paper.app).get(path)).text).not.toContain(warning);
    });

    describe('while Stripe is down', () => {
      test('signing in works, and the next sign-in makes up for it', async () => {
        const address = newAddress();
        const { customer, reader: payer } = await paper.paidBrowser({ email: address });
        paper.stripe.fault = 'stripe-down';
        const { done, reader } = await paper.signedIn(address);
        expect(done.status).toBe(303);
        expect((await paper.stores.customers.customer(customer))?.owner).toBe(payer);
        paper.stripe.fault = undefined;
        await paper.signedIn(address);
        expect((await paper.stores.customers.customer(customer))?.owner).toBe(reader);
      });

      test('what this browser paid for goes along all the same', async () => {
        const address = newAddress();
        const { reader: account } = await paper.signedIn(address);
        const { here, customer } = await paper.paidBrowser();
        paper.stripe.fault = 'unreachable';
        await paper.signedIn(address, here);
        expect((await paper.stores.customers.customer(customer))?.owner).toBe(account);
        expect(await paper.stores.entitlements.of(account)).toHaveLength(1);
      });
    });

    test('while the customers can’t be asked, a browser without any signs in, and one that paid keeps its sign-in', async () => {
      const [address, elsewhere] = [newAddress(), newAddress()];
      await paper.signedIn(address);
      const { here, reader } = await paper.paidBrowser();
      const { customersOf } = paper.stores.customers;
      paper.stores.customers.customersOf = () => Promise.reject(new Error('down'));
      await here.post('/-/sign-in', { email: address });
      expect((await here.post('/-/sign-in/link', { link: mailed(paper.mails.at(-1)).link })).status).toBe(
        503,
      );
      expect(paper.readerIn(here)).toBe(reader);
      const { done } = await paper.signedIn(elsewhere);
      expect(done.status).toBe(303);
      expect(paper.faults.length).toBeGreaterThan(1);
      paper.stores.customers.customersOf = customersOf;
      expect((await paper.signedIn(address, here)).done.status).toBe(303);
    });
  });
});
