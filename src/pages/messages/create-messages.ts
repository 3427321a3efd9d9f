/** Gives the messages of a locale: built-in texts with the publisher's own laid over them, numbers and dates in words. */
import { catalogues } from './catalogues.ts';
import type { PluralCategory } from './counted-text.ts';
import type { Direction } from './direction.ts';
import { direction } from './direction.ts';
import type { CountedKey, TextKey } from './en.ts';
import { en } from './en.ts';
import { fill } from './fill.ts';
import type { Formats } from './formats.ts';
import { createFormats } from './formats.ts';
import { localeChain } from './locale-chain.ts';

export type Values = Readonly<Record<string, string | number>>;

export interface Messages {
  /** The locale that the texts are in: it may be more general than the one asked for. */
  readonly locale: string;
  readonly direction: Direction;
  text(key: TextKey, values?: Values): string;
  /** The wording for `count`; `values` still names every number that the text shows. */
  counted(key: CountedKey, count: number, values: Values): string;
  /** "1 December": for what comes back soon. Milliseconds since the epoch, shown in the site's time zone. */
  day(at: number): string;
  /** "1 December 2026". */
  date(at: number): string;
  list(items: readonly string[]): string;
  /** "€9", "€9.50". @param currency ISO 4217, upper case. @param digits what the amount may have. */
  money(amount: number, currency: string, digits: number): string;
}

export interface MessagesSetup {
  /** Locale → key → text, from the policy. */
  readonly overrides: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** BCP 47. Its region is the house style for dates and numbers of its language. */
  readonly siteLanguage: string;
  /** IANA name. */
  readonly timeZone: string;
}

/**
 * Falls back from `de-AT` to `de`, then to the site's language, then to English. A locale for which the publisher wrote
 * any text counts as known; what they left out comes from the next language of that order.
 * Keeps one set of formatters for each known locale, however many unknown ones strangers ask for.
 */
export const createMessages = (setup: MessagesSetup): ((locale: string) => Messages) => {
  const fallback = known(setup.siteLanguage, setup) ?? 'en';
  const made = new Map<string, Messages>();
  return (locale) => {
    const nearest = known(locale, setup) ?? fallback;
    // Who asks for `en` on a site written in `en-US` gets the site's own texts.
    const found = fallback.startsWith(`${nearest}-`) ? fallback : nearest;
    const kept = made.get(found);
    if (kept) return kept;
    const messages = messagesFor(found, [found, fallback, 'en'], setup);
    made.set(found, messages);
    return messages;
  };
};

const known = (locale: string, { overrides }: MessagesSetup): string | undefined =>
  localeChain(locale).find((each) => catalogues.has(each) || Object.hasOwn(overrides, each));

const messagesFor = (locale: string, order: readonly string[], setup: MessagesSetup): Messages => {
  const layers = order.flatMap(localeChain).flatMap((each) => layersOf(each, setup));
  const formats = createFormats(houseLocale(locale, setup.siteLanguage), setup.timeZone);
  const isolate = direction(locale) === 'rtl';
  const put = (template: string, values: Values): string => fill(template, written(values, formats, isolate));
  return {
    locale,
    direction: direction(locale),
    text: (key, values = {}) => put(pickText(layers, key), values),
    counted: (key, count, values) => put(pickCounted(layers, key, count), values),
    day: formats.day,
    date: formats.date,
    list: (items) => formats.list(isolate ? items.map(setApart) : items),
    money: formats.money,
  };
};

/** One language's texts, and the plural rule they're written for. */
interface Layer {
  readonly texts: ReadonlyMap<string, string>;
  readonly category: (count: number) => PluralCategory;
}

const layersOf = (locale: string, { overrides }: MessagesSetup): readonly Layer[] => {
  const rules = new Intl.PluralRules(locale);
  const category = (count: number): PluralCategory => rules.select(count);
  const own = Object.hasOwn(overrides, locale) ? overrides[locale] : undefined;
  const builtIn = catalogues.get(locale);
  return [
    ...(own ? [{ texts: new Map(Object.entries(own)), category }] : []),
    ...(builtIn ? [{ texts: flattened(builtIn), category }] : []),
  ];
};

const flattened = (catalogue: Readonly<Record<string, string | object>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(catalogue).flatMap(([key, text]) =>
      typeof text === 'string'
        ? [[key, text] as const]
        : Object.entries(text).map(([form, wording]) => [`${key}.${form}`, String(wording)] as const),
    ),
  );

const pickText = (layers: readonly Layer[], key: TextKey): string => {
  for (const { texts } of layers) {
    const text = texts.get(key);
    if (text !== undefined) return text;
  }
  return en[key];
};

/** In one language the exact form wins, then a text for all forms; a layer that has neither is passed over. */
const pickCounted = (layers: readonly Layer[], key: CountedKey, count: number): string => {
  for (const { texts, category } of layers) {
    const text = texts.get(`${key}.${category(count)}`) ?? texts.get(key) ?? texts.get(`${key}.other`);
    if (text !== undefined) return text;
  }
  return en[key].other;
};

/** Dates of `en` follow the site: `en-US` writes them its way. Where the site is in another language, ours. */
const houseLocale = (locale: string, siteLanguage: string): string => {
  const language = locale.split('-')[0];
  const site = localeChain(siteLanguage);
  if (locale === language && site.length > 1 && site.at(-1) === language) return site[0] ?? locale;
  return locale;
};

const written = (values: Values, formats: Formats, isolate: boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'number') return [name, formats.number(value)];
      return [name, isolate ? setApart(value) : value];
    }),
  );

/** Between right-to-left words a Latin name is set apart, else its punctuation jumps to the wrong side. */
const setApart = (text: string): string => `\u2068${text}\u2069`;
