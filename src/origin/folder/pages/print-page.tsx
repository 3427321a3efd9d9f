/** The print view of an article: ink on paper, nothing to press. */
import { render } from 'preact-render-to-string';
import type { SitePublication } from '../site-schema.ts';
import type { StoredArticle } from '../stored-article.ts';
import { PRINT_STYLE } from '../style/print-style.ts';
import { type ArticlePageProps, StructuredData } from './article-head.tsx';
import { Byline } from './article-page.tsx';
import type { PageContext } from './page-context.ts';

export const printPage = (
  context: PageContext,
  publication: SitePublication,
  article: StoredArticle,
): string =>
  `<!doctype html>\n${render(<PrintPage context={context} publication={publication} article={article} />)}\n`;

function PrintPage({ context, publication, article }: ArticlePageProps) {
  const { facts } = article;
  const url = `${context.siteUrl}${facts.path}`;
  return (
    <html lang={facts.language} dir={article.direction}>
      <head>
        <meta charset="utf-8" />
        <title>{`${facts.title} · ${publication.name}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="canonical" href={url} />
        <style dangerouslySetInnerHTML={{ __html: PRINT_STYLE }} />
        <StructuredData context={context} publication={publication} article={article} />
      </head>
      <body>
        <main>
          <article class="article">
            <header>
              <p class="article-kicker">{[publication.name, facts.section].filter(Boolean).join(' · ')}</p>
              <h1>{facts.title}</h1>
              {facts.summary && <p class="article-summary">{facts.summary}</p>}
              <Byline context={context} publication={publication} article={article} />
            </header>
            <div class="article-body" dangerouslySetInnerHTML={{ __html: article.bodyHtml }} />
          </article>
        </main>
        <footer>
          <p dir="ltr">
            <a href={url}>{url}</a>
          </p>
        </footer>
      </body>
    </html>
  );
}
