/** A sentence that changes with a number: one wording for each plural category that its language has. */
export type PluralCategory = Intl.LDMLPluralRule;

export type CountedText = { readonly other: string } & Readonly<Partial<Record<PluralCategory, string>>>;

/** All categories of any language: an override may name each, whatever its locale uses. */
export const pluralCategories = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
