/** Messages in the console, over a whole gateway: listed by language, written in the draft, and shown where they are read. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everyMessage, messageGroups } from '../../../src/console/messages/message-groups.ts';
import { picturesOf } from '../../../src/console/messages/message-pictures.tsx';
import { pluralForms } from '../../../src/console/messages/plural-forms.ts';
import { catalogues } from '../../../src/pages/messages/catalogues.ts';
import { messageKeys } from '../../../src/pages/messages/message-keys.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway, testPolicy } from '../../support/start-gateway.ts';

const policy = `${testPolicy}messages:
  de: { line: "Bitte abonnieren." }
`;

let [origin, site, editor] = [] as unknown as [ArticleOrigin, RunningGateway, OperatorBrowser];
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, policy });
  editor = await operatorAt(site, 'editor');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const page = '/-/console/messages';
const list = async (locale: string, by = editor) => (await by.api('GET', `/messages?locale=${locale}`)).body;
const textOf = async (locale: string, key: string) =>
  (await list(locale)).messages.find((message: { key: string }) => message.key === key);
const save = async (fields: Readonly<Record<string, string>>) =>
  editor.post(`${page}/save`, { revision: String((await list('en')).revision), ...fields });

test('every message that a policy may set is listed, once, in a group that has a picture', async () => {
  const { messages, locales, direction } = await list('en');
  const keys = messages.map(({ key }: { key: string }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const known = messageKeys.filter((key) => !/\.(zero|two|few|many)$/.test(key));
  expect([...keys].sort()).toEqual([...known].sort());
  expect(locales[0]).toEqual({ locale: 'en', builtIn: true, own: 0 });
  expect(locales.map(({ locale }: { locale: string }) => locale)).toEqual([...catalogues.keys()]);
  expect(direction).toBe('ltr');
  for (const { id } of messageGroups) {
    expect(everyMessage.some(({ group }) => group === id)).toBe(true);
    expect(picturesOf(id).length).toBeGreaterThan(0);
  }
});

test('a language has exactly the plural forms that its whole numbers take', () => {
  const forms = (locale: string) =>
    pluralForms(locale).map(({ category, numbers }) => `${category}: ${numbers}`);
  expect(forms('en')).toEqual(['one: 1', 'other: 0, 2, 3 …']);
  expect(forms('zh')).toEqual(['other: 0, 1, 2 …']);
  expect(forms('ar')).toEqual([
    ...['zero: 0', 'one: 1', 'two: 2', 'few: 3, 4, 5 …'],
    ...['many: 11, 12, 13 …', 'other: 100, 101, 102 …'],
  ]);
  // In Czech `many` is for fractions alone.
  expect(forms('cs').map((form) => form.split(':')[0])).toEqual(['one', 'few', 'other']);
  for (const locale of ['en', 'ar', 'fr', 'pl', 'cy', 'ja'])
    for (const { category, sample } of pluralForms(locale))
      expect(new Intl.PluralRules(locale).select(sample)).toBe(category);
});

test('an own text stands beside what readers get without it', async () => {
  expect(await textOf('de', 'line')).toMatchObject({
    own: 'Bitte abonnieren.',
    builtIn: expect.stringContaining('Vorschau'),
    group: 'prompt',
  });
  expect(await textOf('ar', 'notice.few')).toMatchObject({ placeholders: ['left', 'of', 'date'] });
});

test('a language that isn’t built in shows the site’s texts, and what is written in it counts', async () => {
  expect(await textOf('nl', 'line')).toMatchObject({
    builtIn: 'You’re reading a preview, subscribe to read more.',
  });
  expect((await save({ locale: 'nl', key: 'line', text: 'Je leest een voorproefje.' })).status).toBe(303);
  expect(await textOf('nl', 'line')).toMatchObject({ own: 'Je leest een voorproefje.' });
  expect((await list('en')).locales.at(-1)).toEqual({ locale: 'nl', builtIn: false, own: 1 });
  expect((await save({ locale: 'nl', key: 'line', text: '', reset: 'yes' })).status).toBe(303);
  expect((await list('en')).of).toBe('inForce');
});

test('saved, the page comes back at that message; blank or reset, the built-in text is there again', async () => {
  const saved = await save({
    locale: 'en',
    key: 'notice.one',
    group: 'notice',
    text: '  Only {left}\r\n of {of}!  ',
  });
  expect(saved.headers.location).toBe(`${page}?locale=en&group=notice&done=saved#notice.one`);
  expect(await textOf('en', 'notice.one')).toMatchObject({ own: 'Only {left} of {of}!' });
  const shown = (await editor.get(`${page}?group=notice`)).text;
  expect(shown).toContain('In force: <bdi lang="en">the built-in text</bdi>');
  expect((await save({ locale: 'en', key: 'notice.one', text: '   ' })).status).toBe(303);
  expect((await textOf('en', 'notice.one')).own).toBeUndefined();
});

test('a placeholder that the message hasn’t is refused at its field, with what was typed', async () => {
  const text = 'Only {remaining} left';
  const answer = await save({ locale: 'en', key: 'notice.one', group: 'notice', text });
  expect(answer.status).toBe(422);
  expect(answer.text).toMatch(
    /id="notice\.one-text"[^>]*aria-invalid="true"[^>]*>Only \{remaining\} left<\/textarea>/,
  );
  expect(answer.text).toMatch(/id="notice\.one-fault">[^<]*placeholder/);
  expect((await textOf('en', 'notice.one')).own).toBeUndefined();
});

test('who saves over a draft that changed meanwhile is told, and saves nothing', async () => {
  const { revision } = await list('en');
  await save({ locale: 'en', key: 'line', text: 'The first one’s text.' });
  const late = await save({
    locale: 'en',
    key: 'line',
    text: 'The second one’s text.',
    revision: String(revision),
  });
  expect(late.status).toBe(409);
  expect(late.text).toContain('You had: <bdi>The second one’s text.</bdi>');
  expect(await textOf('en', 'line')).toMatchObject({ own: 'The first one’s text.' });
  await save({ locale: 'en', key: 'line', text: '' });
});

test('the picture is made of the draft’s messages, of what is being typed, and of the language’s direction', async () => {
  const picture = async (query: Readonly<Record<string, string>>) => {
    const answer = await editor.get(`${page}/picture?${new URLSearchParams(query)}`);
    expect(answer.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'; /);
    expect(answer.headers['x-frame-options']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('private, no-store');
    return answer.text;
  };
  expect(await picture({ locale: 'de' })).toContain('Bitte abonnieren.');
  expect(await picture({ locale: 'ar' })).toContain('<html lang="ar" dir="rtl">');
  const typed = await picture({ locale: 'en', key: 'line', text: '<script>alert(1)</script> & more' });
  expect(typed).toContain('&lt;script>alert(1)&lt;/script> &amp; more');
  expect(await picture({ locale: 'en', key: 'line', text: '' })).toContain('You’re reading a preview');
  expect(await picture({ locale: 'de', key: 'line', text: '' })).not.toContain('Bitte abonnieren.');
  const few = await picture({ locale: 'en', group: 'notice', count: '1' });
  expect(few).toContain('1 of 3 free articles left');
  expect((await list('en')).of).toBe('inForce');
});

test('every picture of every language can be drawn, with any number', async () => {
  for (const locale of [...catalogues.keys(), 'nl', 'he'])
    for (const { id: group } of messageGroups)
      for (const { id: picture } of picturesOf(group))
        for (const count of ['0', '7']) {
          const query = new URLSearchParams({ locale, group, picture, count });
          const { status, text } = await editor.get(`${page}/picture?${query}`);
          expect([locale, group, picture, status]).toEqual([locale, group, picture, 200]);
          expect(text).toMatch(/^<!DOCTYPE html>/);
        }
});

test('messages are found by their words, in the built-in text and in the own one', async () => {
  const found = async (q: string, locale = 'en') =>
    (await editor.get(`${page}?locale=${locale}&q=${q}`)).text;
  expect(await found('spam')).toContain('id="signIn.code.nothing"');
  expect(await found('spam')).not.toContain('id="line"');
  expect(await found('abonnieren', 'de')).toContain('id="line"');
  expect(await found('nowhere-at-all')).toContain('There is none.');
});

test('what is no language is refused in words; a strange question gets a page', async () => {
  const answer = await editor.get(`${page}?locale=en_GB`);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('language tags have hyphens');
  expect((await editor.api('GET', '/messages?locale=klingonese')).body.error.code).toBe('request-invalid');
  for (const query of [
    'locale=en-u-ca-buddhist',
    'locale=__proto__',
    'locale=%00',
    'group=gone',
    'count=-1',
    'picture=gone',
    'q=%3Cb%3E',
  ]) {
    expect((await editor.get(`${page}?${query}`)).status).toBeLessThan(500);
    expect((await editor.get(`${page}/picture?${query}`)).status).toBeLessThan(500);
  }
  expect((await save({ locale: 'en', key: 'no.such', text: 'x' })).status).toBe(400);
  expect((await save({ locale: 'zz-top', key: 'line', text: 'x' })).status).toBe(400);
});

test('a viewer reads all of it and can change nothing', async () => {
  const viewer = await operatorAt(site, 'viewer');
  const shown = await viewer.get(`${page}?locale=de`);
  expect(shown.text).toContain('Bitte abonnieren.');
  expect(shown.text).not.toContain('<textarea');
  const { revision } = await list('en', viewer);
  const refused = await viewer.post(`${page}/save`, {
    locale: 'en',
    key: 'line',
    text: 'x',
    revision: String(revision),
  });
  expect(refused.status).toBe(403);
});
