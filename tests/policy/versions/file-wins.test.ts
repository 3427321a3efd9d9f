import { describe, expect, test } from '@jest/globals';
import { type Desk, emptyDesk } from '../../../src/policy/versions/desk.ts';
import { fileHasNews, importFile, restoreNewest } from '../../../src/policy/versions/file-wins.ts';
import { rollBack } from '../../../src/policy/versions/publish.ts';
import type { PublishedVersion } from '../../../src/policy/versions/version.ts';
import { anna, check, deskAfter, fileText, hashOf, named, noon, startedDesk } from './desks.ts';

const importing = (desk: Desk, text: string) => importFile(desk, fileText(text), noon);

/** What an operator made of it in the console. */
const changedInConsole = (desk: Desk, text: string): Desk => {
  const to = { number: 1, text };
  const instead = desk.newest?.number ?? 0;
  return deskAfter(desk, rollBack(desk, { to, instead, author: anna, note: '' }, check, noon));
};

describe('the policy file', () => {
  test('is the first version of all', () => {
    const { answer, step } = importing(emptyDesk, named('First'));
    expect(answer).toMatchObject({ kind: 'published', version: { number: 1, author: 'file', made: 'file' } });
    expect(step?.published).toMatchObject({ text: named('First'), version: hashOf(named('First')) });
    expect(step?.published).not.toHaveProperty('from');
  });

  test('that wasn’t changed doesn’t undo what was published in the console, however often it is read', () => {
    const desk = changedInConsole(startedDesk(named('File')), named('Console'));
    expect(importing(desk, named('File'))).toEqual({ answer: { kind: 'known' } });
    expect(fileHasNews(desk, named('File'))).toBe(false);
  });

  test('that was changed wins over what was published in the console, and says what it was made from', () => {
    const desk = changedInConsole(startedDesk(named('File')), named('Console'));
    expect(fileHasNews(desk, named('Changed'))).toBe(true);
    expect(importing(desk, named('Changed')).step?.published).toMatchObject({
      number: 3,
      from: 1,
      author: 'file',
    });
  });

  test('changed there and back again is published each time', () => {
    let desk = startedDesk(named('A'));
    for (const text of [named('B'), named('A')]) desk = deskAfter(desk, importing(desk, text));
    expect(desk.newest).toMatchObject({ number: 3 });
  });

  test('that was made to say what the console says makes no version, and is remembered', () => {
    const desk = changedInConsole(startedDesk(named('File')), named('Console'));
    const { answer, step } = importing(desk, named('Console'));
    expect(answer).toEqual({ kind: 'known' });
    expect(step).toMatchObject({ desk: { newest: { number: 2 }, file: { number: 2 } } });
    expect(step?.published).toBeUndefined();
    expect(fileHasNews(deskAfter(desk, { answer, ...(step && { step }) }), named('Console'))).toBe(false);
  });

  test('read by many instances at once is published by the first alone', () => {
    const desk = deskAfter(startedDesk(), importing(startedDesk(), named('Changed')));
    expect(importing(desk, named('Changed'))).toEqual({ answer: { kind: 'known' } });
  });
});

describe('a store that lost the version in force', () => {
  const version: PublishedVersion = {
    ...{ number: 7, text: named('Seventh'), version: hashOf(named('Seventh')), author: anna, note: 'n' },
    ...{ createdAt: noon, publishedAt: noon, from: 6, made: 'edited' },
  };
  const file = { textHash: 'of the file', number: 4 };

  test('gets it back under its number, with what the file said, and goes on counting from there', () => {
    for (const lost of [emptyDesk, startedDesk()]) {
      const { answer, step } = restoreNewest(lost, { version, file });
      expect(answer).toBe('restored');
      expect(step).toMatchObject({ published: version, desk: { newest: { number: 7, author: anna }, file } });
      expect(importing(step!.desk, named('Eighth')).step?.published).toMatchObject({ number: 8 });
    }
  });

  test('keeps what was published there since', () => {
    const desk: Desk = { ...startedDesk(), newest: { ...startedDesk().newest!, number: 7 } };
    expect(restoreNewest(desk, { version, file })).toEqual({ answer: 'not-needed' });
  });
});
