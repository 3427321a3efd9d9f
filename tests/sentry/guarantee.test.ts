/** The sentry's guarantee: no run of the stated length of a withheld text is left in what it lets through. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readings } from '../../src/preview/disguises.ts';
import { cleanAnswer } from '../../src/sentry/cleaning/clean-answer.ts';
import { GUARANTEED_UNITS } from '../../src/sentry/fingerprints.ts';
import { knownArticle } from '../../src/sentry/known-article.ts';
import { createKnownTexts, type KnownTexts } from '../../src/sentry/known-texts.ts';
import { passagesIn } from '../../src/sentry/read-answer.ts';
import { withheldAmong } from '../../src/sentry/withheld.ts';
import {
  type CarrierName,
  carriers,
  type Disguise,
  disguises,
  fullTextOf,
  previewOf,
  type WrittenArticle,
  withheldOf,
  written,
} from './written-articles.ts';

const known = (articles: readonly WrittenArticle[]): KnownTexts => {
  const texts = createKnownTexts(64 * 1_048_576);
  for (const each of articles) {
    const { article, cutoff } = each;
    texts.put(
      knownArticle({ article, fullText: fullTextOf(each), previewText: previewOf(each), cutoff, now: 0 }),
    );
  }
  return texts;
};

const finderFor = (texts: KnownTexts, readable: ReadonlySet<string>) => (text: string) =>
  withheldAmong(passagesIn(text, texts), ({ article, previewUnits }) => ({
    readable: readable.has(article.id),
    previewUnits,
  }));

const lettersOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Characters in a run that counts; one of Chinese weighs three. */
const runLength = (text: string): number =>
  /\p{sc=Han}/u.test(text) ? Math.ceil(GUARANTEED_UNITS / 3) : GUARANTEED_UNITS;

/** By other means than the sentry's own: every run of the withheld text, looked for in every reading of the answer. */
const runsLeft = (answer: string, article: WrittenArticle): readonly string[] => {
  const withheld = lettersOf(withheldOf(article));
  const preview = lettersOf(`${previewOf(article)} ${article.article.title}`);
  const size = runLength(withheld);
  const secret = runsOf(withheld, size);
  for (const run of runsOf(preview, size)) secret.delete(run);
  return [...readings(answer)].flatMap((reading) =>
    [...runsOf(lettersOf(reading), size)].filter((run) => secret.has(run)),
  );
};

const runsOf = (text: string, size: number): Set<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - size + 1) }, (_, at) => text.slice(at, at + size)));

const linkTo = (article: string): string => `<a href="${article}">Read on</a>`;

const situation = fc.record({
  articles: fc.tuple(written('/news/one'), written('/news/two'), written('/news/three')),
  carrier: fc.constantFrom(...(Object.keys(carriers) as CarrierName[])),
  disguise: fc.constantFrom(...(Object.keys(disguises) as Disguise[])),
  readable: fc.subarray(['/news/one', '/news/two', '/news/three']),
});

describe('what the sentry lets through', () => {
  it('holds no run of the guaranteed length of any text that its reader may not read, in any form and disguise', () => {
    fc.assert(
      fc.property(situation, ({ articles, carrier, disguise, readable }) => {
        const texts = known(articles);
        const { form, write } = carriers[carrier];
        const answer = write(articles.map((each) => disguises[disguise](each)));
        const find = finderFor(texts, new Set(readable));
        const sent =
          find(answer).length === 0 ? answer : cleanAnswer({ text: answer, form }, { find, linkTo });
        if (sent === undefined) return;
        for (const each of articles) {
          if (readable.includes(each.article.id)) continue;
          expect({ carrier, disguise, left: runsLeft(sent, each) }).toEqual({ carrier, disguise, left: [] });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the origin’s own answer for whoever may read every article in it', () => {
    fc.assert(
      fc.property(situation, ({ articles, carrier, disguise }) => {
        const answer = carriers[carrier].write(articles.map((each) => disguises[disguise](each)));
        const everything = new Set(articles.map(({ article }) => article.id as string));
        expect(finderFor(known(articles), everything)(answer)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps a list of JSON, a feed, a listing and a Markdown file going, with each article as far as its preview', () => {
    fc.assert(
      fc.property(fc.tuple(written('/a'), written('/b')), (articles) => {
        const find = finderFor(known(articles), new Set());
        for (const carrier of ['a list of JSON', 'a feed', 'a listing', 'Markdown'] as const) {
          const { form, write } = carriers[carrier];
          const answer = write(articles.map((each) => disguises.markup(each)));
          expect(cleanAnswer({ text: answer, form }, { find, linkTo })).toBeDefined();
        }
      }),
      { numRuns: 100 },
    );
  });
});
