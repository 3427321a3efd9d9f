/** The console's places, as its navigation lists them. */

/** A further page is one more line. */
export const consolePlaces = [
  { path: '/-/console', name: 'Overview' },
  { path: '/-/console/team', name: 'Team' },
  { path: '/-/console/audit', name: 'Audit' },
] as const;

export type ConsolePath = (typeof consolePlaces)[number]['path'];
