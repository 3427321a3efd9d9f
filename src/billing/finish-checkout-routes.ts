/** `GET /-/checkout/return`: from Stripe's page to the article. */
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { renderProcessingPage } from '../pages/checkout-pages.tsx';
import { signInAddress } from '../pages/sign-in-page.tsx';
import { subscribeAddress } from '../pages/subscribe-address.ts';
import { deviceLabel } from '../readers/device-label.ts';
import { localPath } from '../readers/local-path.ts';
import { readerCookie } from '../readers/reader-cookies.ts';
import { sendOn } from '../readers/send-page.ts';
import type { CheckoutContext } from './checkout-context.ts';

const returnQuery = z.object({
  session_id: z.string().max(300).catch('').default(''),
  return: z.string().optional().catch(undefined),
  look: z.coerce.number().int().min(0).max(1000).catch(0).default(0),
});

export const finishCheckout =
  (context: CheckoutContext): RequestHandler =>
  async (request, response) => {
    const { finish, identityOf, clock, publicUrl, secure, sendPage, sendFault } = context;
    const now = clock();
    const { session_id: id, return: back, look } = returnQuery.parse(request.query);
    const returnTo = localPath(back, publicUrl);
    const within = await context.returnLimit?.(context.networkOf(request, now));
    if (within?.kind === 'beyond') {
      response.setHeader('Retry-After', within.retryAfterSeconds);
      return sendFault(request, response, 429, 'too-many-requests', processing(id, returnTo, look).lookAgain);
    }
    const { asker, bearer, setCookies } = await identityOf(request, now);
    const finished = await finish(
      id,
      {
        ...(asker.newVisitor ? {} : { visitor: asker.visitor }),
        ...(asker.reader && !bearer ? { reader: asker.reader } : {}),
        label: deviceLabel(request.headers['user-agent']),
        returnTo,
      },
      now,
    );
    switch (finished.kind) {
      case 'paid': {
        const cookies = finished.token === undefined ? [] : [readerCookie(finished.token, secure)];
        return sendOn(response, returnTo === '/' ? '/-/account' : returnTo, [...setCookies, ...cookies]);
      }
      case 'paid-elsewhere':
        return sendOn(response, signInAddress(returnTo === '/' ? '/-/account' : returnTo), setCookies);
      case 'processing': {
        const facts = processing(id, returnTo, look);
        return sendPage(
          request,
          response,
          200,
          (site, messages) => renderProcessingPage({ site, ...facts }, messages),
          setCookies,
        );
      }
      case 'failed':
      case 'unfinished':
        return sendOn(response, subscribeAddress(returnTo, finished.kind), setCookies);
      case 'another-browser':
        return sendFault(request, response, 403, 'checkout-elsewhere');
      case 'unknown':
        return sendFault(request, response, 404, 'checkout-unknown');
      default:
        return finished satisfies never;
    }
  };

/** Soon at first, ever more seldom, and not for ever: a bank may take days. */
const lookDelaySeconds = [2, 3, 5, 10, 20, 30, 60, 60, 60, 60];

const processing = (id: string, returnTo: string, look: number) => {
  const refreshSeconds = lookDelaySeconds[look];
  const query = `session_id=${encodeURIComponent(id)}&return=${encodeURIComponent(returnTo)}&look=${look + 1}`;
  return {
    lookAgain: `/-/checkout/return?${query}`,
    ...(refreshSeconds === undefined ? {} : { refreshSeconds }),
  };
};
