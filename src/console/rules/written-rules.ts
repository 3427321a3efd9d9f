/** What the policy's text itself says of its rules, as opposed to what follows by default. */
import { openWhole } from '../../policy/edit/source.ts';
import { openSplit } from '../../policy/edit/split-source.ts';
import { isRaw, type Raw, type WrittenPolicy } from '../../policy/edit/written-policy.ts';

/** The rule's fields as written; undefined when there is no such rule, or none that can be read. */
export const writtenRule = (text: string, name: string): Raw | undefined =>
  read(text, (policy) => {
    for (const entry of policy.rules() ?? []) {
      const rule = entry.mentions(name) ? entry.value() : undefined;
      if (isRaw(rule) && rule.name === name) return rule;
    }
    return undefined;
  });

/** Empty where nothing is written. */
export const writtenOtherwise = (text: string): Raw =>
  read(text, (policy) => {
    const otherwise = policy.section('otherwise');
    return isRaw(otherwise) ? otherwise : undefined;
  }) ?? {};

/** Names of the rules that say themselves where their previews end; `otherwise` among them. */
export const rulesWithCutoff = (text: string): ReadonlySet<string> =>
  read(text, (policy) => {
    const names = (policy.rules() ?? []).flatMap((entry) => {
      const rule = entry.mentions('cutoff') ? entry.value() : undefined;
      return isRaw(rule) && rule.cutoff !== undefined && typeof rule.name === 'string' ? [rule.name] : [];
    });
    const otherwise = policy.section('otherwise');
    return new Set(isRaw(otherwise) && otherwise.cutoff !== undefined ? [...names, 'otherwise'] : names);
  }) ?? new Set();

/** Reads no more of the text than is asked for, where its lines tell what is where. */
const read = <Answer>(
  text: string,
  ask: (policy: WrittenPolicy) => Answer | undefined,
): Answer | undefined => {
  const split = openSplit(text);
  if (split) {
    const answer = ask(split.policy);
    if (!split.failed()) return answer;
  }
  const whole = openWhole(text, 'draft');
  return whole.kind === 'open' ? ask(whole.source.policy) : undefined;
};
