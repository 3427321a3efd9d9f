/** Whose a customer is after an address was proved: nobody reaches another's account, nobody loses what they paid for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClaimAfterProof } from '../../src/billing/link-customers.ts';
import type { CustomerId, CustomerState } from '../../src/billing/subscription.ts';
import type { ReaderRecord } from '../../src/readers/reader.ts';
import { openStores, type Stores } from '../../src/stores/open-stores.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { customer, subscription } from './customer-facts.ts';
import { type ListedStripe, listedStripe } from './listed-stripe.ts';
import { newCustomerId, type RuleBench, ruleBench } from './rule-bench.ts';

let redis: RedisServer;
let directory: string;
const opened: Record<string, Stores> = {};
beforeAll(async () => {
  redis = await startRedis();
  directory = mkdtempSync(join(tmpdir(), 'gatefold-link-'));
  opened.SQLite = await openStores({ dataDir: directory, warn: () => {} });
  opened.Redis = await openStores({ redisUrl: redis.url, dataDir: '', warn: () => {} });
});
afterAll(async () => {
  await Promise.all(Object.values(opened).map((stores) => stores.close()));
  await redis.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe.each(['SQLite', 'Redis'])('with %s', (kind) => {
  let stripe: ListedStripe;
  let bench: RuleBench;
  /** Addresses that no other test has. */
  let [ownAddress, victimAddress, strangerAddress] = ['', '', ''];
  beforeEach(() => {
    stripe = listedStripe();
    bench = ruleBench(opened[kind]!, stripe);
    const run = newCustomerId();
    [ownAddress, victimAddress, strangerAddress] = ['own', 'victim', 'stranger'].map(
      (who) => `${who}-${run}@example.com`,
    ) as [string, string, string];
  });

  /** That browser has paid, with an address typed at checkout; the customer is its own. */
  const pays = async (browser: ReaderRecord, typed?: string): Promise<CustomerId> => {
    const id = newCustomerId();
    const metadata = { gatefold_reader: browser.id };
    const email = typed === undefined ? {} : { email: typed };
    stripe.customers.set(id, customer({ id, metadata, ...email, subscriptions: [subscription()] }));
    await bench.customers.assign(id, { owner: browser.id });
    await bench.refresh(id);
    return id;
  };

  /** Opens a mailed link to the address, in that browser; without one, in a browser where nobody is signed in. */
  const proves = async (email: string, browser?: ReaderRecord) => {
    const before = browser && (await bench.readers.byId(browser.id));
    const candidate = before?.email === undefined ? before : undefined;
    const reader = await bench.proved(email, candidate);
    const claim = await bench.claimAfterProof({ reader, ...(before ? { browser: before } : {}) });
    return { reader, claim };
  };

  const holders = async (id: CustomerId) => {
    const record = await bench.customers.customer(id);
    return { owner: record?.owner, payer: record?.payer };
  };
  const atStripe = (id: CustomerId): Pick<CustomerState, 'email' | 'metadata'> => {
    const { email, metadata } = stripe.customers.get(id)!;
    return { ...(email === undefined ? {} : { email }), metadata };
  };
  const ownedAtStripe = (id: CustomerId) => atStripe(id).metadata.gatefold_reader;

  describe('in the browser that paid', () => {
    test('the first proof makes the reader an account with that address, and Stripe is told', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, ownAddress);
      const { reader, claim } = await proves(ownAddress, browser);
      expect(reader.id).toBe(browser.id);
      expect(claim).toEqual({ claimed: [] });
      expect(await holders(id)).toEqual({ owner: reader.id });
      expect(atStripe(id)).toEqual({ email: ownAddress, metadata: { gatefold_reader: reader.id } });
      expect(await bench.readsBy(reader)).toEqual([`${id} all`]);
    });

    test('a mistyped address is mended: the proved one takes its place', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, 'mistyped@example.con');
      const { reader } = await proves(ownAddress, browser);
      expect(atStripe(id).email).toBe(ownAddress);
      expect(await bench.readsBy(reader)).toEqual([`${id} all`]);
    });

    test('no address typed at all: the same', async () => {
      const browser = await bench.browser();
      const id = await pays(browser);
      await proves(ownAddress, browser);
      expect(atStripe(id).email).toBe(ownAddress);
    });

    test('an account that is there already gets it, and the browser’s former reader has nothing', async () => {
      const account = await bench.proved(ownAddress);
      const browser = await bench.browser();
      const id = await pays(browser, 'whatever@example.com');
      const { reader, claim } = await proves(ownAddress, browser);
      expect(reader.id).toBe(account.id);
      expect(claim).toEqual({ claimed: [id] });
      expect(await holders(id)).toEqual({ owner: account.id });
      expect(await bench.readsBy(account)).toEqual([`${id} all`]);
      expect(await bench.readsBy(browser)).toEqual([]);
      expect(await bench.customers.customersOf(browser.id)).toEqual([]);
      expect(ownedAtStripe(id)).toBe(account.id);
    });

    test('everything it paid for comes along', async () => {
      const browser = await bench.browser();
      await bench.proved(ownAddress);
      const ids = [await pays(browser, ownAddress), await pays(browser, 'other@example.com')];
      const { reader } = await proves(ownAddress, browser);
      expect(await bench.readsBy(reader)).toEqual(ids.map((id) => `${id} all`).sort());
    });

    test('of a reader with an account, who proves a second address there, nothing is taken', async () => {
      const [first, browser] = [ownAddress, await bench.browser()];
      const id = await pays(browser, first);
      await proves(first, browser);
      // Somebody else signs in at the same computer.
      const { reader, claim } = await proves(strangerAddress, browser);
      expect(reader.id).not.toBe(browser.id);
      expect(claim.claimed).toEqual([]);
      expect(await holders(id)).toEqual({ owner: browser.id });
      expect(atStripe(id).email).toBe(first);
    });

    test('signing in once more leaves an address that was changed at Stripe since as it is', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, ownAddress);
      const { reader } = await proves(ownAddress, browser);
      stripe.customers.set(id, { ...stripe.customers.get(id)!, email: 'accounts@employer.example' });
      await proves(ownAddress, reader);
      expect(atStripe(id).email).toBe('accounts@employer.example');
    });
  });

  describe('in any browser', () => {
    test('an address that was typed with capitals is found by whoever proves it', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, ownAddress.replace('own', 'Own').replace('example', 'Example'));
      expect(atStripe(id).email).toBe(ownAddress);
      const { reader } = await proves(ownAddress);
      expect(await bench.readsBy(reader)).toEqual([`${id} all`]);
    });

    test('a customer that is nobody’s becomes the reader’s', async () => {
      const id = newCustomerId();
      stripe.customers.set(id, customer({ id, email: ownAddress, subscriptions: [subscription()] }));
      const { reader, claim } = await proves(ownAddress);
      expect(claim).toEqual({ claimed: [id] });
      expect(await bench.readsBy(reader)).toEqual([`${id} all`]);
      expect(ownedAtStripe(id)).toBe(reader.id);
    });

    test('two browsers paid with one address: both customers are one reader’s, and both browsers read on', async () => {
      const browsers = [await bench.browser(), await bench.browser()] as const;
      const ids = [await pays(browsers[0], ownAddress), await pays(browsers[1], ownAddress)] as const;
      const { reader } = await proves(ownAddress);
      expect(await bench.readsBy(reader)).toEqual(ids.map((id) => `${id} all`).sort());
      for (const index of [0, 1] as const) {
        expect(await holders(ids[index])).toEqual({ owner: reader.id, payer: browsers[index].id });
        expect(await bench.readsBy(browsers[index])).toEqual([`${ids[index]} all`]);
      }
    });

    test('proved in one of two browsers that paid: that one’s reader becomes the account, the other reads on', async () => {
      const [here, elsewhere] = [await bench.browser(), await bench.browser()];
      const [own, other] = [await pays(here, ownAddress), await pays(elsewhere, ownAddress)];
      const { reader } = await proves(ownAddress, here);
      expect(reader.id).toBe(here.id);
      expect(await holders(own)).toEqual({ owner: here.id });
      expect(await holders(other)).toEqual({ owner: here.id, payer: elsewhere.id });
      expect(await bench.readsBy(elsewhere)).toEqual([`${other} all`]);
    });

    test('a customer whose record was lost is the reader’s whom its metadata names, and a browser’s becomes a payer', async () => {
      const [browser, account] = [await bench.browser(), await bench.proved(strangerAddress)];
      const ids = [newCustomerId(), newCustomerId()] as const;
      for (const [index, owner] of [browser, account].entries())
        stripe.customers.set(
          ids[index]!,
          customer({
            ...{ id: ids[index], email: ownAddress, metadata: { gatefold_reader: owner.id } },
            subscriptions: [subscription()],
          }),
        );
      const { reader } = await proves(ownAddress);
      expect(await holders(ids[0])).toEqual({ owner: reader.id, payer: browser.id });
      expect(await holders(ids[1])).toEqual({ owner: account.id });
      expect(await bench.readsBy(account)).toEqual([`${ids[1]} all`]);
    });

    test('proving the same address again changes nothing', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, ownAddress);
      const { reader } = await proves(ownAddress);
      const before = await holders(id);
      expect((await proves(ownAddress)).claim).toEqual({ claimed: [] });
      expect(await holders(id)).toEqual(before);
      expect(await bench.readsBy(reader)).toEqual([`${id} all`]);
    });

    test('a customer of a reader who was erased becomes the reader’s', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, ownAddress);
      await bench.readers.removeReader(browser.id);
      const { reader } = await proves(ownAddress);
      expect(await holders(id)).toEqual({ owner: reader.id });
      expect(await bench.readsBy(browser)).toEqual([]);
    });
  });

  describe('Mallory', () => {
    const theirs = async (email: string) => {
      const browser = await bench.browser();
      const id = await pays(browser, email);
      return { id, ...(await proves(email, browser)) };
    };

    test('pays with the address of somebody who has an account: reads what Mallory paid for, and nothing of the victim’s', async () => {
      const victim = await theirs(victimAddress);
      const mallory = await bench.browser();
      const paid = await pays(mallory, victimAddress);
      expect(await bench.readsBy(mallory)).toEqual([`${paid} all`]);
      expect(await bench.customers.customersOf(mallory.id)).toMatchObject([{ id: paid, owner: mallory.id }]);
      await proves(victimAddress);
      expect(await bench.readsBy(mallory)).toEqual([`${paid} all`]);
      expect(await bench.customers.customersOf(mallory.id)).toMatchObject([
        { id: paid, owner: victim.reader.id, payer: mallory.id },
      ]);
      expect(await holders(victim.id)).toEqual({ owner: victim.reader.id });
    });

    test('pays with the address of somebody who has no account yet: the account is the victim’s alone', async () => {
      const mallory = await bench.browser();
      const paid = await pays(mallory, victimAddress);
      const victim = await theirs(victimAddress);
      expect(victim.reader.id).not.toBe(mallory.id);
      expect((await bench.readers.byId(mallory.id))?.email).toBeUndefined();
      expect(await bench.readsBy(mallory)).toEqual([`${paid} all`]);
      expect(await bench.readsBy(victim.reader)).toEqual([`${paid} all`, `${victim.id} all`].sort());
    });

    test('then proves an own address: takes what Mallory paid for, and nothing else', async () => {
      const victim = await theirs(victimAddress);
      const mallory = await bench.browser();
      const paid = await pays(mallory, victimAddress);
      await proves(victimAddress);
      const { reader, claim } = await proves(strangerAddress, mallory);
      expect(claim.claimed).toEqual([paid]);
      expect(await holders(paid)).toEqual({ owner: reader.id });
      expect(await bench.readsBy(victim.reader)).toEqual([`${victim.id} all`]);
      expect(atStripe(victim.id)).toEqual({
        email: victimAddress,
        metadata: { gatefold_reader: victim.reader.id },
      });
    });

    test('has the victim’s address written on an own customer at Stripe: it stays Mallory’s, and takes nothing', async () => {
      const [victim, mallory] = [await theirs(victimAddress), await theirs(strangerAddress)];
      stripe.customers.set(mallory.id, { ...stripe.customers.get(mallory.id)!, email: victimAddress });
      await bench.refresh(mallory.id);
      await proves(victimAddress);
      expect(await holders(mallory.id)).toEqual({ owner: mallory.reader.id });
      expect(await holders(victim.id)).toEqual({ owner: victim.reader.id });
      expect(await bench.readsBy(mallory.reader)).toEqual([`${mallory.id} all`]);
    });

    test('whose customer got the victim’s address and then the victim’s own changed: everybody keeps their own', async () => {
      const [victim, mallory] = [await theirs(victimAddress), await theirs(strangerAddress)];
      stripe.customers.set(victim.id, { ...stripe.customers.get(victim.id)!, email: strangerAddress });
      await bench.refresh(victim.id);
      await proves(strangerAddress, mallory.reader);
      expect(await holders(victim.id)).toEqual({ owner: victim.reader.id });
      expect(await bench.readsBy(mallory.reader)).toEqual([`${mallory.id} all`]);
    });
  });

  describe('a mistyped address that is a stranger’s', () => {
    test('the stranger proves it: the browser reads on, and has its customer back by proving its own address', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, strangerAddress);
      const stranger = (await proves(strangerAddress)).reader;
      expect(await holders(id)).toEqual({ owner: stranger.id, payer: browser.id });
      expect(await bench.readsBy(browser)).toEqual([`${id} all`]);
      const { reader } = await proves(ownAddress, browser);
      expect(await holders(id)).toEqual({ owner: reader.id });
      expect(atStripe(id)).toEqual({ email: ownAddress, metadata: { gatefold_reader: reader.id } });
      expect(await bench.readsBy(stranger)).toEqual([]);
      // The stranger's next sign-in takes nothing back.
      await proves(strangerAddress);
      expect(await holders(id)).toEqual({ owner: reader.id });
    });

    test('the same where the browser’s owner has an account already', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, strangerAddress);
      const stranger = (await proves(strangerAddress)).reader;
      const account = await bench.proved(ownAddress);
      await proves(ownAddress, browser);
      expect(await holders(id)).toEqual({ owner: account.id });
      expect(await bench.readsBy(stranger)).toEqual([]);
      expect(await bench.readsBy(browser)).toEqual([]);
      expect(await bench.readsBy(account)).toEqual([`${id} all`]);
    });

    test('the stranger signs in at that very browser: the customer is one account’s, without a payer', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, strangerAddress);
      await proves(strangerAddress);
      const { reader } = await proves(strangerAddress, browser);
      expect(await holders(id)).toEqual({ owner: reader.id });
      expect(await bench.readsBy(browser)).toEqual([]);
    });
  });

  describe('while Stripe is down', () => {
    test('what the browser paid for moves all the same, is read on, and Stripe is told at the next sign-in', async () => {
      const account = await bench.proved(ownAddress);
      const browser = await bench.browser();
      const id = await pays(browser, 'mistyped@example.con');
      stripe.fault = 'unreachable';
      const { claim } = await proves(ownAddress, browser);
      expect(claim).toMatchObject({ claimed: [id], unfinished: { kind: 'unreachable' } });
      expect(await bench.readsBy(account)).toEqual([`${id} all`]);
      expect(await bench.readsBy(browser)).toEqual([]);
      stripe.fault = undefined;
      expect((await proves(ownAddress)).claim).toEqual({ claimed: [] });
      expect(atStripe(id)).toEqual({ email: ownAddress, metadata: { gatefold_reader: account.id } });
    });

    test('nobody waits for it: what the browser paid for has moved before Stripe answers', async () => {
      const account = await bench.proved(ownAddress);
      const browser = await bench.browser();
      const id = await pays(browser, 'mistyped@example.con');
      stripe.assignCustomer = () => new Promise(() => undefined);
      void proves(ownAddress, browser);
      await until(async () => (await bench.readsBy(account)).length > 0, 'the account to read');
      expect(await bench.readsBy(browser)).toEqual([]);
      expect(await holders(id)).toEqual({ owner: account.id });
    });

    test('customers by address wait for the next sign-in', async () => {
      const browser = await bench.browser();
      const id = await pays(browser, ownAddress);
      stripe.fault = 'stripe-down';
      const { reader, claim } = await proves(ownAddress);
      expect(claim).toMatchObject({ claimed: [], unfinished: { kind: 'stripe-down' } });
      expect(await bench.readsBy(browser)).toEqual([`${id} all`]);
      stripe.fault = undefined;
      expect((await proves(ownAddress)).claim).toEqual({ claimed: [id] });
      expect(await bench.readsBy(reader)).toEqual([`${id} all`]);
    });
  });

  test('a customer deleted at Stripe moves without Stripe being written to', async () => {
    const browser = await bench.browser();
    const id = await pays(browser, ownAddress);
    stripe.customers.set(id, customer({ id, deleted: true }));
    await bench.refresh(id);
    const { claim } = await proves(strangerAddress, browser);
    expect(claim.unfinished).toBeUndefined();
    expect(await bench.readsBy(browser)).toEqual([]);
  });

  describe('what its owner has managed since', () => {
    /** Paid in Mallory's browser with the victim's address; the victim has been at the portal. */
    const managed = async () => {
      const mallory = await bench.browser();
      const id = await pays(mallory, victimAddress);
      const { reader: victim } = await proves(victimAddress);
      expect(await bench.customers.manage(id, victim.id)).toBe(true);
      return { mallory, victim, id };
    };

    test('stays the owner’s when the browser that paid proves an address, and that browser reads on', async () => {
      const { mallory, victim, id } = await managed();
      const { reader, claim } = await proves(strangerAddress, mallory);
      expect(claim).toEqual({ claimed: [] });
      expect(await holders(id)).toEqual({ owner: victim.id, payer: reader.id });
      expect(atStripe(id)).toEqual({ email: victimAddress, metadata: { gatefold_reader: victim.id } });
      for (const each of [victim, reader]) expect(await bench.readsBy(each)).toEqual([`${id} all`]);
      // Nor by trying again.
      await proves(strangerAddress, reader);
      expect(await holders(id)).toEqual({ owner: victim.id, payer: reader.id });
    });

    test('and with the account that was there already: that account reads on in place of the browser', async () => {
      const account = await bench.proved(strangerAddress);
      const { mallory, victim, id } = await managed();
      await proves(strangerAddress, mallory);
      expect(await bench.customers.customer(id)).toMatchObject({
        owner: victim.id,
        payer: account.id,
        managed: true,
      });
      expect(ownedAtStripe(id)).toBe(victim.id);
      expect(await bench.readsBy(mallory)).toEqual([]);
      for (const each of [victim, account]) expect(await bench.readsBy(each)).toEqual([`${id} all`]);
    });

    test('is the owner’s alone once they sign in in the browser that paid', async () => {
      const { mallory, victim, id } = await managed();
      await proves(victimAddress, mallory);
      expect(await bench.customers.customer(id)).toMatchObject({ owner: victim.id });
      expect(await holders(id)).toEqual({ owner: victim.id, payer: undefined });
      expect(await bench.readsBy(victim)).toEqual([`${id} all`]);
      expect(await bench.readsBy(mallory)).toEqual([]);
    });

    test('also where they manage it while it is being taken back', async () => {
      const mallory = await bench.browser();
      const id = await pays(mallory, victimAddress);
      const { reader: victim } = await proves(victimAddress);
      const reader = await bench.proved(strangerAddress, mallory);
      const claim = claimWith(async () => void (await bench.customers.manage(id, victim.id)));
      expect(await claim({ reader, browser: mallory })).toEqual({ claimed: [] });
      expect(await holders(id)).toEqual({ owner: victim.id, payer: mallory.id });
      for (const each of [victim, reader]) expect(await bench.readsBy(each)).toEqual([`${id} all`]);
    });
  });

  /** What happens just before a customer changes hands. */
  const claimWith = (meanwhile: () => Promise<void>) =>
    createClaimAfterProof({
      ...bench,
      billing: stripe,
      customers: {
        ...bench.customers,
        assign: async (...asked) => {
          await meanwhile();
          return bench.customers.assign(...asked);
        },
        passOn: async (...asked) => {
          await meanwhile();
          return bench.customers.passOn(...asked);
        },
      },
    });

  test('a refresh under way while the customer moves gives the former reader nothing', async () => {
    await bench.proved(ownAddress);
    const browser = await bench.browser();
    const id = await pays(browser, 'typed@example.com');
    const other = ruleBench(opened[kind]!, stripe);
    const held = stripe.holdNext();
    const refreshing = other.refresh(id);
    await held.begun;
    const { reader } = await proves(ownAddress, browser);
    held.release();
    await refreshing;
    expect(await bench.readsBy(browser)).toEqual([]);
    expect(await bench.readsBy(reader)).toEqual([`${id} all`]);
  });

  test('nor a refresh that is over just before the customer moves', async () => {
    const account = await bench.proved(ownAddress);
    const browser = await bench.browser();
    const id = await pays(browser, 'typed@example.com');
    const claim = claimWith(async () => void (await ruleBench(opened[kind]!, stripe).refresh(id)));
    await claim({ reader: account, browser });
    expect(await bench.readsBy(browser)).toEqual([]);
    expect(await bench.readsBy(account)).toEqual([`${id} all`]);
  });

  test('nor one that is killed before it could take it away again', async () => {
    await bench.proved(ownAddress);
    const browser = await bench.browser();
    const id = await pays(browser, 'typed@example.com');
    // It has read whose the customer is and asked Stripe; what it gives, it gives after the move, and then it is gone.
    const ticket = await bench.customers.drawTicket(id);
    const list = await bench.entitlements.of(browser.id);
    await proves(ownAddress, browser);
    await bench.entitlements.replaceCause(browser.id, id, ticket, list);
    expect(await bench.readsBy(browser)).toEqual([]);
  });

  test('a customer moves also where the store has lost its count of tickets', async () => {
    const account = await bench.proved(ownAddress);
    const browser = await bench.browser();
    const id = await pays(browser, 'typed@example.com');
    const list = await bench.entitlements.of(browser.id);
    await bench.entitlements.replaceCause(browser.id, id, 1_000_000, list);
    await proves(ownAddress, browser);
    expect(await bench.readsBy(browser)).toEqual([]);
    expect(await bench.readsBy(account)).toEqual([`${id} all`]);
  });

  test('a stranger whose sign-in is overtaken by the browser’s own takes nothing', async () => {
    const browser = await bench.browser();
    const id = await pays(browser, strangerAddress);
    const [own, stranger] = await Promise.all([bench.proved(ownAddress), bench.proved(strangerAddress)]);
    let overtaken = false;
    const claim = claimWith(async () => {
      if (!overtaken) await bench.claimAfterProof({ reader: own, browser });
      overtaken = true;
    });
    expect((await claim({ reader: stranger })).claimed).toEqual([]);
    expect(await holders(id)).toEqual({ owner: own.id });
    expect(ownedAtStripe(id)).toBe(own.id);
    expect(await bench.readsBy(own)).toEqual([`${id} all`]);
    for (const nobody of [stranger, browser]) expect(await bench.readsBy(nobody)).toEqual([]);
  });

  test('two proofs at once for one customer leave it with the browser’s own, and nobody else reads by it', async () => {
    const browser = await bench.browser();
    const id = await pays(browser, strangerAddress);
    const [own, stranger] = await Promise.all([bench.proved(ownAddress), bench.proved(strangerAddress)]);
    await Promise.all([
      bench.claimAfterProof({ reader: own, browser }),
      bench.claimAfterProof({ reader: stranger }),
    ]);
    const { owner, payer } = await holders(id);
    expect(owner).toBe(own.id);
    const readers = [own, stranger, browser];
    const reading = await Promise.all(readers.map((reader) => bench.readsBy(reader)));
    for (const [index, reader] of readers.entries())
      expect(reading[index]).toEqual(reader.id === owner || reader.id === payer ? [`${id} all`] : []);
  });
});
