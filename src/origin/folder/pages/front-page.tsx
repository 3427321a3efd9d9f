/** The front page of the house: the newest article first and large, then each publication in its own dress. */
import { publicationAddress, tagAddress } from '../addresses.ts';
import { articlesOf, leadOf, tagsOf } from '../library.ts';
import type { SitePublication } from '../site-schema.ts';
import type { StoredArticle } from '../stored-article.ts';
import { longDate } from '../wording.ts';
import { Card } from './card.tsx';
import { SectionLinks } from './masthead.tsx';
import type { PageContext } from './page-context.ts';
import { pageShell } from './page-shell.tsx';

const MOST_SUBJECTS = 14;

export const frontPage = (context: PageContext): string => {
  const { site, publications, articles } = context.library;
  const lead = leadOf(articles, site.language);
  return pageShell({
    context,
    title: site.name,
    description: site.description ?? site.tagline,
    path: '/',
    language: site.language,
    masthead: <HouseMasthead context={context} newest={articles[0]} />,
    main: (
      <div class="page-width">
        {lead && <Card context={context} article={lead} size="lead" rank={2} />}
        {publications.map((publication) => (
          <PublicationBlock key={publication.id} context={context} publication={publication} except={lead} />
        ))}
        <Subjects context={context} />
      </div>
    ),
  });
};

function HouseMasthead({
  context,
  newest,
}: {
  readonly context: PageContext;
  readonly newest: StoredArticle | undefined;
}) {
  const { site } = context.library;
  const issued = newest?.facts.publishedAt;
  return (
    <header class="house-masthead">
      <h1>
        <a href="/">{site.name}</a>
      </h1>
      {site.tagline && <p class="house-tagline">{site.tagline}</p>}
      {issued !== undefined && (
        <p class="house-date">
          <time dateTime={new Date(issued).toISOString()}>{longDate(issued, site.language, site)}</time>
        </p>
      )}
    </header>
  );
}

interface BlockProps {
  readonly context: PageContext;
  readonly publication: SitePublication;
  readonly except: StoredArticle | undefined;
}

function PublicationBlock({ context, publication, except }: BlockProps) {
  const articles = articlesOf(context.library, publication.id).filter((article) => article !== except);
  if (articles.length === 0) return null;
  return (
    <section
      class="publication-block"
      data-publication={publication.id}
      data-character={publication.character}
    >
      <div class="block-head">
        <h2>
          <a href={publicationAddress(publication.id)}>{publication.name}</a>
        </h2>
        {publication.tagline && <p>{publication.tagline}</p>}
        <SectionLinks context={context} publication={publication} />
      </div>
      <div class="cards">
        {articles.slice(0, 6).map((article) => (
          <Card key={article.facts.path} context={context} article={article} />
        ))}
      </div>
    </section>
  );
}

function Subjects({ context }: { readonly context: PageContext }) {
  const tags = tagsOf(context.library).slice(0, MOST_SUBJECTS);
  if (tags.length === 0) return null;
  return (
    <nav class="subjects" aria-labelledby="page-subjects">
      <h2 id="page-subjects">Subjects</h2>
      <ul>
        {tags.map((tag) => (
          <li key={tag}>
            <a href={tagAddress(tag)}>{tag}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
