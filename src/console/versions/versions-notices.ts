/** What a change of the draft or the versions came to, in words: named in the address that the browser is sent on to. */

const notices = {
  published: 'Published: every instance obeys it within a second.',
  'rolled-back': 'Rolled back: every instance obeys it within a second.',
  scheduled: 'Scheduled: it stands below until its time comes.',
  'rollback-scheduled': 'Scheduled: the draft stays as it is.',
  cancelled: 'Taken back: it will not be published.',
  'cancelled-restored': 'Taken back: it will not be published, and is the draft again.',
  discarded: 'The draft is discarded.',
  saved: 'Saved in the draft. Readers meet it once it is published.',
  'saved-faulty': 'Saved in the draft. It has faults, and can’t be published before they are mended.',
  unchanged: 'That is what is in force already: there is no draft.',
} as const;

export type VersionsNotice = keyof typeof notices;

export const versionsNotice = (done: unknown): string | undefined =>
  typeof done === 'string' && Object.hasOwn(notices, done) ? notices[done as VersionsNotice] : undefined;
