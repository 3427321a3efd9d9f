/** The sentry's guarantee: no run of the stated length of a withheld text is left in what it lets through. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanAnswer } from '../../src/sentry/cleaning/clean-answer.ts';
import { finderFor, known, linkTo, runsLeft } from './runs-left.ts';
import { type CarrierName, carriers, type Disguise, disguises, written } from './written-articles.ts';

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
