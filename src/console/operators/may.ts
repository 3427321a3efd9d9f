/** What each role may do in the console, and what only a person may. */

/** From the least to the most. */
export const roles = ['viewer', 'editor', 'owner'] as const;
export type Role = (typeof roles)[number];

/** The least role that each action needs; whoever has a greater one may too. */
const leastRole = {
  /** Policy, insight, subscribers, operators, the audit log. */
  read: 'viewer',
  /** A copy of what may be read: refusing it would keep nothing from whoever sees it. */
  export: 'viewer',
  'edit-draft': 'editor',
  publish: 'editor',
  rollback: 'editor',
  grant: 'editor',
  revoke: 'editor',
  resync: 'editor',
  purge: 'editor',
  'sign-out-device': 'editor',
  'see-tokens': 'owner',
  invite: 'owner',
  'change-role': 'owner',
  'remove-operator': 'owner',
  'make-token': 'owner',
  'revoke-token': 'owner',
} as const satisfies Readonly<Record<string, Role>>;

export type Action = keyof typeof leastRole;

export const actions = Object.keys(leastRole) as readonly Action[];

/** These change nothing; every other action does. */
const looks: readonly Action[] = ['read', 'export', 'see-tokens'];

/** These hand out power: a token that fell into wrong hands must not be able to make itself another way in. */
const needsPerson: readonly Action[] = ['invite', 'change-role', 'make-token'];

export type Permission = 'allowed' | 'role-insufficient' | 'person-needed';

export interface Actor {
  readonly role: Role;
  /** A signed-in browser is a person; a token may be anything. */
  readonly by: 'device' | 'token';
}

export function may({ role, by }: Actor, action: Action): Permission {
  if (rankOf(role) < rankOf(leastRole[action])) return 'role-insufficient';
  return by === 'token' && needsPerson.includes(action) ? 'person-needed' : 'allowed';
}

export const leastRoleFor = (action: Action): Role => leastRole[action];

export const needsPersonFor = (action: Action): boolean => needsPerson.includes(action);

export const changesSomething = (action: Action): boolean => !looks.includes(action);

export const lesserRole = (one: Role, other: Role): Role => (rankOf(one) < rankOf(other) ? one : other);

const rankOf = (role: Role): number => roles.indexOf(role);
