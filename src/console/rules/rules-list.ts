/** All that the list of rules tells: the working policy's rules, what they matched, and what they would match. */
import type { RuleMatches } from '../../insight/charts.ts';
import type { RuleId } from '../../policy/policy.ts';
import type { DeskView } from '../draft/desk-view.ts';
import type { MatchCounts } from './count-matches.ts';
import type { RuleRow, RuleRows } from './rule-rows.ts';

export interface ListedRule extends RuleRow {
  /** Views that it decided in the last 7 days under its name; undefined: no published rule has its name. */
  readonly matched?: RuleMatches;
}

export interface RulesList {
  readonly rules: readonly ListedRule[];
  readonly otherwise: RuleRows['otherwise'] & { readonly matched: RuleMatches };
  readonly takesAll?: RuleId;
}

export const nothingMatched: RuleMatches = { views: 0, previews: 0 };

/** @param published its names are those that views were counted by; undefined where it can't be read */
export const rulesList = (
  rows: RuleRows,
  matches: ReadonlyMap<string | null, RuleMatches>,
  published: readonly { readonly id: RuleId }[],
): RulesList => {
  const names = new Set(published.map(({ id }) => id));
  return {
    ...rows,
    rules: rows.rules.map((row) =>
      names.has(row.rule.id) || matches.has(row.rule.id)
        ? { ...row, matched: matches.get(row.rule.id) ?? nothingMatched }
        : row,
    ),
    otherwise: { ...rows.otherwise, matched: matches.get('otherwise') ?? nothingMatched },
  };
};

/** Whether articles may fall under other rules than readers meet now. */
export const rulesDiffer = ({ changes }: Pick<DeskView, 'changes'>): boolean =>
  changes?.some(({ area }) => area === 'rules' || area === 'otherwise') ?? false;

/** What the rules would match of recent views. */
export interface WouldMatch {
  readonly counts: MatchCounts;
  readonly views: number;
  readonly all: boolean;
}
