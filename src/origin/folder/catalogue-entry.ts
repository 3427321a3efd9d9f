/** What the gate is told of each article, for its cards and its questions. */
import type { Article } from '../../article/article.ts';
import { type Library, publicationName } from './library.ts';

export interface CatalogueEntry {
  readonly facts: Article;
  readonly id: Article['id'];
  readonly path: string;
  readonly title: string;
  /** Id. */
  readonly publication: string;
  readonly publicationName: string;
  readonly section?: string;
  readonly tags: readonly string[];
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt?: number;
  /** The whole body on one line: for those who decide what may be shown of it, and nobody else. */
  readonly text: string;
}

/** Newest first. */
export const catalogueOf = (library: Library): readonly CatalogueEntry[] =>
  library.articles.map(({ facts, text }) => ({
    facts,
    id: facts.id,
    path: facts.path,
    title: facts.title,
    publication: facts.publication,
    publicationName: publicationName(library, facts.publication),
    ...(facts.section === undefined ? {} : { section: facts.section }),
    tags: facts.tags,
    language: facts.language,
    ...(facts.publishedAt === undefined ? {} : { publishedAt: facts.publishedAt }),
    text,
  }));
