/** Takes withheld text out of plain text, Markdown and the like: paragraph by paragraph, with the article's address in its place. */
import type { ArticleId } from '../../article/article.ts';
import { type Edit, spliced } from '../../preview/splice.ts';
import type { FindWithheld } from '../withheld.ts';
import { shortened } from './shortened.ts';

/** Undefined: something is left. */
export const cleanText = (source: string, find: FindWithheld): string | undefined => {
  const passages = find(source);
  const paragraphs = paragraphsIn(source);
  const edits: Edit[] = [];
  const told = new Set<ArticleId>();
  let next = 0;
  for (const { from, to, article } of passages) {
    while ((paragraphs[next]?.end ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    for (let index = next; (paragraphs[index]?.start ?? Number.POSITIVE_INFINITY) < to; index += 1) {
      const paragraph = paragraphs[index];
      if (!paragraph || (edits.at(-1)?.start ?? -1) >= paragraph.start) continue;
      const { start, end } = paragraph;
      const left = shortened(source.slice(start, end), find);
      const pointer = told.has(article) ? '' : `[… ${article}]`;
      told.add(article);
      edits.push({ start, end, text: [left, pointer].filter((part) => part !== '').join(' ') });
    }
  }
  const cleaned = spliced(source, edits, 0, source.length);
  return find(cleaned).length === 0 ? cleaned : undefined;
};

/** Parted by blank lines; a text without any is parted by its lines. */
const paragraphsIn = (source: string): readonly { readonly start: number; readonly end: number }[] => {
  const gap = /\n\s*\n/.test(source) ? /\n[^\S\n]*\n/g : /\n/g;
  const paragraphs: { start: number; end: number }[] = [];
  let start = 0;
  for (const { index, 0: between } of source.matchAll(gap)) {
    paragraphs.push({ start, end: index });
    start = index + between.length;
  }
  paragraphs.push({ start, end: source.length });
  return paragraphs;
};
