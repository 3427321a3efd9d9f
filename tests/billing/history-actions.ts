/** What readers, their banks and the publisher do in a random history, each over the way by which it is really done. */
import fc from 'fast-check';
import Stripe from 'stripe';
import { BillingFault } from '../../src/billing/billing.ts';
import type { CustomerId, SubscriptionId } from '../../src/billing/subscription.ts';
import { randomText } from '../../src/ops/random.ts';
import type { Email, ReaderId, ReaderRecord } from '../../src/readers/reader.ts';
import type { HistorySite } from './history-site.ts';

/** One browser, whom it is signed in as, and all customers and readers that came of it. */
export interface Browser {
  reader: ReaderRecord;
}

/** One history's people: they share addresses with each other and with nobody else. */
export interface Household {
  readonly name: string;
  readonly browsers: readonly Browser[];
  readonly readers: Set<ReaderId>;
  readonly customers: Set<CustomerId>;
}

const cards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  failsLater: '4000000000000341',
  asksBank: '4000002500003155',
  disputed: '4000000000000259',
} as const;

const plan = fc.constantFrom('monthly', 'yearly', 'puzzles');
const card = fc.oneof(
  { weight: 4, arbitrary: fc.constant<keyof typeof cards>('good') },
  { weight: 2, arbitrary: fc.constant<keyof typeof cards>('failsLater') },
  { weight: 2, arbitrary: fc.constantFrom<keyof typeof cards>('declined', 'asksBank', 'disputed') },
);
const kind = <Name extends string>(name: Name) => fc.constant(name);

/** `which`: of several subscriptions, the one at that place. */
const which = fc.nat(1);

const anyAction = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: kind('subscribe'),
      plan,
      card,
      approved: fc.boolean(),
      trial: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: kind('buy-pass'), card }) },
  { weight: 1, arbitrary: fc.record({ do: kind('pay-by-bank-debit'), plan, fails: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: kind('cancel'), when: fc.constantFrom('now', 'period-end'), which }),
  },
  { weight: 1, arbitrary: fc.record({ do: kind('resume'), which }) },
  { weight: 1, arbitrary: fc.record({ do: kind('switch'), plan, which }) },
  { weight: 2, arbitrary: fc.record({ do: kind('change-card'), card, approved: fc.boolean() }) },
  // Seldom is anything owed, so that most of these find nothing to pay.
  { weight: 4, arbitrary: fc.record({ do: kind('pay-what-is-owed') }) },
  { weight: 1, arbitrary: fc.record({ do: kind('change-address'), address: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: kind('prove-address'), address: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: kind('come-back') }) },
  { weight: 1, arbitrary: fc.record({ do: kind('refund') }) },
  { weight: 1, arbitrary: fc.record({ do: kind('pause-collection'), on: fc.boolean(), which }) },
  { weight: 1, arbitrary: fc.record({ do: kind('change-quantity'), quantity: fc.nat(3), which }) },
  { weight: 1, arbitrary: fc.record({ do: kind('end-by-hand'), which }) },
  { weight: 1, arbitrary: fc.record({ do: kind('delete-customer') }) },
);

export type Action = (typeof anyAction extends fc.Arbitrary<infer Found> ? Found : never) & {
  readonly browser: number;
};

export const actionKinds = [
  ...['subscribe', 'buy-pass', 'pay-by-bank-debit', 'cancel', 'resume', 'switch', 'change-card'],
  ...['pay-what-is-owed', 'change-address', 'prove-address', 'come-back', 'refund', 'pause-collection'],
  ...['change-quantity', 'end-by-hand', 'delete-customer'],
] as const satisfies readonly Action['do'][];

const step: fc.Arbitrary<Action> = fc
  .tuple(anyAction, fc.nat(2))
  .map(([action, browser]) => ({ ...action, browser }));

/** Most are short, and some have forty actions. */
export const anyHistory: fc.Arbitrary<readonly Action[]> = fc.oneof(
  { weight: 80, arbitrary: fc.array(step, { minLength: 1, maxLength: 4, size: 'max' }) },
  { weight: 16, arbitrary: fc.array(step, { minLength: 5, maxLength: 10, size: 'max' }) },
  { weight: 4, arbitrary: fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }) },
);

export const newHousehold = async ({ stores, sandbox }: HistorySite, name: string): Promise<Household> => {
  const browsers = await Promise.all(
    [0, 1, 2].map(async (): Promise<Browser> => {
      const reader = { id: randomText(12) as ReaderId, createdAt: sandbox.now() };
      await stores.readers.putUnproved(reader);
      return { reader };
    }),
  );
  return {
    // Of nobody else on the server.
    name: `${name}-${randomText(6).toLowerCase()}`,
    browsers,
    readers: new Set(browsers.map(({ reader }) => reader.id)),
    customers: new Set(),
  };
};

/** False: what was to be changed isn't there, or Stripe or the bank refused it; in a history that may be. */
export const act = async (site: HistorySite, household: Household, action: Action): Promise<boolean> => {
  const browser = household.browsers[action.browser];
  if (!browser) return false;
  try {
    return await carryOut(site, household, browser, action);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && (error.statusCode ?? 500) < 500) return false;
    if (error instanceof BillingFault && error.kind === 'refused') return false;
    throw error;
  }
};

const carryOut = async (
  site: HistorySite,
  household: Household,
  browser: Browser,
  action: Action,
): Promise<boolean> => {
  const { merchant, billing, refresh } = site;
  switch (action.do) {
    case 'subscribe':
      return checkOut(site, household, browser, action.plan, action.trial, {
        ...cardForm(action.card),
        approved: action.approved,
      });
    case 'buy-pass':
      return checkOut(site, household, browser, 'week-pass', false, cardForm(action.card));
    case 'pay-by-bank-debit':
      return checkOut(site, household, browser, action.plan, false, {
        form: { payment: 'bank-debit', account: 'typed', iban: action.fails ? failingIban : goodIban },
      });
    case 'prove-address':
      return prove(site, household, browser, addressOf(household, action.address));
    default:
  }
  const customer = await customerOf(site, browser);
  if (customer === undefined) return false;
  const inPortal = async (path: string, form: Record<string, string>, approved = true) =>
    post(`${await billing.openPortal({ customer, returnUrl: site.publicUrl })}/${path}`, form, approved);
  const subscription = async (place: number): Promise<SubscriptionId | undefined> => {
    const { data } = await merchant.subscriptions.list({ customer, status: 'all' });
    return data[data.length > 0 ? place % data.length : 0]?.id as SubscriptionId | undefined;
  };
  switch (action.do) {
    case 'come-back':
      await refresh(customer).catch(() => undefined);
      return true;
    case 'change-card':
      return inPortal('card', cardForm(action.card).form, action.approved);
    case 'change-address':
      return inPortal('email', { email: addressOf(household, action.address) });
    case 'pay-what-is-owed': {
      const { data } = await merchant.invoices.list({ customer, status: 'open' });
      return data[0]?.id ? inPortal(`pay/${data[0].id}`, {}) : false;
    }
    case 'refund': {
      const { data } = await merchant.charges.list({ customer });
      const charge = data.find(({ paid, refunded }) => paid && !refunded);
      if (charge) await merchant.refunds.create({ charge: charge.id });
      return charge !== undefined;
    }
    case 'delete-customer':
      await merchant.customers.del(customer);
      return true;
    default:
  }
  const id = await subscription(action.which);
  if (id === undefined) return false;
  switch (action.do) {
    case 'cancel':
      return inPortal(`cancel/${id}`, { when: action.when });
    case 'resume':
      return inPortal(`resume/${id}`, {});
    case 'switch':
      return inPortal(`switch/${id}`, { price: site.priceOf(action.plan) });
    case 'pause-collection':
      await merchant.subscriptions.update(id, {
        pause_collection: action.on ? { behavior: 'void' } : '',
      });
      return true;
    case 'change-quantity': {
      const { items } = await merchant.subscriptions.retrieve(id);
      const [item] = items.data;
      if (item)
        await merchant.subscriptions.update(id, { items: [{ id: item.id, quantity: action.quantity }] });
      return item !== undefined;
    }
    case 'end-by-hand':
      await merchant.subscriptions.cancel(id);
      return true;
    default:
      return action satisfies never;
  }
};

const goodIban = 'DE89370400440532013000';
const failingIban = 'DE62370400440532013001';

const cardForm = (name: keyof typeof cards) => ({
  form: { payment: 'card', card: 'typed', number: cards[name], expiry: '12 / 44', cvc: '123' },
});

const addressOf = ({ name }: Household, place: number): string => `reader-${place}-${name}@example.com`;

/** The one that this browser's reader would pay with again. */
const customerOf = async ({ stores }: HistorySite, { reader }: Browser): Promise<CustomerId | undefined> => {
  const records = await stores.customers.customersOf(reader.id);
  return records.find(({ owner, state }) => owner === reader.id && !state?.deleted)?.id;
};

/** As the gateway does it: the customer is made and noted as this reader's before the checkout is opened. */
const checkOut = async (
  site: HistorySite,
  household: Household,
  browser: Browser,
  plan: string,
  trial: boolean,
  { form, approved = true }: { readonly form: Record<string, string>; readonly approved?: boolean },
): Promise<boolean> => {
  const { billing, stores, publicUrl } = site;
  const reader = browser.reader.id;
  let customer = await customerOf(site, browser);
  if (customer === undefined) {
    customer = await billing.createCustomer({ reader, locale: 'en' });
    await stores.customers.assign(customer, { owner: reader });
    household.customers.add(customer);
  }
  const checkout = await billing.openCheckout({
    customer,
    mode: plan === 'week-pass' ? 'payment' : 'subscription',
    price: site.priceOf(plan),
    successUrl: `${publicUrl}/-/checkout/return?session_id={CHECKOUT_SESSION_ID}`,
    cancelUrl: `${publicUrl}/`,
    locale: 'en',
    promotionCodes: false,
    metadata: { gatefold_reader: reader },
    idempotencyKey: randomText(12),
    ...(trial ? { trialDays: 14 } : {}),
  });
  if (checkout.url === undefined) return false;
  // Whoever pays types whatever address: sometimes another's.
  const email = addressOf(household, household.browsers.indexOf(browser));
  return post(checkout.url, { email, name: 'Somebody', ...form }, approved);
};

/** Presses a button of a hosted page, and answers the bank's question where there is one. False: it was refused. */
const post = async (url: string, form: Record<string, string>, approved: boolean): Promise<boolean> => {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
  await answer.arrayBuffer();
  if (answer.status >= 500) throw new Error(`a hosted page failed: ${answer.status} at ${url}`);
  const location = answer.headers.get('location');
  if (answer.status !== 303 || location === null) return false;
  const next = new URL(location, url);
  if (!next.pathname.includes('/challenge/')) return true;
  return (await post(next.href, { answer: approved ? 'complete' : 'fail' }, approved)) && approved;
};

/** A mailed link is opened in that browser. */
const prove = async (
  site: HistorySite,
  household: Household,
  browser: Browser,
  address: string,
): Promise<boolean> => {
  const { stores, claimAfterProof, sandbox } = site;
  const before = await stores.readers.byId(browser.reader.id);
  const unproved = before && before.email === undefined;
  const reader = await stores.readers.findOrCreate({
    id: unproved ? before.id : (randomText(12) as ReaderId),
    email: address as Email,
    createdAt: sandbox.now(),
  });
  household.readers.add(reader.id);
  await claimAfterProof({ reader, ...(before ? { browser: before } : {}) });
  browser.reader = reader;
  return true;
};
