/** Runs of withheld text are found in whatever they stand, and nothing else is taken for one. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gramTable } from '../../src/preview/gram-table.ts';
import { RUN_LENGTH, withheldRuns } from '../../src/preview/withheld-runs.ts';

/** Few letters, so that a text repeats itself and shares much with others by chance. */
const repetitive = (maxLength: number) =>
  fc.array(fc.constantFrom('a', 'b', 'ab', 'ba', ' ', '中'), { maxLength }).map((parts) => parts.join(''));

const gramsOf = (text: string, size: number): Set<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - size + 1) }, (_, at) => text.slice(at, at + size)));

describe('a table of substrings', () => {
  test('finds exactly those that the text has and the exception has not, where they stand', () => {
    fc.assert(
      fc.property(
        repetitive(80),
        repetitive(40),
        repetitive(80),
        fc.integer({ min: 1, max: 6 }),
        (text, exception, other, size) => {
          const table = gramTable(text, { size, except: gramTable(exception, { size }) });
          const known = gramsOf(text, size);
          for (const gram of gramsOf(exception, size)) known.delete(gram);
          const found: string[] = [];
          table.scan(other, (at, ownAt) => {
            expect(text.slice(ownAt, ownAt + size)).toBe(other.slice(at, at + size));
            found.push(`${at}`);
            return true;
          });
          const expected = [...other].length
            ? Array.from({ length: Math.max(0, other.length - size + 1) }, (_, at) => at).filter((at) =>
                known.has(other.slice(at, at + size)),
              )
            : [];
          expect(found).toEqual(expected.map(String));
          expect(table.count).toBe(known.size);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['says nothing twice', (at: number) => (at * 2_654_435_761).toString(36)],
    ['says most of it often', (at: number) => `word ${(at * at) % 97}`],
    [
      'repeats itself, and then no more',
      (at: number) => (at < 3_000 ? 'again' : (at * 2_654_435_761).toString(36)),
    ],
  ])('holds each once of a text that %s, however long', (_, wordAt) => {
    const text = Array.from({ length: 5_000 }, (_, at) => wordAt(at)).join(' ');
    const table = gramTable(text, { size: 12 });
    expect(table.count).toBe(gramsOf(text, 12).size);
    const other = `${text.slice(700, 12_000)}…${text.slice(-3_000)}`;
    const places: number[] = [];
    table.scan(other, (at, ownAt) => {
      expect(text.startsWith(other.slice(at, at + 12), ownAt)).toBe(true);
      return places.push(at) > 0;
    });
    expect(places).toHaveLength(12_000 - 700 - 11 + 3_000 - 11);
  });

  test('is found in when it is as large as a page may be', () => {
    const text = Array.from({ length: 400_000 }, (_, index) => (index * 2_654_435_761).toString(36)).join(
      ' ',
    );
    const table = gramTable(text, { size: 12 });
    const place = text.length - 50;
    const found: number[] = [];
    table.scan(`…${text.slice(place, place + 12)}…`, (_, ownAt) => found.push(ownAt) > 0);
    expect(found).toEqual([place]);
  });
});

describe('a copy of withheld text', () => {
  const sentence =
    'The lamps of the harbour went out one by one, and the captain counted them without a word.';
  const filler = (words: number): string =>
    Array.from({ length: words }, (_, index) => `w${(index * 7919).toString(36)}`).join(' ');

  test('is seen by thirty-two letters of it, however punctuation breaks them up and wherever they begin', () => {
    const withheld = `${filler(300)} ${sentence} ${filler(300)}`;
    const runs = withheldRuns(withheld, '');
    const letters = withheld.toLowerCase().replace(/[^a-z0-9]+/g, '');
    fc.assert(
      fc.property(fc.nat(letters.length - 32), fc.constantFrom('-', '_', ' | ', '…'), (from, joint) => {
        const copy = [...letters.slice(from, from + 32)].join(joint);
        expect(runs.carriedBy(`x${joint}${copy}${joint}y`, RUN_LENGTH)).toBe(true);
      }),
    );
  });

  test('of letters alone is long enough for its place, to the letter', () => {
    const letters = sentence.replace(/[^A-Za-z]+/g, '').toLowerCase();
    const runs = withheldRuns(`${filler(200)} ${sentence} ${filler(200)}`, '');
    const address = (length: number): string => `/q/${[...letters.slice(3, 3 + length)].join('-')}`;
    expect(runs.carriedBy(address(39), 40)).toBe(false);
    expect(runs.carriedBy(address(40), 40)).toBe(true);
    expect(runs.carriedBy(address(59), 60)).toBe(false);
    expect(runs.carriedBy(address(60), 60)).toBe(true);
  });

  test('is none where everybody may read it', () => {
    const runs = withheldRuns(`${sentence} ${filler(100)}`, sentence);
    expect(runs.carriedBy(sentence, RUN_LENGTH)).toBe(false);
    expect(runs.carriedBy(sentence.replaceAll(' ', '-'), RUN_LENGTH)).toBe(false);
  });

  test('is told from what only resembles it', () => {
    const runs = withheldRuns(`${filler(500)}`, '');
    expect(runs.carriedBy(sentence.repeat(20), RUN_LENGTH)).toBe(false);
    expect(runs.runsIn(sentence)).toEqual([]);
  });
});
