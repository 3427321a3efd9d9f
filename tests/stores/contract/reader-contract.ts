/** What every reader store guarantees. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DeviceId, DeviceRecord, Email, ProvedReader, ReaderId } from '../../../src/readers/reader.ts';
import type { PendingSignIn, ReaderStore } from '../../../src/readers/reader-store.ts';
import { until } from '../../support/until.ts';
import { noon } from './meter-asks.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const newReader = (email = `${randomUUID()}@example.org`): ProvedReader => ({
  id: randomUUID() as ReaderId,
  email: email as Email,
  createdAt: noon,
});

const newDevice = (reader: ReaderId): DeviceRecord => ({
  id: randomUUID() as DeviceId,
  reader,
  createdAt: noon,
  lastSeenAt: noon,
  label: 'Firefox on Linux',
});

const newSignIn = (): PendingSignIn => ({
  linkHash: randomUUID(),
  codeHash: randomUUID(),
  requestId: randomUUID(),
  email: 'anna@example.org' as Email,
  returnTo: '/essays/three-cuts',
  expiresAt: noon + 600_000,
});

export function readerContract(name: string, store: () => StoreUnderTest): void {
  describe(`readers in ${name}`, () => {
    const instances = instancesOf(store);
    let readers: ReaderStore;
    let elsewhere: ReaderStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      readers = one.readers;
      elsewhere = other.readers;
    });
    afterAll(instances.closeAll);

    test('a reader is found by id and by address, on every instance', async () => {
      const anna = newReader();
      expect(await readers.findOrCreate(anna)).toEqual(anna);
      expect(await elsewhere.byId(anna.id)).toEqual(anna);
      expect(await elsewhere.byEmail(anna.email)).toEqual(anna);
    });

    test('nobody is found who isn’t there', async () => {
      expect(await readers.byId('nobody' as ReaderId)).toBeUndefined();
      expect(await readers.byEmail('nobody@example.org' as Email)).toBeUndefined();
      expect(await readers.device('none' as DeviceId)).toBeUndefined();
    });

    test('an address has one reader, however many sign up with it at once', async () => {
      const { email } = newReader();
      const found = await Promise.all(
        Array.from({ length: 50 }, (_, n) => (n % 2 ? readers : elsewhere).findOrCreate(newReader(email))),
      );
      expect(new Set(found.map((reader) => reader.id)).size).toBe(1);
      expect(await readers.byEmail(email)).toEqual(found[0]);
    });

    test('a reader’s devices are listed, and one is updated in place', async () => {
      const { id } = newReader();
      const [phone, desk] = [newDevice(id), newDevice(id)];
      for (const device of [phone, desk]) await readers.putDevice(device);
      const seen = { ...phone, lastSeenAt: noon + 5000 };
      await readers.putDevice(seen);
      const listed = await elsewhere.devices(id);
      expect(listed).toHaveLength(2);
      expect(listed).toEqual(expect.arrayContaining([seen, desk]));
    });

    test('a revoked device is gone, and a late note of when it was seen does not bring it back', async () => {
      const device = newDevice(newReader().id);
      await readers.putDevice(device);
      const told: DeviceId[] = [];
      readers.onRevoked((id) => told.push(id));
      expect(await readers.revokeDevice(device.id)).toBe(true);
      expect(told).toContain(device.id);
      await elsewhere.putDevice({ ...device, lastSeenAt: noon + 5000 });
      expect(await elsewhere.device(device.id)).toBeUndefined();
      expect(await elsewhere.devices(device.reader)).toEqual([]);
      expect(await readers.revokeDevice(device.id)).toBe(false);
    });

    test('a sign-in link is used once, however many open it at once', async () => {
      const pending = newSignIn();
      await readers.putSignIn(pending);
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? readers : elsewhere).takeSignInByLink(pending.linkHash, noon),
        ),
      );
      expect(taken.filter((one) => one !== undefined)).toEqual([pending]);
      expect(await readers.takeSignInByCode(pending.requestId, pending.codeHash, 5, noon)).toBeUndefined();
    });

    test('a code is used once, and the link then no longer works', async () => {
      const pending = newSignIn();
      await readers.putSignIn(pending);
      const taken = await Promise.all(
        Array.from({ length: 20 }, () =>
          readers.takeSignInByCode(pending.requestId, pending.codeHash, 50, noon),
        ),
      );
      expect(taken.filter((one) => one !== undefined)).toEqual([pending]);
      expect(await elsewhere.takeSignInByLink(pending.linkHash, noon)).toBeUndefined();
    });

    test('wrong codes end a sign-in, and the right one before that still works', async () => {
      const [guessed, mistyped] = [newSignIn(), newSignIn()];
      for (const pending of [guessed, mistyped]) await readers.putSignIn(pending);
      for (let n = 0; n < 3; n += 1) await readers.takeSignInByCode(guessed.requestId, 'wrong', 3, noon);
      expect(await readers.takeSignInByCode(guessed.requestId, guessed.codeHash, 3, noon)).toBeUndefined();
      expect(await readers.takeSignInByLink(guessed.linkHash, noon)).toBeUndefined();
      for (let n = 0; n < 2; n += 1) await readers.takeSignInByCode(mistyped.requestId, 'wrong', 3, noon);
      expect(await readers.takeSignInByCode(mistyped.requestId, mistyped.codeHash, 3, noon)).toEqual(
        mistyped,
      );
    });

    test('a sign-in ends with its time, by the asker’s clock', async () => {
      const [byLink, byCode] = [newSignIn(), newSignIn()];
      for (const pending of [byLink, byCode]) await readers.putSignIn(pending);
      const { expiresAt } = byLink;
      expect(await readers.takeSignInByLink(byLink.linkHash, expiresAt)).toBeUndefined();
      expect(await readers.takeSignInByCode(byCode.requestId, byCode.codeHash, 3, expiresAt)).toBeUndefined();
    });

    test('an unknown link or code is nobody’s', async () => {
      expect(await readers.takeSignInByLink('unknown', noon)).toBeUndefined();
      expect(await readers.takeSignInByCode('unknown', 'unknown', 3, noon)).toBeUndefined();
    });

    test('a revocation is heard by the instance that made it before the answer', async () => {
      const device = newDevice(newReader().id);
      await readers.putDevice(device);
      let heard = false;
      readers.onRevoked((id) => {
        heard ||= id === device.id;
      });
      await readers.revokeDevice(device.id);
      await until(() => heard, 'the revocation to be heard');
    });
  });
}
