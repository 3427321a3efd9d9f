/** Long answers are read in slices, and nothing is missed where one slice ends and the next begins. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ArticleId } from '../../src/article/article.ts';
import { createTurns } from '../../src/ops/one-a-turn.ts';
import { GUARANTEED_UNITS } from '../../src/sentry/fingerprints.ts';
import { knownArticle } from '../../src/sentry/known-article.ts';
import { createKnownTexts } from '../../src/sentry/known-texts.ts';
import { type Passage, passagesIn, passagesInLong } from '../../src/sentry/read-answer.ts';

/** Letters without order, the same for the same seed. */
const letters = (seed: number, length: number): string => {
  let state = seed * 2_654_435_761 + 1;
  const codes = Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return 97 + ((state >>> 16) % 26);
  });
  return Buffer.from(codes).toString('latin1');
};

const words = (seed: number, length: number): string => letters(seed, length).replace(/(.{7})./g, '$1 ');

const text = letters(1, 2_000);
const known = createKnownTexts(1_048_576);
const id = '/a' as ArticleId;
const article = {
  id,
  path: id,
  title: '',
  publication: '',
  tags: [],
  authors: [],
  language: 'en',
} as const;
known.put(
  knownArticle({
    article,
    fullText: text,
    previewText: '',
    cutoff: { by: 'characters', count: 0, ending: 'exact' },
    now: 0,
  }),
);

const slice = 131_072;
const placesOf = (passages: readonly Passage[]): string[] => [
  ...new Set(passages.map(({ from, to, encoded }) => `${from}-${to} ${encoded}`)),
];

/** Each keeps the text’s letters. */
const worn: Readonly<Record<string, (run: string) => string>> = {
  plain: (run) => run,
  'escaped letters': (run) => [...run].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join(''),
  'in tags': (run) => `<p title="${run}">`,
  'a tag for each letter': (run) => [...run].map((each) => `<b>${each}</b>`).join(''),
  base64: (run) => ` ${Buffer.from(run).toString('base64')} `,
};

describe.each(Object.entries(worn))('%s', (_, wear) => {
  test('is found as in one go, wherever the slices meet', async () => {
    const filling = words(2, 3 * slice);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: -1_500, max: 100 }),
        fc.integer({ min: GUARANTEED_UNITS, max: 200 }),
        async (boundary, shift, length) => {
          const at = boundary * slice + shift;
          const answer = `${filling.slice(0, at)} ${wear(text.slice(300, 300 + length))} ${filling.slice(at)}`;
          const atOnce = placesOf(passagesIn(answer, known));
          expect(atOnce.length).toBeGreaterThan(0);
          expect(placesOf(await passagesInLong(answer, known, createTurns()))).toEqual(atOnce);
        },
      ),
      { numRuns: 8 },
    );
  });
});

test('a text that ends where a slice does is read to its end', async () => {
  const run = text.slice(300, 400);
  for (const length of [slice, 2 * slice]) {
    const answer = letters(2, length - run.length) + run;
    expect((await passagesInLong(answer, known, createTurns())).length).toBeGreaterThan(0);
  }
});

test('whatever else waits is done between two slices, also when many long texts are read', async () => {
  const answer = words(2, 4 * slice);
  const turn = createTurns();
  let [slices, inARow, most] = [0, 0, 0];
  const counted = async (): Promise<void> => {
    await turn();
    slices += 1;
    inARow += 1;
    most = Math.max(most, inARow);
  };
  let over = false;
  const others = (): void => {
    inARow = 0;
    if (!over) setImmediate(others);
  };
  others();
  await Promise.all([1, 2, 3, 4, 5].map(() => passagesInLong(answer, known, counted)));
  over = true;
  expect(slices).toBeGreaterThanOrEqual(5 * 4);
  expect(most).toBeLessThanOrEqual(2);
});
