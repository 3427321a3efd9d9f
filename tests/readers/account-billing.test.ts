/** The account page of readers who pay: right from what is kept, from Stripe where that is old, and never another's. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { customer, dayMs, item, subscription } from '../billing/customer-facts.ts';
import { newAddress, onBothStores } from './on-both-stores.ts';
import { type PayingSite, payingSite } from './paying-site.ts';
import type { browser } from './site.ts';
import { noon } from './support.ts';

onBothStores((stores) => {
  let paper: PayingSite;
  beforeEach(() => {
    paper = payingSite(stores());
  });

  /** The page's words, without its style and tags. */
  const pageIn = async (here: ReturnType<typeof browser>, path = '/-/account') => {
    const { text, status, headers } = await here.get(path);
    expect(status).toBe(200);
    return { text, headers, words: text.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ') };
  };

  describe('what is kept and what Stripe says', () => {
    test('a reading less than a minute old is shown without asking Stripe', async () => {
      const { here } = await paper.paidBrowser();
      const before = paper.stripe.asked();
      expect((await pageIn(here)).words).toContain('Renews on 8 December 2026');
      expect(paper.stripe.asked()).toBe(before);
    });

    test('an older one is looked up, and what changed there shows at once, with its access', async () => {
      const { here, customer: id, reader } = await paper.paidBrowser();
      paper.stripe.customers.set(
        id,
        customer({ id, subscriptions: [subscription({ status: 'unpaid', owedSince: noon - 30 * dayMs })] }),
      );
      paper.time.now = noon + 61_000;
      const { words } = await pageIn(here);
      expect(words).toContain('It isn’t paid, so it opens nothing now');
      expect(words).toContain('No subscription at the moment');
      expect(await paper.stores.entitlements.of(reader)).toEqual([]);
    });

    test('coming back from the portal looks in any case', async () => {
      const { here, customer: id } = await paper.paidBrowser();
      const cancelled = subscription({ cancelAt: noon + 15 * dayMs });
      paper.stripe.customers.set(id, customer({ id, subscriptions: [cancelled] }));
      expect((await pageIn(here)).words).toContain('Renews on');
      expect((await pageIn(here, '/-/account?refreshed')).words).toContain(
        'Ends on 8 December 2026; you can read until then',
      );
    });

    test('while Stripe is down what was known is shown, with a word and its day', async () => {
      const { here } = await paper.paidBrowser();
      paper.stripe.fault = 'stripe-down';
      paper.time.now = noon + dayMs;
      const { words } = await pageIn(here);
      expect(words).toContain('this is what we knew on 23 November 2026');
      expect(words).toContain('Renews on 8 December 2026');
      expect(paper.faults).toHaveLength(1);
    });

    test('a Stripe that doesn’t answer doesn’t hold the page up for good', async () => {
      const { here } = await paper.paidBrowser();
      paper.time.now = noon + dayMs;
      const held = paper.stripe.holdNext();
      // It answers when it is told to, which is after the page.
      const { words } = await pageIn(here);
      expect(words).toContain('this is what we knew on');
      held.release();
    });
  });

  describe('several at once', () => {
    test('are each told in their own words, the one that is owed for first, passes and gifts among what can be read', async () => {
      const { here, reader } = await paper.paidBrowser({
        subscriptions: [
          subscription({ id: 'sub_a' }),
          subscription({
            id: 'sub_b',
            status: 'past_due',
            owedSince: noon - dayMs,
            items: [item('price_puzzles', { quantity: 2 })],
          }),
        ],
        passes: [{ checkout: 'cs_1', price: 'price_week-pass', paidAt: noon - dayMs }] as never,
      });
      await paper.stores.entitlements.put(reader, {
        ...{ id: 'comp:archive', product: 'archive', source: 'comp' },
        ...{ startsAt: 0, endsAt: noon + 40 * dayMs },
      } as never);
      const { words, text } = await pageIn(here);
      for (const told of [
        'monthly',
        'puzzles × 2',
        'Your last payment failed. Update your card by 29 November 2026 to keep reading.',
        'Renews on 8 December 2026',
        'a pass you bought',
        'given to you by the publisher',
      ])
        expect(words).toContain(told);
      expect(text.indexOf('sub_b')).toBeLessThan(text.indexOf('sub_a'));
      expect(text).toContain('id="payment"');
    });

    test('one that is owed for never hides that another is paid', async () => {
      const { here } = await paper.paidBrowser({
        subscriptions: [
          subscription({ id: 'sub_a', status: 'past_due', owedSince: noon - dayMs }),
          subscription({ id: 'sub_b', items: [item('price_yearly')] }),
        ],
      });
      const { words } = await pageIn(here);
      expect(words.match(/Everything/g)).toHaveLength(1);
      expect(words).not.toMatch(/Until \d+ \w+ 2026 · your subscription/);
    });
  });

  describe('a browser that paid, before any address is confirmed', () => {
    test('is asked to confirm one, and the address typed at checkout is there to be mended', async () => {
      const { here } = await paper.paidBrowser({ email: 'ada@exmaple.com' });
      const { text, words } = await pageIn(here);
      expect(words).toContain('Confirm your address to read on other devices');
      expect(text).toMatch(/<input id="email"[^>]*value="ada@exmaple.com"/);
      expect(text).toContain('action="/-/sign-in"');
    });

    test('may go to the sign-in page, where its reader may have an account', async () => {
      const { here } = await paper.paidBrowser();
      expect((await here.get('/-/sign-in?return=%2F-%2Faccount')).status).toBe(200);
    });
  });

  test('whoever paid for what another manages is told so, and sees nothing of them', async () => {
    const address = newAddress('owner');
    const { here: payer, customer: id } = await paper.paidBrowser({ email: address });
    const { here: owner } = await paper.signedIn(address);
    const state = paper.stripe.customers.get(id);
    paper.stripe.customers.set(id, { ...state!, email: 'moved@example.org' });
    const mine = await pageIn(owner, '/-/account?refreshed');
    expect(mine.words).toContain('Renews on 8 December 2026');
    const { text, words } = await pageIn(payer);
    expect(words).toContain('managed by whoever confirmed the address that was given then');
    expect(words).toContain('Everything');
    for (const foreign of [address, 'moved@example.org', id, 'Renews on', 'action="/-/portal"'])
      expect(text).not.toContain(foreign);
  });

  test('who was sent here instead of to a second checkout is told why', async () => {
    const { here } = await paper.paidBrowser();
    expect((await pageIn(here, '/-/account?subscribed')).words).toContain('You have a subscription already');
  });

  test('its forms may lead to Stripe’s pages, and to nothing over http', async () => {
    const { here } = await paper.paidBrowser();
    const { headers } = await pageIn(here);
    expect(headers['content-security-policy']).toMatch(/form-action 'self' https:/);
  });

  test('subscriptions of other services on the same Stripe account are not shown', async () => {
    const { here } = await paper.paidBrowser({
      subscriptions: [subscription({ id: 'sub_other', items: [item('price_of_the_shop')] })],
    });
    const { text } = await pageIn(here);
    expect(text).not.toContain('sub_other');
    expect(text).not.toContain('action="/-/portal"');
  });

  test('a store that is down is a page that says to come back', async () => {
    const { here } = await paper.paidBrowser();
    paper.stores.customers.customersOf = () => Promise.reject(new Error('down'));
    expect((await here.get('/-/account')).status).toBe(503);
  });
});
