/** The pages that list articles under one heading: a section's, and a subject's over all publications. */
import { sectionAddress, tagAddress } from '../addresses.ts';
import type { SitePublication } from '../site-schema.ts';
import { slugOf } from '../slug.ts';
import type { StoredArticle } from '../stored-article.ts';
import { Card } from './card.tsx';
import { Masthead } from './masthead.tsx';
import type { PageContext } from './page-context.ts';
import { pageShell } from './page-shell.tsx';

/** `articles` holds at least one, whose spelling of the section's name stands. */
export const sectionPage = (
  context: PageContext,
  publication: SitePublication,
  articles: readonly StoredArticle[],
): string => {
  const section = articles[0]?.facts.section ?? '';
  return pageShell({
    context,
    title: `${section} · ${publication.name}`,
    description: `${section} in ${publication.name}`,
    path: sectionAddress(publication.id, section),
    language: context.library.site.language,
    publication,
    masthead: <Masthead context={context} publication={publication} currentSection={section} />,
    main: <Listing context={context} heading={section} articles={articles} />,
  });
};

/** `tag` is the tag as its address gives it. */
export const tagPage = (context: PageContext, tag: string, articles: readonly StoredArticle[]): string => {
  const name = articles.flatMap(({ facts }) => facts.tags).find((own) => slugOf(own) === tag) ?? tag;
  return pageShell({
    context,
    title: `${name} · ${context.library.site.name}`,
    description: `Articles about ${name} in ${context.library.site.name}`,
    path: tagAddress(tag),
    language: context.library.site.language,
    main: <Listing context={context} label="Subject" heading={name} articles={articles} />,
  });
};

interface ListingProps {
  readonly context: PageContext;
  readonly label?: string;
  readonly heading: string;
  readonly articles: readonly StoredArticle[];
}

function Listing({ context, label, heading, articles }: ListingProps) {
  return (
    <div class="page-width">
      <div class="listing-head">
        {label && <p>{label}</p>}
        <h1>{heading}</h1>
      </div>
      <div class="cards cards-rows">
        {articles.map((article) => (
          <Card key={article.facts.path} context={context} article={article} rank={2} />
        ))}
      </div>
    </div>
  );
}
