/** Gathers what the console tells of rules: the list with what each matched, and what a draft's would match. */
import { ruleMatches } from '../../insight/charts.ts';
import { dayAt } from '../../insight/days.ts';
import type { DecisionLogStore } from '../../insight/decision-log-store.ts';
import type { InsightStore } from '../../insight/insight-store.ts';
import type { Clock } from '../../ops/clock.ts';
import type { CheckedPolicy, DeskView } from '../draft/desk-view.ts';
import { countMatches } from './count-matches.ts';
import { recentViews } from './recent-views.ts';
import { ruleRows } from './rule-rows.ts';
import { type RulesList, rulesList, type WouldMatch } from './rules-list.ts';

export interface LookAtRules {
  /** Undefined when the text has faults. Rejects when the store can't be asked; so the other. */
  list(desk: DeskView, of: 'working' | 'published'): Promise<RulesList | undefined>;
  /** Of the newest views of the last days. Undefined when the draft has faults. */
  wouldMatch(desk: Pick<DeskView, 'working'>): Promise<WouldMatch | undefined>;
}

export interface LookOptions {
  readonly insight: Pick<InsightStore, 'day'>;
  readonly decisionLog: Pick<DecisionLogStore, 'chunks' | 'size'>;
  /** The time that articles and views go by. */
  readonly clock: Clock;
  /** Told of a part of the log that can't be read. */
  readonly onMalformed: (id: string) => void;
}

export const createLookAtRules = ({
  insight,
  decisionLog,
  clock,
  onMalformed,
}: LookOptions): LookAtRules => ({
  list: async (desk, of) => {
    const text: CheckedPolicy & { readonly text: string } = desk[of];
    const rows = ruleRows(text.text, text);
    if (rows === undefined) return undefined;
    const published = desk.published.policy;
    const today = dayAt((published ?? text.policy)?.site.timeZone ?? 'UTC', clock());
    return rulesList(rows, await ruleMatches(insight, today), published?.rules ?? []);
  },
  wouldMatch: async ({ working: { rules } }) => {
    if (rules === undefined) return undefined;
    const now = clock();
    const recent = await recentViews({ store: decisionLog, onMalformed }, now);
    return { counts: await countMatches(recent, rules, now), views: recent.views, all: recent.all };
  },
});
