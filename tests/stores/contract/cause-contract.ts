/** What every entitlement store guarantees when the entitlements of one cause are replaced, and when a reader is forgotten. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entitlement } from '../../../src/entitlements/entitlement.ts';
import type { EntitlementStore } from '../../../src/entitlements/entitlement-store.ts';
import type { ReaderId } from '../../../src/readers/reader.ts';
import { entitlement, newReaderId, sorted } from './entitlements.ts';
import { noon } from './meter-asks.ts';
import { shuffled } from './shuffled.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

/** Long enough for an announcement to come round through the store. */
const announced = (): Promise<void> => setTimeout(100);

const paid = (id: string): Entitlement => entitlement(id, 'subscription');

export function causeContract(name: string, store: () => StoreUnderTest): void {
  describe(`entitlements by their cause in ${name}`, () => {
    const instances = instancesOf(store);
    let entitlements: EntitlementStore;
    let elsewhere: EntitlementStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      entitlements = one.entitlements;
      elsewhere = other.entitlements;
    });
    afterAll(instances.closeAll);

    const listed = async (reader: ReaderId): Promise<Entitlement[]> => sorted(await elsewhere.of(reader));
    /** From now on: whatever was announced before has come by then. */
    const heardOf = async (reader: ReaderId): Promise<string[]> => {
      const heard: string[] = [];
      await announced();
      entitlements.onChange((changed) => {
        if (changed === reader) heard.push(changed);
      });
      return heard;
    };

    test('replacing one cause makes it exactly that, and leaves every other as it is', async () => {
      const reader = newReaderId();
      const others = [paid('cus_10/sub/all'), entitlement('comp:all'), paid('cus_1')];
      for (const one of others) await entitlements.put(reader, one);
      const [kept, gone, fresh] = ['sub_1/all', 'sub_2/all', 'sub_3/all'].map((id) => paid(`cus_1/${id}`));
      if (!kept || !gone || !fresh) throw new Error('three');
      expect(await entitlements.replaceCause(reader, 'cus_1', 1, [kept, gone])).toEqual({
        kind: 'replaced',
        usedBefore: 0,
      });
      const longer = { ...kept, endsAt: noon + 9000 };
      expect(await elsewhere.replaceCause(reader, 'cus_1', 4, [fresh, longer])).toEqual({
        kind: 'replaced',
        usedBefore: 1,
      });
      expect(await listed(reader)).toEqual(sorted([...others, longer, fresh]));
      expect(await entitlements.replaceCause(reader, 'cus_1', 5, [])).toEqual({
        kind: 'replaced',
        usedBefore: 4,
      });
      expect(await listed(reader)).toEqual(sorted(others));
    });

    test('a ticket as high or lower than one used before changes nothing and tells the highest', async () => {
      const reader = newReaderId();
      await entitlements.replaceCause(reader, 'cus_1', 7, [paid('cus_1/a/all')]);
      const heard = await heardOf(reader);
      for (const ticket of [7, 6, 0, -1]) {
        expect(await elsewhere.replaceCause(reader, 'cus_1', ticket, [])).toEqual({
          kind: 'stale',
          usedBefore: 7,
        });
      }
      expect(await entitlements.replaceCause(reader, 'cus_1', 3, [])).toEqual({
        kind: 'stale',
        usedBefore: 7,
      });
      expect(await listed(reader)).toEqual([paid('cus_1/a/all')]);
      await announced();
      expect(heard).toEqual([]);
    });

    test('each cause and each reader counts tickets of its own', async () => {
      const [one, other] = [newReaderId(), newReaderId()];
      await entitlements.replaceCause(one, 'cus_1', 9, [paid('cus_1/a/all')]);
      const fresh = { kind: 'replaced', usedBefore: 0 };
      expect(await entitlements.replaceCause(one, 'cus_2', 1, [paid('cus_2/a/all')])).toEqual(fresh);
      expect(await entitlements.replaceCause(other, 'cus_1', 1, [paid('cus_1/a/all')])).toEqual(fresh);
    });

    test('equal entitlements are told to nobody, and their ticket counts all the same', async () => {
      const reader = newReaderId();
      const list = [paid('cus_1/a/all'), { ...paid('cus_1/b/all'), paymentDue: true } as const];
      await entitlements.replaceCause(reader, 'cus_1', 1, list);
      const heard = await heardOf(reader);
      const generation = elsewhere.generation();
      expect(await entitlements.replaceCause(reader, 'cus_1', 2, list.toReversed())).toEqual({
        kind: 'unchanged',
        usedBefore: 1,
      });
      await announced();
      expect([heard, elsewhere.generation()]).toEqual([[], generation]);
      expect(await entitlements.replaceCause(reader, 'cus_1', 2, [])).toMatchObject({ kind: 'stale' });
      expect(await entitlements.replaceCause(newReaderId(), 'cus_1', 1, [])).toEqual({
        kind: 'unchanged',
        usedBefore: 0,
      });
    });

    test.each<Partial<Entitlement>>([
      { endsAt: noon + 5 },
      { startsAt: noon - 5 },
      { product: 'other' as never },
      { source: 'pass' },
      { paymentDue: true },
    ])('a difference as small as %j is kept, and told before the answer', async (difference) => {
      const reader = newReaderId();
      await entitlements.replaceCause(reader, 'cus_1', 1, [paid('cus_1/a/all')]);
      const heard = await heardOf(reader);
      const differing = { ...paid('cus_1/a/all'), ...difference };
      expect(await entitlements.replaceCause(reader, 'cus_1', 2, [differing])).toMatchObject({
        kind: 'replaced',
      });
      expect(heard).toContain(reader);
      expect(await listed(reader)).toEqual([differing]);
      await elsewhere.replaceCause(reader, 'cus_1', 3, [paid('cus_1/a/all')]);
      expect(await listed(reader)).toEqual([paid('cus_1/a/all')]);
    });

    test('an entitlement whose payment is due comes back as such, however it was put', async () => {
      const reader = newReaderId();
      const due = { ...paid('a'), paymentDue: true } as const;
      await entitlements.put(reader, due);
      expect(await listed(reader)).toEqual([due]);
      await entitlements.put(reader, paid('a'));
      expect(await listed(reader)).toEqual([paid('a')]);
    });

    test('an entitlement of another cause, or one that never ends, is refused with all of the list', async () => {
      const reader = newReaderId();
      const endless = { ...paid('cus_1/b/all'), endsAt: Number.POSITIVE_INFINITY };
      for (const wrong of [paid('cus_2/a/all'), paid('cus_1'), endless]) {
        const list = [paid('cus_1/a/all'), wrong];
        await expect(entitlements.replaceCause(reader, 'cus_1', 1, list)).rejects.toThrow();
      }
      expect(await listed(reader)).toEqual([]);
      expect(await entitlements.replaceCause(reader, 'cus_1', 1, [])).toMatchObject({ usedBefore: 0 });
    });

    test('500 at once, their tickets shuffled, end with the list of the highest', async () => {
      const reader = newReaderId();
      const tickets = shuffled(Array.from({ length: 500 }, (_, n) => n + 1));
      const outcomes = await Promise.all(
        tickets.map((ticket, n) =>
          (n % 2 ? entitlements : elsewhere).replaceCause(reader, 'cus_1', ticket, [
            paid(`cus_1/${ticket}/all`),
          ]),
        ),
      );
      expect(await listed(reader)).toEqual([paid('cus_1/500/all')]);
      expect(outcomes[tickets.indexOf(500)]).toMatchObject({ kind: 'replaced' });
    });

    test('any sequence of replacements ends as the highest tickets say', () =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
          const reader = randomUUID() as ReaderId;
          const model = new Map<string, { ticket: number; list: Entitlement[] }>();
          for (const { cause, ticket, ids, late } of steps) {
            const list = ids.map((id) => ({ ...paid(`${cause}/${id}`), endsAt: noon + 1000 + late }));
            const used = model.get(cause)?.ticket ?? 0;
            const { kind, usedBefore } = await entitlements.replaceCause(reader, cause, ticket, list);
            expect([kind === 'stale', usedBefore]).toEqual([ticket <= used, used]);
            if (ticket > used) model.set(cause, { ticket, list });
          }
          expect(await listed(reader)).toEqual(sorted([...model.values()].flatMap(({ list }) => list)));
        }),
        { numRuns: 60 },
      ));

    test('a forgotten reader has nothing left, tickets neither, and others have all of theirs', async () => {
      const [gone, stays] = [newReaderId(), newReaderId()];
      for (const reader of [gone, stays]) {
        await entitlements.put(reader, entitlement('comp:all'));
        await entitlements.replaceCause(reader, 'cus_1', 5, [paid('cus_1/a/all')]);
      }
      const heard = await heardOf(gone);
      await entitlements.forgetReader(gone);
      expect(heard).toEqual(expect.arrayContaining([gone]));
      expect(await listed(gone)).toEqual([]);
      expect(await listed(stays)).toHaveLength(2);
      expect(await elsewhere.replaceCause(gone, 'cus_1', 1, [])).toEqual({
        kind: 'unchanged',
        usedBefore: 0,
      });
      expect(await elsewhere.replaceCause(stays, 'cus_1', 1, [])).toMatchObject({ usedBefore: 5 });
      await entitlements.forgetReader(newReaderId());
    });
  });
}

const step = fc.record({
  cause: fc.constantFrom('cus_1', 'cus_2'),
  ticket: fc.integer({ min: 1, max: 12 }),
  ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
  late: fc.nat(1),
});
