/** `POST /-/webhooks/stripe`: Stripe's deliveries, read byte for byte as they were signed. */
import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { EventOutcome, ReceiveEvent } from './receive-event.ts';

interface Options {
  readonly receive: ReceiveEvent;
}

/** Stripe's largest events are some hundred kilobytes. */
const maxBody = '1mb';

export const webhookRoutes = ({ receive }: Options): Router =>
  Router()
    .post('/-/webhooks/stripe', ...rawBody, deliver(receive))
    .all('/-/webhooks/stripe', notAllowed)
    .use('/-/webhooks/stripe', unreadable);

/** Of any type, and not unpacked: Stripe packs nothing, and a small body could unpack to a huge one. */
const rawBody = [express.raw({ type: () => true, limit: maxBody, inflate: false })];

const deliver =
  (receive: ReceiveEvent): RequestHandler =>
  async (request, response) => {
    const { status, code } = isAlreadyRead(request.body)
      ? { status: 503, code: 'body-already-read' }
      : answerTo(await receive(bytesOf(request.body), request.get('stripe-signature')));
    response.status(status).set('Cache-Control', 'no-store').json({ code });
  };

/** A host app's own parser came first: what was signed is gone, and no signature could be right until that is mended. */
const isAlreadyRead = (body: unknown): boolean => body !== undefined && !Buffer.isBuffer(body);

const bytesOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

/** Stripe sends again what isn't answered 2xx, for three days; its dashboard shows the code. */
const answerTo = (outcome: EventOutcome): { readonly status: number; readonly code: string } => {
  switch (outcome.kind) {
    case 'refreshed':
      return { status: 200, code: outcome.changed ? 'refreshed' : 'unchanged' };
    case 'ignored':
      return { status: 200, code: `ignored-${outcome.why}` };
    case 'refused':
      return { status: 400, code: outcome.why };
    case 'failed':
      return { status: 503, code: outcome.why === 'store' ? 'store-unavailable' : 'stripe-unavailable' };
    default:
      return outcome satisfies never;
  }
};

const notAllowed: RequestHandler = (_request, response) => {
  response
    .status(405)
    .set({ Allow: 'POST', 'Cache-Control': 'no-store' })
    .json({ code: 'method-not-allowed' });
};

/** The body could not be read: too large, packed, broken off. */
const unreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (response.headersSent || typeof status !== 'number' || status >= 500) return next(error);
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .json({ code: status === 413 ? 'too-large' : 'unreadable' });
};
