/** What every store guarantees of a reconcile's own records: how far it is, and who may run it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CustomerStore, ReconcileProgress } from '../../../src/billing/customer-store.ts';
import type { CustomerId } from '../../../src/billing/subscription.ts';
import { newReaderId } from './entitlements.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

export function reconcileContract(name: string, store: () => StoreUnderTest): void {
  describe(`a reconcile’s records in ${name}`, () => {
    const instances = instancesOf(store);
    let customers: CustomerStore;
    let elsewhere: CustomerStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      customers = one.customers;
      elsewhere = other.customers;
    });
    afterAll(instances.closeAll);

    const newLease = (): string => `lease-${newReaderId()}`;

    test('there is no progress before the first run, and then the last one that was kept', async () => {
      expect(await customers.progress()).toBeUndefined();
      const begun: ReconcileProgress = {
        run: 'run-1',
        startedAt: noon,
        phase: 'sweep',
        after: 'sub_1',
        eventsUntil: noon,
        counts: { swept: 100, 'paid-but-stopped': 1 },
        failed: ['cus_1' as CustomerId],
        found: [{ customer: 'cus_2' as CustomerId, kinds: ['paid-but-stopped', 'old-account'], at: noon }],
      };
      await customers.putProgress(begun);
      expect(await elsewhere.progress()).toEqual(begun);
      const { after: _, failed: __, found: ___, ...rest } = begun;
      const done: ReconcileProgress = { ...rest, phase: 'done', counts: {}, finishedAt: noon + 1 };
      await elsewhere.putProgress(done);
      expect(await customers.progress()).toEqual(done);
    });

    test('a lease is its holder’s until its end, by the asker’s clock, and prolonged by the holder alone', async () => {
      const lease = newLease();
      expect(await customers.lease(lease, 'a', noon, noon + 1000)).toBe(true);
      expect(await elsewhere.lease(lease, 'b', noon + 999, noon + 9000)).toBe(false);
      expect(await elsewhere.lease(lease, 'a', noon + 999, noon + 2000)).toBe(true);
      expect(await customers.lease(lease, 'b', noon + 1999, noon + 9000)).toBe(false);
      expect(await customers.lease(lease, 'b', noon + 2000, noon + 9000)).toBe(true);
      expect(await elsewhere.lease(lease, 'a', noon + 2001, noon + 9000)).toBe(false);
    });

    test('a lease that was given back is free, and only its holder can give it back', async () => {
      const [lease, other] = [newLease(), newLease()];
      for (const each of [lease, other]) await customers.lease(each, 'a', noon, noon + 1000);
      await elsewhere.release(lease, 'b');
      expect(await elsewhere.lease(lease, 'b', noon, noon + 1000)).toBe(false);
      await elsewhere.release(lease, 'a');
      await elsewhere.release(lease, 'a');
      expect(await customers.lease(lease, 'b', noon, noon + 1000)).toBe(true);
      expect(await customers.lease(other, 'b', noon, noon + 1000)).toBe(false);
    });

    test('a lease of a clock that is years behind the store’s is kept all the same', async () => {
      const [lease, longAgo] = [newLease(), Date.parse('2001-02-03T12:00:00Z')];
      expect(await customers.lease(lease, 'a', longAgo, longAgo + 1000)).toBe(true);
      expect(await elsewhere.lease(lease, 'b', longAgo + 500, longAgo + 1500)).toBe(false);
    });
  });
}
