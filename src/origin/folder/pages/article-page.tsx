/** The page of one article, with its whole text. */
import { publicationAddress, sectionAddress, tagAddress } from '../addresses.ts';
import type { SitePublication } from '../site-schema.ts';
import type { StoredArticle } from '../stored-article.ts';
import { longDate, nameList, wordingFor } from '../wording.ts';
import { ArticleHead, type ArticlePageProps } from './article-head.tsx';
import { artOf } from './card.tsx';
import { Masthead } from './masthead.tsx';
import type { PageContext } from './page-context.ts';
import { pageShell } from './page-shell.tsx';

export const articlePage = (
  context: PageContext,
  publication: SitePublication,
  article: StoredArticle,
): string => {
  const { facts } = article;
  const props = { context, publication, article };
  return pageShell({
    context,
    title: `${facts.title} · ${publication.name}`,
    description: facts.summary,
    path: facts.path,
    language: facts.language,
    publication,
    head: <ArticleHead {...props} />,
    masthead: <Masthead context={context} publication={publication} currentSection={facts.section} />,
    main: <WholeArticle {...props} />,
  });
};

function WholeArticle(props: ArticlePageProps) {
  const { article } = props;
  const { facts } = article;
  return (
    <article class="article">
      <header class="article-head">
        <Kicker {...props} />
        <h1>{facts.title}</h1>
        {facts.summary && <p class="article-summary">{facts.summary}</p>}
        <Byline {...props} />
      </header>
      <figure class="article-art">
        <img src={artOf(article)} alt="" width="800" height="500" />
      </figure>
      <div class="article-body" dangerouslySetInnerHTML={{ __html: article.bodyHtml }} />
      {facts.tags.length > 0 && (
        <footer class="article-foot">
          <ul class="article-tags">
            {facts.tags.map((tag) => (
              <li key={tag}>
                <a href={tagAddress(tag)}>{tag}</a>
              </li>
            ))}
          </ul>
        </footer>
      )}
    </article>
  );
}

function Kicker({ publication, article }: ArticlePageProps) {
  const { section } = article.facts;
  return (
    <p class="article-kicker">
      <a href={publicationAddress(publication.id)}>{publication.name}</a>
      {section !== undefined && (
        <>
          <span aria-hidden="true"> · </span>
          <a href={sectionAddress(publication.id, section)}>{section}</a>
        </>
      )}
    </p>
  );
}

/** Who, when, how long; shared with the print view and AMP. */
export function Byline({ context, article }: ArticlePageProps) {
  const { facts } = article;
  const { site } = context.library;
  const words = wordingFor(facts.language);
  return (
    <p class="article-byline">
      {facts.authors.length > 0 && (
        <span class="article-author">{words.by(nameList(facts.authors, facts.language))}</span>
      )}
      {facts.publishedAt !== undefined && (
        <time dateTime={new Date(facts.publishedAt).toISOString()}>
          {longDate(facts.publishedAt, facts.language, site)}
        </time>
      )}
      {facts.updatedAt !== undefined && (
        <span>{words.updated(longDate(facts.updatedAt, facts.language, site))}</span>
      )}
      <span>{words.minutes(article.minutes)}</span>
    </p>
  );
}
