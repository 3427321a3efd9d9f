/** `/-/portal`: sends a reader on to Stripe's own pages for their card, their invoices and their cancelling. */
import type { IncomingMessage } from 'node:http';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { type ErrorCode, renderErrorPage } from '../pages/error-page.tsx';
import { signInAddress } from '../pages/sign-in-page.tsx';
import { onFailure, ownForm } from '../readers/own-forms-routes.ts';
import type { OwnPages } from '../readers/own-pages.ts';
import type { LimitAnswer, PortalLimits } from '../readers/rate-limits.ts';
import type { ReaderId } from '../readers/reader.ts';
import { createSendPage, localeOf, sendOn } from '../readers/send-page.ts';
import { type Billing, BillingFault, type PortalFlow } from './billing.ts';
import type { CustomerRecord, CustomerStore } from './customer-store.ts';
import { isLive } from './subscription.ts';

interface Options extends OwnPages {
  readonly billing: Pick<Billing, 'openPortal'>;
  readonly customers: Pick<CustomerStore, 'customersOf' | 'manage'>;
  readonly limits: PortalLimits;
  /** Names the network that a request came from, whatever cookies it brought. */
  readonly networkOf: (request: IncomingMessage, now: number) => string;
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
  const sendFault: SendFault = (request, response, status, code) =>
    sendPage(request, response, status, (site, messages) =>
      renderErrorPage({ site, code, retryAt: accountPage }, messages),
    );
  return (
    Router()
      .post('/-/portal', ...ownForm(origins, sendPage), openPortal({ ...options, origins }, sendFault))
      // A reload of the page that says what went wrong.
      .get('/-/portal', (_request, response) => sendOn(response, accountPage))
      .use(onFailure(sendPage, report))
  );
};

const accountPage = '/-/account#payment';

type SendFault = (request: Request, response: Response, status: number, code: ErrorCode) => void;

const openPortal =
  (options: Options & { readonly origins: readonly string[] }, sendFault: SendFault): RequestHandler =>
  async (request, response) => {
    const { billing, customers, limits, identityOf, networkOf, inForce, publicUrl, clock, report } = options;
    const now = clock();
    const { asker, bearer, setCookies } = await identityOf(request, now);
    if (!asker.reader || bearer) return sendOn(response, signInAddress('/-/account'), setCookies);
    const within = await withinBoth(limits, networkOf(request, now), asker.reader.id);
    if (within.kind === 'beyond') {
      response.setHeader('Retry-After', within.retryAfterSeconds);
      return sendFault(request, response, 429, 'too-many-requests');
    }
    const asked: PortalForm = portalForm.safeParse(request.body ?? {}).data ?? {};
    const customer = chosen(await customers.customersOf(asker.reader.id), asker.reader.id, asked);
    // Another's customer answers like none at all: ids can't be tried out.
    if (!customer) return sendOn(response, '/-/account', setCookies);
    const flow = flowOf(asked, customer);
    // Back to where the browser's cookies are: a sandbox is open by more than one name.
    const origin = options.origins.find((own) => own === request.headers.origin) ?? new URL(publicUrl).origin;
    try {
      const address = await billing.openPortal({
        customer: customer.id,
        returnUrl: `${origin}/-/account?refreshed`,
        locale: localeOf(request, inForce().policy),
        ...(flow ? { flow } : {}),
      });
      sendOn(response, (await mayManage(customers, customer)) ? address : '/-/account', setCookies);
    } catch (error) {
      if (!(error instanceof BillingFault)) throw error;
      report(error);
      // Deleted at Stripe: the account page finds out, and shows what is left.
      if (error.code === 'resource_missing') sendOn(response, '/-/account?refreshed', setCookies);
      else sendFault(request, response, 503, 'unavailable');
    }
  };

/** One after the other: a network that has asked enough must not use up what a reader has left. */
const withinBoth = async (
  { perNetwork, perReader }: PortalLimits,
  network: string,
  reader: ReaderId,
): Promise<LimitAnswer> => {
  const ofNetwork = await perNetwork(network);
  return ofNetwork.kind === 'beyond' ? ofNetwork : perReader(reader);
};

/**
 * Noted before the owner can put in a card, and only while they are the owner: whoever paid with their address may have
 * taken it back just now.
 */
const mayManage = async (
  customers: Options['customers'],
  { id, owner, payer }: CustomerRecord,
): Promise<boolean> => payer === undefined || customers.manage(id, owner);

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
