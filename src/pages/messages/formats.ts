/** Numbers, days and lists as a locale writes them, each formatter made once. */

export interface Formats {
  number(value: number): string;
  day(at: number): string;
  date(at: number): string;
  list(items: readonly string[]): string;
  /** @param currency ISO 4217, upper case. @param digits what the amount may have; left out where they're all zeros. */
  money(amount: number, currency: string, digits: number): string;
}

/**
 * Bare `en` writes days the way most of the world does ("1 December"), not the American one. Bare `ar` keeps Western
 * digits, which is what current Intl data says; pinned, since older data says otherwise and both may be in one cluster.
 */
const pinned: ReadonlyMap<string, string> = new Map([
  ['en', 'en-GB'],
  ['ar', 'ar-u-nu-latn'],
]);

export const createFormats = (locale: string, timeZone: string): Formats => {
  const tag = pinned.get(locale) ?? locale;
  const number = new Intl.NumberFormat(tag);
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', timeZone });
  const date = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', timeZone });
  const list = new Intl.ListFormat(tag);
  const spoken = locale.split('-')[0] === 'fr' ? frenchDay : plainDay;
  return {
    number: (value) => number.format(value),
    day: (at) => spoken(day, at),
    date: (at) => spoken(date, at),
    list: (items) => list.format(items),
    money: (amount, currency, digits) =>
      new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        trailingZeroDisplay: 'stripIfInteger',
      }).format(amount),
  };
};

const plainDay = (format: Intl.DateTimeFormat, at: number): string => format.format(at);

/** French says "1er décembre", and Intl doesn't know. */
const frenchDay = (format: Intl.DateTimeFormat, at: number): string =>
  format
    .formatToParts(at)
    .map(({ type, value }) => (type === 'day' && value === '1' ? '1er' : value))
    .join('');
