/** An address typed at checkout proves nothing: what its payer gets by it, what its owner gets, and what neither may get. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReaderId } from '../../src/readers/reader.ts';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import { dayMs } from '../support/start-gateway.ts';
import { readerIn, type SellingSite, startSelling } from './selling-site.ts';

const victim = 'vera@example.com';

let origin: ArticleOrigin;
let site: SellingSite;
beforeAll(async () => {
  origin = await startArticleOrigin();
});
afterAll(() => origin.stop());
beforeEach(async () => {
  site = await startSelling(origin);
});
afterEach(() => site.stop());

const signedIn = async (email: string): Promise<Reader> => {
  const who = site.reader();
  await site.signIn(who, email);
  return who;
};
const reads = async (who: Reader): Promise<string> => accessOf(await who.ask('/tidewater/probe')).reason;
const customersOf = (who: Reader) =>
  site.gateway.stores.customers.customersOf((readerIn(who)?.sub ?? '') as ReaderId);

describe('whoever pays with somebody else’s address', () => {
  test.each(['before', 'after'])(
    'and does so %s they have an account, reaches nothing of it',
    async (when) => {
      const attacker = await site.visitor();
      const owner = when === 'after' ? await signedIn(victim) : site.reader();
      if (when === 'after') await site.buy(owner, 'week');
      await site.buy(attacker, 'monthly', { email: victim });
      if (when === 'before') {
        await site.signIn(owner, victim);
        await site.buy(owner, 'week').catch(() => undefined);
      } else await site.signIn(owner, victim);
      expect(readerIn(attacker)?.sub).not.toBe(readerIn(owner)?.sub);
      expect(await reads(attacker)).toBe('subscription');
      const account = await attacker.ask('/-/account?refreshed');
      expect(account.text).not.toContain(victim);
      const devices = await site.gateway.stores.readers.devices(readerIn(owner)?.sub as ReaderId);
      for (const { id } of devices) {
        expect(account.text).not.toContain(id);
        await site.post(attacker, `/-/account/devices/${id}/sign-out`);
      }
      const exported = await attacker.ask('/-/account/export');
      expect(exported.text).not.toContain(victim);
      expect(exported.text).not.toContain('4242');
      for (const { id } of await customersOf(owner)) {
        const portal = await site.post(attacker, '/-/portal', { customer: id });
        expect(portal.headers.location).toMatch(/^\/-\/account/);
      }
      expect((await site.post(attacker, '/-/portal')).headers.location).toMatch(/^\/-\/account/);
      await site.post(attacker, '/-/account/sign-out-all');
      expect((await owner.ask('/-/account')).status).toBe(200);
      expect((await owner.ask('/-/account')).text).toContain(victim);
    },
  );

  test('and erases what they see, erases nothing of its owner’s', async () => {
    const attacker = await site.visitor();
    await site.buy(attacker, 'monthly', { email: victim });
    const owner = await signedIn(victim);
    const before = await customersOf(owner);
    expect(before).toHaveLength(1);
    expect((await site.post(attacker, '/-/account/erase', { cancel: 'yes' })).status).toBe(200);
    expect((await customersOf(owner)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(await reads(owner)).toBe('subscription');
  });

  test('reads nothing by what its owner buys afterwards, and can’t take that with them', async () => {
    const attacker = await site.visitor();
    const first = await site.buy(attacker, 'week', { email: victim });
    const owner = await signedIn(victim);
    await site.sandbox.controls.moveClock(site.sandbox.now() + 8 * dayMs);
    await owner.ask('/-/account?refreshed');
    const second = await site.buy(owner, 'monthly', { email: victim });
    expect(second.customer).not.toBe(first.customer);
    await site.settled();
    expect(await reads(owner)).toBe('subscription');
    expect(await reads(attacker)).not.toBe('subscription');
    await site.signIn(attacker, 'attacker@example.com');
    expect(await reads(attacker)).not.toBe('subscription');
    expect(await reads(owner)).toBe('subscription');
    expect((await customersOf(owner)).map(({ id }) => id)).toContain(second.customer);
    expect((await customersOf(attacker)).map(({ id }) => id)).not.toContain(second.customer);
  });

  test('takes back nothing that its owner has paid with since', async () => {
    const attacker = await site.visitor();
    const { customer } = await site.buy(attacker, 'monthly', { email: victim });
    const owner = await signedIn(victim);
    const portal = await site.post(owner, '/-/portal', { customer });
    const id = /portal\/(\w+)/.exec(String(portal.headers.location))?.[1] ?? '';
    site.sandbox.actions.changeCard(id, {
      kind: 'card',
      number: '5555555555554444',
      expMonth: 1,
      expYear: 2040,
      cvc: '123',
    });
    await site.signIn(attacker, 'attacker@example.com');
    const taken = await site.post(attacker, '/-/portal', { customer });
    const shown = /portal\/(\w+)/.exec(String(taken.headers.location))?.[1];
    expect(shown).toBeUndefined();
    expect(site.sandbox.actions.portal(id)?.card?.last4).toBe('4444');
    expect(await site.merchant.customers.retrieve(customer)).toMatchObject({ email: victim });
    // What they paid for they go on reading, in that browser.
    for (const who of [attacker, owner]) expect(await reads(who)).toBe('subscription');
    expect((await attacker.ask('/-/account?refreshed')).text).not.toContain(victim);
  });

  test('by mistake, mends it by proving their own: the stranger loses it, and the address at Stripe is theirs', async () => {
    const payer = await site.visitor();
    const { customer } = await site.buy(payer, 'monthly', { email: victim });
    const stranger = await signedIn(victim);
    expect(await reads(stranger)).toBe('subscription');
    await site.signIn(payer, 'payer@example.com');
    expect(await reads(payer)).toBe('subscription');
    expect(await reads(stranger)).not.toBe('subscription');
    expect(await site.merchant.customers.retrieve(customer)).toMatchObject({ email: 'payer@example.com' });
    expect((await stranger.ask('/-/account/export')).text).not.toContain(customer);
  });
});

describe('a browser that has paid and signed out', () => {
  test('shows the next one at this machine neither the reading nor the account, until they press to subscribe', async () => {
    const payer = await site.visitor();
    const { back } = await site.buy(payer, 'monthly', { email: 'payer@example.com' });
    await site.post(payer, '/-/sign-out');
    expect(readerIn(payer)).toBeUndefined();
    expect(await reads(payer)).not.toBe('subscription');
    expect((await payer.ask('/-/account')).status).toBe(303);
    const plans = await payer.ask('/-/subscribe');
    expect(plans.text).not.toContain('payer@example.com');
    expect(back).toContain('session_id');
  });
});

describe('a sign-in link that somebody else asked for', () => {
  test('is shown with a warning in a browser that has paid, and opening it moves nothing', async () => {
    const payer = await site.visitor();
    const { customer } = await site.buy(payer);
    const paid = readerIn(payer)?.sub;
    const attacker = site.reader();
    site.time.now += 1;
    await site.post(attacker, '/-/sign-in', { email: 'attacker@example.com', return: '/' });
    const { link } = site.mailTo('attacker@example.com');
    const shown = await payer.ask(`/-/sign-in/link?link=${link}`);
    expect(shown.status).toBe(200);
    const plain = await site.reader().ask(`/-/sign-in/link?link=${link}`);
    expect(shown.text.length).toBeGreaterThan(plain.text.length);
    expect(readerIn(payer)?.sub).toBe(paid);
    expect((await site.gateway.stores.customers.customer(customer as never))?.owner).toBe(paid);
    const forged = await site.post(
      payer,
      '/-/sign-in/link',
      { link },
      {
        headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      },
    );
    expect(forged.status).toBe(403);
    expect(readerIn(payer)?.sub).toBe(paid);
  });
});
