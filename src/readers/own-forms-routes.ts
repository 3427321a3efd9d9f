/** What stands around every route that changes something for a reader: who may send it, how large, what if it fails. */
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { renderErrorPage } from '../pages/error-page.tsx';
import { isSameSite } from './same-site.ts';
import type { SendPage } from './send-page.ts';

/** Our forms hold an address, a path and a code. */
const maxBody = '8kb';

/** Before a POST's own handler: refuses what another site's page sent, then reads the form. */
export const ownForm = (ownAddresses: readonly string[], sendPage: SendPage): readonly RequestHandler[] => {
  // As a browser writes them: without a port that goes without saying.
  const ownOrigins = ownAddresses.map((address) => new URL(address).origin);
  return [
    (request, response, next) => {
      const { origin, referer, 'sec-fetch-site': fetchSite } = request.headers;
      const source = { origin, referer, secFetchSite: fetchSite?.toString() };
      if (isSameSite(source, ownOrigins)) next();
      else
        sendPage(request, response, 403, (site, words) =>
          renderErrorPage({ site, code: 'bad-address' }, words),
        );
    },
    express.urlencoded({ extended: false, limit: maxBody, parameterLimit: 20 }),
  ];
};

/** A form that can't be read is its sender's mistake; anything else is ours, and passes. */
export const onFailure =
  (sendPage: SendPage, report: (error: unknown) => void): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = clientFault(error);
    if (status === undefined) report(error);
    const code = status === undefined ? 'unavailable' : 'bad-address';
    sendPage(request, response, status ?? 503, (site, messages) => renderErrorPage({ site, code }, messages));
  };

const clientFault = (error: unknown): number | undefined => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
};
