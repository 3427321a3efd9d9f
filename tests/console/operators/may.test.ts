import { describe, expect, test } from '@jest/globals';
import {
  type Action,
  actions,
  changesSomething,
  lesserRole,
  may,
  type Role,
  roles,
} from '../../../src/console/operators/may.ts';
import {
  type ApiToken,
  type Appointment,
  appointedBySettings,
} from '../../../src/console/operators/operator.ts';
import { ownersBySettings } from '../../../src/console/operators/owners-by-settings.ts';
import { roleOfDevice, roleOfToken, standingOf } from '../../../src/console/operators/power.ts';
import type { Email } from '../../../src/readers/reader.ts';
import { hour, noon } from '../../readers/support.ts';
import { apiToken, operatorDevice } from '../../stores/contract/operators.ts';
import { expected } from '../api/role-table.ts';

describe('what a role may', () => {
  const cases = actions.flatMap((action) =>
    roles.flatMap((role) => (['device', 'token'] as const).map((by) => ({ action, role, by }))),
  );

  test.each(cases)('$role by $by: $action', ({ action, role, by }) => {
    expect(may({ role, by }, action)).toBe(expected(role, by, action));
  });

  test('a viewer may nothing that changes anything', () => {
    for (const action of actions.filter(changesSomething))
      expect([action, may({ role: 'viewer', by: 'device' }, action)]).toEqual([action, 'role-insufficient']);
  });

  test('a greater role may all that a lesser one may, and a token nothing that its role’s person may not', () => {
    const allowed = (role: Role, by: 'device' | 'token') =>
      actions.filter((action) => may({ role, by }, action) === 'allowed');
    const of = (role: Role) => allowed(role, 'device');
    expect(of('editor')).toEqual(expect.arrayContaining(of('viewer')));
    expect(of('owner')).toEqual([...actions]);
    for (const role of roles) expect(of(role)).toEqual(expect.arrayContaining(allowed(role, 'token')));
  });

  test('the lesser of two roles is the same either way round', () => {
    for (const one of roles)
      for (const other of roles) {
        expect(lesserRole(one, other)).toBe(lesserRole(other, one));
        expect(lesserRole(one, one)).toBe(one);
      }
    expect(lesserRole('viewer', 'owner')).toBe('viewer');
  });

  test('whatever stands in a record as a role that there isn’t may nothing', () => {
    for (const action of actions)
      expect(may({ role: 'root' as Role, by: 'device' }, action as Action)).toBe('role-insufficient');
  });
});

describe('power', () => {
  const email = 'ada@desk.example' as Email;
  const appointment = 'a' as Appointment;
  const standing = { role: 'editor', appointment } as const;
  const owners = new Set([email]);

  test('whom the settings name is an owner, whatever a record says', () => {
    const bySettings = { role: 'owner', appointment: appointedBySettings };
    expect(standingOf(email, owners, { role: 'viewer', appointment })).toEqual(bySettings);
    expect(standingOf(email, owners, undefined)).toEqual(bySettings);
    expect(standingOf(email, new Set(), standing)).toEqual(standing);
    expect(standingOf(email, new Set(), undefined)).toBeUndefined();
  });

  test('the settings’ owners are OPERATORS; the sandbox has one without, and nothing else has', () => {
    const operators = [email];
    expect([...ownersBySettings({ operators, sandbox: true })]).toEqual([email]);
    expect([...ownersBySettings({ operators: [], sandbox: true })]).toEqual(['owner@localhost']);
    expect([...ownersBySettings({ operators: [], sandbox: false })]).toEqual([]);
  });

  test('a device has its operator’s role of this moment, until 8 hours after, an hour without a request, or a new appointment', () => {
    const device = operatorDevice({ appointment });
    const at = (now: number, lastSeenAt = now) => roleOfDevice({ ...device, lastSeenAt }, standing, now);
    expect(at(noon)).toBe('editor');
    expect(at(noon + 8 * hour - 1)).toBe('editor');
    expect(at(noon + 8 * hour)).toBeUndefined();
    expect(at(noon + hour - 1, noon)).toBe('editor');
    expect(at(noon + hour, noon)).toBeUndefined();
    expect(roleOfDevice(device, { role: 'owner', appointment }, noon)).toBe('owner');
    expect(roleOfDevice(device, { role: 'owner', appointment: appointedBySettings }, noon)).toBeUndefined();
    expect(roleOfDevice(device, undefined, noon)).toBeUndefined();
  });

  test('a token has its own role or its maker’s of this moment, whichever is less, until it ends', () => {
    const token = (role: Role): ApiToken => apiToken({ appointment, role, expiresAt: noon + hour });
    const table = roles.flatMap((made) =>
      roles.map((maker) => roleOfToken(token(made), { role: maker, appointment }, noon)),
    );
    const [v, e, o] = roles;
    expect(table).toEqual([v, v, v, v, e, e, v, e, o]);
    expect(roleOfToken(token('owner'), standing, noon + hour)).toBeUndefined();
    expect(roleOfToken(token('owner'), undefined, noon)).toBeUndefined();
    const again = { role: 'owner', appointment: 'b' as Appointment } as const;
    expect(roleOfToken(token('owner'), again, noon)).toBeUndefined();
  });
});
