/** Everything the folder holds, put in order for answering: articles by address, sections, tags, files. Pure. */
import type { Asset } from './find-files.ts';
import type { SiteFacts, SitePublication } from './site-schema.ts';
import { slugOf } from './slug.ts';
import type { ContentFault, StoredArticle } from './stored-article.ts';

export interface Library {
  readonly site: SiteFacts;
  /** As `site.yaml` lists them, or as the articles name them. */
  readonly publications: readonly SitePublication[];
  /** Newest first; equal dates by address, so that the order never changes by itself. */
  readonly articles: readonly StoredArticle[];
  readonly byPath: ReadonlyMap<string, StoredArticle>;
  /** By decoded path without the leading slash. */
  readonly assets: ReadonlyMap<string, Asset>;
}

/** Of two files with one address, the first by file name is kept and the other reported. */
export const buildLibrary = (
  site: SiteFacts,
  stored: readonly StoredArticle[],
  assets: ReadonlyMap<string, Asset>,
): { readonly library: Library; readonly faults: readonly ContentFault[] } => {
  const byPath = new Map<string, StoredArticle>();
  const faults: ContentFault[] = [];
  for (const article of stored.toSorted((a, b) => compare(a.file, b.file))) {
    const other = byPath.get(article.facts.path);
    if (other === undefined) byPath.set(article.facts.path, article);
    else {
      const problem = `${other.file} has the same address, ${article.facts.path}`;
      faults.push({
        file: article.file,
        line: 1,
        problem,
        remedy: 'Write another slug in one of them: slug: my-article.',
      });
    }
  }
  const articles = [...byPath.values()].sort(newestFirst);
  return {
    library: { site, publications: publicationsOf(site, articles), articles, byPath, assets },
    faults,
  };
};

export const publicationOf = (library: Library, id: string): SitePublication | undefined =>
  library.publications.find((publication) => publication.id === id);

/** The name as readers see it; the id where the site has none. */
export const publicationName = (library: Library, id: string): string =>
  publicationOf(library, id)?.name ?? id;

export const articlesOf = (library: Library, publication: string): readonly StoredArticle[] =>
  library.articles.filter(({ facts }) => facts.publication === publication);

/** What a page opens with: the newest that most of its readers can read, else the newest. */
export const leadOf = (articles: readonly StoredArticle[], siteLanguage: string): StoredArticle | undefined =>
  articles.find(({ facts }) => baseLanguage(facts.language) === baseLanguage(siteLanguage)) ?? articles[0];

const baseLanguage = (language: string): string => language.split('-', 1)[0] ?? language;

export const articlesInSection = (
  library: Library,
  publication: string,
  section: string,
): readonly StoredArticle[] =>
  articlesOf(library, publication).filter(
    ({ facts }) => facts.section !== undefined && slugOf(facts.section) === section,
  );

export const articlesTagged = (library: Library, tag: string): readonly StoredArticle[] =>
  library.articles.filter(({ facts }) => facts.tags.some((own) => slugOf(own) === tag));

/** A publication's section names, the fullest first. */
export const sectionsOf = (library: Library, publication: string): readonly string[] =>
  byFrequency(articlesOf(library, publication).flatMap(({ facts }) => facts.section ?? []));

/** Every tag of the site, the most used first. */
export const tagsOf = (library: Library): readonly string[] =>
  byFrequency(library.articles.flatMap(({ facts }) => facts.tags));

/** Names that make one address are one name; the first spelling stands. */
function byFrequency(names: readonly string[]): string[] {
  const counted = new Map<string, { name: string; count: number }>();
  for (const name of names) {
    const slug = slugOf(name);
    const entry = counted.get(slug);
    if (entry) entry.count += 1;
    else if (slug !== '') counted.set(slug, { name, count: 1 });
  }
  return [...counted.values()]
    .sort((a, b) => b.count - a.count || compare(a.name, b.name))
    .map(({ name }) => name);
}

function publicationsOf(site: SiteFacts, articles: readonly StoredArticle[]): readonly SitePublication[] {
  if (site.publications.length > 0) return site.publications;
  const names = new Map(articles.map(({ facts, publicationName: name }) => [facts.publication, name]));
  return [...names]
    .sort(([a], [b]) => compare(a, b))
    .map(([id, name], index) => ({ id, name, character: index % 2 === 0 ? 'tidal' : 'lamplit' }));
}

const newestFirst = (a: StoredArticle, b: StoredArticle): number =>
  (b.facts.publishedAt ?? 0) - (a.facts.publishedAt ?? 0) || compare(a.facts.path, b.facts.path);

/** Not by locale: the order must be the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
