/** The console's places, as its navigation lists them. */

/** A further page is one more line. */
export const consolePlaces = [
  { path: '/-/console', name: 'Overview' },
  { path: '/-/console/limits', name: 'Metered limits' },
  { path: '/-/console/rules', name: 'Rules' },
  { path: '/-/console/cutoffs', name: 'Cutoffs' },
  { path: '/-/console/messages', name: 'Messages' },
  { path: '/-/console/plans', name: 'Plans' },
  { path: '/-/console/see', name: 'See as a reader' },
  { path: '/-/console/explain', name: 'Explain' },
  { path: '/-/console/replay', name: 'Replay' },
  { path: '/-/console/versions', name: 'Versions' },
  { path: '/-/console/readers', name: 'Readers' },
  { path: '/-/console/insight', name: 'Insight' },
  { path: '/-/console/team', name: 'Team' },
  { path: '/-/console/audit', name: 'Audit' },
  { path: '/-/console/api', name: 'API' },
] as const;

export type ConsolePath = (typeof consolePlaces)[number]['path'];
