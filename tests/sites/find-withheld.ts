/** Finds in an answer what lies beyond an article's cut: marks of its sentences, and runs of its text, however they are wrapped up. */
import { createHash } from 'node:crypto';
import { canariesOf, createSearch } from '../support/canaries.ts';
import { piecesOf } from '../support/leak-scanner.ts';
import { markPattern, type SiteArticle } from './articles.ts';
import type { PlacedArticle } from './site.ts';

export interface FindWithheld {
  /** @param text what was sent; @param asked what was asked for, and so may be echoed. @returns marks, and runs in quotation marks. */
  in(text: string, asked: string): readonly string[];
  /** Marks that may not be sent. */
  readonly marks: number;
}

/** By default: so many characters, and never more than half. */
const givenAway = ({ paragraphs }: SiteArticle): number =>
  Math.min(2_000, [...paragraphs.join('')].length / 2);
/** Where a sentence ends or a block begins is counted in more than one way. */
const tolerance = 120;

export const createFindWithheld = (placed: readonly PlacedArticle[]): FindWithheld => {
  const gated = placed.filter(({ article }) => !article.spent);
  const withheld = new Set(gated.flatMap(({ article }) => marksBeyond(article)));
  const keys = new Set(gated.map(({ article }) => article.key));
  const runs = createSearch(
    canariesOf(
      gated.map(({ article, paths }) => ({
        ...{ path: paths[0] ?? article.key, title: article.title, blocks: article.paragraphs },
        givenAway: givenAway(article),
      })),
    ),
  );
  const isWithheld = ([mark, key = '', paragraph]: RegExpMatchArray): boolean =>
    withheld.has(mark) || (keys.has(key) && Number(paragraph) >= latePart);

  const marksIn = (text: string): readonly string[] =>
    [text, ...inBase64(text)].flatMap((view) =>
      [...view.matchAll(markPattern)].filter(isWithheld).map(([mark]) => mark),
    );

  const seen = new Map<string, readonly string[]>();
  const inPiece = (piece: string): readonly string[] => {
    const digest = createHash('sha1').update(piece).digest('base64');
    const known = seen.get(digest);
    if (known) return known;
    const found = [...marksIn(piece), ...runs.anywhereIn(piece).map(({ text }) => `“${text}”`)];
    seen.set(digest, found);
    return found;
  };
  return {
    in: (text, asked) =>
      [...new Set(piecesOf(text).flatMap(inPiece))].filter((found) => !asked.includes(found)),
    marks: withheld.size,
  };
};

/** What an article holds beside its paragraphs (captions, tables, code) stands behind them all, and is numbered from here. */
const latePart = 90;

const marksBeyond = (article: SiteArticle): readonly string[] => {
  const text = article.paragraphs.join('\n');
  const cutAt = givenAway(article);
  return [...text.matchAll(markPattern)]
    .filter(({ index }) => index > cutAt + tolerance)
    .map(([mark]) => mark);
};

const inBase64 = (text: string): readonly string[] =>
  [...text.matchAll(/[A-Za-z\d+/_-]{60,}/g)].flatMap(([run]) =>
    [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('latin1')),
  );
