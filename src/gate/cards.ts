/** The cards beside an article: what the catalogue suggests, in the words a page shows. */
import type { Article } from '../article/article.ts';
import type { Card, MoreFromFacts } from '../pages/more-from.tsx';
import type { Policy } from '../policy/policy.ts';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';

export const cardsFor = (
  article: Article,
  catalogue: Pick<Catalogue, 'moreFrom' | 'related'>,
  policy: Policy,
): MoreFromFacts => {
  const moreFrom = policy.preview.moreFrom ? catalogue.moreFrom(article, 3) : [];
  const related = policy.preview.related ? catalogue.related(article, 3, moreFrom) : [];
  const toCard = (entry: CatalogueEntry): Card => cardOf(entry, policy);
  return {
    ...(moreFrom.length > 0
      ? { moreFrom: { publication: publicationName(article, policy), cards: moreFrom.map(toCard) } }
      : {}),
    ...(related.length > 0 ? { related: related.map(toCard) } : {}),
  };
};

/** The publication as readers know it; the site's own name for an article that belongs to none. */
export const publicationName = (article: Article, policy: Policy): string =>
  policy.publications.find(({ id }) => id === article.publication)?.name ??
  (article.publication || policy.site.name);

const cardOf = ({ article, minutes, excerpt }: CatalogueEntry, policy: Policy): Card => ({
  publication: publicationName(article, policy),
  minutes,
  ...(article.section === undefined ? {} : { section: article.section }),
  title: article.title,
  excerpt,
  href: article.id,
  language: article.language,
});
