/** Refuses what is asked for ahead of time where showing it would cost a free read: whoever then clicks asks again. */
import { accessHeader } from './access-header.ts';
import type { Decision } from './decision.ts';
import type { Exchange } from './exchange.ts';
import { type ArticlePage, isSuccess } from './found.ts';
import type { Variant } from './variant.ts';

/**
 * An unseen article that a free read would open. What a browser fetched ahead it shows at the click, whatever that holds: a
 * preview would stand there in the place of the article. The answer to a form is shown too, and isn't asked for again.
 */
export const isUnseenAhead = (
  page: Pick<ArticlePage, 'status'>,
  { method }: Pick<Exchange, 'method'>,
  { reason }: Pick<Decision, 'reason'>,
): boolean => reason === 'prefetch' && (method === 'GET' || method === 'HEAD') && isSuccess(page);

/**
 * 503, the status that browsers take for "not ahead of time". No `Retry-After`: Chromium would fetch nothing ahead from here
 * for as long. No page: Turbo would show that at the click, where it asks again for what is no HTML.
 */
export const refuseAhead = ({ res, method }: Pick<Exchange, 'res' | 'method'>, decision: Decision): void => {
  res.writeHead(503, [
    'Content-Type',
    'text/plain; charset=utf-8',
    'Content-Length',
    String(words.length),
    'Cache-Control',
    'no-store',
    'X-Content-Type-Options',
    'nosniff',
    'Gatefold-Access',
    accessHeader(decision),
  ]);
  res.end(method === 'HEAD' ? undefined : words);
};

const words = Buffer.from('This article isn’t sent ahead of time. Opening it asks for it again.\n');

/** A preview fetched ahead may be looked at after its reader has subscribed; it is kept for no later time than this one. */
export const forThisOnceAlone = (variant: Variant): Variant => ({
  ...variant,
  headers: variant.headers.map((text, at) =>
    at % 2 === 1 && variant.headers[at - 1] === 'Cache-Control' ? 'private, no-store' : text,
  ),
});
