/** What every customer store guarantees of whose a customer is and what was read of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CustomerRecord, CustomerStore } from '../../../src/billing/customer-store.ts';
import type { CustomerId } from '../../../src/billing/subscription.ts';
import type { ReaderId } from '../../../src/readers/reader.ts';
import { fullStateOf, newCustomerId, stateOf } from './customers.ts';
import { newReaderId } from './entitlements.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

export function customerContract(name: string, store: () => StoreUnderTest): void {
  describe(`customers in ${name}`, () => {
    const instances = instancesOf(store);
    let customers: CustomerStore;
    let elsewhere: CustomerStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      customers = one.customers;
      elsewhere = other.customers;
    });
    afterAll(instances.closeAll);

    const idsOf = async (reader: ReaderId): Promise<CustomerId[]> =>
      (await elsewhere.customersOf(reader)).map((record) => record.id).toSorted();
    const allOf = async (ids: readonly CustomerId[]): Promise<CustomerRecord[]> => {
      const found: CustomerRecord[] = [];
      for await (const page of customers.all()) found.push(...page.filter(({ id }) => ids.includes(id)));
      return found;
    };

    test('a customer that nobody was given is nobody’s', async () => {
      const id = newCustomerId();
      expect(await customers.customer(id)).toBeUndefined();
      expect(await customers.customersOf(newReaderId())).toEqual([]);
      expect(await allOf([id])).toEqual([]);
    });

    test('a customer is its owner’s and its payer’s, on every instance, and nobody’s besides', async () => {
      const [id, owner, payer] = [newCustomerId(), newReaderId(), newReaderId()];
      expect(await customers.assign(id, { owner, payer })).toEqual({});
      const record = { id, owner, payer, readAt: 0 };
      expect(await elsewhere.customer(id)).toEqual(record);
      expect(await elsewhere.customersOf(owner)).toEqual([record]);
      expect(await elsewhere.customersOf(payer)).toEqual([record]);
      expect(await elsewhere.customersOf(newReaderId())).toEqual([]);
    });

    test('giving it to another tells whose it was, and leaves it to the new ones alone', async () => {
      const [id, first, second, payer] = [newCustomerId(), newReaderId(), newReaderId(), newReaderId()];
      await customers.assign(id, { owner: first });
      expect(await elsewhere.assign(id, { owner: second, payer: first })).toEqual({ owner: first });
      expect([await idsOf(first), await idsOf(second)]).toEqual([[id], [id]]);
      expect(await customers.assign(id, { owner: payer })).toEqual({ owner: second, payer: first });
      expect([await idsOf(first), await idsOf(second), await idsOf(payer)]).toEqual([[], [], [id]]);
      expect(await elsewhere.customer(id)).toEqual({ id, owner: payer, readAt: 0 });
    });

    test('a reader has all their customers, owned or paid for', async () => {
      const reader = newReaderId();
      const ids = Array.from({ length: 12 }, newCustomerId).toSorted();
      await Promise.all(
        ids.map((id, n) =>
          customers.assign(id, n % 2 ? { owner: reader } : { owner: newReaderId(), payer: reader }),
        ),
      );
      expect(await idsOf(reader)).toEqual(ids);
    });

    test('its owner manages what another paid for until it changes hands; of any other nothing is noted', async () => {
      const [id, owner, payer, next] = [newCustomerId(), newReaderId(), newReaderId(), newReaderId()];
      expect(await customers.manage(id, owner)).toBe(false);
      expect(await customers.customer(id)).toBeUndefined();
      await customers.assign(id, { owner });
      expect(await elsewhere.manage(id, owner)).toBe(true);
      expect(await customers.customer(id)).toEqual({ id, owner, readAt: 0 });
      await customers.assign(id, { owner, payer });
      expect(await elsewhere.manage(id, payer)).toBe(false);
      expect(await customers.customer(id)).toEqual({ id, owner, payer, readAt: 0 });
      expect(await elsewhere.manage(id, owner)).toBe(true);
      const managed = { owner, payer, managed: true as const };
      expect(await customers.customer(id)).toEqual({ id, ...managed, readAt: 0 });
      expect(await elsewhere.assign(id, { owner, payer })).toEqual(managed);
      expect(await allOf([id])).toEqual([{ id, ...managed, readAt: 0 }]);
      expect(await customers.assign(id, { owner: next, payer })).toEqual(managed);
      expect(await elsewhere.customer(id)).toEqual({ id, owner: next, payer, readAt: 0 });
      await customers.assign(id, managed);
      expect(await elsewhere.customersOf(payer)).toEqual([{ id, ...managed, readAt: 0 }]);
      await customers.assign(id, { owner });
      expect(await elsewhere.customer(id)).toEqual({ id, owner, readAt: 0 });
      await customers.assign(id, { owner, managed: true });
      expect(await elsewhere.customer(id)).toEqual({ id, owner, readAt: 0 });
    });

    test('what is passed on is the new one’s alone, and stays with an owner who manages it', async () => {
      const [id, owner, payer, next] = [newCustomerId(), newReaderId(), newReaderId(), newReaderId()];
      expect(await customers.passOn(id, owner, next)).toEqual({});
      expect(await customers.customer(id)).toBeUndefined();
      await customers.assign(id, { owner });
      expect(await elsewhere.passOn(id, payer, next)).toEqual({ owner });
      expect(await customers.customer(id)).toEqual({ id, owner, readAt: 0 });
      expect(await elsewhere.passOn(id, owner, next)).toEqual({ owner });
      expect(await customers.customer(id)).toEqual({ id, owner: next, readAt: 0 });
      await customers.assign(id, { owner, payer });
      expect(await elsewhere.passOn(id, payer, payer)).toEqual({ owner, payer });
      expect(await customers.customer(id)).toEqual({ id, owner: payer, readAt: 0 });
      expect([await idsOf(owner), await idsOf(payer), await idsOf(next)]).toEqual([[], [id], []]);
      const managed = { owner, payer, managed: true as const };
      await customers.assign(id, managed);
      expect(await elsewhere.passOn(id, payer, payer)).toEqual(managed);
      expect(await elsewhere.passOn(id, payer, next)).toEqual(managed);
      expect(await customers.customer(id)).toEqual({ id, ...managed, payer: next, readAt: 0 });
      expect([await idsOf(owner), await idsOf(payer), await idsOf(next)]).toEqual([[id], [], [id]]);
      await elsewhere.passOn(id, next, owner);
      expect(await customers.customer(id)).toEqual({ id, owner, readAt: 0 });
      expect([await idsOf(owner), await idsOf(next)]).toEqual([[id], []]);
    });

    test('what was read is kept to the last character, through a change of owner too', async () => {
      const [id, owner] = [newCustomerId(), newReaderId()];
      await customers.assign(id, { owner: newReaderId() });
      const state = fullStateOf(id);
      expect(await customers.putState(id, 7, state, noon)).toBe(true);
      await elsewhere.assign(id, { owner });
      expect(await elsewhere.customer(id)).toEqual({ id, owner, state, readAt: noon });
      expect(await elsewhere.customersOf(owner)).toEqual([{ id, owner, state, readAt: noon }]);
      expect(await allOf([id])).toEqual([{ id, owner, state, readAt: noon }]);
    });

    test('what was read with an earlier ticket changes nothing any more; with the same one, it may be kept again', async () => {
      const [id, owner] = [newCustomerId(), newReaderId()];
      await customers.assign(id, { owner });
      const [earlier, later] = [stateOf(id, { features: ['old'] }), stateOf(id, { features: ['new'] })];
      expect(await customers.putState(id, 5, later, noon)).toBe(true);
      expect(await elsewhere.putState(id, 4, earlier, noon + 1)).toBe(false);
      expect(await customers.customer(id)).toEqual({ id, owner, state: later, readAt: noon });
      expect(await elsewhere.putState(id, 5, later, noon)).toBe(true);
    });

    test('of a customer that nobody owns, nothing is kept', async () => {
      const id = newCustomerId();
      expect(await customers.putState(id, 1, stateOf(id), noon)).toBe(false);
      await customers.markSwept([id], 'run');
      expect(await customers.customer(id)).toBeUndefined();
      expect(await allOf([id])).toEqual([]);
    });

    test('a state that could not be read back is refused, and what was kept stays', async () => {
      const [id, owner] = [newCustomerId(), newReaderId()];
      await customers.assign(id, { owner });
      await customers.putState(id, 1, stateOf(id), noon);
      const endless = stateOf(id, {
        passes: [{ ...fullStateOf(id).passes[0], paidAt: Number.NaN } as never],
      });
      await expect(customers.putState(id, 2, endless, noon)).rejects.toThrow();
      expect(await customers.customer(id)).toMatchObject({ state: stateOf(id) });
    });

    test('a forgotten customer is gone with everything of it, and comes back as a new one', async () => {
      const [id, owner, payer] = [newCustomerId(), newReaderId(), newReaderId()];
      await customers.assign(id, { owner, payer });
      await customers.putState(id, 900, fullStateOf(id), noon);
      await customers.markSwept([id], 'run');
      await elsewhere.forget(id);
      await elsewhere.forget(id);
      expect(await customers.customer(id)).toBeUndefined();
      expect([await idsOf(owner), await idsOf(payer), await allOf([id])]).toEqual([[], [], []]);
      expect(await customers.putState(id, 901, stateOf(id), noon)).toBe(false);
      expect(await customers.assign(id, { owner: payer })).toEqual({});
      expect(await customers.customer(id)).toEqual({ id, owner: payer, readAt: 0 });
    });

    test('each ticket is higher than all before it, drawn, used or asked to be above', async () => {
      const id = newCustomerId();
      const first = await customers.drawTicket(id);
      expect(first).toBeGreaterThan(0);
      const second = await elsewhere.drawTicket(id);
      expect(second).toBeGreaterThan(first);
      await customers.assign(id, { owner: newReaderId() });
      await customers.putState(id, second + 1_000_000, stateOf(id), noon);
      const third = await elsewhere.drawTicket(id, 1);
      expect(third).toBeGreaterThan(second + 1_000_000);
      const healed = await customers.drawTicket(id, third + 1_000_000_000_000);
      expect(healed).toBeGreaterThan(third + 1_000_000_000_000);
      expect(Number.isSafeInteger(healed)).toBe(true);
      expect(await elsewhere.drawTicket(id, first)).toBeGreaterThan(healed);
    });

    test('a ticket drawn before the customer was forgotten stays below those drawn after', async () => {
      const id = newCustomerId();
      await customers.assign(id, { owner: newReaderId() });
      const before = await customers.drawTicket(id);
      await customers.forget(id);
      expect(await customers.drawTicket(id)).toBeGreaterThan(before);
    });

    test('a run’s mark is on those it looked at, and on nobody else', async () => {
      const [seen, unseen, unknown] = [newCustomerId(), newCustomerId(), newCustomerId()];
      for (const id of [seen, unseen]) await customers.assign(id, { owner: newReaderId() });
      await customers.markSwept([], 'run-0');
      await customers.markSwept([seen, unknown], 'run-1');
      expect(await elsewhere.customer(seen)).toMatchObject({ sweptBy: 'run-1' });
      expect(await elsewhere.customer(unseen)).not.toHaveProperty('sweptBy');
      await elsewhere.markSwept([seen], 'run-2');
      expect(await customers.customer(seen)).toMatchObject({ sweptBy: 'run-2' });
      expect(await customers.customer(unknown)).toBeUndefined();
    });

    test('all customers come, each once, some hundred at a time, though others change meanwhile', async () => {
      const ids = Array.from({ length: 700 }, newCustomerId);
      const [owner, mover] = [newReaderId(), newReaderId()];
      // Not all at once: a busy machine's Redis may take longer than the half second that an answer has.
      for (let from = 0; from < ids.length; from += 50)
        await Promise.all(ids.slice(from, from + 50).map((id) => customers.assign(id, { owner })));
      const found = new Map<CustomerId, number>();
      const sizes: number[] = [];
      for await (const page of elsewhere.all()) {
        sizes.push(page.length);
        for (const { id } of page) found.set(id, (found.get(id) ?? 0) + 1);
        await customers.assign(newCustomerId(), { owner: mover });
        if (sizes.length > 5000) throw new Error('Walking through all customers has no end.');
      }
      expect(ids.filter((id) => !found.has(id))).toEqual([]);
      expect(Math.max(...found.values())).toBe(1);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
    });

    test('names with any character in them stay apart', async () => {
      const odd = ['', '{}', '}', '{a}b', 'a:b', '*', '[x]', '\\', 'ä', '💡', "'; DROP TABLE customers"];
      const own = newReaderId();
      const ids = odd.map((text) => `${newCustomerId()}${text}` as CustomerId);
      const owners = odd.map((text) => `${own}${text}` as ReaderId);
      for (const [n, id] of ids.entries()) await customers.assign(id, { owner: owners[n] ?? own });
      for (const [n, owner] of owners.entries()) expect(await idsOf(owner)).toEqual([ids[n]]);
      expect(await allOf(ids)).toHaveLength(ids.length);
      for (const id of ids) await customers.forget(id);
      for (const owner of owners) expect(await idsOf(owner)).toEqual([]);
    });
  });
}
