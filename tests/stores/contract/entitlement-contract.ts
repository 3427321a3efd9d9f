/** What every entitlement store guarantees. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntitlementId } from '../../../src/entitlements/entitlement.ts';
import type { EntitlementStore } from '../../../src/entitlements/entitlement-store.ts';
import type { ReaderId } from '../../../src/readers/reader.ts';
import { entitlement, newReaderId, sorted } from './entitlements.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

export function entitlementContract(name: string, store: () => StoreUnderTest): void {
  describe(`entitlements in ${name}`, () => {
    const instances = instancesOf(store);
    let entitlements: EntitlementStore;
    let elsewhere: EntitlementStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      entitlements = one.entitlements;
      elsewhere = other.entitlements;
    });
    afterAll(instances.closeAll);

    test('what is put on one instance is there on another; putting it again replaces it', async () => {
      const reader = newReaderId();
      await entitlements.put(reader, entitlement('a'));
      await entitlements.put(reader, entitlement('b', 'gift'));
      const longer = { ...entitlement('a'), endsAt: noon + 9000 };
      await entitlements.put(reader, longer);
      expect(sorted(await elsewhere.of(reader))).toEqual([longer, entitlement('b', 'gift')]);
      expect(await elsewhere.of(newReaderId())).toEqual([]);
    });

    test('what is removed is gone, and removing it again says that it wasn’t there', async () => {
      const reader = newReaderId();
      await entitlements.put(reader, entitlement('a'));
      expect(await elsewhere.remove(reader, 'a' as EntitlementId)).toBe(true);
      expect(await entitlements.of(reader)).toEqual([]);
      expect(await entitlements.remove(reader, 'a' as EntitlementId)).toBe(false);
    });

    test('an entitlement that never ends is refused', async () => {
      const reader = newReaderId();
      const endless = { ...entitlement('a'), endsAt: Number.POSITIVE_INFINITY };
      await expect(entitlements.put(reader, endless)).rejects.toThrow();
      expect(await entitlements.of(reader)).toEqual([]);
    });

    test('whoever makes a change has told its listeners by the time it is done', async () => {
      const reader = newReaderId();
      const told: ReaderId[] = [];
      entitlements.onChange((changed) => told.push(changed));
      await entitlements.put(reader, entitlement('a'));
      expect(told).toContain(reader);
      told.length = 0;
      await entitlements.remove(reader, 'a' as EntitlementId);
      expect(told).toContain(reader);
    });

    test('an instance’s own changes leave its generation as it was', async () => {
      const before = entitlements.generation();
      await entitlements.put(newReaderId(), entitlement('a'));
      await new Promise(setImmediate);
      expect(entitlements.generation()).toBe(before);
    });
  });
}
