/** What is sent where neither the article nor its preview would do: not ahead of time, or the way to the page. */
import { accessHeader } from './access-header.ts';
import type { Decision } from './decision.ts';
import type { Exchange } from './exchange.ts';
import { type ArticlePage, isSuccess } from './found.ts';
import { announcesPrefetch } from './purpose.ts';
import { refusalAhead } from './refuse-ahead.ts';
import type { ShortAnswer } from './short-answer.ts';
import { fullVisitOf, isUntold } from './soft-navigation.ts';

/** Undefined: what the decision says is sent. The answer to a form is shown, and isn't asked for again. */
export const answerInstead = (
  page: Pick<ArticlePage, 'status'>,
  exchange: Exchange,
  { outcome, reason }: Decision,
): ShortAnswer | undefined => {
  const { req, method } = exchange;
  if (outcome !== 'preview' || (method !== 'GET' && method !== 'HEAD') || !isSuccess(page)) return undefined;
  const isAnnounced = announcesPrefetch(req.headers);
  const visit = fullVisitOf(exchange);
  // A script that asks ahead of time and is shown the way would take it at once.
  if (visit) return isAnnounced ? refusalAhead(req.headers) : visit;
  return reason === 'prefetch' && (isAnnounced || isUntold(exchange)) ? refusalAhead(req.headers) : undefined;
};

export const sendInstead = (
  { res, method }: Pick<Exchange, 'res' | 'method'>,
  { status, headers, content }: ShortAnswer,
  decision: Decision,
): void => {
  const length = status === 204 ? [] : ['Content-Length', String(Buffer.byteLength(content))];
  res.writeHead(status, [
    ...headers,
    ...length,
    ...['Cache-Control', 'no-store', 'X-Content-Type-Options', 'nosniff'],
    ...['Gatefold-Access', accessHeader(decision)],
  ]);
  res.end(method === 'HEAD' || status === 204 ? undefined : Buffer.from(content));
};
