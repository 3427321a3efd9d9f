/** Lists and counts as English writes them. */

/** `a`, `a or b`, `a, b or c`; of more than `most`, the first ones and how many others. */
export const listInWords = (words: readonly string[], by: 'and' | 'or', most = 6): string => {
  const shown = words.length > most ? words.slice(0, most - 1) : words;
  const rest = words.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} others`] : shown;
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} ${by} ${last}`;
};

/** `1 free read`, `2,000 characters`. */
export const countInWords = (count: number, unit: string, units = `${unit}s`): string =>
  `${numberInWords(count)} ${count === 1 ? unit : units}`;

/** With its digits in groups; percent of an article and days of age may have fractions. */
export const numberInWords = (count: number): string => format.format(count);

const format = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

export const quoted = (text: string): string => `“${text}”`;
