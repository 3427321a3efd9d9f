/** What the sentry keeps in memory: bounded by bytes, thinned rather than forgotten. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Article, ArticleId } from '../../src/article/article.ts';
import { eachFingerprint, GUARANTEED_UNITS, RUN_UNITS, WINDOW } from '../../src/sentry/fingerprints.ts';
import { FINGERPRINT_BYTES, type KnownArticle, knownArticle } from '../../src/sentry/known-article.ts';
import { createKnownTexts } from '../../src/sentry/known-texts.ts';
import { passagesIn } from '../../src/sentry/read-answer.ts';
import { readUnits } from '../../src/sentry/units.ts';

/** Letters without order, the same for the same seed. */
const letters = (seed: number, length: number): string => {
  let state = seed * 2_654_435_761 + 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return String.fromCharCode(97 + ((state >>> 16) % 26));
  }).join('');
};

const articleAt = (id: string): Article => ({
  id: id as ArticleId,
  path: id,
  title: '',
  publication: '',
  tags: [],
  authors: [],
  language: 'en',
});

const cutoff = { by: 'characters', count: 0, ending: 'exact' } as const;
const known = (id: string, fullText: string): KnownArticle =>
  knownArticle({ article: articleAt(id), fullText, previewText: '', cutoff, now: 0 });

const mebibyte = 1_048_576;
const length = 5_000;

describe('the memory of known articles', () => {
  test('stays within its bound, and knows every article all the same, by longer passages', () => {
    const texts = createKnownTexts(mebibyte / 4);
    const count = 100;
    for (let at = 0; at < count; at += 1) texts.put(known(`/${at}`, letters(at, length)));
    const { bytes, articles, window } = texts.size();
    expect(articles).toBe(count);
    expect(bytes).toBeLessThanOrEqual((mebibyte / 4) * 1.4);
    expect(window).toBeGreaterThan(WINDOW);
    const guaranteed = RUN_UNITS + window - 1;
    for (const at of [0, 1, 50, 99]) {
      const run = letters(at, length).slice(1_000, 1_000 + guaranteed);
      const found = passagesIn(`<p>before</p>${run}<p>after</p>`, texts);
      expect(found.map(({ occurrences }) => occurrences[0]?.facts.article.id)).toContain(`/${at}`);
    }
  });

  test('takes 14 KiB for an article of 5,000 letters, so that 4,000 of them fit in 64 MiB without being thinned', () => {
    const texts = createKnownTexts(64 * mebibyte);
    const count = 60;
    for (let at = 0; at < count; at += 1) texts.put(known(`/${at}`, letters(at, length)));
    expect(texts.size().bytes / count).toBeLessThan(14 * 1_024);
    expect(texts.size().window).toBe(WINDOW);
  });

  test('holds an article once, as it was learnt last', () => {
    const texts = createKnownTexts(mebibyte);
    texts.put(known('/a', letters(1, length)));
    texts.put(known('/a', letters(2, length)));
    expect(texts.size().articles).toBe(1);
    expect(passagesIn(letters(1, length), texts)).toEqual([]);
    expect(passagesIn(letters(2, length), texts).length).toBeGreaterThan(0);
    texts.forget('/a' as ArticleId);
    expect(passagesIn(letters(2, length), texts)).toEqual([]);
  });

  test('changes its generation whenever it learns or forgets, so that verdicts of before are not believed', () => {
    const texts = createKnownTexts(mebibyte);
    const before = texts.generation();
    texts.put(known('/a', letters(1, length)));
    const between = texts.generation();
    texts.forget('/a' as ArticleId);
    expect(new Set([before, between, texts.generation()]).size).toBe(3);
  });
});

describe('fingerprints', () => {
  const fingerprintsOf = (text: string, window: number): Map<number, number> => {
    const kept = new Map<number, number>();
    eachFingerprint(readUnits(text).shown, (at, hash) => kept.set(at, hash), window);
    return kept;
  };

  test('two texts that share a run of the guaranteed length share one of it, whatever stands round it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(400), fc.nat(400), (seed, before, after) => {
        const run = letters(seed, GUARANTEED_UNITS);
        const one = fingerprintsOf(letters(seed + 1, before) + run + letters(seed + 2, after), WINDOW);
        const other = fingerprintsOf(letters(seed + 3, after) + run + letters(seed + 4, before), WINDOW);
        const within = [...one].filter(([at]) => at >= before && at + RUN_UNITS <= before + GUARANTEED_UNITS);
        expect(within.some(([at, hash]) => other.get(at - before + after) === hash)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('those of a wider window are among those of a narrower one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 300, max: 1_500 }), (seed, size) => {
        const text = letters(seed, size);
        const narrow = fingerprintsOf(text, WINDOW);
        for (const [at, hash] of fingerprintsOf(text, WINDOW * 4)) expect(narrow.get(at)).toBe(hash);
      }),
      { numRuns: 50 },
    );
  });

  test('are few: about two for each window of a text', () => {
    const { fingerprints } = known('/a', letters(7, 100_000));
    expect(fingerprints.length / FINGERPRINT_BYTES).toBeLessThan((100_000 * 2.2) / (WINDOW + 1));
  });
});
