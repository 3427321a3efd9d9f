/** `/-/account`: what a reader pays for and may read, and where they are signed in, with the ways to sign those out. */

import { type Request, type Response, Router } from 'express';
import { type Entitlement, isActive } from '../entitlements/entitlement.ts';
import type { AccountEntitlement } from '../pages/account-access.tsx';
import type { AccountDevice } from '../pages/account-devices.tsx';
import { renderAccountPage } from '../pages/account-page.tsx';
import { signInAddress } from '../pages/sign-in-page.tsx';
import { renderSignedOutPage } from '../pages/signed-out-page.tsx';
import type { Policy } from '../policy/policy.ts';
import { type HandleReader, forReader as readersOnly } from './for-reader-routes.ts';
import { onFailure, ownForm } from './own-forms-routes.ts';
import type { OwnPages } from './own-pages.ts';
import type { DeviceId, DeviceRecord, ReaderId } from './reader.ts';
import type { ReaderBilling } from './reader-billing.ts';
import { clearedReaderCookie } from './reader-cookies.ts';
import type { ReaderStore } from './reader-store.ts';
import { createSendPage, type SendPage, sendOn, stripePages } from './send-page.ts';

export interface AccountRoutesOptions extends OwnPages {
  readonly store: Pick<ReaderStore, 'byId' | 'devices' | 'revokeDevice'>;
  readonly entitlementsOf: (reader: ReaderId) => Promise<readonly Entitlement[]>;
  /** Absent: nothing is sold here. */
  readonly billing?: Pick<ReaderBilling, 'shown'>;
}

interface AccountContext extends AccountRoutesOptions {
  readonly sendPage: SendPage;
  readonly sendSignedOut: (request: Request, response: Response) => void;
  readonly secure: boolean;
}

export const accountRoutes = (options: AccountRoutesOptions): Router => {
  const { publicUrl, report } = options;
  const secure = publicUrl.startsWith('https:');
  const sendPage = createSendPage(
    options.inForce,
    options.visitorNumberOf,
    options.billing ? stripePages(publicUrl) : [],
  );
  const form = ownForm([publicUrl, ...(options.otherOrigins ?? [])], sendPage);
  const forReader = readersOnly(options);
  const sendSignedOut: AccountContext['sendSignedOut'] = (request, response) =>
    sendPage(request, response, 200, (site, messages) => renderSignedOutPage({ site }, messages), [
      clearedReaderCookie(secure),
    ]);
  const context: AccountContext = { ...options, sendPage, sendSignedOut, secure };
  return Router()
    .get('/-/account', forReader(showAccount(context)))
    .post('/-/account/sign-out-all', ...form, forReader(signOutEverywhere(context)))
    .post('/-/account/devices/all/sign-out', ...form, forReader(signOutEverywhere(context)))
    .post('/-/account/devices/:id/sign-out', ...form, forReader(signOutOne(context)))
    .use(onFailure(sendPage, report));
};

const showAccount =
  ({ store, entitlementsOf, billing, inForce, clock, secure, sendPage }: AccountContext): HandleReader =>
  async (request, response, { id, device }, setCookies) => {
    // First: what Stripe says now may change what is read after it.
    const bought = await billing?.shown(id, request.query.refreshed !== undefined);
    const [record, devices, entitlements] = await Promise.all([
      store.byId(id),
      store.devices(id),
      entitlementsOf(id),
    ]);
    if (!record) return sendOn(response, signInAddress('/-/account'), [clearedReaderCookie(secure)]);
    const [now, { policy }] = [clock(), inForce()];
    const { allowed } = policy.devices;
    const facts = {
      ...(record.email === undefined ? {} : { email: record.email }),
      ...(request.query.subscribed === undefined ? {} : { subscribedAlready: true }),
      ...(bought ? { billing: bought } : {}),
      entitlements: shownEntitlements(entitlements, policy, now),
      devices: shownDevices(devices, device),
      ...(allowed === undefined ? {} : { allowedDevices: allowed }),
      now,
    };
    sendPage(
      request,
      response,
      200,
      (site, messages) => renderAccountPage({ site, ...facts }, messages),
      setCookies,
    );
  };

const signOutEverywhere =
  ({ store, sendSignedOut }: AccountContext): HandleReader =>
  async (request, response, { id }) => {
    await Promise.all((await store.devices(id)).map((device) => store.revokeDevice(device.id)));
    sendSignedOut(request, response);
  };

const signOutOne =
  ({ store, sendSignedOut }: AccountContext): HandleReader =>
  async (request, response, { id, device }) => {
    const own = (await store.devices(id)).find((each) => each.id === request.params.id);
    // Another reader's device answers like one that is gone: ids of others can't be tried out.
    if (own) await store.revokeDevice(own.id);
    if (own?.id === device) return sendSignedOut(request, response);
    sendOn(response, '/-/account');
  };

const shownEntitlements = (
  entitlements: readonly Entitlement[],
  policy: Policy,
  now: number,
): readonly AccountEntitlement[] =>
  entitlements
    .filter(({ endsAt }) => endsAt > now)
    .filter((each) => !entitlements.some((other) => makesNeedless(other, each, now)))
    .map(({ product, source, startsAt, endsAt, paymentDue }) => ({
      productName: policy.products.find(({ id }) => id === product)?.name ?? product,
      source,
      startsAt,
      endsAt,
      ...(paymentDue ? { paymentDue } : {}),
    }));

/** Of two subscriptions to one product, one line is enough: the one that is paid for, else the one that lasts longer. */
const makesNeedless = (other: Entitlement, one: Entitlement, now: number): boolean => {
  if (other === one || other.product !== one.product || !isActive(other, now)) return false;
  if (other.source !== 'subscription' || one.source !== 'subscription') return false;
  if (other.paymentDue !== one.paymentDue) return other.paymentDue === undefined;
  return other.endsAt === one.endsAt ? other.id < one.id : other.endsAt > one.endsAt;
};

/** This browser first, then by when they were last used. */
const shownDevices = (devices: readonly DeviceRecord[], current: DeviceId): readonly AccountDevice[] =>
  devices
    .map(({ id, label, lastSeenAt }) => ({ id, label, lastSeenAt, current: id === current }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt);
