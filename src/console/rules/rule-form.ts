/** A rule as its form holds it: texts as they are typed, from what is written and to what an edit sets. */
import { isRaw, type Raw, textsIn } from '../../policy/edit/written-policy.ts';
import { writeEntries } from './entry-list.ts';

/** Conditions that are typed as lists. */
export const listFields = ['section', 'tag', 'author', 'path', 'language'] as const;
export type ListField = (typeof listFields)[number];

export const ageFields = ['olderThanDays', 'newerThanDays'] as const;

export const measures = ['characters', 'words', 'paragraphs', 'percent'] as const;

/** What `otherwise` has too. */
export interface TypedTerms {
  readonly access: string;
  /** '' for none named. */
  readonly meter: string;
  readonly products: readonly string[];
  /** '': the policy's own. `kept`: as it is written, which is more than this form can say. Else a measure. */
  readonly cutoffBy: string;
  readonly cutoffCount: string;
  readonly cutoffEnding: string;
}

export interface TypedRule
  extends TypedTerms,
    Readonly<Record<ListField | (typeof ageFields)[number], string>> {
  readonly name: string;
  readonly publication: readonly string[];
  readonly level: readonly string[];
  /** Number in the list, from 1; '' for the end. Of a new rule only. */
  readonly place: string;
}

export const typedRule = (rule: Raw): TypedRule => {
  const when: Raw = isRaw(rule.when) ? rule.when : {};
  const listed = (field: ListField): string => writeEntries(textsIn(when[field]));
  return {
    name: textOf(rule.name),
    publication: textsIn(when.publication),
    section: listed('section'),
    tag: listed('tag'),
    author: listed('author'),
    path: listed('path'),
    language: listed('language'),
    level: textsIn(when.level),
    olderThanDays: textOf(when.olderThanDays),
    newerThanDays: textOf(when.newerThanDays),
    place: '',
    ...typedTerms(rule),
  };
};

export const typedTerms = (terms: Raw): TypedTerms => {
  const cutoff: Raw = isRaw(terms.cutoff) ? terms.cutoff : {};
  const by = measures.find((measure) => cutoff[measure] !== undefined);
  return {
    access: textOf(terms.access),
    meter: textOf(terms.meter),
    products: textsIn(terms.products),
    cutoffBy: cutoff.marker !== undefined ? 'kept' : (by ?? ''),
    cutoffCount: by === undefined ? '' : textOf(cutoff[by]),
    cutoffEnding: textOf(cutoff.ending) || 'exact',
  };
};

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
