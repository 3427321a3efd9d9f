/** What is wrong with a form's fields, in sentences that stand at them. */
import type { FieldFault } from '../../policy/edit/field-faults.ts';

export interface FormFault {
  /** As the form names it; '' for all of it. */
  readonly field: string;
  readonly words: string;
}

/** @param typed the entries of a list, so that the faulty one can be named */
export const formFaults = (
  faults: readonly FieldFault[],
  typed: (field: string) => readonly string[],
): readonly FormFault[] =>
  faults.map(({ field, entry, fault: { code, message, instead } }) => {
    if (code === 'age-contradiction') return { field: 'newerThanDays', words: noSuchAge };
    const at = fieldByCode[code] ?? formField(field);
    const entered = entry === undefined ? undefined : typed(at)[entry];
    const which =
      entry === undefined ? '' : `Entry ${entry + 1}${entered === undefined ? '' : ` (${entered})`}: `;
    return { field: at, words: `${which}${which ? message : capital(message)}. Write ${instead}.` };
  });

/** Such as `1,200` or `2.5`; undefined for anything else. */
export const numberIn = (text: string): number | undefined => {
  const plain = text.trim().replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  return /^-?\d{1,9}(?:\.\d{1,6})?$/.test(plain) ? Number(plain) : undefined;
};

export const faultsOf = (faults: readonly FormFault[], field: string): readonly string[] =>
  faults.filter((fault) => fault.field === field).map(({ words }) => words);

/** These are told of the rule as a whole, and are mended in one field. */
const fieldByCode: Readonly<Record<string, string>> = {
  'meter-needed': 'meter',
  'products-needed': 'products',
};

const noSuchAge =
  'No article is as old as that and as new as this: write more days here, or fill in only one of the two.';

const formField = (field: string): string => {
  const [first = '', second] = field.split('.');
  if (first === 'cutoff') return 'cutoff';
  return first === 'when' ? (second ?? '') : first;
};

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
