/** Messages: complete in every language, right for every number and day, and the publisher's to change. */
import { describe, expect, test } from '@jest/globals';
import { catalogues } from '../../src/pages/messages/catalogues.ts';
import { createMessages } from '../../src/pages/messages/create-messages.ts';
import { direction } from '../../src/pages/messages/direction.ts';
import { placeholdersIn } from '../../src/pages/messages/fill.ts';
import { messageKeys, placeholdersOf } from '../../src/pages/messages/message-keys.ts';
import { english, firstOfDecember, locales, messagesIn } from './example-facts.ts';

const noticeOf = (locale: string, left: number, of = 100): string => {
  const messages = messagesIn(locale);
  return messages
    .counted('notice', left, { left, of, date: messages.day(firstOfDecember) })
    .replace(/[\u2068\u2069]/g, '');
};

describe('the words themselves', () => {
  test('the English line and notice are exactly these', () => {
    expect(english.text('line')).toBe('You’re reading a preview, subscribe to read more.');
    expect(noticeOf('en', 2, 3)).toBe('2 of 3 free articles left until 1 December');
  });

  test.each([
    ['en', 0, '0 of 100 free articles left until 1 December'],
    ['en', 1, '1 of 100 free articles left until 1 December'],
    ['en', 2, '2 of 100 free articles left until 1 December'],
    ['en', 3, '3 of 100 free articles left until 1 December'],
    ['en', 11, '11 of 100 free articles left until 1 December'],
    ['en', 100, '100 of 100 free articles left until 1 December'],
    ['de', 0, 'Noch 0 von 100 Gratisartikeln bis zum 1. Dezember'],
    ['de', 1, 'Noch 1 von 100 Gratisartikeln bis zum 1. Dezember'],
    ['de', 2, 'Noch 2 von 100 Gratisartikeln bis zum 1. Dezember'],
    ['de', 3, 'Noch 3 von 100 Gratisartikeln bis zum 1. Dezember'],
    ['de', 11, 'Noch 11 von 100 Gratisartikeln bis zum 1. Dezember'],
    ['de', 100, 'Noch 100 von 100 Gratisartikeln bis zum 1. Dezember'],
    ['fr', 0, 'Encore 0 article gratuit sur 100 jusqu’au 1er décembre'],
    ['fr', 1, 'Encore 1 article gratuit sur 100 jusqu’au 1er décembre'],
    ['fr', 2, 'Encore 2 articles gratuits sur 100 jusqu’au 1er décembre'],
    ['fr', 3, 'Encore 3 articles gratuits sur 100 jusqu’au 1er décembre'],
    ['fr', 11, 'Encore 11 articles gratuits sur 100 jusqu’au 1er décembre'],
    ['fr', 100, 'Encore 100 articles gratuits sur 100 jusqu’au 1er décembre'],
    ['ar', 0, 'لم يبقَ لك أي مقال مجاني من أصل 100 حتى 1 ديسمبر'],
    ['ar', 1, 'بقي لك مقال مجاني واحد من أصل 100 حتى 1 ديسمبر'],
    ['ar', 2, 'بقي لك مقالان مجانيان من أصل 100 حتى 1 ديسمبر'],
    ['ar', 3, 'بقيت لك 3 مقالات مجانية من أصل 100 حتى 1 ديسمبر'],
    ['ar', 11, 'بقي لك 11 مقالًا مجانيًا من أصل 100 حتى 1 ديسمبر'],
    ['ar', 100, 'بقي لك 100 مقال مجاني من أصل 100 حتى 1 ديسمبر'],
    ['zh', 0, '12月1日前还可免费阅读 0 篇文章（共 100 篇）'],
    ['zh', 1, '12月1日前还可免费阅读 1 篇文章（共 100 篇）'],
    ['zh', 2, '12月1日前还可免费阅读 2 篇文章（共 100 篇）'],
    ['zh', 3, '12月1日前还可免费阅读 3 篇文章（共 100 篇）'],
    ['zh', 11, '12月1日前还可免费阅读 11 篇文章（共 100 篇）'],
    ['zh', 100, '12月1日前还可免费阅读 100 篇文章（共 100 篇）'],
  ])('%s says %i free articles left in good grammar', (locale, left, said) => {
    expect(noticeOf(locale, left)).toBe(said);
  });

  test.each([...catalogues])(
    '%s has a wording for every plural category that its language uses',
    (locale, catalogue) => {
      // The French "many" begins at a million.
      const needed = new Set(
        Array.from({ length: 200 }, (_, count) => new Intl.PluralRules(locale).select(count)),
      );
      for (const text of Object.values(catalogue)) {
        if (typeof text !== 'string') expect(Object.keys(text)).toEqual(expect.arrayContaining([...needed]));
      }
    },
  );

  test.each([...catalogues])('%s uses no placeholder that Gatefold does not fill in', (_, catalogue) => {
    for (const [key, text] of Object.entries(catalogue)) {
      const wordings: string[] = typeof text === 'string' ? [text] : Object.values(text);
      for (const wording of wordings)
        expect(placeholdersOf(key)).toEqual(expect.arrayContaining([...placeholdersIn(wording)]));
    }
  });

  test('every language speaks of the same things in its own words', () => {
    for (const locale of locales.slice(1)) {
      const catalogue = catalogues.get(locale)!;
      expect(Object.keys(catalogue)).toEqual(Object.keys(catalogues.get('en')!));
      expect(catalogue.line).not.toBe(english.text('line'));
    }
  });
});

describe('days', () => {
  test('a day is the one that it is in the time zone of the site', () => {
    const inZone = (timeZone: string) =>
      createMessages({ overrides: {}, siteLanguage: 'en', timeZone })('en').day(firstOfDecember);
    expect(inZone('Europe/Berlin')).toBe('1 December');
    expect(inZone('America/New_York')).toBe('30 November');
  });

  test('the region of the site’s language is the house style for days', () => {
    const american = createMessages({ overrides: {}, siteLanguage: 'en-US', timeZone: 'Europe/Berlin' });
    expect(american('en').day(firstOfDecember)).toBe('December 1');
    expect(american('de').day(firstOfDecember)).toBe('1. Dezember');
    expect(english.date(firstOfDecember)).toBe('1 December 2026');
  });

  test('Arabic keeps one kind of digits in counts and in days', () => {
    expect(noticeOf('ar', 11) + messagesIn('ar').date(firstOfDecember)).not.toMatch(/[\u0660-\u0669]/);
  });
});

describe('which language', () => {
  test.each([
    ['de-AT', 'de'],
    ['zh-Hant-TW', 'zh'],
    ['ar-EG', 'ar'],
    ['en-US', 'en'],
    ['it', 'fr'],
    ['', 'fr'],
    ['constructor', 'fr'],
    ['__proto__', 'fr'],
    ['*', 'fr'],
    ['de-1996-1996', 'fr'],
    ['x'.repeat(5000), 'fr'],
  ])('on a French site %j is answered in %s', (asked, given) => {
    const messages = createMessages({ overrides: {}, siteLanguage: 'fr-CA', timeZone: 'UTC' });
    expect(messages(asked).locale).toBe(given);
  });

  test('a site in a language that Gatefold does not know speaks English', () => {
    expect(createMessages({ overrides: {}, siteLanguage: 'fi', timeZone: 'UTC' })('sv').locale).toBe('en');
  });

  test('whoever asks for one language twice gets the same messages, and unknown ones share the fallback', () => {
    const messages = createMessages({ overrides: {}, siteLanguage: 'en', timeZone: 'UTC' });
    expect(messages('de-AT')).toBe(messages('de-CH'));
    expect(messages('tlh')).toBe(messages('en'));
  });

  test.each([
    ['ar', 'rtl'],
    ['fa-IR', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['he', 'rtl'],
    ['zh', 'ltr'],
    ['', 'ltr'],
  ])('%j is written %s', (locale, way) => {
    expect(direction(locale)).toBe(way);
  });
});

describe('overrides', () => {
  const withOverrides = (overrides: Record<string, Record<string, string>>, siteLanguage = 'en') =>
    createMessages({ overrides, siteLanguage, timeZone: 'UTC' });

  test('the publisher’s text replaces one message and leaves the rest', () => {
    const messages = withOverrides({ en: { line: 'Read on with us.' } })('en-GB');
    expect(messages.text('line')).toBe('Read on with us.');
    expect(messages.text('prompt.signIn')).toBe('Sign in');
  });

  test('a single plural form can be replaced, or all of them at once', () => {
    const one = withOverrides({ en: { 'notice.one': 'Just one left' } })('en');
    expect(one.counted('notice', 1, {})).toBe('Just one left');
    expect(one.counted('notice', 2, { left: 2, of: 3, date: 'x' })).toBe('2 of 3 free articles left until x');
    const all = withOverrides({ ar: { notice: '{left}/{of}' } })('ar');
    expect(all.counted('notice', 11, { left: 11, of: 20 })).toBe('11/20');
  });

  test('a publisher can bring a language; what they leave out comes in the site’s language', () => {
    const messages = withOverrides({ it: { line: 'Questa è un’anteprima.' } }, 'de')('it-CH');
    expect(messages.locale).toBe('it');
    expect(messages.text('line')).toBe('Questa è un’anteprima.');
    expect(messages.text('prompt.signIn')).toBe('Anmelden');
  });

  test('on a site in en-US its own texts also answer for en', () => {
    expect(withOverrides({ 'en-US': { line: 'Howdy.' } }, 'en-US')('en').text('line')).toBe('Howdy.');
  });

  test('a mistyped placeholder stays visible and names of built-in properties fill in nothing', () => {
    const messages = withOverrides({ en: { 'notice.last': '{datum} {constructor} {date}' } })('en');
    expect(messages.text('notice.last', { date: 'D' })).toBe('{datum} {constructor} D');
  });

  test('a value is put in as it is, whatever replacement patterns it holds', () => {
    expect(english.text('cards.moreFrom', { publication: '$& {publication}' })).toBe(
      'More from $& {publication}',
    );
  });

  test('the list of keys names plain texts and every form of the counted ones', () => {
    expect(messageKeys).toEqual(
      expect.arrayContaining(['line', 'notice', 'notice.one', 'notice.few', 'notice.last']),
    );
    expect(new Set(messageKeys).size).toBe(messageKeys.length);
    expect(placeholdersOf('notice.many')).toEqual(['left', 'of', 'date']);
    expect(placeholdersOf('toString')).toEqual([]);
  });
});

test.each(['en-u-ca-buddhist', 'de-AT-x-private', 'zh-Hant-u-nu-hanidec'])(
  'the tag %s, extension and all, has messages and days',
  (locale) => {
    const messages = createMessages({
      overrides: { [locale]: { line: 'Ours' } },
      siteLanguage: locale,
      timeZone: 'UTC',
    })(locale);
    expect(messages.text('line')).toBe('Ours');
    expect(messages.day(firstOfDecember)).not.toBe('');
  },
);
