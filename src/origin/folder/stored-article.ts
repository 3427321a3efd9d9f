/** One article as the content folder holds it: its facts, its whole body, and the file that both came from. */
import type { Article } from '../../article/article.ts';

export interface StoredArticle {
  /** What the gate's rules match on; `id` and `path` are its address, percent-encoded. */
  readonly facts: Article;
  /** As the file gives it; the site's own list of publications goes before it. */
  readonly publicationName: string;
  /** Last part of the address, decoded. */
  readonly slug: string;
  /** Relative to the content folder, with forward slashes. */
  readonly file: string;
  /** Sanitised and well-formed: it can be put into a page as it stands. */
  readonly bodyHtml: string;
  /** The body's text, one entry for each block, whitespace collapsed. */
  readonly paragraphs: readonly string[];
  /** The paragraphs on one line; what excerpts are taken from. */
  readonly text: string;
  readonly minutes: number;
  readonly direction: 'ltr' | 'rtl';
}

/** Something in the folder that a person must mend. It never stops the rest from being served. */
export interface ContentFault {
  /** Relative to the content folder. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
  /** What to write instead. */
  readonly remedy: string;
}
