/** `POST /-/checkout`: from a plan's button to Stripe's page. */
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { subscribeAddress } from '../pages/subscribe-address.ts';
import { deviceLabel } from '../readers/device-label.ts';
import { localPath } from '../readers/local-path.ts';
import type { ReaderId } from '../readers/reader.ts';
import { readerCookie } from '../readers/reader-cookies.ts';
import { localeOf, sendOn } from '../readers/send-page.ts';
import type { CheckoutContext } from './checkout-context.ts';

export const checkoutForm = z.object({
  plan: z.string().max(64),
  return: z.string().max(2048).catch('/').default('/'),
});

export const beginCheckout =
  (context: CheckoutContext): RequestHandler =>
  async (request, response) => {
    const { begin, limit, identityOf, networkOf, inForce, publicUrl, clock } = context;
    const now = clock();
    const form = checkoutForm.safeParse(request.body);
    if (!form.success) return context.sendFault(request, response, 400, 'bad-address');
    const returnTo = localPath(form.data.return, publicUrl);
    const sendTooMany = (retryAfterSeconds: number): void => {
      response.setHeader('Retry-After', retryAfterSeconds);
      context.sendFault(request, response, 429, 'too-many-requests', subscribeAddress(returnTo));
    };
    const ofNetwork = await limit(networkOf(request, now));
    if (ofNetwork.kind === 'beyond') return sendTooMany(ofNetwork.retryAfterSeconds);
    const { asker, bearer, setCookies } = await identityOf(request, now);
    // Nobody could come back as a visitor who is forgotten with this answer.
    if (asker.newVisitor || bearer)
      return sendOn(response, subscribeAddress(returnTo, 'cookies'), setCookies);
    const ofReader = await context.readerLimit?.(asker.reader?.id ?? asker.visitor);
    if (ofReader?.kind === 'beyond') return sendTooMany(ofReader.retryAfterSeconds);
    const begun = await begin(
      {
        plan: form.data.plan,
        returnTo,
        visitor: asker.visitor,
        ...(asker.reader ? { reader: asker.reader.id } : {}),
        locale: localeOf(request, inForce().policy),
        origin: originOf(request, context),
      },
      now,
    );
    switch (begun.kind) {
      case 'open':
        context.saleSteps?.checkoutBegun({ returnTo, plan: form.data.plan, at: now });
        return sendOn(response, begun.url, setCookies);
      case 'has-already':
        return welcomeBack(context, request, response, begun.reader, asker.reader !== undefined, setCookies);
      case 'under-way':
        return sendOn(response, returnAddress(begun.checkout, returnTo), setCookies);
      case 'not-sold':
        return sendOn(response, subscribeAddress(returnTo, 'gone'), setCookies);
      case 'overtaken':
        return sendOn(response, subscribeAddress(returnTo, 'overtaken'), setCookies);
      default:
        return begun satisfies never;
    }
  };

/** Its page says how the payment stands, and looks again by itself. */
const returnAddress = (checkout: string, returnTo: string): string =>
  `/-/checkout/return?${new URLSearchParams({ session_id: checkout, return: returnTo })}`;

/** A form's sender is known to be one of ours; without its word, the public address is as good a guess as any. */
const originOf = ({ headers }: IncomingMessage, { origins, publicUrl }: CheckoutContext): string =>
  origins.find((origin) => origin === headers.origin) ?? new URL(publicUrl).origin;

/** What this browser has paid for it may read, also where it lost its sign-in on the way back from paying. */
async function welcomeBack(
  { startDevice, clock, secure }: CheckoutContext,
  request: Request,
  response: Response,
  reader: ReaderId,
  signedIn: boolean,
  setCookies: readonly string[],
): Promise<void> {
  const account = '/-/account?subscribed';
  if (signedIn) return sendOn(response, account, setCookies);
  const { token } = await startDevice({ reader, label: deviceLabel(request.headers['user-agent']) }, clock());
  sendOn(response, account, [...setCookies, readerCookie(token, secure)]);
}
