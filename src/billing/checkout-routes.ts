/** `/-/checkout` and `/-/checkout/return`: to Stripe's page and back. */
import { type ErrorRequestHandler, Router } from 'express';
import { renderErrorPage } from '../pages/error-page.tsx';
import { subscribeAddress } from '../pages/subscribe-address.ts';
import { localPath } from '../readers/local-path.ts';
import { onFailure, ownForm } from '../readers/own-forms-routes.ts';
import { createSendPage, sendOn } from '../readers/send-page.ts';
import { beginCheckout, checkoutForm } from './begin-checkout-routes.ts';
import { BillingFault } from './billing.ts';
import type { CheckoutContext, CheckoutRoutesOptions } from './checkout-context.ts';
import { finishCheckout } from './finish-checkout-routes.ts';

export const checkoutRoutes = (options: CheckoutRoutesOptions): Router => {
  const { publicUrl, inForce, report } = options;
  const sendPage = createSendPage(inForce, options.visitorNumberOf);
  const origins = [publicUrl, ...(options.otherOrigins ?? [])].map((address) => new URL(address).origin);
  const context: CheckoutContext = {
    ...options,
    secure: publicUrl.startsWith('https:'),
    origins,
    sendPage,
    sendFault: (request, response, status, code, retryAt) =>
      sendPage(request, response, status, (site, messages) =>
        renderErrorPage({ site, code, ...(retryAt === undefined ? {} : { retryAt }) }, messages),
      ),
  };
  return Router()
    .get('/-/checkout', (_request, response) => sendOn(response, subscribeAddress('/')))
    .post('/-/checkout', ...ownForm(origins, sendPage), beginCheckout(context))
    .get('/-/checkout/return', finishCheckout(context))
    .use(onStripesFailure(context))
    .use(onFailure(sendPage, report));
};

/** Whoever came to pay learns that nothing was charged, whoever comes from paying that nothing is lost. */
const onStripesFailure =
  ({ report, sendFault, publicUrl }: CheckoutContext): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (!(error instanceof BillingFault) || response.headersSent) return next(error);
    report(error);
    if (request.method !== 'POST') return sendFault(request, response, 503, 'payment-unconfirmed');
    const form = checkoutForm.safeParse(request.body);
    const back = form.success ? localPath(form.data.return, publicUrl) : '/';
    sendFault(request, response, 503, 'payments-unavailable', subscribeAddress(back));
  };
