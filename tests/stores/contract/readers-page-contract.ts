/** What every reader store guarantees of its list of readers. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Email, ProvedReader, ReaderId } from '../../../src/readers/reader.ts';
import type { ReaderStore } from '../../../src/readers/reader-store.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const newId = (): ReaderId => randomUUID() as ReaderId;

export function readersPageContract(name: string, store: () => StoreUnderTest): void {
  describe(`the list of readers in ${name}`, () => {
    const instances = instancesOf(store);
    let readers: ReaderStore;
    let elsewhere: ReaderStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      readers = one.readers;
      elsewhere = other.readers;
    });
    afterAll(instances.closeAll);

    const add = (email: string): Promise<ProvedReader> =>
      readers.findOrCreate({ id: newId(), email: email as Email, createdAt: noon });
    const listed = async (startsWith: string, limit: number, from?: Email): Promise<readonly string[]> => {
      const emails: string[] = [];
      for (let after = from, end = false; !end; ) {
        const page = await elsewhere.readersPage({ startsWith, limit, ...(after ? { after } : {}) });
        expect(page.readers.length).toBeLessThanOrEqual(limit);
        emails.push(...page.readers.map(({ email }) => email));
        after = page.next;
        end = after === undefined;
      }
      return emails;
    };

    test('has everybody whose address begins so, once, in the order of its bytes, however large the pages', async () => {
      const letters = fc.string({
        unit: fc.constantFrom('a', 'b', 'z', '.', '+', '-', 'é', 'ÿ', '字', '😀'),
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(letters, { minLength: 1, maxLength: 12 }),
          letters,
          letters,
          fc.integer({ min: 1, max: 7 }),
          async (names, begins, behind, limit) => {
            const run = `${randomUUID()}-`;
            const emails = names.map((each) => `${run}${each}@example.org`);
            await Promise.all(emails.map(add));
            const expected = emails
              .filter((email) => email.startsWith(`${run}${begins}`))
              .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
            expect(await listed(`${run}${begins}`, limit)).toEqual(expected);
            const after = `${run}${behind}` as Email;
            expect(await listed(`${run}${begins}`, limit, after)).toEqual(
              expected.filter((email) => Buffer.compare(Buffer.from(email), Buffer.from(after)) > 0),
            );
          },
        ),
        { numRuns: 25 },
      );
    });

    test('goes on behind an address that is nobody’s any more', async () => {
      const run = randomUUID();
      const added = await Promise.all(['a', 'b', 'c'].map((each) => add(`${run}-${each}@example.org`)));
      const { next } = await readers.readersPage({ startsWith: run, limit: 2 });
      await readers.removeReader(added[1]?.id as ReaderId);
      expect(
        (await elsewhere.readersPage({ startsWith: run, limit: 2, ...(next ? { after: next } : {}) }))
          .readers,
      ).toEqual([added[2]]);
    });

    test('has nobody without an address, and whoever proves one from then on', async () => {
      const [id, email] = [newId(), `${randomUUID()}@example.org` as Email];
      await readers.putUnproved({ id, createdAt: noon });
      expect(await listed(email, 5)).toEqual([]);
      await elsewhere.findOrCreate({ id, email, createdAt: noon + 1 });
      expect((await readers.readersPage({ startsWith: email, limit: 5 })).readers).toEqual([
        { id, email, createdAt: noon },
      ]);
    });

    test('has nobody who was removed, and whoever comes back with the address', async () => {
      const email = `${randomUUID()}@example.org`;
      const first = await add(email);
      await elsewhere.removeReader(first.id);
      expect(await listed(email, 5)).toEqual([]);
      const again = await add(email);
      expect((await elsewhere.readersPage({ startsWith: email, limit: 5 })).readers).toEqual([again]);
    });

    test('whatever comes and goes at once, it has those who are there and nobody else', async () => {
      const run = randomUUID();
      const email = (n: number) => `${run}-${n}@example.org` as Email;
      await Promise.all(Array.from({ length: 8 }, (_, n) => add(email(n))));
      for (let round = 0; round < 15; round += 1) {
        await Promise.all(
          Array.from({ length: 24 }, async (_, n) => {
            const here = n % 2 ? readers : elsewhere;
            if (n % 3 === 0) return void (await here.readersPage({ startsWith: run, limit: 5 }));
            if (n % 3 === 1)
              return void (await here.findOrCreate({ id: newId(), email: email(n % 8), createdAt: noon }));
            const there = await here.byEmail(email((n + round) % 8));
            if (there) await here.removeReader(there.id);
          }),
        );
        const known = await Promise.all(Array.from({ length: 8 }, (_, n) => readers.byEmail(email(n))));
        const expected = known.flatMap((reader) => reader?.email ?? []).sort();
        expect(await listed(run, 3)).toEqual(expected);
      }
    });
  });
}
