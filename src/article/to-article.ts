/** Makes the article that the rules look at out of a page's reading, the origin's header and the policy's publications. */
import type { Article } from './article.ts';
import type { ArticleClaims } from './article-header.ts';
import { type Address, articleIdOf, articlePathOf } from './article-id.ts';
import type { PageReading } from './read-page.ts';

/** A publication that the policy knows. */
interface KnownPublication {
  readonly id: string;
  readonly name: string;
  /** Whether a canonical path lies under one of its globs. */
  covers(path: string): boolean;
}

interface ArticleSources {
  readonly address: Omit<Address, 'canonicalHref'>;
  readonly reading: Omit<PageReading, 'page'>;
  readonly publications: readonly KnownPublication[];
  /** From the `Gatefold-Article` header; each fact in it comes before the page's own. */
  readonly claims?: ArticleClaims | undefined;
}

export const toArticle = ({ address, reading, publications, claims = {} }: ArticleSources): Article => {
  const id = articleIdOf({ ...address, canonicalHref: reading.canonicalHref });
  const path = articlePathOf(id);
  const { level, publication, ...stated } = claims;
  const { section, publishedAt, updatedAt, summary, image } = reading;
  const ownLevel = level ?? reading.ownLevel;
  return {
    id,
    path,
    title: reading.title,
    publication: publicationOf([publication, reading.publicationName], path, publications),
    tags: reading.tags,
    authors: reading.authors,
    language: reading.language,
    ...(section === undefined ? {} : { section }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(summary === undefined ? {} : { summary }),
    ...(image === undefined ? {} : { image }),
    ...stated,
    ...(ownLevel === undefined ? {} : { ownLevel }),
  };
};

/** The id of the publication that a statement names, else of the one whose paths cover the article, else the name. */
const publicationOf = (
  stated: readonly (string | undefined)[],
  path: string,
  publications: readonly KnownPublication[],
): string => {
  for (const name of stated) {
    const known = name && publications.find((candidate) => isCalled(candidate, name));
    if (known) return known.id;
  }
  const covering = publications.find((candidate) => candidate.covers(path));
  return covering?.id ?? stated.find((name) => name) ?? '';
};

const isCalled = ({ id, name }: KnownPublication, stated: string): boolean =>
  id === stated || name.toLowerCase() === stated.trim().toLowerCase();
