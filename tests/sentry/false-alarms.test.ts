/** Other people's prose is nobody's article: hundreds of real pages are read, and none is taken for one. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { Article, ArticleId } from '../../src/article/article.ts';
import { knownArticle } from '../../src/sentry/known-article.ts';
import { createKnownTexts } from '../../src/sentry/known-texts.ts';
import { passagesIn } from '../../src/sentry/read-answer.ts';
import { projectRoot } from '../support/gatefold-process.ts';

const filesUnder = (folder: string, wanted: RegExp, depth: number): string[] => {
  if (depth < 0) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path, wanted, depth - 1);
    return entry.isFile() && wanted.test(entry.name) && statSync(path).size < 1_000_000 ? [path] : [];
  });
};

const articles = filesUnder(join(projectRoot, 'config/sample/articles'), /\.(?:md|html)$/, 3);
const pages = filesUnder(
  join(projectRoot, 'node_modules'),
  /^(?:readme|changelog|history)\.(?:md|markdown)$/i,
  3,
);

/** Copyrights, changes and manuals, where there is a Debian; many are packed. */
const debian = '/usr/share/doc';
const documentation = existsSync(debian)
  ? filesUnder(debian, /^(?:copyright|README.*|NEWS.*|changelog.*|.*\.html|.*\.txt)(?:\.gz)?$/, 4).slice(
      0,
      1_000,
    )
  : [];

const textOf = (path: string): string => {
  const content = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(content) : content).toString();
};

const known = createKnownTexts(64 * 1_048_576);
for (const path of articles) {
  const article: Article = {
    id: path as ArticleId,
    path,
    title: '',
    publication: '',
    tags: [],
    authors: [],
    language: 'en',
  };
  const fullText = readFileSync(path, 'utf8');
  const cutoff = { by: 'characters', count: 0, ending: 'exact' } as const;
  known.put(knownArticle({ article, fullText, previewText: '', cutoff, now: 0 }));
}

describe('of real pages that quote no article', () => {
  test('at least 300 are read, beside at least 15 known articles', () => {
    expect(articles.length).toBeGreaterThanOrEqual(15);
    expect(pages.length).toBeGreaterThanOrEqual(300);
  });

  test('none holds a passage of one', () => {
    const alarms = pages.filter((path) => passagesIn(readFileSync(path, 'utf8'), known).length > 0);
    expect(alarms).toEqual([]);
  });

  (documentation.length > 0 ? test : test.skip)('nor does any of Debian’s documentation', () => {
    const alarms = documentation.filter((path) => passagesIn(textOf(path), known).length > 0);
    expect(alarms).toEqual([]);
  });

  test('the articles themselves are found, each of them', () => {
    const missed = articles.filter((path) => passagesIn(readFileSync(path, 'utf8'), known).length === 0);
    expect(missed).toEqual([]);
  });
});
