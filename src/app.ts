/** Gatefold's own pages: everything under `/-/`, and nothing of the origin's. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { SendFault } from './gate/send-fault.ts';
import type { Log } from './ops/log.ts';
import { faultOf } from './ops/log.ts';

interface Options {
  readonly routes: readonly RequestHandler[];
  readonly notFound: RequestHandler;
  readonly sendFault: SendFault;
  readonly log: Log;
}

export const createApp = ({ routes, notFound, sendFault, log }: Options): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // `?url[]=` must not turn a text into an object.
  app.set('query parser', 'simple');
  for (const route of routes) app.use(route);
  app.use(notFound);
  const failed: ErrorRequestHandler = (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    if (isClientFault(error)) {
      sendFault(req, res, 'bad-address');
      return;
    }
    log.error({ fault: faultOf(error) }, 'one of our own pages failed');
    sendFault(req, res, 'internal');
  };
  app.use(failed);
  return app;
};

/** Parsers' and the router's own refusals: malformed bodies, bad escapes, too much. */
const isClientFault = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500;
