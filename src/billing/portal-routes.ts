/** `/-/portal`: sends a reader on to Stripe's own pages for their card, their invoices and their cancelling. */
import type { IncomingMessage } from 'node:http';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../ops/clock.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import { signInAddress } from '../pages/sign-in-page.tsx';
import type { Identity } from '../readers/identify.ts';
import { onFailure, ownForm } from '../readers/own-forms-routes.ts';
import type { ReaderId } from '../readers/reader.ts';
import { createSendPage, localeOf, type PolicyWithMessages, sendOn } from '../readers/send-page.ts';
import type { VisitorNumberOf } from '../readers/visitor-number.ts';
import { type Billing, BillingFault, type PortalFlow } from './billing.ts';
import type { CustomerRecord, CustomerStore } from './customer-store.ts';
import { isLive } from './subscription.ts';

interface Options {
  readonly billing: Pick<Billing, 'openPortal'>;
  readonly customers: Pick<CustomerStore, 'customersOf'>;
  readonly identityOf: (request: IncomingMessage, now: number) => Identity | Promise<Identity>;
  readonly inForce: () => PolicyWithMessages;
  /** What pages say at their foot of who asks. */
  readonly visitorNumberOf?: VisitorNumberOf;
  readonly publicUrl: string;
  /** Where else this site's own pages may be open; the sandbox is both `localhost` and `127.0.0.1`. */
  readonly otherOrigins?: readonly string[];
  readonly clock: Clock;
  /** Told of what readers are not: what Stripe said. */
  readonly report: (error: unknown) => void;
}

/** Unknown fields and values are passed over: whoever has an old page open still gets to the portal. */
const portalForm = z.object({
  flow: z.enum(['payment', 'cancel']).optional().catch(undefined),
  customer: z.string().max(255).optional().catch(undefined),
  subscription: z.string().max(255).optional().catch(undefined),
});
type PortalForm = z.infer<typeof portalForm>;

export const portalRoutes = (options: Options): Router => {
  const { publicUrl, report } = options;
  const sendPage = createSendPage(options.inForce, options.visitorNumberOf);
  const origins = [publicUrl, ...(options.otherOrigins ?? [])].map((address) => new URL(address).origin);
  const unavailable = (request: Request, response: Response): void =>
    sendPage(request, response, 503, (site, messages) =>
      renderErrorPage({ site, code: 'unavailable', retryAt: accountPage }, messages),
    );
  return (
    Router()
      .post('/-/portal', ...ownForm(origins, sendPage), openPortal({ ...options, origins }, unavailable))
      // A reload of the page that says what went wrong.
      .get('/-/portal', (_request, response) => sendOn(response, accountPage))
      .use(onFailure(sendPage, report))
  );
};

const accountPage = '/-/account#payment';

const openPortal =
  (
    options: Options & { readonly origins: readonly string[] },
    unavailable: (request: Request, response: Response) => void,
  ): RequestHandler =>
  async (request, response) => {
    const { billing, customers, identityOf, inForce, origins, publicUrl, clock, report } = options;
    const { asker, bearer, setCookies } = await identityOf(request, clock());
    if (!asker.reader || bearer) return sendOn(response, signInAddress('/-/account'), setCookies);
    const asked: PortalForm = portalForm.safeParse(request.body ?? {}).data ?? {};
    const customer = chosen(await customers.customersOf(asker.reader.id), asker.reader.id, asked);
    // Another's customer answers like none at all: ids can't be tried out.
    if (!customer) return sendOn(response, '/-/account', setCookies);
    const flow = flowOf(asked, customer);
    // Back to where the browser's cookies are: a sandbox is open by more than one name.
    const origin = origins.find((own) => own === request.headers.origin) ?? new URL(publicUrl).origin;
    try {
      const address = await billing.openPortal({
        customer: customer.id,
        returnUrl: `${origin}/-/account?refreshed`,
        locale: localeOf(request, inForce().policy),
        ...(flow ? { flow } : {}),
      });
      sendOn(response, address, setCookies);
    } catch (error) {
      if (!(error instanceof BillingFault)) throw error;
      report(error);
      // Deleted at Stripe: the account page finds out, and shows what is left.
      if (error.code === 'resource_missing') sendOn(response, '/-/account?refreshed', setCookies);
      else unavailable(request, response);
    }
  };

/** The one that is named, if it is the reader's own; else the one with something running. */
const chosen = (
  records: readonly CustomerRecord[],
  reader: ReaderId,
  { customer }: PortalForm,
): CustomerRecord | undefined => {
  const owned = records.filter(({ owner }) => owner === reader);
  if (customer !== undefined) return owned.find(({ id }) => id === customer);
  return owned.find(({ state }) => state?.subscriptions.some(isLive)) ?? owned[0];
};

/** A task that doesn't fit what is there leads to the portal's front page, which Stripe would refuse to skip. */
const flowOf = ({ flow, subscription }: PortalForm, { state }: CustomerRecord): PortalFlow | undefined => {
  if (flow === 'payment') return { kind: 'payment-method' };
  if (flow !== 'cancel') return undefined;
  const open = (state?.subscriptions ?? []).filter((each) => isLive(each) && each.cancelAt === undefined);
  const named = subscription === undefined && open.length === 1 ? open[0] : undefined;
  const found = named ?? open.find(({ id }) => id === subscription);
  return found && { kind: 'cancel', subscription: found.id };
};
