/** The few words that a reading page says by itself, in the article's language. */
import { canonicalLanguage } from './language.ts';

export interface Wording {
  readonly minutes: (count: number) => string;
  readonly by: (names: string) => string;
  readonly updated: (date: string) => string;
  readonly skip: string;
}

/** English for languages that aren't listed. */
export const wordingFor = (language: string): Wording =>
  WORDINGS.get(language.split('-', 1)[0]?.toLowerCase() ?? '') ?? ENGLISH;

/** "20 November 2026" as the language writes it; an article in plain `en` follows the site's `en-GB`. */
export const longDate = (milliseconds: number, language: string, site: DateManner): string => {
  const own = site.language.split('-', 1)[0] === language ? site.language : language;
  const locale = canonicalLanguage(own) ?? 'en';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: site.timeZone }).format(milliseconds);
};

export interface DateManner {
  readonly language: string;
  readonly timeZone: string;
}

/** "A, B and C" as the language writes it. */
export const nameList = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(canonicalLanguage(language) ?? 'en', { type: 'conjunction' }).format(names);

const ENGLISH: Wording = {
  minutes: (count) => `${count} min read`,
  by: (names) => `By ${names}`,
  updated: (date) => `Updated ${date}`,
  skip: 'Skip to the text',
};

const inArabic = (count: number): string =>
  new Intl.NumberFormat('ar', { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(count);

const WORDINGS: ReadonlyMap<string, Wording> = new Map([
  ['en', ENGLISH],
  [
    'de',
    {
      minutes: (count) => `${count} Min. Lesezeit`,
      by: (names) => `Von ${names}`,
      updated: (date) => `Aktualisiert am ${date}`,
      skip: 'Zum Text',
    },
  ],
  [
    'fr',
    {
      minutes: (count) => `${count} min de lecture`,
      by: (names) => `Par ${names}`,
      updated: (date) => `Mis à jour le ${date}`,
      skip: 'Aller au texte',
    },
  ],
  [
    'zh',
    {
      minutes: (count) => `阅读约 ${count} 分钟`,
      by: (names) => `作者：${names}`,
      updated: (date) => `更新于 ${date}`,
      skip: '跳到正文',
    },
  ],
  [
    'ar',
    {
      minutes: (count) => `مدة القراءة: ${inArabic(count)}`,
      by: (names) => `بقلم ${names}`,
      updated: (date) => `آخر تحديث: ${date}`,
      skip: 'انتقل إلى النص',
    },
  ],
]);
