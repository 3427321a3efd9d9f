/** The frame of every page but AMP and print: document head, house bar, masthead, colophon. */
import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { directionOf } from '../language.ts';
import type { SitePublication } from '../site-schema.ts';
import { wordingFor } from '../wording.ts';
import { Colophon } from './colophon.tsx';
import { HouseBar } from './house-bar.tsx';
import type { PageContext } from './page-context.ts';

export interface PageShellOptions {
  readonly context: PageContext;
  readonly title: string;
  readonly description: string | undefined;
  /** Path of the page, for its canonical link; absent on pages that shouldn't be found. */
  readonly path: string | undefined;
  readonly language: string;
  readonly publication?: SitePublication;
  /** More for the document's head. */
  readonly head?: ComponentChildren;
  /** Stands between the house bar and the main part. */
  readonly masthead?: ComponentChildren;
  readonly main: ComponentChildren;
}

/** The page as a whole HTML document. */
export const pageShell = (options: PageShellOptions): string =>
  `<!doctype html>\n${render(<Shell {...options} />)}\n`;

function Shell({
  context,
  title,
  description,
  path,
  language,
  publication,
  head,
  masthead,
  main,
}: PageShellOptions) {
  const { library, siteUrl, stylesheet } = context;
  return (
    <html
      lang={language}
      dir={directionOf(language)}
      {...(publication && { 'data-publication': publication.id, 'data-character': publication.character })}
    >
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {description !== undefined && <meta name="description" content={description} />}
        {path === undefined ? (
          <meta name="robots" content="noindex" />
        ) : (
          <link rel="canonical" href={`${siteUrl}${path}`} />
        )}
        <link rel="stylesheet" href={stylesheet.address} />
        <link rel="alternate" type="application/rss+xml" title={library.site.name} href="/feed.xml" />
        {publication && (
          <link
            rel="alternate"
            type="application/rss+xml"
            title={publication.name}
            href={`/${publication.id}/feed.xml`}
          />
        )}
        {head}
      </head>
      <body>
        <a class="skip" href="#page-main">
          {wordingFor(language).skip}
        </a>
        <HouseBar context={context} current={publication?.id} />
        {masthead}
        <main id="page-main">{main}</main>
        <Colophon context={context} />
      </body>
    </html>
  );
}
