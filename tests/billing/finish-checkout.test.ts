/** Back from paying: the article at once, in this browser and in no other, whether the webhook came first, second or never. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BillingFault } from '../../src/billing/billing.ts';
import type { CheckoutFinished, ReturningBrowser } from '../../src/billing/finish-checkout.ts';
import type { CheckoutId, CustomerId } from '../../src/billing/subscription.ts';
import type { ReaderId, VisitorId } from '../../src/readers/reader.ts';
import { noon, temporaryFolder } from '../readers/support.ts';
import { type Shop, shop } from './shop.ts';

const visitor = 'netw.aaaaaaaaaaaaaaaaaaaaaa' as VisitorId;
const stranger = 'netw.bbbbbbbbbbbbbbbbbbbbbb' as VisitorId;

let folder: ReturnType<typeof temporaryFolder>;
let here: Shop;

beforeEach(() => {
  folder = temporaryFolder();
  here = shop({ directory: folder.path });
});
afterEach(() => {
  here.close();
  folder.remove();
});

const open = async (over: Partial<Parameters<Shop['begin']>[0]> = {}): Promise<CheckoutId> => {
  const asked = {
    plan: 'monthly',
    returnTo: '/a',
    visitor,
    locale: 'en',
    origin: 'https://paper.example',
    ...over,
  };
  const begun = await here.begin(asked, here.time.now);
  if (begun.kind !== 'open') throw new Error(begun.kind);
  return here.till.newest();
};
const finish = (id: string, browser: Partial<ReturningBrowser> = { visitor }): Promise<CheckoutFinished> =>
  here.finish(id, { label: 'A browser', ...browser }, here.time.now);
const customer = (): CustomerId => [...here.till.customers.keys()].at(-1) as CustomerId;
const readerOf = (finished: CheckoutFinished): ReaderId | undefined => {
  const token = finished.kind === 'paid' ? finished.token : undefined;
  const verdict = here.tokens.verify(token ?? '', here.time.now);
  return verdict.kind === 'valid' ? verdict.claims.reader : undefined;
};
const held = async (reader: ReaderId | undefined): Promise<readonly string[]> =>
  reader ? (await here.entitlementsOf(reader)).map(({ product }) => product) : [];
const signedIn = async (id: string, email?: string): Promise<NonNullable<ReturningBrowser['reader']>> => {
  const reader = id as ReaderId;
  if (email === undefined) await here.store.putUnproved({ id: reader, createdAt: noon });
  else await here.store.findOrCreate({ id: reader, email: email as never, createdAt: noon });
  const { device } = await here.startDevice({ reader, label: 'A browser' }, here.time.now);
  return { id: reader, device };
};

describe('a paid checkout', () => {
  test.each(['first', 'second', 'never', 'at once'])(
    'signs its browser in when the webhook comes %s',
    async (webhook) => {
      const id = await open();
      here.till.pay(id);
      const hook = () => here.refresh(customer());
      if (webhook === 'first') await hook();
      const [finished] = await Promise.all([finish(id), webhook === 'at once' ? hook() : undefined]);
      if (webhook === 'second') await hook();
      expect(readerOf(finished)).toBe(await here.payingReader(visitor));
      expect(await held(readerOf(finished))).toEqual(['all']);
    },
  );

  test('says in the token what may be read, for the time when nobody can be asked', async () => {
    const id = await open();
    here.till.pay(id);
    const finished = await finish(id);
    const verdict = here.tokens.verify((finished.kind === 'paid' && finished.token) || '', here.time.now);
    expect(verdict.kind === 'valid' && verdict.claims.entitlements.map(({ product }) => product)).toEqual([
      'all',
    ]);
  });

  test('of a pass, and of a trial that costs nothing yet', async () => {
    for (const plan of ['month-pass', 'yearly']) {
      const id = await open({ plan });
      here.till.pay(id);
      expect(await held(readerOf(await finish(id)))).toContain('all');
      for (const each of here.till.customers.values()) each.passes.splice(0);
    }
  });

  test('makes the free reads of the browser the reader’s: it is no fresh allowance', async () => {
    const id = await open();
    here.till.pay(id);
    await finish(id);
    expect(here.merged).toEqual([[visitor, await here.payingReader(visitor)]]);
  });

  test('can be opened again by the same browser', async () => {
    const id = await open();
    here.till.pay(id);
    const first = readerOf(await finish(id));
    expect(readerOf(await finish(id))).toBe(first);
    expect(here.till.customers.size).toBe(1);
  });

  test('needs no new sign-in where the reader is signed in, even without the visitor’s cookie', async () => {
    const reader = await signedIn('ada0000000000000', 'ada@example.com');
    const id = await open({ reader: reader.id });
    here.till.pay(id);
    expect(await finish(id, { reader })).toEqual({ kind: 'paid' });
    expect(await held(reader.id)).toEqual(['all']);
  });

  test('is found again though the store has lost everything', async () => {
    const id = await open();
    here.till.pay(id);
    await here.customers.forget(customer());
    await here.store.removeReader(await here.payingReader(visitor));
    expect(await held(readerOf(await finish(id)))).toEqual(['all']);
  });
});

describe('another browser', () => {
  const refused = { kind: 'another-browser' };

  test.each([
    ['with no cookies', {}],
    ['with its own visitor', { visitor: stranger }],
  ])('%s is refused and nobody is signed in', async (_, browser) => {
    const id = await open();
    expect(await finish(id, browser)).toEqual(refused);
    here.till.pay(id);
    expect(await finish(id, browser)).toEqual(refused);
    expect(await here.store.devices(await here.payingReader(visitor))).toEqual([]);
  });

  test('signed in as somebody else is refused, stays who it was and gets nothing', async () => {
    const reader = await signedIn('grace00000000000', 'grace@example.com');
    const id = await open();
    here.till.pay(id, { email: 'grace@example.com' });
    expect(await finish(id, { visitor: stranger, reader })).toEqual(refused);
    expect(await held(reader.id)).toEqual([]);
  });

  test('costs Stripe one question', async () => {
    const id = await open();
    here.till.pay(id);
    here.till.calls.length = 0;
    await finish(id, { visitor: stranger });
    expect(here.till.calls).toEqual(['checkout']);
  });
});

describe('a reader with a proved address', () => {
  test('who signed out while paying must prove it again: neither cookie nor address signs in to an account', async () => {
    const reader = await signedIn('ada0000000000000', 'ada@example.com');
    const id = await open({ reader: reader.id });
    here.till.pay(id);
    expect(await finish(id, { visitor })).toEqual({ kind: 'paid-elsewhere' });
    expect(await held(reader.id)).toEqual(['all']);
  });

  test('that was proved after paying: the old return address signs nobody in', async () => {
    const id = await open();
    here.till.pay(id);
    const reader = readerOf(await finish(id)) as ReaderId;
    await here.store.findOrCreate({ id: reader, email: 'ada@example.com' as never, createdAt: noon });
    expect(await finish(id, { visitor })).toEqual({ kind: 'paid-elsewhere' });
  });

  test('who signed in here while paying gets what this browser paid for', async () => {
    const id = await open();
    const reader = await signedIn('ada0000000000000', 'ada@example.com');
    here.till.pay(id, { email: 'mistyped@example.com' });
    expect(await finish(id, { visitor, reader })).toEqual({ kind: 'paid' });
    expect(await held(reader.id)).toEqual(['all']);
    expect(await held(await here.payingReader(visitor))).toEqual([]);
    expect((await here.customers.customer(customer()))?.owner).toBe(reader.id);
    expect([...here.till.customers.values()][0]?.email).toBe('ada@example.com');
  });

  test('who is signed in here without an address either gets it whole: nothing is left with the one before', async () => {
    const id = await open();
    here.till.pay(id);
    const payer = await here.payingReader(visitor);
    await here.refresh(customer());
    expect(await held(payer)).toEqual(['all']);
    const reader = await signedIn('another-browser-');
    expect(await finish(id, { visitor, reader })).toEqual({ kind: 'paid' });
    expect(await held(reader.id)).toEqual(['all']);
    expect(await held(payer)).toEqual([]);
  });

  test('who signed in here gets nothing that an account has paid for', async () => {
    const ada = await signedIn('ada0000000000000', 'ada@example.com');
    const id = await open({ reader: ada.id });
    here.till.pay(id);
    const grace = await signedIn('grace00000000000', 'grace@example.com');
    expect(await finish(id, { visitor, reader: grace })).toEqual({ kind: 'paid-elsewhere' });
    expect(await held(grace.id)).toEqual([]);
    expect(await held(ada.id)).toEqual(['all']);
  });

  test('whose the typed address turned out to be owns it, and the browser that paid reads on', async () => {
    const id = await open();
    here.till.pay(id, { email: 'ada@example.com' });
    const ada = await here.store.findOrCreate({
      id: 'ada0000000000000' as ReaderId,
      email: 'ada@example.com' as never,
      createdAt: noon,
    });
    await here.claimAfterProof({ reader: ada as never });
    const finished = await finish(id);
    expect(readerOf(finished)).toBe(await here.payingReader(visitor));
    expect(await held(readerOf(finished))).toEqual(['all']);
    expect((await here.customers.customer(customer()))?.owner).toBe(ada.id);
  });

  test('who took this browser’s customer with them leaves the browser nothing', async () => {
    const id = await open();
    here.till.pay(id);
    const payer = await here.store.byId(await here.payingReader(visitor));
    const ada = await here.store.findOrCreate({
      id: 'ada0000000000000' as ReaderId,
      email: 'ada@example.com' as never,
      createdAt: noon,
    });
    await here.claimAfterProof({ reader: ada as never, ...(payer ? { browser: payer } : {}) });
    expect(await finish(id, { visitor })).toEqual({ kind: 'paid-elsewhere' });
  });
});

describe('what isn’t paid', () => {
  test('open and expired checkouts lead back to the plans', async () => {
    const id = await open();
    expect(await finish(id)).toEqual({ kind: 'unfinished' });
    await open({ plan: 'harbour' });
    expect(await finish(id)).toEqual({ kind: 'unfinished' });
  });

  test('a payment under way gives no access and no sign-in; when the money comes, both', async () => {
    const id = await open();
    here.till.pay(id, { later: true });
    expect(await finish(id)).toEqual({ kind: 'processing' });
    expect(await held(await here.payingReader(visitor))).toEqual([]);
    here.till.settle(id, 'active');
    expect(await held(readerOf(await finish(id)))).toEqual(['all']);
  });

  test('a payment that the bank refused days later is said to have failed', async () => {
    const id = await open();
    here.till.pay(id, { later: true });
    here.till.settle(id, 'incomplete_expired');
    expect(await finish(id)).toEqual({ kind: 'failed' });
  });

  test('a pass: the same', async () => {
    const id = await open({ plan: 'month-pass' });
    here.till.pay(id, { later: true });
    expect(await finish(id)).toEqual({ kind: 'processing' });
    here.till.settlePass(id, false);
    expect(await finish(id)).toEqual({ kind: 'failed' });
  });
});

describe('what isn’t ours', () => {
  test.each([
    '',
    'x',
    'cs_',
    'cs_live_../../customers',
    `cs_${'a'.repeat(300)}`,
    'pi_123',
    'cs_1?expand=x',
    'cs_1\n',
  ])('%j is no checkout, and Stripe isn’t asked', async (id) => {
    expect(await finish(id)).toEqual({ kind: 'unknown' });
    expect(here.till.calls).toEqual([]);
  });

  test('an id that Stripe doesn’t know, and a session of another service on the account', async () => {
    expect(await finish('cs_test_nobody')).toEqual({ kind: 'unknown' });
    const id = await open();
    const session = here.till.sessions.get(id);
    if (session) here.till.sessions.set(id, { ...session, metadata: { order: '7' } });
    expect(await finish(id)).toEqual({ kind: 'unknown' });
  });
});

describe('when Stripe can’t be asked', () => {
  test.each(['checkout', 'customerState'] as const)(
    'at %s: nobody is signed in, and the next look finds all',
    async (broken) => {
      const id = await open();
      here.till.pay(id);
      here.till.before = async (call) => {
        if (call === broken) throw new BillingFault('unreachable', 'down');
      };
      await expect(finish(id)).rejects.toThrow(BillingFault);
      expect(await here.store.devices(await here.payingReader(visitor))).toEqual([]);
      here.till.before = async () => undefined;
      expect(await held(readerOf(await finish(id)))).toEqual(['all']);
    },
  );

  test('while a paid checkout changes hands: tried again until it is whole', async () => {
    const id = await open();
    const reader = await signedIn('ada0000000000000', 'ada@example.com');
    here.till.pay(id);
    here.till.before = async (call) => {
      if (call === 'assignCustomer') throw new BillingFault('unreachable', 'down');
    };
    await expect(finish(id, { visitor, reader })).rejects.toThrow(BillingFault);
    here.till.before = async () => undefined;
    expect(await finish(id, { visitor, reader })).toEqual({ kind: 'paid' });
    expect(await held(reader.id)).toEqual(['all']);
  });
});
