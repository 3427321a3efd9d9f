/** Edits of publications, products and plans. */
import type { Path } from '../policy-fault.ts';
import { defaultProduct } from '../policy-schema.ts';
import { allTermsIn, sellsUnnamed, termsIn, usesProduct, usesPublication } from './in-use.ts';
import type { CatalogueName, PolicyEdit } from './policy-edit.ts';
import { changesAt, misshapen, type Ruling, refused, withTerms } from './ruling.ts';
import { type Changes, isRaw, textsIn, type WrittenPolicy, withFields } from './written-policy.ts';

type CatalogueEdit = Extract<PolicyEdit, { readonly kind: 'add-entry' | 'set-entry' | 'remove-entry' }>;

export const editCatalogue = (policy: WrittenPolicy, edit: CatalogueEdit): Ruling => {
  const { list, id } = edit;
  const entries = policy.section(list) ?? (list === 'products' ? [defaultProduct] : []);
  if (!Array.isArray(entries)) return misshapen(list);
  const place = entries.findIndex((entry: unknown) => isRaw(entry) && entry.id === id);
  if (edit.kind === 'add-entry') return place < 0 ? addEntry(policy, entries, edit) : taken(list, id);
  const entry: unknown = entries[place];
  if (!isRaw(entry)) return refused({ kind: 'unknown', what: list, id });
  switch (edit.kind) {
    case 'set-entry': {
      const changed = withFields(entry, { ...edit.set, id });
      return changesAt([list, place], { sections: { [list]: entries.with(place, changed) } });
    }
    case 'remove-entry': {
      const by = usersOf(policy, list, id);
      if (by.length > 0) return refused({ kind: 'in-use', what: list, id, by });
      if (list === 'products' && entries.length === 1) return refused({ kind: 'only-one', what: list, id });
      return changesAt([list], { sections: { [list]: entries.toSpliced(place, 1) } });
    }
  }
};

const taken = (what: CatalogueName, id: string): Ruling => refused({ kind: 'taken', what, id });

const addEntry = (
  policy: WrittenPolicy,
  entries: readonly unknown[],
  { list, id, entry }: Extract<CatalogueEdit, { kind: 'add-entry' }>,
): Ruling => {
  const named = list === 'products' ? withProductsNamed(policy, entries) : {};
  const next = [...entries, withFields({ id }, { ...entry })];
  return changesAt([list, entries.length], { ...named, sections: { ...named.sections, [list]: next } });
};

/** Where one product was enough, rules need not name it; beside a second one they have to, so they do from now on. */
const withProductsNamed = (policy: WrittenPolicy, products: readonly unknown[]): Changes => {
  const [only, ...others] = products;
  if (others.length > 0 || !isRaw(only)) return {};
  const unnamed = allTermsIn(policy).filter(sellsUnnamed);
  return withTerms(policy, unnamed, (terms) => ({ ...terms, products: [only.id] }));
};

const usersOf = (policy: WrittenPolicy, list: CatalogueName, id: string): readonly Path[] => {
  switch (list) {
    case 'plans':
      return [];
    case 'products':
      return [
        ...termsIn(policy, id).filter(usesProduct(id)),
        ...plansIn(policy).filter(({ plan }) => textsIn(plan.products).includes(id)),
      ].map(({ at }) => at);
    case 'publications':
      return [
        ...termsIn(policy, id).filter(usesPublication(id)),
        ...plansIn(policy).filter(
          ({ plan: { offeredAt } }) => isRaw(offeredAt) && textsIn(offeredAt.publication).includes(id),
        ),
      ].map(({ at }) => at);
  }
};

const plansIn = (policy: WrittenPolicy) => {
  const plans = policy.section('plans');
  return (Array.isArray(plans) ? plans : []).flatMap((plan: unknown, index) =>
    isRaw(plan) ? [{ at: ['plans', index] as Path, plan }] : [],
  );
};
