/** From a plan to one page where it can be paid: no second customer, no second subscription, whatever else happens at once. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CheckoutAsked } from '../../src/billing/begin-checkout.ts';
import { BillingFault } from '../../src/billing/billing.ts';
import { browserMark } from '../../src/billing/checkout-mark.ts';
import { createPayingReader } from '../../src/billing/paying-reader.ts';
import type { CheckoutId, CustomerId, SubscriptionState } from '../../src/billing/subscription.ts';
import type { ReaderId, VisitorId } from '../../src/readers/reader.ts';
import { noon, secretKey, temporaryFolder } from '../readers/support.ts';
import { plan, plans, policy, prices, type Shop, shop } from './shop.ts';
import { createTill } from './till.ts';

const day = 86_400_000;
const visitor = 'netw.aaaaaaaaaaaaaaaaaaaaaa' as VisitorId;
const asked = (over: Partial<CheckoutAsked> = {}): CheckoutAsked => ({
  plan: 'monthly',
  returnTo: '/lamp/story',
  visitor,
  locale: 'en',
  origin: 'https://paper.example',
  ...over,
});

let folder: ReturnType<typeof temporaryFolder>;
let here: Shop;
const others: Shop[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  here = shop({ directory: folder.path });
});
afterEach(() => {
  for (const each of [here, ...others.splice(0)]) each.close();
  folder.remove();
});

const begin = (over: Partial<CheckoutAsked> = {}, where = here) => where.begin(asked(over), where.time.now);
const idIn = (url: string): CheckoutId => url.split('/').at(-1) as CheckoutId;
/** Opened there: the session's id. */
const opened = async (over: Partial<CheckoutAsked> = {}, where = here): Promise<CheckoutId> => {
  const begun = await begin(over, where);
  if (begun.kind !== 'open') throw new Error(`not open but ${begun.kind}`);
  return idIn(begun.url);
};
const another = (options: Partial<Parameters<typeof shop>[0]> = {}): Shop => {
  const made = shop({ directory: folder.path, till: here.till, ...options });
  others.push(made);
  return made;
};

describe('a checkout', () => {
  test('is for the plan, bound to reader and browser, and leads back to the article', async () => {
    const id = await opened({ returnTo: '/lamp/story?page=2&x={CHECKOUT_SESSION_ID}' });
    const session = here.till.sessions.get(id)?.asked;
    expect(session).toMatchObject({
      mode: 'subscription',
      price: 'price_monthly',
      promotionCodes: false,
      locale: 'en',
    });
    expect(session?.metadata).toMatchObject({
      gatefold_reader: await here.payingReader(visitor),
      gatefold_plan: 'monthly',
      gatefold_browser: browserMark(visitor),
    });
    expect(session?.successUrl).toBe(
      'https://paper.example/-/checkout/return?session_id={CHECKOUT_SESSION_ID}&return=%2Flamp%2Fstory%3Fpage%3D2%26x%3D%7BCHECKOUT_SESSION_ID%7D',
    );
    expect(session?.cancelUrl).toMatch(/^https:\/\/paper\.example\/-\/subscribe\?return=%2Flamp%2Fstory/);
    expect(JSON.stringify(session)).not.toContain(visitor);
  });

  test('of a pass is paid once', async () => {
    const session = here.till.sessions.get(await opened({ plan: 'month-pass' }))?.asked;
    expect(session?.mode).toBe('payment');
    expect(session?.trialDays).toBeUndefined();
  });

  test('of a plan that isn’t there, or that names no price, is not sold, and Stripe isn’t asked', async () => {
    expect(await begin({ plan: 'nothing' })).toEqual({ kind: 'not-sold' });
    expect(await begin({ plan: 'by-hand' })).toEqual({ kind: 'not-sold' });
    expect(here.till.calls).toEqual([]);
  });

  test('leads nowhere in particular when the way back is too long for Stripe', async () => {
    const id = await opened({ returnTo: `/${'ä'.repeat(1_500)}` });
    expect(here.till.sessions.get(id)?.asked.successUrl).toMatch(/\{CHECKOUT_SESSION_ID\}$/);
  });
});

describe('one customer', () => {
  test('for a double click, two tabs and two instances', async () => {
    const there = another();
    const ids = await Promise.all([
      opened(),
      opened(),
      opened({}, there),
      opened({ plan: 'monthly' }, there),
    ]);
    expect(new Set(ids).size).toBe(1);
    expect(here.till.customers.size).toBe(1);
    expect(here.till.open()).toHaveLength(1);
    expect(await here.customers.customersOf(await here.payingReader(visitor))).toHaveLength(1);
  });

  test('for every later checkout of the same browser, also when nobody paid', async () => {
    await opened();
    await opened({ plan: 'harbour' });
    here.time.now += 3 * day;
    await opened();
    expect(here.till.customers.size).toBe(1);
  });

  test('with the proved address for a reader who has one, and without any for one who hasn’t', async () => {
    const reader = 'ada0000000000000' as ReaderId;
    await here.store.findOrCreate({ id: reader, email: 'ada@example.com' as never, createdAt: noon });
    await opened({ reader });
    await opened();
    expect([...here.till.customers.values()].map(({ email }) => email)).toEqual([
      'ada@example.com',
      undefined,
    ]);
  });

  test('again, when the reader’s was deleted at Stripe', async () => {
    await opened();
    const [first] = here.till.customers.values();
    if (first) first.deleted = true;
    await opened();
    expect(here.till.customers.size).toBe(2);
  });

  test('never one that has become another reader’s', async () => {
    here.till.pay(await opened());
    const [customer] = here.till.customers.values();
    if (!customer) throw new Error('no customer');
    const grace = await here.store.findOrCreate({
      id: 'grace00000000000' as ReaderId,
      email: 'grace@example.com' as never,
      createdAt: noon,
    });
    const payer = await here.store.byId(await here.payingReader(visitor));
    await here.claimAfterProof({ reader: grace as never, ...(payer ? { browser: payer } : {}) });
    const id = await opened();
    expect(here.till.sessions.get(id)?.customer).not.toBe(customer.id);
    expect((await here.customers.customer(customer.id))?.owner).toBe(grace.id);
  });
});

describe('one open checkout', () => {
  test('another plan’s is expired, wherever its tab is', async () => {
    const monthly = await opened();
    const harbour = await opened({ plan: 'harbour' });
    expect(here.till.sessions.get(monthly)?.status).toBe('expired');
    expect(here.till.open().map(({ id }) => id)).toEqual([harbour]);
    expect(here.till.pay(monthly)).toBe(false);
  });

  test('the same is handed out again, but not one that leads to another article or ends soon', async () => {
    const first = await opened();
    expect(await opened()).toBe(first);
    const elsewhere = await opened({ returnTo: '/lamp/other' });
    expect(elsewhere).not.toBe(first);
    here.time.now += 13 * 3_600_000;
    expect(await opened({ returnTo: '/lamp/other' })).not.toBe(elsewhere);
    expect(here.till.open()).toHaveLength(1);
  });

  test('one that was expired is not handed out again, though Stripe repeats its first answer', async () => {
    const first = await opened();
    await opened({ plan: 'harbour' });
    const again = await opened();
    expect(again).not.toBe(first);
    expect(here.till.sessions.get(again)?.status).toBe('open');
    for (let round = 0; round < 6; round += 1) {
      await opened({ plan: 'harbour' });
      await opened();
    }
    expect(here.till.open()).toHaveLength(1);
  });

  test('two tabs that choose different plans at once can’t both pay', async () => {
    const outcomes = await Promise.all([
      begin(),
      begin({ plan: 'harbour' }),
      begin({ plan: 'yearly' }, another()),
    ]);
    expect(here.till.open()).toHaveLength(1);
    expect(outcomes.map(({ kind }) => kind)).toContain('open');
    const payable = here.till.open()[0]?.url;
    for (const outcome of outcomes) {
      if (outcome.kind === 'open' && outcome.url !== payable) {
        expect(here.till.pay(idIn(outcome.url))).toBe(false);
      }
    }
  });
});

describe('already subscribed', () => {
  test('to one of the plan’s products: told so, and nothing can be paid', async () => {
    here.till.pay(await opened());
    const reader = await here.payingReader(visitor);
    expect(await begin()).toEqual({ kind: 'has-already', reader });
    expect(await begin({ plan: 'yearly' })).toEqual({ kind: 'has-already', reader });
    expect(await begin({ plan: 'month-pass' })).toEqual({ kind: 'has-already', reader });
    expect(here.till.open()).toEqual([]);
    expect((await begin({ plan: 'harbour' })).kind).toBe('open');
  });

  test.each(['active', 'trialing', 'past_due', 'unpaid', 'paused'])('%s blocks another', async (status) => {
    here.till.pay(await opened());
    const [customer] = here.till.customers.values();
    const [subscription] = customer?.subscriptions ?? [];
    if (subscription) customer?.subscriptions.splice(0, 1, { ...subscription, status });
    expect((await begin()).kind).toBe('has-already');
  });

  test.each(['incomplete', 'incomplete_expired', 'canceled', 'something_new'])(
    '%s does not',
    async (status) => {
      here.till.pay(await opened());
      const [customer] = here.till.customers.values();
      const [subscription] = customer?.subscriptions ?? [];
      if (subscription) customer?.subscriptions.splice(0, 1, { ...subscription, status });
      expect((await begin()).kind).toBe('open');
    },
  );

  test('a pass that runs blocks another pass and no subscription', async () => {
    here.till.pay(await opened({ plan: 'month-pass' }));
    expect((await begin({ plan: 'month-pass' })).kind).toBe('has-already');
    expect((await begin()).kind).toBe('open');
    here.time.now += 31 * day;
    expect((await begin({ plan: 'month-pass' })).kind).toBe('open');
  });

  test('a pass whose money is under way blocks another pass and no subscription, until the bank refuses', async () => {
    const paid = await opened({ plan: 'month-pass' });
    here.till.pay(paid, { later: true });
    expect(await begin({ plan: 'month-pass' })).toEqual({ kind: 'under-way', checkout: paid });
    expect((await begin()).kind).toBe('open');
    here.till.settlePass(paid, false);
    here.till.pay(await opened({ plan: 'month-pass' }), { later: true });
    here.till.settlePass(here.till.newest(), true);
    expect((await begin({ plan: 'month-pass' })).kind).toBe('has-already');
  });

  describe('by somebody else, who typed the reader’s address', () => {
    const owner = 'owner' as ReaderId;
    /** That customer is the owner's, and was paid for in another browser. */
    const paidElsewhere = async (facts: Partial<SubscriptionState>): Promise<CustomerId> => {
      const payer = await here.payingReader(visitor);
      here.till.pay(await opened());
      const [theirs] = await here.customers.customersOf(payer);
      const kept = here.till.customers.get(theirs!.id)!;
      kept.subscriptions.push({ ...kept.subscriptions.pop()!, ...facts });
      await here.store.findOrCreate({ id: owner, email: 'owner@example.com' as never, createdAt: noon });
      await here.customers.assign(theirs!.id, { owner, payer });
      return theirs!.id;
    };
    const owedLongAgo = { status: 'past_due', owedSince: noon - 30 * day };

    test.each([
      { status: 'past_due', owedSince: noon - 30 * day },
      { status: 'unpaid', owedSince: noon - 30 * day },
      { status: 'paused' },
      { reversal: 'refunded' as const },
    ])('%j: it lets nobody in, and keeps the reader from buying nothing', async (facts) => {
      const theirs = await paidElsewhere(facts);
      const id = await opened({ reader: owner });
      expect(here.till.sessions.get(id)?.customer).not.toBe(theirs);
    });

    test('while it lets the reader in, nothing is sold twice', async () => {
      await paidElsewhere({});
      expect(await begin({ reader: owner })).toEqual({ kind: 'has-already', reader: owner });
    });

    test('once the reader manages it, it counts like their own', async () => {
      const theirs = await paidElsewhere(owedLongAgo);
      await here.customers.manage(theirs, owner);
      expect((await begin({ reader: owner })).kind).toBe('has-already');
    });
  });

  test('paid in another tab while this one was opening: the new checkout is taken back', async () => {
    const first = await opened();
    let paid = false;
    here.till.before = async (call) => {
      // The reader of the other tab presses the button in the very moment before it is expired.
      if (call !== 'expireCheckout' || paid) return;
      paid = here.till.pay(first);
    };
    expect((await begin({ plan: 'yearly' })).kind).toBe('has-already');
    expect(paid).toBe(true);
    expect(here.till.open()).toEqual([]);
    expect(here.till.live()).toHaveLength(1);
  });

  test('by whoever reads as the payer of another reader’s customer', async () => {
    here.till.pay(await opened(), { email: 'ada@example.com' });
    const ada = await here.store.findOrCreate({
      id: 'ada0000000000000' as ReaderId,
      email: 'ada@example.com' as never,
      createdAt: noon,
    });
    await here.claimAfterProof({ reader: ada as never });
    expect((await begin()).kind).toBe('has-already');
    expect((await begin({ reader: ada.id })).kind).toBe('has-already');
  });
});

describe('a trial', () => {
  test('is for readers who never had a subscription', async () => {
    const first = await opened({ plan: 'yearly' });
    expect(here.till.sessions.get(first)?.asked.trialDays).toBe(14);
    here.till.pay(first);
    const [customer] = here.till.customers.values();
    const [subscription] = customer?.subscriptions ?? [];
    if (subscription) customer?.subscriptions.splice(0, 1, { ...subscription, status: 'canceled' });
    const second = await opened({ plan: 'yearly' });
    expect(here.till.sessions.get(second)?.asked.trialDays).toBeUndefined();
  });

  test('is not used up by a payment that came to nothing', async () => {
    here.till.pay(await opened(), { later: true });
    here.till.settle(here.till.newest(), 'incomplete_expired');
    expect(here.till.sessions.get(await opened({ plan: 'yearly' }))?.asked.trialDays).toBe(14);
  });
});

describe('when Stripe fails', () => {
  test.each(['createCustomer', 'openCheckout', 'openCheckouts', 'customerState', 'expireCheckout'] as const)(
    'at %s: nothing is handed out, and the next try is as the first',
    async (broken) => {
      if (broken === 'expireCheckout') await opened({ plan: 'harbour' });
      here.till.before = async (call) => {
        if (call === broken) throw new BillingFault('stripe-down', 'down');
      };
      await expect(begin()).rejects.toThrow(BillingFault);
      here.till.before = async () => undefined;
      const id = await opened();
      expect(here.till.customers.size).toBe(1);
      expect(here.till.open().map((each) => each.id)).toEqual([id]);
    },
  );

  test('and had done what was asked all the same: still one customer and one open checkout', async () => {
    for (const lost of ['createCustomer', 'openCheckout'] as const) {
      here.till.after = async (call) => {
        if (call === lost) throw new BillingFault('unreachable', 'the answer was lost');
      };
      await expect(begin()).rejects.toThrow(BillingFault);
    }
    here.till.after = async () => undefined;
    await opened();
    expect(here.till.customers.size).toBe(1);
    expect(here.till.open()).toHaveLength(1);
  });
});

describe('whom a browser pays as', () => {
  const keys = [secretKey('k1')];
  const unproved = (id: ReaderId) => here.store.putUnproved({ id, createdAt: noon });

  test('is the same reader in every tab and instance, and tells nothing of the visitor', async () => {
    const id = await here.payingReader(visitor);
    expect(await another().payingReader(visitor)).toBe(id);
    expect(id).toMatch(/^[\w-]{16}$/);
    expect(id).not.toBe(await here.payingReader('netw.bbbbbbbbbbbbbbbbbbbbbb' as VisitorId));
    expect(await here.store.byId(id)).toBeUndefined();
  });

  test('is never a reader with a proved address: a visitor’s cookie proves none', async () => {
    const first = await here.payingReader(visitor);
    await unproved(first);
    await here.store.findOrCreate({ id: first, email: 'ada@example.com' as never, createdAt: noon });
    const second = await here.payingReader(visitor);
    expect(second).not.toBe(first);
    await unproved(second);
    expect(await here.payingReader(visitor)).toBe(second);
  });

  test('stays the same when the keys are changed', async () => {
    const first = await here.payingReader(visitor);
    await unproved(first);
    const changed = createPayingReader({ keys: [secretKey('k2', 9), ...keys], store: here.store });
    expect(await changed(visitor)).toBe(first);
    const fresh = 'netw.cccccccccccccccccccccc' as VisitorId;
    expect(await changed(fresh)).not.toBe(await here.payingReader(fresh));
  });
});

test('whatever tabs do at once, in whatever order Stripe answers: one customer, and never two live subscriptions to one product', async () => {
  const choose = fc.record({
    kind: fc.constant('choose' as const),
    plan: fc.constantFrom('monthly', 'yearly'),
  });
  const pay = fc.record({ kind: fc.constant('pay' as const), which: fc.nat(5) });
  const action = fc.oneof({ weight: 3, arbitrary: choose }, { weight: 2, arbitrary: pay });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 2, maxLength: 8 }),
      fc.scheduler(),
      async (actions, scheduler) => {
        run += 1;
        const tab = `netw.${String(run).padStart(22, '0')}` as VisitorId;
        const till = createTill(() => noon, prices, `run${run}`);
        const site = shop({
          directory: folder.path,
          till,
          policy: policy({ plans: [...plans, plan('spare')] }),
        });
        till.before = () => scheduler.schedule(Promise.resolve());
        till.after = () => scheduler.schedule(Promise.resolve());
        // Nobody pays at an address that they were never given.
        const given: CheckoutId[] = [];
        const doing = actions.map(async (each) => {
          if (each.kind === 'choose') {
            const begun = await site
              .begin(asked({ plan: each.plan, visitor: tab }), noon)
              .catch((error: Error) => {
                // The only fault there is: tabs that kept overtaking one another.
                expect(error.message).toMatch(/was over before/);
              });
            if (begun?.kind === 'open') given.push(idIn(begun.url));
            return;
          }
          await scheduler.schedule(Promise.resolve());
          const id = given[each.which];
          if (id) till.pay(id);
        });
        await scheduler.waitFor(Promise.all(doing));
        // Whatever is still open can be paid by a patient reader.
        for (const id of given) till.pay(id);
        expect(till.customers.size).toBeLessThanOrEqual(1);
        expect(till.live().length).toBeLessThanOrEqual(1);
        site.close();
      },
    ),
    { numRuns: 150 },
  );
});
