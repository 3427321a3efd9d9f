/** What stands before every page of a reader's own: who isn't signed in is asked to. */
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../ops/clock.ts';
import { signInAddress } from '../pages/sign-in-page.tsx';
import type { Asker } from './asker.ts';
import type { Identity } from './identity.ts';
import { sendOn } from './send-page.ts';

export type SignedIn = NonNullable<Asker['reader']>;

export type HandleReader = (
  request: Request,
  response: Response,
  reader: SignedIn,
  setCookies: readonly string[],
) => Promise<void>;

interface Options {
  readonly identityOf: (request: IncomingMessage, now: number) => Identity | Promise<Identity>;
  readonly clock: Clock;
}

/** A browser is signed in; an app's token opens no pages. Signing in leads to the account. */
export const forReader =
  ({ identityOf, clock }: Options) =>
  (handle: HandleReader): RequestHandler<{ id: string }> =>
  async (request, response) => {
    const { asker, bearer, setCookies } = await identityOf(request, clock());
    if (asker.reader && !bearer) return handle(request as Request, response, asker.reader, setCookies);
    sendOn(response, signInAddress('/-/account'), setCookies);
  };
