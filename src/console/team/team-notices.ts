/** What a change of the team came to, in words: named in the address that the browser is sent on to. */

export const teamNotices = {
  invited: 'Invited: the mail is on its way.',
  'invited-not-mailed':
    'Invited, but the mail couldn’t be sent: tell them the console’s address yourself. They sign in with their own.',
  'role-changed': 'The role is changed, from the next request on.',
  removed: 'Removed, and signed out everywhere.',
  'token-revoked': 'The token is revoked.',
} as const;

export type TeamNotice = keyof typeof teamNotices;

export const isTeamNotice = (text: unknown): text is TeamNotice =>
  typeof text === 'string' && Object.hasOwn(teamNotices, text);

export const teamFaults = {
  email: 'Enter a whole email address, such as name@example.com, and one of the roles.',
  'operator-already': 'That address is an operator’s already: change its role in the list.',
  'operator-not-found': 'That operator isn’t there any more.',
  'owner-by-settings': 'Owners that the setting OPERATORS names are changed there, and nowhere else.',
  'changed-meanwhile': 'Somebody else was faster: look at the list as it stands now, and choose again.',
  'role-invalid': 'Choose one of the roles.',
  'name-taken': 'Another token has that name: revoke it first, or choose another name.',
  'name-invalid':
    'Write a name of at most 60 letters, digits, spaces and . _ : / # ( ) + - that begins with a letter or digit.',
  'expiry-invalid': 'Choose how long the token is good for.',
  'token-not-found': 'That token isn’t there any more.',
} as const;

export type TeamFault = keyof typeof teamFaults;
