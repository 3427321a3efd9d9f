/** What each role may, written out a second time by hand: a change of the rule has to be meant. */
import type { Action, Permission, Role } from '../../src/console/operators/may.ts';

type Marks = `${'+' | '-'}${'+' | '-'}${'+' | '-'}`;

/** Viewer, editor, owner. */
const table: Readonly<Record<Action, Marks>> = {
  read: '+++',
  export: '+++',
  'edit-draft': '-++',
  publish: '-++',
  rollback: '-++',
  grant: '-++',
  revoke: '-++',
  resync: '-++',
  'sign-out-device': '-++',
  'see-tokens': '--+',
  invite: '--+',
  'change-role': '--+',
  'remove-operator': '--+',
  'make-token': '--+',
  'revoke-token': '--+',
};

const byPeopleOnly: readonly Action[] = ['invite', 'change-role', 'make-token'];

export const expected = (role: Role, by: 'device' | 'token', action: Action): Permission => {
  const place = { viewer: 0, editor: 1, owner: 2 }[role];
  if (table[action][place] !== '+') return 'role-insufficient';
  return by === 'token' && byPeopleOnly.includes(action) ? 'person-needed' : 'allowed';
};
