/** `/-/account`: what a reader may read and where they are signed in, with the ways to sign those out. */
import type { IncomingMessage } from 'node:http';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Entitlement } from '../entitlements/entitlement.ts';
import type { Clock } from '../ops/clock.ts';
import { type AccountDevice, type AccountEntitlement, renderAccountPage } from '../pages/account-page.tsx';
import { signInAddress } from '../pages/sign-in-page.tsx';
import { renderSignedOutPage } from '../pages/signed-out-page.tsx';
import type { Policy } from '../policy/policy.ts';
import type { Asker } from './asker.ts';
import type { Identity } from './identify.ts';
import { onFailure, ownForm } from './own-forms-routes.ts';
import type { DeviceId, DeviceRecord, ReaderId } from './reader.ts';
import { clearedReaderCookie } from './reader-cookies.ts';
import type { ReaderStore } from './reader-store.ts';
import { createSendPage, type PolicyWithMessages, sendOn } from './send-page.ts';

export interface AccountRoutesOptions {
  readonly store: Pick<ReaderStore, 'byId' | 'devices' | 'revokeDevice'>;
  readonly entitlementsOf: (reader: ReaderId) => Promise<readonly Entitlement[]>;
  readonly identityOf: (request: IncomingMessage, now: number) => Identity | Promise<Identity>;
  readonly inForce: () => PolicyWithMessages;
  readonly publicUrl: string;
  /** Where else this site's own pages may be open; the sandbox is both `localhost` and `127.0.0.1`. */
  readonly otherOrigins?: readonly string[];
  readonly clock: Clock;
  /** Told of what readers are not: failures of the store. */
  readonly report: (error: unknown) => void;
}

type SignedIn = NonNullable<Asker['reader']>;

export const accountRoutes = (options: AccountRoutesOptions): Router => {
  const { store, entitlementsOf, publicUrl, clock, report } = options;
  const secure = publicUrl.startsWith('https:');
  const sendPage = createSendPage(options.inForce);
  const form = ownForm([publicUrl, ...(options.otherOrigins ?? [])], sendPage);
  const routes = Router();

  /** Whoever isn't signed in is asked to; a browser is, an app's token opens no pages. */
  const forReader =
    (
      handle: (
        request: Request,
        response: Response,
        reader: SignedIn,
        setCookies: readonly string[],
      ) => Promise<void>,
    ): RequestHandler<{ id: string }> =>
    async (request, response) => {
      const { asker, bearer, setCookies } = await options.identityOf(request, clock());
      if (asker.reader && !bearer) return handle(request as Request, response, asker.reader, setCookies);
      sendOn(response, signInAddress('/-/account'), setCookies);
    };

  const signOutAll = async (reader: ReaderId): Promise<void> => {
    await Promise.all((await store.devices(reader)).map(({ id }) => store.revokeDevice(id)));
  };

  const sendSignedOut = (request: Request, response: Response): void =>
    sendPage(request, response, 200, (site, messages) => renderSignedOutPage({ site }, messages), [
      clearedReaderCookie(secure),
    ]);

  routes.get(
    '/-/account',
    forReader(async (request, response, { id, device }, setCookies) => {
      const now = clock();
      const [record, devices, entitlements] = await Promise.all([
        store.byId(id),
        store.devices(id),
        entitlementsOf(id),
      ]);
      if (!record) return sendOn(response, signInAddress('/-/account'), [clearedReaderCookie(secure)]);
      const facts = {
        email: record.email,
        entitlements: shownEntitlements(entitlements, options.inForce().policy, now),
        devices: shownDevices(devices, device),
        now,
      };
      sendPage(
        request,
        response,
        200,
        (site, words) => renderAccountPage({ site, ...facts }, words),
        setCookies,
      );
    }),
  );

  const signOutEverywhere = forReader(async (request, response, { id }) => {
    await signOutAll(id);
    sendSignedOut(request, response);
  });
  routes.post('/-/account/sign-out-all', ...form, signOutEverywhere);
  routes.post('/-/account/devices/all/sign-out', ...form, signOutEverywhere);

  routes.post(
    '/-/account/devices/:id/sign-out',
    ...form,
    forReader(async (request, response, { id, device }) => {
      const own = (await store.devices(id)).find((each) => each.id === request.params.id);
      // Another reader's device answers like one that is gone: ids of others can't be tried out.
      if (own) await store.revokeDevice(own.id);
      if (own?.id === device) return sendSignedOut(request, response);
      sendOn(response, '/-/account');
    }),
  );

  routes.use(onFailure(sendPage, report));
  return routes;
};

const shownEntitlements = (
  entitlements: readonly Entitlement[],
  policy: Policy,
  now: number,
): readonly AccountEntitlement[] =>
  entitlements
    .filter(({ endsAt }) => endsAt > now)
    .map(({ product, source, startsAt, endsAt }) => ({
      productName: policy.products.find(({ id }) => id === product)?.name ?? product,
      source,
      startsAt,
      endsAt,
    }));

/** This browser first, then by when they were last used. */
const shownDevices = (devices: readonly DeviceRecord[], current: DeviceId): readonly AccountDevice[] =>
  devices
    .map(({ id, label, lastSeenAt }) => ({ id, label, lastSeenAt, current: id === current }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt);
