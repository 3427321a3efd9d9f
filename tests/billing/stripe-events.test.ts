/** Of what comes to the webhook, only what Stripe signed for this site, just now, in the key's mode, is heeded. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Stripe from 'stripe';
import type { EventReading } from '../../src/billing/billing.ts';
import { heededEvents } from '../../src/billing/stripe-event-types.ts';
import { charge, checkout, customer, day, event, intent, invoice, subscription } from './stripe-shapes.ts';
import {
  billingAt,
  list,
  missing,
  now,
  secretKey,
  startStub,
  stripeError,
  webhookSecret,
} from './stripe-stub.ts';

const nowhere = 'http://127.0.0.1:1';
const nowSeconds = now / 1000;

const signed = (payload: string, { secret = webhookSecret, timestamp = nowSeconds } = {}): string =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

const read = (payload: string, header: string | undefined = signed(payload), options = {}): EventReading =>
  billingAt(nowhere, options).readEvent(Buffer.from(payload), header);

const readEvent = (type: string, object: unknown, extra = {}): EventReading =>
  read(JSON.stringify(event(type, object, extra)));

const updated = JSON.stringify(event('customer.subscription.updated', subscription()));
const refused = (why: string) => ({ kind: 'refused', why });

const dispute = { id: 'dp_1', object: 'dispute', charge: 'ch_1', payment_intent: 'pi_1', status: 'lost' };
const summary = {
  object: 'entitlements.active_entitlement_summary',
  customer: 'cus_1',
  entitlements: { object: 'list', data: [], has_more: true },
};

/** Every row of the table of events that a paywall handles, and what its object is. */
const table: readonly (readonly [type: string, object: unknown])[] = [
  ['checkout.session.completed', checkout({ status: 'complete' })],
  ['checkout.session.async_payment_succeeded', checkout({ status: 'complete' })],
  ['checkout.session.async_payment_failed', checkout({ status: 'complete' })],
  ['checkout.session.expired', checkout({ status: 'expired' })],
  ['customer.subscription.created', subscription()],
  ['customer.subscription.updated', subscription()],
  ['customer.subscription.paused', subscription({ status: 'paused' })],
  ['customer.subscription.resumed', subscription()],
  ['customer.subscription.deleted', subscription({ status: 'canceled' })],
  ['invoice.paid', invoice()],
  ['invoice.payment_failed', invoice({ status: 'open' })],
  ['invoice.payment_action_required', invoice({ status: 'open' })],
  ['invoice.finalization_failed', invoice({ status: 'draft' })],
  ['invoice.voided', invoice({ status: 'void' })],
  ['invoice.marked_uncollectible', invoice({ status: 'uncollectible' })],
  ['entitlements.active_entitlement_summary.updated', summary],
  ['customer.updated', customer({ email: 'new@example.org' })],
  ['customer.deleted', customer()],
  ['charge.refunded', charge({ refunded: true })],
];

const disputes = ['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'];

test.each(table)('%s makes its customer be read again', (type, object) => {
  const reading = readEvent(type, object);
  expect(reading).toMatchObject({
    kind: 'event',
    event: { id: 'evt_1', type, createdAt: day(3), subject: { customer: 'cus_1' } },
  });
});

test.each(disputes)('charge.dispute.%s makes the customer of its charge be read again', (word) => {
  expect(readEvent(`charge.dispute.${word}`, dispute)).toMatchObject({
    kind: 'event',
    event: {
      subject: { object: 'dispute', id: 'dp_1', refers: { charge: 'ch_1', payment_intent: 'pi_1' } },
    },
  });
});

test('a refund that failed makes the customer of its charge be read again', () => {
  const refund = { id: 're_1', object: 'refund', charge: 'ch_1', status: 'failed' };
  expect(readEvent('refund.failed', refund)).toMatchObject({
    event: { subject: { refers: { charge: 'ch_1' } } },
  });
});

test.each([
  'customer.subscription.trial_will_end',
  'customer.subscription.pending_update_applied',
  'customer.subscription.pending_update_expired',
])('%s changes nothing by itself and is left alone', (type) => {
  expect(readEvent(type, subscription())).toEqual({ kind: 'ignored', type });
});

test.each(['payout.paid', 'customer.subscription.something_new', 'v9.surprise'])(
  'the unknown type %s is left alone',
  (type) => {
    expect(readEvent(type, { id: 'x_1', object: 'x' })).toEqual({ kind: 'ignored', type });
  },
);

test('every type that is heeded has a row here', () => {
  const rows = [...table.map(([type]) => type), ...disputes.map((word) => `charge.dispute.${word}`)];
  expect([...rows, 'refund.failed'].toSorted()).toEqual([...heededEvents].toSorted());
});

test('no signature, a wrong one and one of another secret are refused', () => {
  const billing = billingAt(nowhere);
  expect(billing.readEvent(Buffer.from(updated), undefined)).toEqual(refused('no-signature'));
  expect(read(updated, '')).toEqual(refused('no-signature'));
  for (const header of [
    'x',
    `t=${nowSeconds}`,
    `t=${nowSeconds},v1=00`,
    `t=${nowSeconds},v1`,
    `t=,${signed(updated)}`,
    signed(updated).replace('v1=', 'v0='),
    signed(updated, { secret: 'whsec_other' }),
  ]) {
    expect(read(updated, header)).toEqual(refused('bad-signature'));
  }
});

test('a body that was changed by one byte is refused', () => {
  expect(read(updated.replace('cus_1', 'cus_2'), signed(updated))).toEqual(refused('bad-signature'));
  expect(read(`${updated} `, signed(updated))).toEqual(refused('bad-signature'));
});

test('each of several secrets is accepted, and so is a header with several signatures', () => {
  const options = { webhookSecrets: ['', 'whsec_old', 'whsec_new'] };
  for (const secret of ['whsec_old', 'whsec_new']) {
    expect(read(updated, signed(updated, { secret }), options).kind).toBe('event');
  }
  const both = `${signed(updated, { secret: 'whsec_unknown' })},${signed(updated).split(',')[1]}`;
  expect(read(updated, both).kind).toBe('event');
});

test('an empty secret verifies nothing, and no secret at all neither', () => {
  const byNobody = `t=${nowSeconds},v1=${'0'.repeat(64)}`;
  expect(read(updated, byNobody, { webhookSecrets: [''] })).toEqual(refused('bad-signature'));
  expect(read(updated, signed(updated), { webhookSecrets: [] })).toEqual(refused('bad-signature'));
});

test('a delivery is good for five minutes before and after its signing, by the clock that is given', () => {
  const at = (seconds: number) => read(updated, signed(updated, { timestamp: nowSeconds + seconds }));
  for (const seconds of [-300, -1, 0, 1, 300]) expect(at(seconds).kind).toBe('event');
  for (const seconds of [-100_000_000, -301, 301, 100_000_000])
    expect(at(seconds)).toEqual(refused('too-old'));
});

test('several moments in one header are refused: which of them was signed is a guess', () => {
  const old = signed(updated, { timestamp: nowSeconds - 10_000 });
  expect(read(updated, `t=${nowSeconds},${old}`)).toEqual(refused('bad-signature'));
  expect(read(updated, `${old},t=${nowSeconds}`)).toEqual(refused('bad-signature'));
});

test.each([
  ['nothing', '', 'not-json'],
  ['no JSON', 'hello', 'not-json'],
  ['truncated JSON', updated.slice(0, -5), 'not-json'],
  ['null', 'null', 'not-an-event'],
  ['a list', '[]', 'not-an-event'],
  ['a list of events', `[${updated}]`, 'not-an-event'],
  ['a number', '5', 'not-an-event'],
  ['a text', '"event"', 'not-an-event'],
  ['true', 'true', 'not-an-event'],
  ['an empty object', '{}', 'not-an-event'],
  ['another object', JSON.stringify(customer()), 'not-an-event'],
  ['an event without an object', '{"object":"event","id":"evt_1","type":"invoice.paid"}', 'not-an-event'],
  ['an event whose object is a list', JSON.stringify(event('invoice.paid', [])), 'not-an-event'],
  ['an event whose object is null', JSON.stringify(event('invoice.paid', null)), 'not-an-event'],
  ['an event without a mode', JSON.stringify(event('invoice.paid', {}, { livemode: null })), 'not-an-event'],
  [
    'a thin event',
    '{"object":"v2.core.event","id":"evt_1","type":"v1.billing.meter.error_report_triggered"}',
    'thin-event',
  ],
])('%s, well signed, is refused and never thrown', (_name, payload, why) => {
  expect(read(payload)).toEqual(refused(why));
});

test('bytes that are no text are refused', () => {
  const body = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
  expect(billingAt(nowhere).readEvent(body, signed(updated))).toEqual(refused('bad-signature'));
});

test('an event of the other mode is refused, whichever the key is of', () => {
  expect(readEvent('invoice.paid', invoice(), { livemode: true })).toEqual(refused('wrong-mode'));
  const payload = JSON.stringify(event('invoice.paid', invoice()));
  for (const prefix of ['sk_live_', 'rk_live_']) {
    const live = { secretKey: secretKey.replace('sk_test_', prefix) };
    expect(billingAt(nowhere, live).live).toBe(true);
    expect(read(payload, undefined, live)).toEqual(refused('wrong-mode'));
  }
  expect(billingAt(nowhere, { secretKey: 'rk_test_x' }).live).toBe(false);
});

test('an event of a connected account is refused', () => {
  expect(readEvent('invoice.paid', invoice(), { account: 'acct_1' })).toEqual(refused('other-account'));
  expect(readEvent('invoice.paid', invoice(), { context: 'acct_1' })).toEqual(refused('other-account'));
});

test('a customer that is expanded in the event is found', () => {
  const reading = readEvent('customer.subscription.updated', subscription({ customer: customer() }));
  expect(reading).toMatchObject({ event: { subject: { customer: 'cus_1' } } });
});

test.each([
  [
    'an invoice',
    'invoice.paid',
    { object: 'invoice', id: 'in_1', paid: true, customer: 'cus_1', charge: 'ch_1', subscription: 'sub_1' },
  ],
  [
    'a subscription',
    'customer.subscription.updated',
    { object: 'subscription', id: 'sub_1', customer: 'cus_1', current_period_end: 1, plan: { id: 'gold' } },
  ],
  [
    'a checkout',
    'checkout.session.completed',
    { object: 'checkout.session', id: 'cs_1', customer: 'cus_1', display_items: [] },
  ],
  [
    'a charge',
    'charge.refunded',
    { object: 'charge', id: 'ch_1', customer: 'cus_1', refunds: { data: [] }, invoice: 'in_1' },
  ],
])(
  '%s in the shape of 2020 is a reason to read its customer again, and nothing of it is believed',
  (_name, type, object) => {
    const reading = readEvent(type, object, { api_version: '2020-08-27' });
    expect(reading).toMatchObject({ kind: 'event', event: { subject: { customer: 'cus_1' } } });
  },
);

test.each([
  ['nothing', {}],
  ['ids that are none', { id: 5, object: [], customer: {}, charge: null, invoice: 7 }],
  [
    'ids that lead elsewhere',
    { customer: '../../v1/balance', charge: '..', payment_intent: 'a/b', invoice: '' },
  ],
])('an object with %s has no customer, and none is asked for', async (_name, object) => {
  const reading = readEvent('invoice.paid', object);
  if (reading.kind !== 'event') throw new Error('It was not read as an event.');
  expect(reading.event.subject.refers).toEqual({});
  expect(await billingAt(nowhere).customerOf(reading.event.subject)).toBeUndefined();
});

test('whatever is sent, signed or not, a reading comes back', () => {
  const billing = billingAt(nowhere);
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json()),
      fc.option(fc.string(), { nil: undefined }),
      (payload, header) => {
        expect(billing.readEvent(Buffer.from(payload), signed(payload)).kind).not.toBe('event');
        expect(billing.readEvent(Buffer.from(payload), header).kind).toBe('refused');
      },
    ),
    { numRuns: 300 },
  );
});

test('whatever the object of an event is, a reading comes back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      expect(readEvent('charge.refunded', object).kind).toBe('event');
    }),
    { numRuns: 200 },
  );
});

test('the customer of a dispute is that of its charge', async () => {
  const stub = await startStub();
  stub.on('GET /v1/charges/ch_1', charge({ customer: customer() }));
  const subject = { object: 'dispute', id: 'dp_1', refers: { charge: 'ch_1', payment_intent: 'pi_1' } };
  expect(await billingAt(stub.url).customerOf(subject)).toBe('cus_1');
  expect(stub.asked).toHaveLength(1);
});

test('a subject that names its customer is not asked about', async () => {
  expect(await billingAt(nowhere).customerOf({ customer: 'cus_1' as never, refers: {} })).toBe('cus_1');
});

test('where the charge has no customer, the payment or the invoice may', async () => {
  const stub = await startStub();
  stub.on('GET /v1/charges/ch_1', charge({ customer: null }));
  stub.on('GET /v1/payment_intents/pi_1', missing);
  stub.on('GET /v1/invoices/in_1', invoice({ payments: undefined }));
  const subject = { refers: { charge: 'ch_1', payment_intent: 'pi_1', invoice: 'in_1' } };
  expect(await billingAt(stub.url).customerOf(subject)).toBe('cus_1');
});

test('a charge that nobody is the customer of has none', async () => {
  const stub = await startStub();
  stub.on('GET /v1/charges/ch_1', charge({ customer: null }));
  stub.on('GET /v1/payment_intents/pi_1', intent({ customer: null }));
  const subject = { refers: { charge: 'ch_1', payment_intent: 'pi_1' } };
  expect(await billingAt(stub.url).customerOf(subject)).toBeUndefined();
});

test('when Stripe can’t be asked whose a charge is, that is a fault and not "nobody’s"', async () => {
  const stub = await startStub();
  stub.on('GET /v1/charges/ch_1', stripeError(500, {}));
  await expect(billingAt(stub.url).customerOf({ refers: { charge: 'ch_1' } })).rejects.toMatchObject({
    kind: 'stripe-down',
  });
  stub.on('GET /v1/charges/ch_1', list());
  await expect(billingAt(stub.url).customerOf({ refers: { charge: 'ch_1' } })).rejects.toMatchObject({
    kind: 'nonsense',
  });
});
