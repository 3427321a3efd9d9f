/** The page for addresses where nothing is, with a way on. */
import { Card } from './card.tsx';
import type { PageContext } from './page-context.ts';
import { pageShell } from './page-shell.tsx';

export const notFoundPage = (context: PageContext): string => {
  const { site, articles } = context.library;
  return pageShell({
    context,
    title: `Page not found · ${site.name}`,
    description: undefined,
    path: undefined,
    language: site.language,
    main: (
      <div class="page-width">
        <div class="listing-head">
          <p>Page not found</p>
          <h1>There is nothing at this address</h1>
          <p class="listing-note">
            It may have moved, or the link may be mistyped. <a href="/">Go to the front page</a>, or read
            something new:
          </p>
        </div>
        <div class="cards">
          {articles.slice(0, 3).map((article) => (
            <Card key={article.facts.path} context={context} article={article} rank={2} />
          ))}
        </div>
      </div>
    ),
  });
};
