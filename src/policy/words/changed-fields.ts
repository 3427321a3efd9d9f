/** Differences of fields, each with a name that a publisher knows it by. */
import { isDeepStrictEqual } from 'node:util';
import { listInWords, numberInWords, quoted } from './list-in-words.ts';

export interface FieldWords<Entry> {
  /** Names of fields; one without a name is called by its key. */
  readonly labels: Readonly<Partial<Record<keyof Entry, string>>>;
  /** What a value is called, where it isn't just itself. */
  readonly values?: Readonly<Partial<Record<keyof Entry, (value: unknown) => string>>>;
}

export interface FieldChange {
  readonly field: string;
  readonly label: string;
  /** What the value is and was, in words. */
  readonly is: string;
  readonly was: string;
}

export const changedFields = <Entry extends object>(
  was: Entry,
  is: Entry,
  { labels, values }: FieldWords<Entry>,
): readonly FieldChange[] => {
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])] as (keyof Entry & string)[];
  return fields.flatMap((field) => {
    if (isDeepStrictEqual(was[field], is[field])) return [];
    const words = (value: unknown): string => values?.[field]?.(value) ?? valueInWords(value);
    return [{ field, label: labels[field] ?? field, is: words(is[field]), was: words(was[field]) }];
  });
};

/** Such as `the price: now b instead of a`. */
export const changeInWords = ({ label, is, was }: FieldChange): string =>
  `${label}: now ${is} instead of ${was}`;

/** Of any value that a policy holds. */
export const valueInWords = (value: unknown): string => {
  if (value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return numberInWords(value);
  if (typeof value === 'string') return quoted(shortened(value));
  if (Array.isArray(value)) return value.length === 0 ? 'none' : listInWords(value.map(valueInWords), 'and');
  return shortened(JSON.stringify(value));
};

const longest = 160;

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest).trimEnd()}…` : line;
};
