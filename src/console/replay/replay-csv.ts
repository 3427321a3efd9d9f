/** A replay's report as one table for a spreadsheet. */
import type { Effect, ReplayReport, Stopped } from '../../insight/replay-report.ts';
import { type CsvCell, csvTable } from '../shell/csv.ts';

/** Empty cells: not told apart there. `before` is what was compared with. */
export const replayCsv = (report: ReplayReport): string =>
  csvTable(head, [
    effectRow('all', '', report.total),
    ...report.byRule.map(({ rule, before, after }) => [
      'rule',
      rule,
      before.views,
      after.views,
      ...stoppedCells(before.stopped, after.stopped),
      '',
    ]),
    ...report.bySection.map((line) => effectRow('section', line.section, line)),
    ...report.byAudience.map((line) => effectRow('audience', line.audience, line)),
    ...report.byReason.map(({ reason, before, after }) => [
      'reason',
      reason,
      before,
      after,
      '',
      '',
      '',
      '',
      '',
    ]),
    ...report.articles.map(({ article, ...line }) => ['article', article, ...changedCells(line)]),
    ...report.readers.map(({ audience, ...line }, place) => [
      'reader',
      `${place + 1} (${audience})`,
      ...changedCells(line),
    ]),
  ]);

const head = [
  'part',
  'name',
  'views before',
  'views after',
  'stopped views before',
  'stopped views after',
  'stopped readers before',
  'stopped readers after',
  'readers',
];

const effectRow = (part: string, name: string, effect: Effect): readonly CsvCell[] => [
  part,
  name,
  effect.views,
  effect.views,
  ...stoppedCells(effect.stoppedBefore, effect.stoppedAfter),
  effect.readers,
];

const stoppedCells = (before: Stopped, after: Stopped): readonly CsvCell[] => [
  before.views,
  after.views,
  before.readers,
  after.readers,
];

const changedCells = (line: {
  readonly views: number;
  readonly stoppedBefore: number;
  readonly stoppedAfter: number;
}): readonly CsvCell[] => [line.views, line.views, line.stoppedBefore, line.stoppedAfter, '', '', ''];
