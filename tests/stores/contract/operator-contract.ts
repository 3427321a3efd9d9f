/** What every store guarantees of operators, their devices and API tokens, whichever instance is asked. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { roles } from '../../../src/console/operators/may.ts';
import type { OperatorStore } from '../../../src/console/operators/operator-store.ts';
import { noon } from './meter-asks.ts';
import { apiToken, newAppointment, newOperatorEmail, operatorDevice, operatorRecord } from './operators.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

export function operatorContract(name: string, store: () => StoreUnderTest): void {
  describe(`operators in ${name}`, () => {
    const instances = instancesOf(store);
    let here: OperatorStore;
    let there: OperatorStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      here = one.operators;
      there = other.operators;
    });
    afterAll(instances.closeAll);

    /** Of many calls at once, half of them on another instance, how many said true. */
    const takenOf = async (times: number, call: (at: OperatorStore, n: number) => Promise<boolean>) => {
      const answers = Array.from({ length: times }, (_, n) => call(n % 2 ? here : there, n));
      return (await Promise.all(answers)).filter(Boolean).length;
    };

    test('whom an owner invites is known at once on every instance, and listed by address', async () => {
      const records = [operatorRecord({ role: 'viewer' }), operatorRecord({ role: 'owner' })];
      for (const record of records) expect(await here.addOperator(record)).toBe(true);
      for (const record of records) expect(await there.operator(record.email)).toEqual(record);
      const emails = records.map(({ email }) => email);
      const listed = (await there.operators()).filter(({ email }) => emails.includes(email));
      expect(listed).toEqual(records.toSorted((a, b) => (a.email < b.email ? -1 : 1)));
      expect(await here.operator(newOperatorEmail())).toBeUndefined();
    });

    test('of 40 who invite one address at once, one does, and that record stays', async () => {
      const email = newOperatorEmail();
      const records = Array.from({ length: 40 }, (_, n) => operatorRecord({ email, role: roles[n % 3]! }));
      const winners: typeof records = [];
      await takenOf(40, async (at, n) => {
        const added = await at.addOperator(records[n]!);
        if (added) winners.push(records[n]!);
        return added;
      });
      expect(winners).toHaveLength(1);
      expect(await here.operator(email)).toEqual(winners[0]);
    });

    test('of 40 who change one role at once, one does: nobody overwrites what they didn’t see', async () => {
      const record = operatorRecord({ role: 'viewer' });
      await here.addOperator(record);
      const { email, appointment } = record;
      const to = (n: number) => (n % 3 ? 'editor' : 'owner');
      const done: string[] = [];
      const taken = await takenOf(40, async (at, n) => {
        const changed = await at.changeRole(email, { appointment, from: 'viewer', to: to(n) });
        if (changed) done.push(to(n));
        return changed;
      });
      expect(taken).toBe(1);
      expect(await there.operator(email)).toEqual({ ...record, role: done[0] });
    });

    test('a role is changed for the appointment it was seen under, and for no other', async () => {
      const record = operatorRecord({ role: 'viewer' });
      await here.addOperator(record);
      const change = { from: 'viewer', to: 'owner' } as const;
      const { email } = record;
      expect(await here.changeRole(email, { ...change, appointment: newAppointment() })).toBe(false);
      expect(await here.changeRole(newOperatorEmail(), { ...change, appointment: record.appointment })).toBe(
        false,
      );
      expect(await there.operator(email)).toEqual(record);
    });

    test('who is removed is gone with devices and tokens of that appointment, once, and nobody else is', async () => {
      const gone = operatorRecord();
      const stays = operatorRecord();
      const { email, appointment } = gone;
      for (const record of [gone, stays]) await here.addOperator(record);
      const [device, token] = [
        operatorDevice({ email, appointment }),
        apiToken({ createdBy: email, appointment }),
      ];
      const otherDevice = operatorDevice({ email: stays.email, appointment: stays.appointment });
      const otherToken = apiToken({ createdBy: stays.email, appointment: stays.appointment });
      for (const one of [device, otherDevice]) await here.putOperatorDevice(one);
      for (const one of [token, otherToken]) await here.putApiToken(one);
      expect(await takenOf(20, (at) => at.removeOperator(email, appointment))).toBe(1);
      expect(await there.operator(email)).toBeUndefined();
      expect(await there.operatorDevice(device.id)).toBeUndefined();
      expect(await there.apiToken(token.id)).toBeUndefined();
      expect(await there.operator(stays.email)).toEqual(stays);
      expect(await there.operatorDevice(otherDevice.id)).toEqual(otherDevice);
      expect(await there.apiToken(otherToken.id)).toEqual(otherToken);
    });

    test('a removal meant for a former appointment removes nothing of the present one', async () => {
      const record = operatorRecord();
      await here.addOperator(record);
      expect(await there.removeOperator(record.email, newAppointment())).toBe(false);
      expect(await here.operator(record.email)).toEqual(record);
    });

    test('role changes, removals and new invitations of one address at once leave one whole record or none', async () => {
      const email = newOperatorEmail();
      for (let round = 0; round < 10; round += 1) {
        const first = operatorRecord({ email, role: 'viewer' });
        await here.addOperator(first);
        const { appointment } = first;
        const next = operatorRecord({ email, role: 'editor' });
        const [changed, removed, added] = await Promise.all([
          there.changeRole(email, { appointment, from: 'viewer', to: 'owner' }),
          here.removeOperator(email, appointment),
          there.addOperator(next),
        ]);
        expect([typeof changed, removed]).toEqual(['boolean', true]);
        // The owner's role that was given to the former one must never show in the next.
        expect(await here.operator(email)).toEqual(added ? next : undefined);
        if (added) await here.removeOperator(email, next.appointment);
      }
    });

    test('when an operator was seen goes on, never back, and to nobody of another appointment', async () => {
      const record = operatorRecord();
      const { email, appointment } = record;
      await here.addOperator(record);
      await there.noteOperatorSeen(email, appointment, noon + 60_000);
      await here.noteOperatorSeen(email, appointment, noon);
      await here.noteOperatorSeen(email, newAppointment(), noon + 90_000);
      expect(await here.operator(email)).toEqual({ ...record, lastSeenAt: noon + 60_000 });
      const { role } = record;
      await there.changeRole(email, { appointment, from: role, to: 'owner' });
      expect(await here.operator(email)).toEqual({ ...record, role: 'owner', lastSeenAt: noon + 60_000 });
      await here.removeOperator(email, appointment);
      await here.noteOperatorSeen(email, appointment, noon + 90_000);
      const again = operatorRecord({ email });
      await here.addOperator(again);
      expect(await there.operator(email)).toEqual(again);
    });

    test('a device is found by its id alone, listed with its operator’s newest first, and gone when removed', async () => {
      const email = newOperatorEmail();
      const devices = [0, 1, 2].map((n) =>
        operatorDevice({ email, createdAt: noon + n, lastSeenAt: noon + n }),
      );
      for (const device of devices) await here.putOperatorDevice(device);
      await here.putOperatorDevice(operatorDevice());
      expect(await there.devicesOfOperator(email)).toEqual(devices.toReversed());
      const [oldest] = devices;
      expect(await takenOf(10, (at) => at.removeOperatorDevice(oldest!.id))).toBe(1);
      expect(await there.operatorDevice(oldest!.id)).toBeUndefined();
      expect(await there.devicesOfOperator(email)).toEqual(devices.slice(1).toReversed());
    });

    test('a request that began before a device was removed doesn’t bring it back by having been seen', async () => {
      const device = operatorDevice();
      await here.putOperatorDevice(device);
      await there.noteOperatorDeviceSeen(device.id, noon + 60_000);
      await there.noteOperatorDeviceSeen(device.id, noon + 30_000);
      expect(await here.operatorDevice(device.id)).toEqual({ ...device, lastSeenAt: noon + 60_000 });
      await here.removeOperatorDevice(device.id);
      await there.noteOperatorDeviceSeen(device.id, noon + 90_000);
      expect(await here.operatorDevice(device.id)).toBeUndefined();
      expect(await here.devicesOfOperator(device.email)).toEqual([]);
    });

    test('devices that have expired are forgotten as the next one comes', async () => {
      const email = newOperatorEmail();
      const long = noon - 10 * 86_400_000;
      const old = operatorDevice({ email, createdAt: long, lastSeenAt: long, expiresAt: long + 1000 });
      await here.putOperatorDevice(old);
      expect(await there.operatorDevice(old.id)).toEqual(old);
      await there.putOperatorDevice(operatorDevice({ createdAt: long + 1000, expiresAt: noon }));
      expect(await here.operatorDevice(old.id)).toBeUndefined();
      expect(await here.devicesOfOperator(email)).toEqual([]);
    });

    test('of 40 tokens with one name put at once, one is kept; a revoked one’s name is free again', async () => {
      const tokens = Array.from({ length: 40 }, () => apiToken({ name: 'one name' }));
      expect(await takenOf(40, (at, n) => at.putApiToken(tokens[n]!))).toBe(1);
      const [kept] = (await here.apiTokens()).filter(({ name: its }) => its === 'one name');
      expect(tokens).toContainEqual(kept);
      const removals = await Promise.all(
        [1, 2, 3, 4].map((n) => (n % 2 ? here : there).removeApiToken(kept!.id)),
      );
      expect(removals.filter((each) => each !== undefined)).toEqual([kept]);
      const next = apiToken({ name: 'one name' });
      expect(await there.putApiToken(next)).toBe(true);
      expect(await here.apiToken(next.id)).toEqual(next);
      await here.removeApiToken(next.id);
    });

    test('tokens are listed the newest first, with when they were used', async () => {
      const createdBy = newOperatorEmail();
      const tokens = [0, 1, 2].map((n) => apiToken({ createdBy, createdAt: noon + n }));
      for (const token of tokens) await here.putApiToken(token);
      await there.noteApiTokenUsed(tokens[1]!.id, noon + 60_000);
      await there.noteApiTokenUsed(tokens[1]!.id, noon + 1);
      const listed = (await here.apiTokens()).filter((token) => token.createdBy === createdBy);
      const used = { ...tokens[1]!, lastUsedAt: noon + 60_000 };
      expect(listed).toEqual([tokens[2], used, tokens[0]]);
      expect(await there.removeApiToken(used.id)).toEqual(used);
      await here.noteApiTokenUsed(used.id, noon + 90_000);
      expect(await there.apiToken(used.id)).toBeUndefined();
    });
  });
}
