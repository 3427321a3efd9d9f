/** `/-/console/readers/:id`: one reader, and what operators do about them. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { EntitlementId } from '../../entitlements/entitlement.ts';
import type { DeviceId, ReaderId } from '../../readers/reader.ts';
import { sendOn } from '../../readers/send-page.ts';
import { may } from '../operators/may.ts';
import { dayAt, endOfDayTyped } from './last-day.ts';
import { type CompTyped, compFaults } from './reader-comp.tsx';
import type { ReaderFacts } from './reader-facts.ts';
import { renderNoReaderPage, renderReaderPage } from './reader-page.tsx';
import type { ReadersContext } from './readers-context.ts';
import type { Resynced } from './resync.ts';

const path = '/-/console/readers/:id';

export const readerRoutes = (context: ReadersContext): Router => {
  const { need } = context;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 20 });
  return Router()
    .get(path, need('read'), show(context))
    .post(`${path}/comp`, need('grant'), form, giveComp(context))
    .post(`${path}/revoke`, need('revoke'), form, revoke(context))
    .post(`${path}/resync`, need('resync'), resync(context))
    .post(`${path}/sign-out`, need('sign-out-device'), form, signOut(context));
};

const notices = {
  given: 'The comp is given: it holds from the reader’s next page on.',
  revoked: 'Taken back: the reader’s next page knows.',
  'signed-out': 'Signed out: the browser’s next page knows.',
} as const;

const noticeOf = (done: unknown): { readonly notice?: string } =>
  typeof done === 'string' && Object.hasOwn(notices, done)
    ? { notice: notices[done as keyof typeof notices] }
    : {};

const idOf = (request: Request): ReaderId => String(request.params.id) as ReaderId;

const show =
  (context: ReadersContext): RequestHandler =>
  (request, response) =>
    showReader(context, request, response, 200, noticeOf(request.query.done));

type More = Partial<Pick<ReaderFacts, 'notice' | 'fault' | 'typed' | 'resynced'>>;

const showReader = async (
  context: ReadersContext,
  request: Request,
  response: Response,
  status: number,
  more: More,
): Promise<void> => {
  const { sheetOf, siteNow, policy, plans, sells, dashboard, showPage, operatorOf } = context;
  const now = siteNow();
  const sheet = await sheetOf(idOf(request), now);
  if (!sheet) return showPage(request, response, 404, renderNoReaderPage);
  const { role, via } = operatorOf(request);
  const { products, site } = policy();
  const facts: ReaderFacts = {
    sheet,
    products,
    plans,
    mayChange: may({ role, by: via.kind }, 'grant') === 'allowed',
    sells,
    ...(dashboard === undefined ? {} : { dashboard }),
    ...more,
    today: dayAt(now, site.timeZone),
  };
  showPage(request, response, status, (frame) => renderReaderPage(frame, facts));
};

const compForm = z.object({ product: z.string().catch(''), until: z.string().catch('') });

const giveComp =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    const typed = compForm.parse(request.body ?? {});
    const refuse = (wrong: CompTyped['wrong']): Promise<void> =>
      showReader(context, request, response, 422, {
        fault: 'No comp was given: see what is said at the form.',
        typed: { ...typed, wrong, fault: compFaults[wrong] },
      });
    const endsAt = endOfDayTyped(typed.until, context.policy().site.timeZone);
    if (endsAt === undefined) return refuse('until');
    const { change, operatorOf, clock } = context;
    const asked = { product: typed.product, endsAt };
    const { kind } = await change.comp(idOf(request), asked, operatorOf(request), clock());
    switch (kind) {
      case 'given':
        return goOn(request, response, 'given');
      case 'reader-unknown':
        return showReader(context, request, response, 404, {});
      case 'product-unknown':
        return refuse('product');
      case 'end-invalid':
        return refuse('until');
      default:
        return kind satisfies never;
    }
  };

const revokeForm = z.object({ entitlement: z.string().catch('') });

const revoke =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    const { entitlement } = revokeForm.parse(request.body ?? {});
    const { change, operatorOf, clock } = context;
    const id = entitlement as EntitlementId;
    const { kind } = await change.revoke(idOf(request), id, operatorOf(request), clock());
    if (kind === 'revoked') return goOn(request, response, 'revoked');
    await showReader(context, request, response, 409, { fault: revokeFaults[kind] });
  };

const revokeFaults = {
  'entitlement-unknown': 'That isn’t there any more: the page shows what the reader holds now.',
  'entitlement-of-stripe':
    'That follows from what Stripe says, and would be back with its next word: cancel the subscription or refund the pass in Stripe.',
} as const;

const resync =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    const { change, operatorOf, clock } = context;
    const done = await change.resync(idOf(request), operatorOf(request), clock());
    switch (done.kind) {
      case 'resynced':
        // No redirect: what changed would have to wait somewhere for the next request.
        return showReader(context, request, response, 200, { resynced: done, notice: resyncNotice(done) });
      case 'customer-unknown':
        return showReader(context, request, response, 409, {
          fault: 'No customer at Stripe is this reader’s.',
        });
      case 'nothing-sold':
        return showReader(context, request, response, 409, {
          fault: 'Nothing is sold here, so Stripe isn’t asked.',
        });
      case 'stripe-unavailable':
        return showReader(context, request, response, 503, { fault: `Nothing was changed. ${done.why}` });
      default:
        return done satisfies never;
    }
  };

const resyncNotice = ({ changes, stateChanged }: Extract<Resynced, { kind: 'resynced' }>): string => {
  if (changes.length > 0) return 'Read from Stripe again: what changed stands under “At Stripe”.';
  return stateChanged
    ? 'Read from Stripe again. It told something new; what the reader may read is as it was.'
    : 'Read from Stripe again. It told nothing new: everything was in step.';
};

const signOutForm = z.object({ device: z.string().catch('') });

const signOut =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    const { device } = signOutForm.parse(request.body ?? {});
    const { change, operatorOf, clock } = context;
    const meant = device === 'all' ? undefined : (device as DeviceId);
    const { kind } = await change.signOut(idOf(request), meant, operatorOf(request), clock());
    if (kind === 'signed-out') return goOn(request, response, 'signed-out');
    await showReader(context, request, response, 409, {
      fault: 'That browser isn’t signed in any more: the page shows those that are.',
    });
  };

const goOn = (request: Request, response: Response, done: keyof typeof notices): void =>
  sendOn(response, `/-/console/readers/${encodeURIComponent(idOf(request))}?done=${done}`);
