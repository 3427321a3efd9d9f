/** The AMP form of an article. AMP demands its own script and start-up styles; nothing else comes from elsewhere. */
import { render } from 'preact-render-to-string';
import { artAddress } from '../addresses.ts';
import { ampBody } from '../amp-body.ts';
import type { SitePublication } from '../site-schema.ts';
import type { StoredArticle } from '../stored-article.ts';
import { ampStyle } from '../style/amp-style.ts';
import { type ArticlePageProps, StructuredData } from './article-head.tsx';
import { Byline } from './article-page.tsx';
import type { PageContext } from './page-context.ts';

export const ampPage = (context: PageContext, publication: SitePublication, article: StoredArticle): string =>
  `<!doctype html>\n${render(<AmpPage context={context} publication={publication} article={article} />)}\n`;

/** AMP's validator knows this text by heart: it must stand as it is. */
const BOILERPLATE =
  'body{-webkit-animation:-amp-start 8s steps(1,end) 0s 1 normal both;-moz-animation:-amp-start 8s steps(1,end) 0s 1 normal both;-ms-animation:-amp-start 8s steps(1,end) 0s 1 normal both;animation:-amp-start 8s steps(1,end) 0s 1 normal both}@-webkit-keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}@-moz-keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}@-ms-keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}@-o-keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}@keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}';
const WITHOUT_SCRIPT = 'body{-webkit-animation:none;-moz-animation:none;-ms-animation:none;animation:none}';

function AmpPage({ context, publication, article }: ArticlePageProps) {
  const { facts } = article;
  return (
    <html {...marker('amp')} lang={facts.language} dir={article.direction}>
      <head>
        <meta charset="utf-8" />
        <script async src="https://cdn.ampproject.org/v0.js" />
        <title>{`${facts.title} · ${publication.name}`}</title>
        <link rel="canonical" href={`${context.siteUrl}${facts.path}`} />
        <meta name="viewport" content="width=device-width" />
        {facts.summary && <meta name="description" content={facts.summary} />}
        <style {...marker('amp-boilerplate')} dangerouslySetInnerHTML={{ __html: BOILERPLATE }} />
        <noscript dangerouslySetInnerHTML={{ __html: `<style amp-boilerplate>${WITHOUT_SCRIPT}</style>` }} />
        <style {...marker('amp-custom')} dangerouslySetInnerHTML={{ __html: ampStyle(publication) }} />
        <StructuredData context={context} publication={publication} article={article} />
      </head>
      <body>
        <main>
          <article class="article">
            <header>
              <p class="article-kicker">
                <a href={`/${publication.id}`}>{publication.name}</a>
              </p>
              <h1>{facts.title}</h1>
              {facts.summary && <p class="article-summary">{facts.summary}</p>}
              <Byline context={context} publication={publication} article={article} />
            </header>
            <div
              dangerouslySetInnerHTML={{
                __html: coverImage(facts.image ?? artAddress(publication.id, article.slug)),
              }}
            />
            <div class="article-body" dangerouslySetInnerHTML={{ __html: ampBody(article.bodyHtml) }} />
          </article>
        </main>
      </body>
    </html>
  );
}

const marker = (name: string): Record<string, string> => ({ [name]: '' });

const coverImage = (address: string): string =>
  `<amp-img src="${address.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}" alt="" width="800" height="500" layout="responsive"></amp-img>`;
