/** The plural forms that a language has for whole numbers, each with the numbers that take it. */
import { type PluralCategory, pluralCategories } from '../../pages/messages/counted-text.ts';

export interface PluralForm {
  readonly category: PluralCategory;
  /** The first number that takes it. */
  readonly sample: number;
  /** Such as `1` or `3, 4, 5 …`. */
  readonly numbers: string;
}

/** @throws RangeError where the locale is no language tag */
export const pluralForms = (locale: string): readonly PluralForm[] => {
  const rules = new Intl.PluralRules(locale);
  const taken = new Map<PluralCategory, number[]>();
  for (const number of counted) {
    const category = rules.select(number);
    taken.set(category, [...(taken.get(category) ?? []), number]);
  }
  return pluralCategories.flatMap((category) => {
    const numbers = taken.get(category) ?? [];
    const [sample] = numbers;
    // Some forms are for fractions only, and nothing here is counted in fractions.
    if (sample === undefined) return [];
    const more = numbers.length > shown ? ' …' : '';
    const words = numbers.slice(0, shown).map((number) => number.toLocaleString('en'));
    return [{ category, sample, numbers: `${words.join(', ')}${more}` }];
  });
};

const shown = 3;

/** Some languages have a form for millions. */
const counted = [...Array.from({ length: 201 }, (_, number) => number), 1_000_000, 2_000_000];
