/** Where a text is cut: as the Unicode rules have it, and by work that grows no faster than the text. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CountedCutoff } from '../../src/policy/policy.ts';
import { findCut } from '../../src/preview/find-cut.ts';

const piece = fc.constantFrom(
  'The',
  'harbour',
  'lay',
  'still.',
  'Nobody',
  'spoke!',
  '“Why?”',
  'e.g.',
  '3.14',
  'can’t',
  '港口的早晨',
  '很安静。',
  'ท่าเรือเงียบ',
  'かな文字',
  '👩‍👩‍👧',
  '🇩🇪🇫🇷',
  'e\u0301',
  '…',
  '(a)',
);
const joint = fc.constantFrom(' ', ' ', ' ', '\n', '');
const text = fc.array(fc.tuple(piece, joint), { maxLength: 400 }).map((parts) =>
  parts
    .flat()
    .join('')
    .trim()
    .replace(/\s+/g, (space) => space[0] ?? ''),
);

/** By one segmenter over the whole text, which is what the fast way has to agree with. */
const slowly = (of: string, { by, count, ending }: CountedCutoff): number => {
  const units = (granularity: 'word' | 'sentence') => [
    ...new Intl.Segmenter('und', { granularity }).segment(of),
  ];
  const shown = (end: number): number => of.slice(0, end).trimEnd().length;
  const words = units('word').filter(({ isWordLike }) => isWordLike);
  const last = words[count - 1];
  const limit =
    by === 'characters' ? Math.min(count, of.length) : last ? last.index + last.segment.length : of.length;
  if (limit >= of.length) return of.length;
  if (ending === 'exact') return shown(limit);
  const ends = (granularity: 'word' | 'sentence') =>
    units(granularity).map(({ index, segment }) => index + segment.length);
  const sentence =
    ending === 'sentence'
      ? ends('sentence')
          .map(shown)
          .filter((end) => end <= limit)
          .at(-1)
      : 0;
  return (
    sentence ||
    shown(
      ends('word')
        .filter((end) => end <= limit)
        .at(-1) ?? 0,
    )
  );
};

describe('the place of a cut', () => {
  test.each(['exact', 'word', 'sentence'] as const)(
    'after so many words is the segmenter’s own, ending: %s',
    (ending) => {
      fc.assert(
        fc.property(text, fc.integer({ min: 1, max: 600 }), (of, count) => {
          const cutoff = { by: 'words', count, ending } as const;
          expect(findCut(of, cutoff)).toBe(slowly(of, cutoff));
        }),
        { numRuns: 300 },
      );
    },
  );

  test.each(['word', 'sentence'] as const)(
    'before so many characters is the segmenter’s own, ending: %s',
    (ending) => {
      const plain = fc.array(
        fc.constantFrom('Tide', 'falls.', 'Rise', 'of', 'the', 'sea!', '港口很安静。', 'e.g.'),
        { maxLength: 400 },
      );
      fc.assert(
        fc.property(plain, fc.integer({ min: 1, max: 2500 }), (parts, count) => {
          const of = parts.join(' ');
          const cutoff = { by: 'characters', count, ending } as const;
          expect(findCut(of, cutoff)).toBe(slowly(of, cutoff));
        }),
        { numRuns: 300 },
      );
    },
  );
});

/** Characters that the segmenters were given to copy: all of what they segment, for every step. */
const copiedBy = (work: () => void): number => {
  const { segment } = Intl.Segmenter.prototype;
  let copied = 0;
  Intl.Segmenter.prototype.segment = function (this: Intl.Segmenter, input: string) {
    const segments = segment.call(this, input);
    return {
      containing: (at?: number) => {
        copied += input.length;
        return segments.containing(at);
      },
      *[Symbol.iterator]() {
        for (const found of segments) {
          copied += input.length;
          yield found;
        }
      },
    } as Intl.Segments;
  };
  try {
    work();
  } finally {
    Intl.Segmenter.prototype.segment = segment;
  }
  return copied;
};

describe('the work of finding it', () => {
  const shapes: Readonly<Record<string, string>> = {
    'one paragraph': 'The harbour lay still that morning, and nobody spoke. ',
    'many paragraphs': 'The harbour lay still that morning.\nNobody spoke, and nobody came.\n',
    'one word': 'harbour',
    'no sentence’s end': 'the harbour lay still and then ',
    Chinese: '港口的早晨很安静没有人说话',
    'words between long ones': `${'x'.repeat(1500)} the harbour lay still. `,
  };
  const cutoffs: readonly CountedCutoff[] = (['characters', 'percent', 'words'] as const).flatMap((by) =>
    (['exact', 'word', 'sentence'] as const).map((ending) => ({
      by,
      count: by === 'percent' ? 50 : 30_000,
      ending,
    })),
  );
  const cases = Object.keys(shapes).flatMap((name) => cutoffs.map((cutoff) => ({ name, ...cutoff })));

  test.each(cases)(
    'grows with the text and not with its square: $name, $by, $ending',
    ({ name, ...cutoff }) => {
      const sized = (length: number): string =>
        (shapes[name] ?? '').repeat(Math.ceil(length / (shapes[name]?.length ?? 1)));
      const copied = copiedBy(() => findCut(sized(500_000), cutoff));
      // Each step copies a stretch of a thousand characters, and a step is a word of one character at the least.
      expect(copied).toBeLessThan(1_200 * 500_000);
      if (cutoff.by !== 'words') expect(copied).toBeLessThan(2.1 * 500_000);
    },
  );

  test('is the same for the hundredth word of a book as for that of a page', () => {
    const cutoff = { by: 'words', count: 100, ending: 'exact' } as const;
    const of = (count: number) => copiedBy(() => findCut('The harbour lay still. '.repeat(count), cutoff));
    expect(of(100_000)).toBe(of(1_000));
  });
});
