/** Adds up what two policies decided of the same views. */
import type { ArticleId } from '../article/article.ts';
import type { Decision, Reason } from '../gate/decision.ts';
import type { Audience, LoggedView, ReaderKey } from './logged-view.ts';
import type { Changed, Effect, ReplayReport } from './replay-report.ts';
import {
  addTo,
  createSum,
  createSums,
  effectOf,
  named,
  type ReaderSum,
  ruleEffects,
  type Sum,
} from './replay-sums.ts';

export interface ReplayTally {
  count(view: LoggedView, before: Decision, after: Decision): void;
  leaveOut(): void;
  report(): ReplayReport;
}

const mostNamed = 20;

export const createReplayTally = (): ReplayTally => {
  const readers = new Map<ReaderKey, ReaderSum>();
  const total = createSum();
  const [newlyStopped, newlyLetIn] = [{ views: 0 }, { views: 0 }];
  const sections = createSums<string>();
  const audiences = createSums<Audience>();
  const articles = createSums<ArticleId>();
  const rules = { before: createSums<string>(), after: createSums<string>() };
  const reasons = new Map<Reason, { before: number; after: number }>();
  let [from, until]: (number | undefined)[] = [];
  let [logged, leftOut] = [0, 0];
  let estimated = false;

  const count: ReplayTally['count'] = (view, before, after) => {
    const { reader, weight, at, article, audience } = view;
    const known = readers.get(reader) ?? { weight, audience, views: 0, before: 0, after: 0 };
    readers.set(reader, known);
    const stopped = { before: before.outcome === 'preview', after: after.outcome === 'preview' };
    known.audience = audience;
    known.views += 1;
    known.before += Number(stopped.before);
    known.after += Number(stopped.after);
    for (const sum of [total, sections(article.section ?? ''), audiences(audience), articles(article.id)])
      addTo(sum, reader, weight, stopped);
    addTo(rules.before(before.rule), reader, weight, stopped);
    addTo(rules.after(after.rule), reader, weight, stopped);
    reasonSum(reasons, before.reason).before += weight;
    reasonSum(reasons, after.reason).after += weight;
    if (stopped.after && !stopped.before) newlyStopped.views += weight;
    if (stopped.before && !stopped.after) newlyLetIn.views += weight;
    from ??= at;
    until = at;
    logged += 1;
    estimated ||= weight > 1;
  };

  const readersWho = (holds: (sum: ReaderSum) => boolean): number => {
    let sum = 0;
    for (const each of readers.values()) if (holds(each)) sum += each.weight;
    return sum;
  };

  const effect = (sum: Sum): Effect => effectOf(sum, readers);

  return {
    count,
    leaveOut: () => {
      leftOut += 1;
    },
    report: () => ({
      from,
      until,
      logged,
      leftOut,
      estimated,
      total: effect(total),
      newlyStopped: {
        ...newlyStopped,
        readers: readersWho(({ before, after }) => before === 0 && after > 0),
      },
      newlyLetIn: { ...newlyLetIn, readers: readersWho(({ before, after }) => before > 0 && after === 0) },
      byRule: ruleEffects(rules.before.all, rules.after.all, effect),
      bySection: named(sections.all, effect, 'section'),
      byAudience: named(audiences.all, effect, 'audience'),
      byReason: [...reasons].map(([reason, sums]) => ({ reason, ...sums })),
      articles: mostChanged([...articles.all].map(([article, sum]) => ({ article, ...changedOf(sum) }))),
      readers: mostChanged(
        [...readers].map(([reader, { audience, views, before, after }]) => ({
          reader,
          audience,
          views,
          stoppedBefore: before,
          stoppedAfter: after,
        })),
      ),
    }),
  };
};

const reasonSum = (reasons: Map<Reason, { before: number; after: number }>, reason: Reason) => {
  const known = reasons.get(reason) ?? { before: 0, after: 0 };
  reasons.set(reason, known);
  return known;
};

const changedOf = ({ views, before, after }: Sum): Changed => ({
  views,
  stoppedBefore: before,
  stoppedAfter: after,
});

const mostChanged = <Kind extends Changed>(all: readonly Kind[]): readonly Kind[] =>
  all
    .filter((each) => each.stoppedAfter !== each.stoppedBefore)
    .sort((one, another) => change(another) - change(one))
    .slice(0, mostNamed);

const change = ({ stoppedBefore, stoppedAfter }: Changed): number => Math.abs(stoppedAfter - stoppedBefore);
