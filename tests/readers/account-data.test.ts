/** Taking along what is known of a reader, and having it removed: all of it, nothing of another's, and finished in the end. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ArticleId } from '../../src/article/article.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import { windowAt } from '../../src/meter/window.ts';
import type { MeterId } from '../../src/policy/policy.ts';
import { readerCountedAs } from '../../src/readers/counted-as.ts';
import type { Email, ReaderId } from '../../src/readers/reader.ts';
import { dayMs, item, subscription } from '../billing/customer-facts.ts';
import { newAddress, onBothStores } from './on-both-stores.ts';
import { type PayingSite, payingSite } from './paying-site.ts';
import { browser } from './site.ts';
import { noon } from './support.ts';

onBothStores((stores) => {
  let paper: PayingSite;
  beforeEach(() => {
    paper = payingSite(stores());
  });

  const meter = { meter: 'free' as MeterId, window: windowAt({ kind: 'month' }, 'UTC', noon), now: noon };
  const reads = (reader: ReaderId, article: string) =>
    paper.stores.meters.admit({
      ...{ ...meter, ...readerCountedAs(reader), article: article as ArticleId },
      ...{ allowance: 5, charge: true },
    });

  /** A subscriber with everything there is: an address, two devices, a gift, a free read, a customer. */
  const wholeReader = async () => {
    const address = newAddress();
    const { here, reader } = await paper.signedIn(address);
    const { here: phone } = await paper.signedIn(address);
    const customer = await paper.buys(reader, {
      email: address,
      subscriptions: [subscription({ id: `sub_of_${reader.replace(/\W/g, '')}` })],
    });
    await paper.stores.entitlements.put(reader, {
      ...{ id: 'comp:archive', product: 'archive', source: 'comp' },
      ...{ startsAt: 0, endsAt: noon + 40 * dayMs },
    } as never);
    await reads(reader, '/a');
    return { address, here, phone, reader, customer };
  };

  const tracesOf = async (reader: ReaderId, address: string) => ({
    record: await paper.stores.readers.byId(reader),
    byEmail: await paper.stores.readers.byEmail(address as Email),
    devices: await paper.stores.readers.devices(reader),
    entitlements: await paper.stores.entitlements.of(reader),
    customers: await paper.stores.customers.customersOf(reader),
    reads: await paper.stores.meters.reads({ ...meter, ...readerCountedAs(reader) }),
  });
  const nothing = {
    record: undefined,
    byEmail: undefined,
    devices: [],
    entitlements: [],
    customers: [],
    reads: [],
  };

  const statusOf = (customer: CustomerId) =>
    paper.stripe.customers.get(customer)?.subscriptions.map(({ status }) => status);

  describe('the export', () => {
    test('holds everything that is known, with times that people can read', async () => {
      const { here, reader, address, customer } = await wholeReader();
      const answer = await here.get('/-/account/export');
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="account.json"',
        'cache-control': 'private, no-store',
      });
      const known = JSON.parse(answer.text);
      expect(known).toMatchObject({
        reader: { id: reader, email: address, createdAt: '2026-11-23T12:00:00.000Z' },
        freeReads: [
          {
            meter: 'free',
            endsAt: '2026-12-01T00:00:00.000Z',
            articles: [{ article: '/a', readAt: '2026-11-23T12:00:00.000Z' }],
          },
        ],
        customers: [
          {
            id: customer,
            role: 'owner',
            state: {
              email: address,
              subscriptions: [{ status: 'active', items: [{ periodEndsAt: '2026-12-08T12:00:00.000Z' }] }],
            },
          },
        ],
      });
      expect(known.devices).toHaveLength(2);
      expect(known.entitlements.map(({ product }: { product: string }) => product).sort()).toEqual([
        'all',
        'archive',
      ]);
    });

    test('of whoever paid for what another manages says nothing of that other', async () => {
      const address = newAddress();
      const { here, customer } = await paper.paidBrowser({ email: address });
      await paper.signedIn(address);
      const { text } = await here.get('/-/account/export');
      expect(JSON.parse(text).customers).toEqual([{ id: customer, role: 'payer' }]);
      expect(text).not.toContain(address);
    });

    test('is for whoever is signed in', async () => {
      expect((await browser(paper.app).get('/-/account/export')).status).toBe(303);
    });
  });

  describe('erasing', () => {
    test('says before what goes, what stays, and what has to end first', async () => {
      const { here, reader } = await wholeReader();
      const { text } = await here.get('/-/account/erase');
      for (const said of [
        'can’t be undone',
        'A subscription is running: monthly',
        'Stripe keeps',
        'name="cancel"',
      ])
        expect(text).toContain(said);
      expect(await paper.stores.readers.byId(reader)).toBeDefined();
    });

    test('while something runs that the reader didn’t say to end, touches nothing', async () => {
      const { here, reader, address, customer } = await wholeReader();
      const answer = await here.post('/-/account/erase');
      expect(answer.status).toBe(409);
      expect(answer.text).toContain('Tick the box, or cancel in your account');
      expect(statusOf(customer)).toEqual(['active']);
      expect((await tracesOf(reader, address)).devices).toHaveLength(2);
    });

    test('ends what runs, leaves no trace, and signs out everywhere', async () => {
      const { here, phone, reader, address, customer } = await wholeReader();
      const answer = await here.post('/-/account/erase', { cancel: 'yes' });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('Your account is erased');
      expect(answer.text).toContain('1 subscription was ended');
      expect(statusOf(customer)).toEqual(['canceled']);
      expect(paper.stripe.customers.get(customer)?.metadata.gatefold_reader).toBe('');
      expect(await tracesOf(reader, address)).toEqual(nothing);
      expect(here.jar.has('__Host-gf_reader')).toBe(false);
      expect((await phone.get('/-/account')).status).toBe(303);
    });

    test('a word from Stripe that comes later brings nothing back', async () => {
      const { here, reader, address, customer } = await wholeReader();
      await here.post('/-/account/erase', { cancel: 'yes' });
      expect(await paper.refresh(customer)).toMatchObject({ kind: 'unlinked' });
      expect(await tracesOf(reader, address)).toEqual(nothing);
    });

    test('leaves everybody else as they were', async () => {
      const { here } = await wholeReader();
      const other = await wholeReader();
      const before = await tracesOf(other.reader, other.address);
      await here.post('/-/account/erase', { cancel: 'yes' });
      expect(await tracesOf(other.reader, other.address)).toEqual(before);
      expect(statusOf(other.customer)).toEqual(['active']);
    });

    test('of a reader who never bought anything asks for nothing and speaks of no Stripe', async () => {
      const address = newAddress();
      const { here, reader } = await paper.signedIn(address);
      const page = await here.get('/-/account/erase');
      expect(page.text).not.toMatch(/Stripe|name="cancel"/);
      expect((await here.post('/-/account/erase')).status).toBe(200);
      expect(await tracesOf(reader, address)).toEqual(nothing);
    });

    test('of a browser that only paid leaves the subscription to whoever confirmed its address', async () => {
      const address = newAddress();
      const { here, reader: payer, customer } = await paper.paidBrowser({ email: address });
      const { reader: owner } = await paper.signedIn(address);
      expect((await here.post('/-/account/erase')).status).toBe(200);
      expect(statusOf(customer)).toEqual(['active']);
      expect(await paper.stores.customers.customersOf(payer)).toEqual([]);
      expect(await paper.stores.entitlements.of(payer)).toEqual([]);
      expect(await paper.stores.entitlements.of(owner)).toHaveLength(1);
    });

    test('leaves what the same customer has with other services on the Stripe account', async () => {
      const address = newAddress();
      const { here, reader } = await paper.signedIn(address);
      const customer = await paper.buys(reader, {
        subscriptions: [
          subscription({ id: `sub_shop_${reader.replace(/\W/g, '')}`, items: [item('price_of_the_shop')] }),
        ],
      });
      expect((await here.post('/-/account/erase')).status).toBe(200);
      expect(statusOf(customer)).toEqual(['active']);
    });

    test('ends a first payment that is still open, which would be charged once it is made', async () => {
      const address = newAddress();
      const { here, reader } = await paper.signedIn(address);
      const half = subscription({ id: `sub_half_${reader.replace(/\W/g, '')}`, status: 'incomplete' });
      const customer = await paper.buys(reader, { subscriptions: [half] });
      paper.stripe.checkouts.set(customer, ['cs_open']);
      const answer = await here.post('/-/account/erase');
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('was ended');
      expect(statusOf(customer)).toEqual(['canceled']);
      expect(paper.stripe.checkouts.get(customer)).toEqual([]);
    });

    test('a customer deleted at Stripe is no hindrance', async () => {
      const { here, reader, address, customer } = await wholeReader();
      paper.stripe.customers.delete(customer);
      expect((await here.post('/-/account/erase')).status).toBe(200);
      expect(await tracesOf(reader, address)).toEqual(nothing);
    });

    test('with Stripe down nothing is touched, and the page says to press again', async () => {
      const { here, reader, address } = await wholeReader();
      paper.stripe.fault = 'stripe-down';
      const answer = await here.post('/-/account/erase', { cancel: 'yes' });
      expect(answer.status).toBe(503);
      expect(answer.text).toContain('Press again in a few minutes');
      expect(answer.text).toContain('<input type="hidden" name="cancel" value="yes"/>');
      expect((await tracesOf(reader, address)).devices).toHaveLength(2);
      expect((await here.get('/-/account/erase')).status).toBe(503);
    });

    test('by another site’s page is refused', async () => {
      const { here, reader } = await wholeReader();
      const forged = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
      expect((await here.post('/-/account/erase', { cancel: 'yes' }, forged)).status).toBe(403);
      expect(await paper.stores.readers.byId(reader)).toBeDefined();
    });

    /** Every door that erasing goes through, each broken in turn. */
    const doors: Readonly<Record<string, (paper: PayingSite) => () => void>> = {
      'ending at Stripe': ({ stripe }) => broken(stripe, 'cancelNow'),
      'looking after it': ({ stores: { customers } }) => broken(customers, 'customersOf', 3),
      'letting go at Stripe': ({ stripe }) => broken(stripe, 'assignCustomer'),
      'forgetting the customer': ({ stores: { customers } }) => broken(customers, 'forget'),
      'forgetting entitlements': ({ stores: { entitlements } }) => broken(entitlements, 'forgetReader'),
      'forgetting reads': ({ stores: { meters } }) => broken(meters, 'forget'),
      'signing out': ({ stores: { readers } }) => broken(readers, 'revokeDevice'),
      'signing out the last': ({ stores: { readers } }) => broken(readers, 'revokeDevice', 1),
    };

    test.each(Object.keys(doors))('stopped at %s, another press finishes it', async (door) => {
      const { here, reader, address, customer } = await wholeReader();
      const mend = doors[door]?.(paper);
      expect((await here.post('/-/account/erase', { cancel: 'yes' })).status).toBe(503);
      mend?.();
      expect((await here.post('/-/account/erase', { cancel: 'yes' })).status).toBe(200);
      expect(await tracesOf(reader, address)).toEqual(nothing);
      expect(statusOf(customer)).toEqual(['canceled']);
    });

    test('stopped at the very last step, signing in once more and pressing again finishes it', async () => {
      const { here, reader, address } = await wholeReader();
      const mend = broken(paper.stores.readers, 'removeReader');
      expect((await here.post('/-/account/erase', { cancel: 'yes' })).status).toBe(503);
      mend();
      const again = await paper.signedIn(address, here);
      expect(again.reader).toBe(reader);
      expect((await here.post('/-/account/erase')).status).toBe(200);
      expect(await tracesOf(reader, address)).toEqual(nothing);
    });
  });
});

/** Fails from the call after so many on; answers how to mend it. */
const broken = <Doors extends object>(doors: Doors, name: keyof Doors & string, after = 0): (() => void) => {
  const whole = doors[name] as (...asked: unknown[]) => unknown;
  let calls = 0;
  const failing = (...asked: unknown[]) => {
    calls += 1;
    return calls > after ? Promise.reject(new Error('down')) : whole.apply(doors, asked);
  };
  Object.assign(doors, { [name]: failing });
  return () => void Object.assign(doors, { [name]: whole });
};
