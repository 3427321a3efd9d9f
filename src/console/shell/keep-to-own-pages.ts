/** What stands before all of the console: pages of other origins, the site's among them, lead to it and ask nothing of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SendPage } from '../../readers/send-page.ts';
import { createRefuse } from './refusal.ts';

/** Express may have shortened `url` to what a mounted router sees. */
type Asked = IncomingMessage & { readonly originalUrl?: string };

/**
 * A page at a sibling host name, or at another port of the same one, is another origin and the same site to a browser:
 * it sends the operator's cookie along, `Strict` or not. So what a browser says of who asks decides, before anything is
 * looked up: only going to a page, by a link, is for everybody. A table that is taken along is none: it is noted down, and
 * lands on a disk.
 */
export const keepToOwnPages = (sendPage: SendPage) => {
  const refuse = createRefuse(sendPage);
  return (request: Asked, response: ServerResponse, next: () => void): void => {
    for (const [name, value] of Object.entries(apart)) response.setHeader(name, value);
    if (isFromElsewhere(request) && !isGoingThere(request)) refuse(request, response, 'other-site');
    else next();
  };
};

/**
 * `Opener`: whoever opened the console's window has no hold on it, nor can count its frames. `Resource`: no other origin's
 * page can take an answer in as a picture, script or sheet, where a browser doesn't say who asks.
 */
const apart = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** `none` is the operator's own doing. A program says nothing, and brings nobody's cookie unawares. */
const isFromElsewhere = ({ headers }: IncomingMessage): boolean => {
  const from = headers['sec-fetch-site'];
  return from !== undefined && from !== 'same-origin' && from !== 'none';
};

/** In a window of its own: frames, pictures and scripts are none. */
const isGoingThere = ({ method, headers, originalUrl, url = '' }: Asked): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document' &&
  !forPrograms.test(originalUrl ?? url);

/** The API and tables, however the router takes them. */
const forPrograms = /^\/-\/console\/api\/+[^?]|^[^?]*\.csv\/*(?:\?|$)/i;
