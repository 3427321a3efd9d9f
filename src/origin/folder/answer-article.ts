/** Answers for one article in each of its forms. All name the same canonical address, and carry the article's own level. */
import type { HeaderPairs } from '../origin.ts';
import type { Address } from './addresses.ts';
import { articleAddress } from './addresses.ts';
import { type Answer, textAnswer } from './answer.ts';
import { articleJson } from './article-json.ts';
import { publicationOf } from './library.ts';
import { ampPage } from './pages/amp-page.tsx';
import { articlePage } from './pages/article-page.tsx';
import type { PageContext } from './pages/page-context.ts';
import { printPage } from './pages/print-page.tsx';
import type { StoredArticle } from './stored-article.ts';

/** Undefined when there is no such article. */
export const answerArticle = (
  context: PageContext,
  { publication, slug, form }: Extract<Address, { kind: 'article' }>,
): Answer | undefined => {
  const article = context.library.byPath.get(articleAddress(publication, slug));
  const owner = publicationOf(context.library, publication);
  if (!article || !owner) return undefined;
  const headers = headersOf(context, article);
  switch (form) {
    case 'page':
      return textAnswer(200, HTML, articlePage(context, owner, article), headers);
    case 'amp':
      return textAnswer(200, HTML, ampPage(context, owner, article), headers);
    case 'print':
      return textAnswer(200, HTML, printPage(context, owner, article), [
        ...headers,
        ['X-Robots-Tag', 'noindex'],
      ]);
    case 'json':
      return textAnswer(
        200,
        'application/json; charset=utf-8',
        articleJson(context, owner, article),
        headers,
      );
    default:
      return form satisfies never;
  }
};

const HTML = 'text/html; charset=utf-8';

function headersOf({ siteUrl }: PageContext, { facts }: StoredArticle): HeaderPairs {
  const level = facts.ownLevel === undefined ? '' : `level=${facts.ownLevel}; `;
  return [
    ['Link', `<${siteUrl}${facts.path}>; rel="canonical"`],
    // Also without a level: an article is one even where nobody reads its page's metadata.
    ['Gatefold-Article', `${level}publication*=UTF-8''${encodeURIComponent(facts.publication)}`],
  ];
}
