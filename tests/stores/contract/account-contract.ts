/** What every reader store guarantees of readers with and without an address. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Email, ProvedReader, ReaderId } from '../../../src/readers/reader.ts';
import type { ReaderStore } from '../../../src/readers/reader-store.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const newId = (): ReaderId => randomUUID() as ReaderId;
const newEmail = (): Email => `${randomUUID()}@example.org` as Email;

export function accountContract(name: string, store: () => StoreUnderTest): void {
  describe(`readers without an address in ${name}`, () => {
    const instances = instancesOf(store);
    let readers: ReaderStore;
    let elsewhere: ReaderStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      readers = one.readers;
      elsewhere = other.readers;
    });
    afterAll(instances.closeAll);

    const unproved = async (createdAt = noon): Promise<ReaderId> => {
      const id = newId();
      await readers.putUnproved({ id, createdAt });
      return id;
    };

    test('there may be many of them, each found by its id', async () => {
      const [one, other] = [await unproved(), await unproved(noon + 1)];
      expect(await elsewhere.byId(one)).toEqual({ id: one, createdAt: noon });
      expect(await elsewhere.byId(other)).toEqual({ id: other, createdAt: noon + 1 });
    });

    test('putting one again leaves the record as it is, with its address', async () => {
      const [id, email] = [newId(), newEmail()];
      const puts = Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? readers : elsewhere).putUnproved({ id, createdAt: noon }),
      );
      await Promise.all(puts);
      await readers.findOrCreate({ id, email, createdAt: noon });
      await elsewhere.putUnproved({ id, createdAt: noon + 5 });
      expect(await readers.byId(id)).toEqual({ id, email, createdAt: noon });
    });

    test('a proved address becomes that of the reader who proved it, whose record is otherwise kept', async () => {
      const [id, email] = [await unproved(), newEmail()];
      const proved = { id, email, createdAt: noon };
      expect(await elsewhere.findOrCreate({ id, email, createdAt: noon + 9000 })).toEqual(proved);
      expect(await readers.byId(id)).toEqual(proved);
      expect(await readers.byEmail(email)).toEqual(proved);
      expect(await readers.findOrCreate({ ...proved, id: newId() })).toEqual(proved);
    });

    test('an address that a reader has stays theirs, and whoever else proves it is told who', async () => {
      const [id, email] = [await unproved(), newEmail()];
      const holder = await readers.findOrCreate({ id: newId(), email, createdAt: noon });
      expect(await readers.findOrCreate({ id, email, createdAt: noon })).toEqual(holder);
      expect(await readers.byId(id)).toEqual({ id, createdAt: noon });
    });

    test('of 50 who prove one address at once, one has it, and the others are as they were', async () => {
      const email = newEmail();
      const ids = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? unproved() : newId())));
      const found = await Promise.all(
        ids.map((id, n) => (n % 3 ? readers : elsewhere).findOrCreate({ id, email, createdAt: noon })),
      );
      const [winner] = found;
      expect(new Set(found.map(({ id }) => id)).size).toBe(1);
      expect(await readers.byEmail(email)).toEqual(winner);
      const records = await Promise.all(ids.map((id) => elsewhere.byId(id)));
      expect(records.filter((record) => record?.email !== undefined)).toEqual([winner]);
      expect(records.filter((record) => record === undefined).length).toBeGreaterThanOrEqual(24);
    });

    test('a reader who proves two addresses at once has one; the other is a reader of its own', async () => {
      for (let run = 0; run < 20; run += 1) {
        const id = await unproved();
        const emails = [newEmail(), newEmail()];
        const found = await Promise.all(
          emails.map((email, n) => (n ? readers : elsewhere).findOrCreate({ id, email, createdAt: noon })),
        );
        expect(found.map(({ email }) => email)).toEqual(emails);
        expect(found.filter((reader) => reader.id === id)).toHaveLength(1);
        expect(new Set(found.map((reader) => reader.id)).size).toBe(2);
        for (const reader of found) {
          expect(await readers.byId(reader.id)).toEqual(reader);
          expect(await elsewhere.byEmail(reader.email)).toEqual(reader);
        }
      }
    });

    test('a removed reader is gone with the address, which is free again; nobody else is', async () => {
      const [email, id] = [newEmail(), await unproved()];
      const gone = await readers.findOrCreate({ id: newId(), email, createdAt: noon });
      const stays = await readers.findOrCreate({ id: newId(), email: newEmail(), createdAt: noon });
      expect(await elsewhere.removeReader(gone.id)).toBe(true);
      expect(await elsewhere.removeReader(id)).toBe(true);
      expect([await readers.byId(gone.id), await readers.byEmail(email), await readers.byId(id)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(await readers.removeReader(gone.id)).toBe(false);
      expect(await readers.byEmail(stays.email)).toEqual(stays);
      const next: ProvedReader = { id: newId(), email, createdAt: noon };
      expect(await readers.findOrCreate(next)).toEqual(next);
    });

    test('the device that was signed in first can be told from a reader’s devices', async () => {
      const reader = newId();
      const device = (id: string, createdAt: number, lastSeenAt: number) =>
        ({ id: `${reader}-${id}` as never, reader, createdAt, lastSeenAt, label: id }) as const;
      const devices = [
        device('phone', noon, noon + 900),
        device('desk', noon + 1, noon + 500),
        device('tablet', noon + 2, noon + 2),
      ];
      for (const one of devices) await readers.putDevice({ ...one, lastSeenAt: one.createdAt });
      for (const one of devices.toReversed()) await elsewhere.putDevice(one);
      const byAge = (await readers.devices(reader)).toSorted((a, b) => a.createdAt - b.createdAt);
      expect(byAge).toEqual(devices);
    });
  });
}
