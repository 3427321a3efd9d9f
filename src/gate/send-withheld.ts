/** Tells whoever asked for it that an answer holds text which they may not read, and which article's. */
import type { ClientResponse } from '../origin/client-response.ts';
import type { HeldArticle } from './judge-answer.ts';

/** RFC 9457 problem details: nothing that is withheld like this is a page. */
export const sendWithheld = (res: ClientResponse, method: string, held: readonly HeldArticle[]): void => {
  const article = held[0]?.article ?? '/';
  const content = Buffer.from(
    JSON.stringify({
      type: 'about:blank',
      status: 403,
      code: 'article-withheld',
      title: 'This holds an article that is for subscribers',
      detail:
        'It can’t be shortened without breaking. Ask for the article’s page, or subscribe to read it all.',
      article,
      subscribe: `/-/subscribe?return=${encodeURIComponent(article)}`,
    }),
  );
  res.writeHead(403, [
    'Content-Type',
    'application/problem+json; charset=utf-8',
    'Content-Length',
    String(content.length),
    'Cache-Control',
    'private, no-store',
    'X-Content-Type-Options',
    'nosniff',
  ]);
  res.end(method === 'HEAD' ? undefined : content);
};
