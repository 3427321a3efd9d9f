/** One publication's front page: its masthead, its newest article, and all the others. */
import { publicationAddress } from '../addresses.ts';
import { articlesOf, leadOf } from '../library.ts';
import type { SitePublication } from '../site-schema.ts';
import { Card } from './card.tsx';
import { Masthead } from './masthead.tsx';
import type { PageContext } from './page-context.ts';
import { pageShell } from './page-shell.tsx';

export const publicationPage = (context: PageContext, publication: SitePublication): string => {
  const { site } = context.library;
  const articles = articlesOf(context.library, publication.id);
  const lead = leadOf(articles, site.language);
  const others = articles.filter((article) => article !== lead);
  return pageShell({
    context,
    title: `${publication.name} · ${site.name}`,
    description: publication.description ?? publication.tagline,
    path: publicationAddress(publication.id),
    language: site.language,
    publication,
    masthead: <Masthead context={context} publication={publication} isFront />,
    main: (
      <div class="page-width">
        {lead ? (
          <Card context={context} article={lead} size="lead" rank={2} />
        ) : (
          <p>Nothing has been published here yet.</p>
        )}
        <div class="cards">
          {others.map((article) => (
            <Card key={article.facts.path} context={context} article={article} rank={2} />
          ))}
        </div>
      </div>
    ),
  });
};
