/** The rules of a policy as the list tells them: in order, in words, with what keeps one from ever applying. */
import type { Policy, Rule, RuleId } from '../../policy/policy.ts';
import { shadowOf } from '../../policy/shadowed.ts';
import { conditionsInWords } from '../../policy/words/conditions-in-words.ts';
import { cutoffInWords } from '../../policy/words/cutoff-in-words.ts';
import { termsInWords } from '../../policy/words/terms-in-words.ts';
import type { CheckedPolicy } from '../draft/desk-view.ts';
import { rulesWithCutoff } from './written-rules.ts';

export interface RuleRows {
  readonly rules: readonly RuleRow[];
  readonly otherwise: Pick<RuleRow, 'gives' | 'cutoff'>;
  /** A rule that holds for every article: `otherwise` never applies. */
  readonly takesAll?: RuleId;
}

export interface RuleRow {
  readonly rule: Rule;
  /** Such as `articles in section Food`. */
  readonly when: string;
  /** Such as `everyone reads them`. */
  readonly gives: string;
  /** Where its previews end, if it says so itself. */
  readonly cutoff?: string;
  /** The first rule above that takes all of its articles. */
  readonly shadowedBy?: RuleId;
}

/** @param text what `checked` was read from; undefined when that has faults */
export const ruleRows = (text: string, checked: CheckedPolicy): RuleRows | undefined => {
  const { policy } = checked;
  if (policy === undefined) return undefined;
  const known = kept.get(policy);
  if (known) return known;
  const rows = rowsOf(text, policy, checked.warnings);
  kept.set(policy, rows);
  return rows;
};

/** A list of a thousand is asked for with every move. */
const kept = new WeakMap<Policy, RuleRows>();

const rowsOf = (text: string, policy: Policy, warnings: CheckedPolicy['warnings']): RuleRows => {
  const own = rulesWithCutoff(text);
  const neverMatching = new Set(
    warnings.filter(({ code }) => code === 'rule-never-matches').map(({ path }) => path),
  );
  const rules = policy.rules.map((rule, place): RuleRow => {
    // Whether there is one was found when the text was checked, and is much work for all of a long list.
    const shadow = neverMatching.has(`rules[${place}]`)
      ? shadowOf(rule, policy.rules.slice(0, place))
      : undefined;
    return {
      rule,
      when: conditionsInWords(rule.when, policy.publications),
      gives: termsInWords(rule, policy),
      ...(own.has(rule.id) ? { cutoff: cutoffInWords(rule.cutoff) } : {}),
      ...(shadow ? { shadowedBy: shadow.id } : {}),
    };
  });
  const { otherwise } = policy;
  const takesAll = policy.rules.find(({ when }) => Object.keys(when).length === 0)?.id;
  return {
    rules,
    otherwise: {
      gives: termsInWords(otherwise, policy),
      ...(own.has('otherwise') ? { cutoff: cutoffInWords(otherwise.cutoff) } : {}),
    },
    ...(takesAll === undefined ? {} : { takesAll }),
  };
};
