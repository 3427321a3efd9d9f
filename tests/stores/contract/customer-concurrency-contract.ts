/** What every customer store guarantees when everybody comes at once. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CustomerStore } from '../../../src/billing/customer-store.ts';
import type { CustomerId } from '../../../src/billing/subscription.ts';
import type { ReaderId } from '../../../src/readers/reader.ts';
import { newCustomerId, stateOf } from './customers.ts';
import { newReaderId } from './entitlements.ts';
import { noon } from './meter-asks.ts';
import { shuffled } from './shuffled.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const many = Array.from({ length: 500 }, (_, index) => index + 1);

export function customerConcurrencyContract(name: string, store: () => StoreUnderTest): void {
  describe(`customers that everybody wants at once in ${name}`, () => {
    const instances = instancesOf(store);
    let both: [CustomerStore, CustomerStore];
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      both = [one.customers, other.customers];
    });
    afterAll(instances.closeAll);
    const either = (n: number): CustomerStore => (n % 2 ? both[0] : both[1]);

    const holdersOf = async (id: CustomerId, readers: readonly ReaderId[]): Promise<ReaderId[]> => {
      const lists = await Promise.all(readers.map((reader) => both[0].customersOf(reader)));
      return readers.filter((_, n) => lists[n]?.some((record) => record.id === id));
    };

    test('500 readings, their answers shuffled, end with that of the highest ticket', async () => {
      const [id, owner] = [newCustomerId(), newReaderId()];
      await both[0].assign(id, { owner });
      await Promise.all(
        shuffled(many).map((ticket, n) =>
          either(n).putState(id, ticket, stateOf(id, { features: [`read-${ticket}`] }), noon + ticket),
        ),
      );
      expect(await both[1].customer(id)).toMatchObject({
        readAt: noon + 500,
        state: { features: ['read-500'] },
      });
    });

    test('500 tickets drawn at once are 500 different ones', async () => {
      const id = newCustomerId();
      const tickets = await Promise.all(many.map((n) => either(n).drawTicket(id)));
      expect(new Set(tickets).size).toBe(500);
    });

    test('of 50 who are given one customer at once, exactly one has it, and all but the first hear of another', async () => {
      const id = newCustomerId();
      const readers = Array.from({ length: 50 }, newReaderId);
      const before = await Promise.all(readers.map((owner, n) => either(n).assign(id, { owner })));
      const record = await both[0].customer(id);
      expect(await holdersOf(id, readers)).toEqual([record?.owner]);
      expect(before.filter(({ owner }) => owner === undefined)).toHaveLength(1);
      expect(new Set(before.map(({ owner }) => owner)).size).toBe(50);
    });

    test('of an owner who manages it and a payer who takes it back at once, one has it, and the owner is told which', async () => {
      for (let round = 0; round < 40; round += 1) {
        const [id, owner, payer, next] = [newCustomerId(), newReaderId(), newReaderId(), newReaderId()];
        await either(0).assign(id, { owner, payer });
        const asked = [() => either(0).manage(id, owner), () => either(1).passOn(id, payer, next)] as const;
        const inTurn = round % 2 === 0 ? asked : asked.toReversed();
        const answers = await Promise.all(inTurn.map((ask) => ask()));
        const mayManage = answers.includes(true);
        expect(await both[0].customer(id)).toEqual(
          mayManage ? { id, owner, payer: next, managed: true, readAt: 0 } : { id, owner: next, readAt: 0 },
        );
      }
    });

    test('a lease has one holder of 50 who ask at once', async () => {
      const lease = `lease-${newReaderId()}`;
      const had = await Promise.all(
        Array.from({ length: 50 }, (_, n) => either(n).lease(lease, `holder-${n}`, noon, noon + 1000)),
      );
      expect(had.filter(Boolean)).toHaveLength(1);
    });

    test('whatever is assigned and forgotten at once, readers have exactly the customers that are theirs', async () => {
      const step = fc.record({
        customer: fc.nat({ max: 2 }),
        owner: fc.nat({ max: 3 }),
        payer: fc.option(fc.nat({ max: 3 })),
        forget: fc.boolean(),
        at: fc.nat({ max: 1 }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { maxLength: 4 }),
          (rounds) => assignAll(rounds),
        ),
        { numRuns: 60 },
      );
    });

    const assignAll = async (rounds: readonly (readonly Step[])[]): Promise<void> => {
      const ids = Array.from({ length: 3 }, newCustomerId);
      const readers = Array.from({ length: 4 }, newReaderId);
      const take = ({ customer, owner, payer, forget, at }: Step): Promise<unknown> => {
        const [id, reader] = [ids[customer] ?? newCustomerId(), readers[owner] ?? newReaderId()];
        const paying = payer === null ? undefined : readers[payer];
        if (forget) return either(at).forget(id);
        return either(at).assign(id, { owner: reader, ...(paying ? { payer: paying } : {}) });
      };
      for (const round of rounds) {
        await Promise.all(round.map(take));
        for (const id of ids) {
          const record = await both[0].customer(id);
          const expected = readers.filter((reader) => [record?.owner, record?.payer].includes(reader));
          expect(await holdersOf(id, readers)).toEqual(expected);
        }
      }
    };
  });
}

interface Step {
  readonly customer: number;
  readonly owner: number;
  readonly payer: number | null;
  readonly forget: boolean;
  readonly at: number;
}
