/** What an edit comes to: changes and where they are, or why not. */
import type { Path } from '../policy-fault.ts';
import type { PlacedTerms } from './in-use.ts';
import type { Refusal } from './policy-edit.ts';
import type { Changes, NextEntry, Raw, WrittenPolicy } from './written-policy.ts';

export type Ruling =
  | { readonly kind: 'changes'; readonly changes: Changes; readonly at: Path }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export const changesAt = (at: Path, changes: Changes): Ruling => ({ kind: 'changes', changes, at });

export const refused = (refusal: Refusal): Ruling => ({ kind: 'refused', refusal });

export const misshapen = (...at: Path): Ruling => refused({ kind: 'misshapen', at });

/** Each of these rules, or `otherwise`, with further fields. */
export const withTerms = (
  policy: WrittenPolicy,
  changed: readonly PlacedTerms[],
  set: (terms: Raw) => Raw,
): Changes => {
  const byIndex = new Map(
    changed.flatMap(({ at: [first, index], terms }) => (first === 'rules' ? [[index, terms] as const] : [])),
  );
  const otherwise = changed.find(({ at: [first] }) => first === 'otherwise');
  const rules = policy.rules()?.map((of, index): NextEntry => {
    const terms = byIndex.get(index);
    return terms ? { of, value: set(terms) } : { of };
  });
  return {
    ...(rules && byIndex.size > 0 ? { rules } : {}),
    ...(otherwise ? { sections: { otherwise: set(otherwise.terms) } } : {}),
  };
};
