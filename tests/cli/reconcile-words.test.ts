/** What `gatefold reconcile` shows while it runs and at its end. */
import { describe, expect, test } from '@jest/globals';
import { BillingFault } from '../../src/billing/billing.ts';
import type { ReconcileReport, ReconcileStanding } from '../../src/billing/reconcile-report.ts';
import type { CustomerId } from '../../src/billing/subscription.ts';
import { createProgressLine } from '../../src/cli/progress-line.ts';
import { reconcileProgress } from '../../src/cli/reconcile-progress.ts';
import { reportLines } from '../../src/cli/report-lines.ts';

const none = { 'paid-but-stopped': 0, 'not-paid-but-let-in': 0, 'other-dates': 0, 'old-account': 0 };
const nobody = { 'paid-but-stopped': [], 'not-paid-but-let-in': [], 'other-dates': [], 'old-account': [] };
const ids = (...names: string[]): CustomerId[] => names.map((name) => `cus_${name}` as CustomerId);

const report = (facts: Partial<ReconcileReport> = {}): ReconcileReport => ({
  run: 'r',
  dryRun: false,
  resumed: false,
  checked: 12_304,
  events: 1,
  refetched: 0,
  differing: 0,
  healed: 0,
  drift: none,
  examples: nobody,
  failed: [],
  calls: 158,
  seconds: 31.4,
  ...facts,
});

describe('the report', () => {
  test('of a run that found nothing is two lines', () => {
    expect(reportLines({ kind: 'done', report: report() })).toEqual([
      'Compared 12,304 subscriptions and 1 undelivered event with Stripe in 31 s, with 158 calls.',
      'Nothing differed.',
    ]);
  });

  test('names what differed by kind, with some of the customers, and what was done about it', () => {
    const found = report({
      differing: 3,
      healed: 3,
      drift: { ...none, 'paid-but-stopped': 2, 'not-paid-but-let-in': 1 },
      examples: { ...nobody, 'paid-but-stopped': ids('a'), 'not-paid-but-let-in': ids('b') },
    });
    expect(reportLines({ kind: 'done', report: found }).slice(1)).toEqual([
      '3 customers differed, and no longer do:',
      '  2 paid but stopped: cus_a, …',
      '  1 not paid but let in: cus_b',
    ]);
    expect(reportLines({ kind: 'done', report: { ...found, dryRun: true, healed: 0 } })).toEqual(
      expect.arrayContaining(['3 customers differed:', 'This was a dry run: nothing was changed.']),
    );
  });

  test('names whom it could not read, and what happens to them', () => {
    const failed = ids('a', 'b').map((customer) => ({ customer, why: 'Stripe said something odd.' }));
    expect(reportLines({ kind: 'done', report: report({ failed }) }).slice(2)).toEqual([
      '2 customers could not be read; the next run begins with them:',
      '  cus_a: Stripe said something odd.',
      '  cus_b: Stripe said something odd.',
    ]);
  });

  test('of a run that didn’t end says why, and what to expect of the next one', () => {
    const error = new BillingFault('unreachable', 'Stripe can’t be reached.');
    expect(reportLines({ kind: 'broken-off', report: report(), error }).slice(1)).toEqual([
      'Nothing differed so far.',
      'It was broken off: Stripe can’t be reached.',
      'The next run goes on from there.',
    ]);
    expect(reportLines({ kind: 'stopped', report: report({ dryRun: true }) }).at(-1)).toBe(
      'A dry run begins anew each time.',
    );
    expect(reportLines({ kind: 'running-already', since: 0 })).toEqual([
      'Another reconcile is running already since 1970-01-01T00:00:00.000Z; nothing was done.',
    ]);
  });
});

describe('the progress', () => {
  const standing = (facts: Partial<ReconcileStanding> = {}): ReconcileStanding => ({
    ...report(),
    phase: 'sweep',
    failed: 0,
    checked: 500,
    seconds: 7,
    ...facts,
  });

  const shownOn = (output: { isTTY?: boolean; columns?: number }) => {
    const written: string[] = [];
    const time = { now: 0 };
    const line = createProgressLine(
      { ...output, write: (text: string) => written.push(text) },
      () => time.now,
      reconcileProgress,
    );
    return { written, time, line };
  };

  test('on a terminal is one line with a bar, written over and taken away', () => {
    const { written, time, line } = shownOn({ isTTY: true, columns: 100 });
    line.show(standing({ expected: 1000 }));
    line.show(standing({ expected: 1000, checked: 501 }));
    time.now += 200;
    line.show(standing({ phase: 'kept', differing: 2, failed: 1 }));
    line.end();
    expect(written).toEqual([
      '\r[############------------] 500 of about 1,000 subscriptions, 7 s\u001b[K',
      '\r[########################] customers that Stripe didn’t list, 2 differ, 1 failed, 7 s\u001b[K',
      '\r\u001b[K',
    ]);
  });

  test('fits a narrow terminal, and shows no bar where nobody knows how far it is', () => {
    const { written, line } = shownOn({ isTTY: true, columns: 12 });
    line.show(standing());
    expect(written).toEqual(['\r500 subscri\u001b[K']);
  });

  test('on a pipe is a line every ten seconds, and nothing for a short run', () => {
    const { written, time, line } = shownOn({});
    line.show(standing());
    time.now += 9_999;
    line.show(standing());
    expect(written).toEqual([]);
    time.now += 1;
    line.show(standing({ phase: 'events' }));
    line.show(standing());
    line.end();
    expect(written).toEqual(['1 undelivered event, 7 s\n']);
  });
});
