/** To Stripe's portal: for the reader's own customer alone, straight to the task, and back. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { newAddress, onBothStores } from '../readers/on-both-stores.ts';
import { type PayingSite, payingSite } from '../readers/paying-site.ts';
import { browser } from '../readers/site.ts';
import { publicUrl } from '../readers/support.ts';
import { item, subscription } from './customer-facts.ts';

onBothStores((stores) => {
  let paper: PayingSite;
  beforeEach(() => {
    paper = payingSite(stores());
  });
  const openedFor = () => paper.stripe.portals.at(-1);

  test('sends the browser on to Stripe, in its language, and back to an account that looks again', async () => {
    const { here, customer } = await paper.paidBrowser();
    const answer = await here.post('/-/portal', {}, { 'Accept-Language': 'fr-CA,fr;q=0.9' });
    expect([answer.status, answer.headers.location]).toEqual([303, 'https://billing.stripe.com/p/session/1']);
    expect(openedFor()).toEqual({ customer, locale: 'fr-CA', returnUrl: `${publicUrl}/-/account?refreshed` });
  });

  test.each([
    ['payment', { kind: 'payment-method' }],
    ['cancel', { kind: 'cancel', subscription: expect.stringMatching(/^sub_of_/) }],
    ['invent', undefined],
  ])('flow=%s', async (flow, expected) => {
    const { here } = await paper.paidBrowser();
    await here.post('/-/portal', { flow });
    expect(openedFor()?.flow).toEqual(expected);
  });

  test('cancels the subscription that was meant, and asks which where that is not clear', async () => {
    const { here, customer } = await paper.paidBrowser({
      subscriptions: [
        subscription({ id: 'sub_a' }),
        subscription({ id: 'sub_b', items: [item('price_puzzles')] }),
      ],
    });
    await here.post('/-/portal', { flow: 'cancel', customer, subscription: 'sub_b' });
    expect(openedFor()?.flow).toEqual({ kind: 'cancel', subscription: 'sub_b' });
    await here.post('/-/portal', { flow: 'cancel', customer });
    expect(openedFor()).not.toHaveProperty('flow');
  });

  test('of something cancelled or somebody else’s leads to the portal’s front page', async () => {
    const { here } = await paper.paidBrowser({
      subscriptions: [subscription({ id: 'sub_a', cancelAt: 1e13 })],
    });
    for (const subscription of ['sub_a', 'sub_of_eve']) {
      await here.post('/-/portal', { flow: 'cancel', subscription });
      expect(openedFor()).not.toHaveProperty('flow');
    }
  });

  test('another reader’s customer is no more than a customer that isn’t there', async () => {
    const { customer: adas } = await paper.paidBrowser();
    const { here: eve } = await paper.paidBrowser();
    for (const customer of [adas, 'cus_nobody']) {
      const answer = await eve.post('/-/portal', { customer });
      expect([answer.status, answer.headers.location]).toEqual([303, '/-/account']);
    }
    expect(paper.stripe.portals).toEqual([]);
  });

  test('whoever paid for what another manages has no portal', async () => {
    const address = newAddress();
    const { here, customer } = await paper.paidBrowser({ email: address });
    await paper.signedIn(address);
    await here.post('/-/portal', { customer });
    await here.post('/-/portal');
    expect(paper.stripe.portals).toEqual([]);
  });

  test('an owner of what another paid for is noted there before they can put in a card', async () => {
    const address = newAddress();
    const { reader: payer, customer } = await paper.paidBrowser({ email: address });
    const { here, reader } = await paper.signedIn(address);
    await here.get('/-/account');
    expect(await stores().customers.customer(customer)).not.toHaveProperty('managed');
    await here.post('/-/portal', { customer });
    expect(paper.stripe.portals).toHaveLength(1);
    expect(await stores().customers.customer(customer)).toMatchObject({
      owner: reader,
      payer,
      managed: true,
    });
  });

  test('too often by one reader, or from one network, is answered 429, and says when to come back', async () => {
    const { here } = await paper.paidBrowser();
    for (let count = 0; count < 30; count += 1)
      expect((await here.post('/-/portal')).headers.location).toContain('stripe.com');
    const answer = await here.post('/-/portal');
    expect([answer.status, Number(answer.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(answer.text).toContain('<code>too-many-requests</code>');
    expect(answer.text).toContain('href="/-/account#payment"');
    const { here: another } = await paper.paidBrowser();
    const answers: number[] = [];
    for (let count = 0; count < 30; count += 1) answers.push((await another.post('/-/portal')).status);
    expect(answers.filter((status) => status === 429)).toHaveLength(1);
    expect(paper.stripe.portals).toHaveLength(59);
  });

  test('without a customer named it is the one with something running', async () => {
    const { here, reader } = await paper.paidBrowser({
      subscriptions: [subscription({ status: 'canceled' })],
    });
    const second = await paper.buys(reader);
    await here.post('/-/portal');
    expect(openedFor()?.customer).toBe(second);
  });

  test('is for whoever is signed in', async () => {
    const answer = await browser(paper.app).post('/-/portal');
    expect([answer.status, answer.headers.location]).toEqual([303, '/-/sign-in?return=%2F-%2Faccount']);
  });

  test('is opened by no other site’s page', async () => {
    const { here } = await paper.paidBrowser();
    const answer = await here.post(
      '/-/portal',
      {},
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
    expect(paper.stripe.portals).toEqual([]);
  });

  describe('when Stripe fails', () => {
    test.each(['unreachable', 'stripe-down', 'rate-limited', 'not-allowed', 'refused', 'nonsense'] as const)(
      '%s: a page says that it passes, and leads back to the account',
      async (fault) => {
        const { here } = await paper.paidBrowser();
        paper.stripe.fault = fault;
        const answer = await here.post('/-/portal');
        expect(answer.status).toBe(503);
        expect(answer.text).toContain('<code>unavailable</code>');
        expect(answer.text).toContain('href="/-/account#payment"');
        expect(paper.faults).toHaveLength(1);
      },
    );

    test('a customer deleted there: the account finds out', async () => {
      const { here, customer } = await paper.paidBrowser();
      paper.stripe.customers.delete(customer);
      const answer = await here.post('/-/portal');
      expect([answer.status, answer.headers.location]).toEqual([303, '/-/account?refreshed']);
      expect((await here.get('/-/account?refreshed')).text).not.toContain('action="/-/portal"');
    });

    test('a reload of that page is the account', async () => {
      const { here } = await paper.paidBrowser();
      expect((await here.get('/-/portal')).headers.location).toBe('/-/account#payment');
    });
  });

  test('whatever is sent, it is no failure of ours', async () => {
    const { here } = await paper.paidBrowser();
    for (const fields of [
      { customer: 'x'.repeat(300) },
      { flow: '' },
      { subscription: '\u0000' },
      { customer: '' },
    ])
      expect([303]).toContain((await here.post('/-/portal', fields as Record<string, string>)).status);
  });
});
