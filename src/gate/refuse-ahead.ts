/** Refuses what is asked for ahead of time where showing it would cost a free read: whoever then clicks asks again. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ShortAnswer } from './short-answer.ts';
import type { Variant } from './variant.ts';

/**
 * What a browser fetched ahead it shows at the click, whatever that holds: a preview would stand there in the article's place.
 * 503 is the status that browsers take for "not ahead of time". No `Retry-After`: Chromium would fetch nothing ahead from
 * here for as long. No page: Turbo would show that at the click, where it asks again for what is no HTML. Next.js asks again
 * after a 204 as well, which leaves no fault in the browser's console for each link of a page.
 */
export const refusalAhead = (headers: IncomingHttpHeaders): ShortAnswer =>
  isNextLink(headers)
    ? { status: 204, headers: [], content: '' }
    : { status: 503, headers: ['Content-Type', 'text/plain; charset=utf-8'], content: words };

/** Asked by its own script, not by the browser. */
const isNextLink = (headers: IncomingHttpHeaders): boolean =>
  (headers['next-router-prefetch'] !== undefined || headers['next-router-segment-prefetch'] !== undefined) &&
  headers['sec-purpose'] === undefined;

const words = 'This article isn’t sent ahead of time. Opening it asks for it again.\n';

/** A preview fetched ahead may be looked at after its reader has subscribed; it is kept for no later time than this one. */
export const forThisOnceAlone = (variant: Variant): Variant => ({
  ...variant,
  headers: variant.headers.map((text, at) =>
    at % 2 === 1 && variant.headers[at - 1] === 'Cache-Control' ? 'private, no-store' : text,
  ),
});
