/** Edits of rules and their order. */
import { defaultMeterId, defaultProduct } from '../policy-schema.ts';
import { holdsForAll } from './in-use.ts';
import type { PolicyEdit } from './policy-edit.ts';
import { changesAt, misshapen, type Ruling, refused } from './ruling.ts';
import {
  type Entry,
  isRaw,
  type NextEntry,
  type Raw,
  type WrittenPolicy,
  withFields,
} from './written-policy.ts';

type RuleEdit = Extract<PolicyEdit, { readonly kind: 'add-rule' | 'set-rule' | 'move-rule' | 'remove-rule' }>;

export const editRules = (policy: WrittenPolicy, edit: RuleEdit): Ruling => {
  const rules = policy.rules();
  if (!rules) return misshapen('rules');
  if (edit.kind === 'add-rule') return addRule(rules, edit);
  const found = findRule(rules, edit.name);
  if (!found) return refused({ kind: 'unknown', what: 'rule', id: edit.name });
  const { place, rule } = found;
  const of = rules[place];
  const others: readonly NextEntry[] = rules.toSpliced(place, 1).map((entry) => ({ of: entry }));
  if (!of) return misshapen('rules', place);
  switch (edit.kind) {
    case 'set-rule': {
      const changed = withoutEmptyWhen(withFields(rule, { ...edit.set }));
      const { name } = changed;
      if (typeof name === 'string' && name !== edit.name && findRule(rules, name))
        return refused({ kind: 'taken', what: 'rule', id: name });
      if (holdsForAll(rule) && !holdsForAll(changed) && needsOtherwise(policy, place))
        return refused({ kind: 'otherwise-needed' });
      return changesAt(['rules', place], { rules: others.toSpliced(place, 0, { of, value: changed }) });
    }
    case 'move-rule': {
      const to = Math.min(placeIn(edit.place), others.length);
      return changesAt(['rules', to], to === place ? {} : { rules: others.toSpliced(to, 0, { of }) });
    }
    case 'remove-rule':
      if (holdsForAll(rule) && needsOtherwise(policy, place)) return refused({ kind: 'otherwise-needed' });
      return changesAt(['rules'], { rules: others });
  }
};

const addRule = (
  rules: readonly Entry[],
  { rule, place }: Extract<RuleEdit, { kind: 'add-rule' }>,
): Ruling => {
  if (findRule(rules, rule.name)) return refused({ kind: 'taken', what: 'rule', id: rule.name });
  const at = Math.min(placeIn(place ?? rules.length), rules.length);
  const value = withoutEmptyWhen(withFields({}, { ...rule }));
  return changesAt(['rules', at], {
    rules: rules.map((of): NextEntry => ({ of })).toSpliced(at, 0, { value }),
  });
};

/** No conditions are written by not writing them. */
const withoutEmptyWhen = (rule: Raw): Raw =>
  Object.hasOwn(rule, 'when') && holdsForAll(rule) ? withFields(rule, { when: null }) : rule;

const placeIn = (place: number): number => (place > 0 ? Math.floor(place) : 0);

const findRule = (
  rules: readonly Entry[],
  name: string,
): { readonly place: number; readonly rule: Raw } | undefined => {
  for (const [place, entry] of rules.entries()) {
    if (!entry.mentions(name)) continue;
    const rule = entry.value();
    if (isRaw(rule) && rule.name === name) return { place, rule };
  }
  return undefined;
};

/** Without the rule at `place`, which holds for all: whether `otherwise` would apply, and can't do by itself. */
const needsOtherwise = (policy: WrittenPolicy, place: number): boolean => {
  if (policy.section('otherwise') !== undefined) return false;
  const meters = policy.section('meters') ?? { [defaultMeterId]: {} };
  const products = policy.section('products') ?? [defaultProduct];
  const oneOfEach =
    isRaw(meters) && Object.keys(meters).length === 1 && Array.isArray(products) && products.length === 1;
  if (oneOfEach) return false;
  return !(policy.rules() ?? []).some((entry, index) => {
    const rule = index === place ? undefined : entry.value();
    return isRaw(rule) && holdsForAll(rule);
  });
};
