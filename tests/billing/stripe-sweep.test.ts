/** A reconcile reads every subscription and every event that never arrived, a page at a time. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { heededEvents } from '../../src/billing/stripe-event-types.ts';
import { newestFirst } from '../../src/billing/stripe-newest-first.ts';
import { charge, customer, day, event, subscription } from './stripe-shapes.ts';
import { type Asked, billingAt, list, missing, now, startStub, stripeError } from './stripe-stub.ts';

const gathered = async <Item>(pages: AsyncIterable<readonly Item[]>): Promise<(readonly Item[])[]> => {
  const all = [];
  for await (const page of pages) all.push(page);
  return all;
};

const swept = (id: string, extra = {}) => subscription({ id, customer: customer(), ...extra });

test('every subscription of every status comes, with whose customer it is', async () => {
  const stub = await startStub();
  stub.on('GET /v1/subscriptions', ({ query }) =>
    query.get('starting_after') === null
      ? { object: 'list', data: [swept('sub_3'), swept('sub_2', { status: 'canceled' })], has_more: true }
      : list(swept('sub_1', { customer: { id: 'cus_2', object: 'customer', deleted: true } })),
  );
  const pages = await gathered(billingAt(stub.url).allSubscriptions());
  expect(pages.map((page) => page.map(({ subscription: { id } }) => id))).toEqual([
    ['sub_3', 'sub_2'],
    ['sub_1'],
  ]);
  expect(pages[0]?.[0]).toMatchObject({
    customer: 'cus_1',
    customerEmail: 'ann@example.org',
    customerMetadata: { gatefold_reader: 'reader-1' },
    subscription: { status: 'active', items: [{ price: 'price_month', periodEndsAt: day(31) }] },
  });
  expect(pages[1]?.[0]).toMatchObject({ customer: 'cus_2', customerMetadata: {} });
  expect(
    stub.asked.map(({ query }) => [query.get('status'), query.get('limit'), query.get('starting_after')]),
  ).toEqual([
    ['all', '100', null],
    ['all', '100', 'sub_2'],
  ]);
});

test('a sweep goes on behind its cursor', async () => {
  const stub = await startStub();
  stub.on('GET /v1/subscriptions', list(swept('sub_1')));
  await gathered(billingAt(stub.url).allSubscriptions('sub_2' as never));
  expect(stub.asked[0]?.query.get('starting_after')).toBe('sub_2');
});

test('the next page is asked for when it is wanted, and not before', async () => {
  const stub = await startStub();
  stub.on('GET /v1/subscriptions', { object: 'list', data: [swept('sub_1')], has_more: true });
  for await (const page of billingAt(stub.url).allSubscriptions()) {
    expect(page).toHaveLength(1);
    break;
  }
  expect(stub.asked).toHaveLength(1);
});

test('a sweep asks nothing about money, and leaves out what it doesn’t know', async () => {
  const stub = await startStub();
  stub.on('GET /v1/subscriptions', list(swept('sub_1', { status: 'past_due' }), swept('sub_2')));
  const [page = []] = await gathered(billingAt(stub.url).allSubscriptions());
  for (const { subscription: found } of page) {
    expect(found).not.toHaveProperty('owedSince');
    expect(found).not.toHaveProperty('reversal');
  }
  expect(stub.asked).toHaveLength(1);
});

test('a page that fails in passing is asked again, and the sweep goes on', async () => {
  const stub = await startStub();
  stub.on(
    'GET /v1/subscriptions',
    stripeError(429, {}, { 'retry-after': '0.01' }),
    stripeError(500, {}),
    list(swept('sub_1')),
  );
  expect(await gathered(billingAt(stub.url).allSubscriptions())).toHaveLength(1);
});

test('a customer that Stripe did not expand is nonsense: whose it is would not be known', async () => {
  const stub = await startStub();
  stub.on('GET /v1/subscriptions', list(subscription()));
  await expect(gathered(billingAt(stub.url).allSubscriptions())).rejects.toMatchObject({ kind: 'nonsense' });
});

test('a cursor that Stripe has lost is refused with its code', async () => {
  const stub = await startStub();
  stub.on('GET /v1/subscriptions', missing);
  const sweep = billingAt(stub.url).allSubscriptions('sub_9' as never);
  await expect(gathered(sweep)).rejects.toMatchObject({ kind: 'refused', code: 'resource_missing' });
});

const at = (id: string, of: number, type = 'charge.refunded') =>
  event(type, charge(), { id, created: day(of) / 1000 });

test('undelivered events of all heeded types come newest first, no more than twenty types to a question', async () => {
  const stub = await startStub();
  const typesOf = ({ query }: Asked) =>
    [...query].filter(([name]) => name.startsWith('types')).map(([, type]) => type);
  stub.on('GET /v1/events', (asked) => {
    const isFirst = typesOf(asked).includes('checkout.session.completed');
    if (!isFirst) return list(at('evt_6', 6), at('evt_3', 3, 'charge.dispute.closed'));
    return asked.query.get('starting_after') === null
      ? { object: 'list', data: [at('evt_7', 7), at('evt_5', 5)], has_more: true }
      : list(at('evt_4', 4), at('evt_3b', 3), at('evt_2', 2));
  });
  const since = now - 5500;
  const events = (await gathered(billingAt(stub.url).undeliveredEvents(since))).flat();
  expect(events.map(({ createdAt }) => createdAt)).toEqual([7, 6, 5, 4, 3, 3, 2].map(day));
  expect(new Set(events.map(({ id }) => id)).size).toBe(7);
  expect(events[0]).toEqual({
    id: 'evt_7',
    type: 'charge.refunded',
    createdAt: day(7),
    subject: { customer: 'cus_1', object: 'charge', id: 'ch_1', refers: {} },
  });
  const firsts = stub.asked.filter(({ query }) => query.get('starting_after') === null);
  expect(firsts.flatMap(typesOf).toSorted()).toEqual([...heededEvents].toSorted());
  for (const asked of stub.asked) {
    expect(typesOf(asked).length).toBeLessThanOrEqual(20);
    expect(asked.query.get('delivery_success')).toBe('false');
    expect(asked.query.get('created[gte]')).toBe(String(now / 1000 - 6));
  }
});

test('no undelivered events are no pages', async () => {
  const stub = await startStub();
  stub.on('GET /v1/events', list());
  expect(await gathered(billingAt(stub.url).undeliveredEvents(0))).toEqual([]);
});

const pagesOf = async function* (pages: readonly (readonly number[])[]) {
  for (const page of pages) yield page.map((created) => ({ created }));
};

test('several lists, however their pages fall, are one list that is newest first and lacks nothing', async () => {
  const lists = fc.array(fc.array(fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), { maxLength: 5 }), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(lists, async (shapes) => {
      const sorted = shapes.map((pages) => {
        const moments = pages.flat().toSorted((one, other) => other - one);
        return pages.map((page) => moments.splice(0, page.length));
      });
      const found = (await gathered(newestFirst(sorted.map(pagesOf)))).flat().map(({ created }) => created);
      expect(found).toEqual(shapes.flat(2).toSorted((one, other) => other - one));
    }),
    { numRuns: 500 },
  );
});
