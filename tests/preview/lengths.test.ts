/** Characters, minutes and excerpts, as readers count them. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutText } from '../../src/preview/cut-text.ts';
import { excerpt } from '../../src/preview/excerpt.ts';
import { countGraphemes, offsetOfGrapheme } from '../../src/preview/graphemes.ts';
import { isPlainCharacter } from '../../src/preview/plain-characters.ts';
import { readingMinutes } from '../../src/preview/reading-minutes.ts';
import { characters } from './page-checks.ts';

describe('characters', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  const strange = fc
    .array(
      fc.constantFrom(
        'a',
        'é',
        'e\u0301',
        '👩‍👩‍👧',
        '🇩🇪',
        '🇫',
        '한',
        '각',
        'ㄱ',
        '中',
        'か\u3099',
        'ก',
        'ำ',
        'क्षि',
        'ا',
        'ً',
        '\u200d',
        '️',
        '©',
        '©️',
        ' ',
        '🏽',
        '👍🏽',
        '\ud83d',
        '1️⃣',
        '\n',
        '\r',
        'ി',
        'ൎക',
        'い',
      ),
    )
    .map((parts) => parts.join(''));

  test('are counted as the Unicode rules have it, only faster', () => {
    fc.assert(
      fc.property(strange, fc.nat(30), (text, count) => {
        const segments = [...segmenter.segment(text)];
        expect(countGraphemes(text)).toBe(segments.length);
        expect(offsetOfGrapheme(text, count)).toBe(segments[count]?.index ?? text.length);
      }),
      { numRuns: 2000 },
    );
  });
});

test('a character is called plain only where the segmenter parts it from every other', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  const plain = Array.from({ length: 0x10000 }, (_, code) => code).filter(isPlainCharacter);
  const joined = plain.filter((code) => {
    const character = String.fromCharCode(code);
    return [...segmenter.segment(`a${character}${character}a${character}中`)].length !== 6;
  });
  expect(joined).toEqual([]);
  expect(plain.length).toBeGreaterThan(50_000);
});

describe('excerpt', () => {
  test('is exactly as long as asked, cut in mid-word', () => {
    const text = `${'  The harbour\n\tlay still.  '.repeat(30)}`;
    expect(excerpt(text, 250)).toHaveLength(250);
    expect(excerpt(text, 8)).toBe('The harb');
  });

  test('is all of a shorter text', () => {
    expect(excerpt(' The\nharbour ', 250)).toBe('The harbour');
    expect(excerpt('', 250)).toBe('');
  });

  test('splits no character', () => {
    expect(excerpt('👩‍👩‍👧'.repeat(300), 250)).toBe('👩‍👩‍👧'.repeat(250));
  });
});

describe('reading minutes', () => {
  test.each([
    ['', 1],
    ['word '.repeat(230), 1],
    ['word '.repeat(230 * 6), 6],
    ['汉'.repeat(400 * 3), 3],
    ['ก'.repeat(800), 2],
    [`${'word '.repeat(230 * 2)}${'汉'.repeat(800)}`, 4],
    ['— … ! '.repeat(1000), 1],
  ])('of %# are %d', (text, minutes) => expect(readingMinutes(text as string)).toBe(minutes));
});

describe('a plain text', () => {
  const text = '  The harbour lay still.\n\nThen the\n boats came.  ';

  test('keeps its line breaks up to the cut', () => {
    expect(cutText(text, characters(32))).toEqual({
      preview: '  The harbour lay still.\n\nThen the',
      previewText: 'The harbour lay still. Then the',
      fullText: 'The harbour lay still. Then the boats came.',
      complete: false,
    });
  });

  test('is whole when the cutoff reaches its end', () => {
    expect(cutText(text, characters(100))).toMatchObject({ preview: text, complete: true });
  });

  test('is cut at its own mark', () => {
    const marker = {
      by: 'marker',
      marker: '[more]',
      fallback: { by: 'words', count: 1, ending: 'exact' },
    } as const;
    expect(cutText('One two. [more] Three.', marker).previewText).toBe('One two.');
    expect(cutText('One two. Three.', marker).previewText).toBe('One');
  });

  test('the preview is a prefix of the text, whatever both are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.nat(220),
        fc.constantFrom('exact', 'word', 'sentence'),
        (any, count, ending) => {
          const { preview, previewText, fullText } = cutText(any, characters(count, ending));
          expect(any.startsWith(preview)).toBe(true);
          expect(fullText.startsWith(previewText)).toBe(true);
          expect(countGraphemes(previewText)).toBeLessThanOrEqual(Math.max(count, 0) || 0);
        },
      ),
    );
  });
});
