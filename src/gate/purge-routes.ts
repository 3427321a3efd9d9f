/** `POST /-/purge`: a publisher's own system says what has changed, signed with the secret that both know. */
import express, { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../ops/clock.ts';
import type { Purge } from './purge.ts';
import { readPurgeBody } from './purge-schema.ts';
import { signatureFault } from './purge-signature.ts';

interface Options {
  readonly secrets: readonly string[];
  readonly hosts: readonly string[];
  readonly purge: (purge: Purge) => Promise<void>;
  /** The world's time: whoever signs has no other. */
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}

const maxBody = '2mb';

export const purgeRoutes = (options: Options): Router =>
  Router()
    .post('/-/purge', express.raw({ type: () => true, limit: maxBody, inflate: false }), take(options))
    .all('/-/purge', (_request, response) => {
      response.set('Allow', 'POST');
      answer(response, 405, 'method-not-allowed', 'Purges are sent by POST.');
    })
    .use('/-/purge', unreadable);

const take =
  ({ secrets, hosts, purge, clock, report }: Options): RequestHandler =>
  async (request, response) => {
    if (secrets.length === 0)
      return answer(response, 404, 'purge-not-set-up', 'Set PURGE_SECRET, and sign with it.');
    if (request.body !== undefined && !Buffer.isBuffer(request.body))
      return answer(response, 503, 'body-already-read', 'A parser before this one took what was signed.');
    const body: Buffer = request.body ?? Buffer.alloc(0);
    const signed = { body, own: request.get('gatefold-signature'), ghost: request.get('x-ghost-signature') };
    const fault = signatureFault(signed, secrets, clock());
    if (fault) return answer(response, 401, fault, inWords[fault]);
    const read = readPurgeBody(body.toString(), hosts);
    if (read.kind === 'unreadable') return answer(response, 400, 'request-invalid', read.detail);
    if (read.kind === 'foreign')
      return answer(response, 422, 'address-foreign', 'Name paths, or whole addresses of this site.');
    try {
      await purge(read.purge);
    } catch (error) {
      report(error);
      return answer(
        response,
        503,
        'store-unavailable',
        'Purged here; other instances couldn’t be told. Send it again.',
      );
    }
    response.status(200).set('Cache-Control', 'no-store').json({ code: 'purged' });
  };

const inWords = {
  'signature-missing':
    'Sign the body: Gatefold-Signature: t=<seconds>,v1=<HMAC-SHA-256 of "<seconds>.<body>">.',
  'signature-wrong': 'The signature isn’t that of this body with any of the secrets in PURGE_SECRET.',
  'signature-old': 'It was signed more than five minutes ago, or will be: compare the clocks.',
} as const;

const answer = (response: Response, status: number, code: string, detail: string): void => {
  response.status(status).set('Cache-Control', 'no-store').json({ code, detail });
};

/** The body could not be read: too large, packed, broken off. */
const unreadable: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (response.headersSent || typeof status !== 'number' || status >= 500) return next(error);
  if (status === 413) return answer(response, status, 'too-large', `A purge has at most ${maxBody}.`);
  return answer(response, status, 'unreadable', 'The body could not be read to its end.');
};
