/** What each role may, written out a second time by hand: a change of the rule has to be meant. */
import type { Action, Permission, Role } from '../../../src/console/operators/may.ts';

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
  purge: '-++',
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

/** The management API's calls by what they need, written out by hand too. */
export const callsByAction: Readonly<Partial<Record<Action, readonly string[]>>> = {
  read: [
    ...['overview', 'listOperators', 'listAudit'],
    ...['readPolicy', 'checkPolicy', 'comparePolicy', 'listVersions', 'readVersion', 'readVersionChanges'],
    ...[
      'listLimits',
      'listRules',
      'matchRule',
      'countRuleMatches',
      'listCutoffs',
      'previewCutoff',
      'listPlans',
      'listMessages',
    ],
    ...['seeAsReader', 'explain', 'replay'],
    ...['listReaders', 'findReader', 'showReader', 'listReaderDevices', 'showDrift'],
    ...['funnel', 'freeReads', 'sellers', 'doors'],
  ],
  export: [
    'exportReplay',
    'exportReaders',
    'exportFunnel',
    'exportFreeReads',
    'exportSellers',
    'exportAudit',
  ],
  'edit-draft': ['saveDraft', 'editDraft', 'discardDraft'],
  publish: ['publishDraft', 'cancelScheduled'],
  rollback: ['rollBack'],
  grant: ['giveComp', 'giveCompToAddress'],
  revoke: ['revokeEntitlement'],
  resync: ['resyncReader'],
  purge: ['purge'],
  'sign-out-device': ['signOutReader', 'signOutReaderDevice'],
  'see-tokens': ['listTokens'],
  invite: ['inviteOperator'],
  'change-role': ['changeRole'],
  'remove-operator': ['removeOperator'],
  'make-token': ['makeToken'],
  'revoke-token': ['revokeToken'],
};

/** These change nothing; they ask for more than an address holds, or for what must not stand in one. */
export const askedByPost: { readonly calls: readonly string[]; readonly forms: readonly string[] } = {
  calls: ['checkPolicy', 'comparePolicy', 'findReader', 'previewCutoff'],
  forms: ['/-/console/explain', '/-/console/readers/find', '/-/console/see'],
};
