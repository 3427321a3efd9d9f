/** What a reconcile came to, in words for whoever ran it. */
import {
  type DriftKind,
  driftKinds,
  type ReconcileOutcome,
  type ReconcileReport,
} from '../billing/reconcile-report.ts';

export const reportLines = (outcome: ReconcileOutcome): readonly string[] => {
  switch (outcome.kind) {
    case 'running-already':
      return [
        `Another reconcile is running already${outcome.since === undefined ? '' : ` since ${new Date(outcome.since).toISOString()}`}; nothing was done.`,
      ];
    case 'stopped':
      return [
        ...found(outcome.report, 'Nothing differed so far.'),
        'It was stopped before its end.',
        goesOn(outcome.report),
      ];
    case 'broken-off':
      return [
        ...found(outcome.report, 'Nothing differed so far.'),
        `It was broken off: ${outcome.error instanceof Error ? outcome.error.message : 'nobody knows why'}`,
        goesOn(outcome.report),
      ];
    case 'done':
      return found(outcome.report);
    default:
      return outcome satisfies never;
  }
};

const goesOn = ({ dryRun }: ReconcileReport): string =>
  dryRun ? 'A dry run begins anew each time.' : 'The next run goes on from there.';

const found = (report: ReconcileReport, nothing = 'Nothing differed.'): readonly string[] => [
  compared(report),
  ...(report.differing === 0 ? [nothing] : drift(report)),
  ...failed(report),
  ...(report.dryRun ? ['This was a dry run: nothing was changed.'] : []),
];

const compared = ({ checked, events, calls, seconds, resumed }: ReconcileReport): string =>
  [
    `Compared ${counted(checked, 'subscription')} and ${counted(events, 'undelivered event')} with Stripe`,
    ` in ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s, with ${counted(calls, 'call')}`,
    resumed ? '; the beginning of it in an earlier run that was broken off.' : '.',
  ].join('');

const drift = (report: ReconcileReport): readonly string[] => {
  const { differing, dryRun } = report;
  return [
    `${counted(differing, 'customer')} differed${dryRun ? '' : ', and no longer do'}:`,
    ...driftKinds.filter((kind) => report.drift[kind] > 0).map((kind) => kindLine(kind, report)),
  ];
};

const inWords: Readonly<Record<DriftKind, string>> = {
  'paid-but-stopped': 'paid but stopped',
  'not-paid-but-let-in': 'not paid but let in',
  'other-dates': 'let in from or until another moment',
  'old-account': 'read as they should, with an account page that told something old',
};

const kindLine = (kind: DriftKind, { drift: by, examples }: ReconcileReport): string => {
  const named = examples[kind].join(', ');
  const more = by[kind] > examples[kind].length && named !== '' ? ', …' : '';
  return `  ${number(by[kind])} ${inWords[kind]}${named === '' ? '' : `: ${named}${more}`}`;
};

const maxFailedLines = 20;

const failed = (report: ReconcileReport): readonly string[] => {
  if (report.failed.length === 0) return [];
  const lines = report.failed.slice(0, maxFailedLines).map(({ customer, why }) => `  ${customer}: ${why}`);
  const more = report.failed.length - lines.length;
  return [
    `${counted(report.failed.length, 'customer')} could not be read; the next run begins with them:`,
    ...lines,
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ];
};

const counted = (amount: number, what: string): string =>
  `${number(amount)} ${what}${amount === 1 ? '' : 's'}`;

const number = (amount: number): string => amount.toLocaleString('en');
