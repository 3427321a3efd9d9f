/** Which rules and plans stand on a meter, product or publication, also where they leave it unsaid because there is one. */
import type { Path } from '../policy-fault.ts';
import { isRaw, type Raw, textsIn, type WrittenPolicy } from './written-policy.ts';

export interface PlacedTerms {
  readonly at: Path;
  readonly terms: Raw;
}

/** Rules, and `otherwise` where it can apply. @param word read only rules that may have it */
export const termsIn = (policy: WrittenPolicy, word?: string): readonly PlacedTerms[] => {
  const rules = (policy.rules() ?? []).flatMap((entry, index): PlacedTerms[] => {
    const terms = word === undefined || entry.mentions(word) ? entry.value() : undefined;
    return isRaw(terms) ? [{ at: ['rules', index], terms }] : [];
  });
  const otherwise = policy.section('otherwise');
  return isRaw(otherwise) ? [...rules, { at: ['otherwise'], terms: otherwise }] : rules;
};

/** The same with the `otherwise` that applies by itself where none is written and no rule holds for all. */
export const allTermsIn = (policy: WrittenPolicy): readonly PlacedTerms[] => {
  const written = termsIn(policy);
  const byItself =
    policy.section('otherwise') === undefined && !written.some(({ terms }) => holdsForAll(terms));
  return byItself ? [...written, { at: ['otherwise'], terms: {} }] : written;
};

export const holdsForAll = ({ when }: Raw): boolean =>
  when === undefined || (isRaw(when) && Object.keys(when).length === 0);

export const counts = (access: unknown): boolean => access === 'metered' || isOwnFirst(access);

export const sells = (access: unknown): boolean => counts(access) || access === 'locked';

/** What `otherwise` says where it says nothing. */
export const accessOf = ({ terms, at }: PlacedTerms): unknown =>
  terms.access ?? (at[0] === 'otherwise' ? 'own-or-metered' : undefined);

const isOwnFirst = (access: unknown): boolean => typeof access === 'string' && access.startsWith('own-or-');

export const usesMeter =
  (id: string) =>
  (placed: PlacedTerms): boolean =>
    placed.terms.meter === id;

export const usesProduct =
  (id: string) =>
  (placed: PlacedTerms): boolean =>
    textsIn(placed.terms.products).includes(id);

export const usesPublication =
  (id: string) =>
  ({ terms }: PlacedTerms): boolean =>
    isRaw(terms.when) && textsIn(terms.when.publication).includes(id);

/** Rules count by the one meter, and are opened by the one product, without naming it. */
export const countsUnnamed = (placed: PlacedTerms): boolean =>
  placed.terms.meter === undefined && counts(accessOf(placed));

export const sellsUnnamed = (placed: PlacedTerms): boolean =>
  placed.terms.products === undefined && sells(accessOf(placed));
