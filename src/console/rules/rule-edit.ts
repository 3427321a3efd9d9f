/** The edit that a rule's form asks for: only what differs from what is written, so that the rest keeps its own form. */
import type { CutoffFields, PolicyEdit, RuleFields } from '../../policy/edit/policy-edit.ts';
import { sameWritten } from '../../policy/edit/same-written.ts';
import { isRaw, type Raw } from '../../policy/edit/written-policy.ts';
import { readEntries } from './entry-list.ts';
import { type FormFault, numberIn } from './form-faults.ts';
import { ageFields, listFields, measures, type TypedRule, type TypedTerms, typedTerms } from './rule-form.ts';

export type Asked =
  | { readonly kind: 'edit'; readonly edit: PolicyEdit }
  /** What no policy could hold, such as letters for a number. */
  | { readonly kind: 'misread'; readonly faults: readonly FormFault[] };

export const addRuleEdit = (typed: TypedRule): Asked => {
  const { fields, faults } = ruleFields(typed, {});
  const place = placeIn(typed.place);
  if (place.kind === 'faulty')
    faults.push({ field: 'place', words: 'Write the number that it shall have, or nothing.' });
  if (faults.length > 0 || place.kind === 'faulty') return { kind: 'misread', faults };
  const rule = withoutNothing(fields) as unknown as RuleFields;
  return {
    kind: 'edit',
    edit: { kind: 'add-rule', rule, ...(place.at === undefined ? {} : { place: place.at }) },
  };
};

export const setRuleEdit = (name: string, typed: TypedRule, written: Raw): Asked => {
  const { fields, faults } = ruleFields(typed, written);
  if (faults.length > 0) return { kind: 'misread', faults };
  return { kind: 'edit', edit: { kind: 'set-rule', name, set: changesIn(fields, written) } };
};

export const setOtherwiseEdit = (typed: TypedTerms, written: Raw): Asked => {
  const { fields, faults } = termsFields(typed, written);
  if (faults.length > 0) return { kind: 'misread', faults };
  return {
    kind: 'edit',
    edit: { kind: 'set-section', section: 'otherwise', set: changesIn(fields, written) },
  };
};

interface Fields {
  /** undefined: not to be written. */
  readonly fields: Raw;
  readonly faults: FormFault[];
}

const ruleFields = (typed: TypedRule, written: Raw): Fields => {
  const before: Raw = isRaw(written.when) ? written.when : {};
  const terms = termsFields(typed, written);
  const faults = [...terms.faults];
  const when: Record<string, unknown> = {};
  if (typed.publication.length > 0) when.publication = typed.publication;
  for (const field of listFields) {
    const entries = readEntries(typed[field]);
    if (entries.length > 0) when[field] = entries;
  }
  if (typed.level.length > 0) when.level = typed.level;
  for (const field of ageFields) {
    if (typed[field] === '') continue;
    const days = numberIn(typed[field]);
    if (days === undefined) faults.push({ field, words: 'Write a number of days, such as 30, or nothing.' });
    else when[field] = days;
  }
  const kept = Object.fromEntries(
    Object.entries(when).map(([key, value]) => [key, sameWritten(before[key], value) ? before[key] : value]),
  );
  const conditions = Object.keys(kept).length > 0 ? kept : undefined;
  return { fields: { name: typed.name, when: conditions, ...terms.fields }, faults };
};

const termsFields = (typed: TypedTerms, written: Raw): Fields => {
  const { access, meter, products } = typed;
  const counts = access === 'metered' || access.startsWith('own-or-');
  const cutoff = cutoffIn(typed, typedTerms(written).cutoffCount, written.cutoff);
  const fields = {
    access: access === '' ? undefined : access,
    // A meter that counts nothing would only be warned of.
    meter: counts && meter !== '' ? meter : undefined,
    products: products.length > 0 ? products : undefined,
    cutoff: cutoff.kind === 'kept' ? written.cutoff : cutoff.kind === 'own' ? cutoff.fields : undefined,
  };
  return { fields, faults: cutoff.kind === 'faulty' ? [{ field: 'cutoff', words: cutoff.words }] : [] };
};

type TypedCutoff =
  | { readonly kind: 'none' | 'kept' }
  | { readonly kind: 'faulty'; readonly words: string }
  | { readonly kind: 'own'; readonly fields: CutoffFields };

/**
 * @param before the number that the form began with
 * @param written its share of a short article is set on the cutoffs' page, and stays
 */
const cutoffIn = (typed: TypedTerms, before: string, written: unknown): TypedCutoff => {
  const { cutoffBy, cutoffCount, cutoffEnding } = typed;
  if (cutoffBy === 'kept') return { kind: 'kept' };
  if (cutoffBy === '') {
    const isNew = cutoffCount !== '' && cutoffCount !== before;
    const words = 'Choose what the number counts, or take it away for the policy’s own cutoff.';
    return isNew ? { kind: 'faulty', words } : { kind: 'none' };
  }
  const by = measures.find((measure) => measure === cutoffBy);
  const count = numberIn(cutoffCount);
  if (by === undefined || count === undefined)
    return { kind: 'faulty', words: 'Write how much is shown: a number, such as 80.' };
  const ending = cutoffEnding === 'exact' ? {} : { ending: cutoffEnding };
  const share = isRaw(written) && written.atMost !== undefined ? { atMost: written.atMost as number } : {};
  return { kind: 'own', fields: { [by]: count, ...ending, ...share } };
};

const changesIn = (fields: Raw, written: Raw): Raw =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([key, value]) => !sameWritten(written[key], value))
      .map(([key, value]) => [key, value ?? null]),
  );

const withoutNothing = (fields: Raw): Raw =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const placeIn = (
  text: string,
): { readonly kind: 'ok'; readonly at?: number } | { readonly kind: 'faulty' } => {
  if (text === '') return { kind: 'ok' };
  const number = numberIn(text);
  return number !== undefined && Number.isInteger(number) && number >= 1
    ? { kind: 'ok', at: number - 1 }
    : { kind: 'faulty' };
};
