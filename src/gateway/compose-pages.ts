/** Gatefold's own pages, put together into the app under `/-/`. */
import { createApp } from '../app.ts';
import { accessRoutes } from '../gate/access-routes.ts';
import { askedAddress } from '../gate/asked-address.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { Clock } from '../ops/clock.ts';
import { healthRoutes } from '../ops/health-routes.ts';
import { faultOf, type Log } from '../ops/log.ts';
import { randomText } from '../ops/random.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import { signInMail } from '../pages/mail-sign-in.tsx';
import { subscribeRoutes } from '../pages/subscribe-routes.ts';
import { accountRoutes } from '../readers/account-routes.ts';
import { jwksRoutes } from '../readers/jwks-routes.ts';
import type { SendMail } from '../readers/mail-sender.ts';
import { createSignInLimits } from '../readers/rate-limits.ts';
import { createSendPage } from '../readers/send-page.ts';
import { createSignIn } from '../readers/sign-in.ts';
import { signInRoutes } from '../readers/sign-in-routes.ts';
import type { TokenKeySetting } from '../settings.ts';
import type { Stores } from '../stores/open-stores.ts';
import type { Gate } from './compose-gate.ts';
import type { Readers } from './compose-readers.ts';

interface Options {
  readonly gate: Gate;
  readonly readers: Readers;
  readonly stores: Stores;
  readonly keys: readonly TokenKeySetting[];
  readonly hosts: readonly string[];
  readonly publicUrl: string;
  readonly otherOrigins: readonly string[];
  readonly sendMail: SendMail;
  readonly extraRoutes: Parameters<typeof createApp>[0]['routes'];
  readonly inForce: () => PolicyInForce;
  readonly isStopping: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

export const composePages = (options: Options): ReturnType<typeof createApp> => {
  const { gate, readers, stores, keys, hosts, publicUrl, otherOrigins, inForce, clock, log } = options;
  const { identityOf, networkOf } = readers;
  const report = (error: unknown): void => log.error({ fault: faultOf(error) }, 'a reader’s request failed');
  const common = { identityOf, inForce, publicUrl, otherOrigins, clock, report };
  const sendPage = createSendPage(inForce);
  return createApp({
    sendFault: gate.sendFault,
    log,
    routes: [
      healthRoutes({ ping: stores.ping, isStopping: options.isStopping }),
      accessRoutes({ answerAccess: gate.answerAccess, identityOf, hosts, clock }),
      jwksRoutes(keys),
      subscribe(options, sendPage),
      signInRoutes({
        ...common,
        signIn: composeSignIn(options),
        limits: createSignInLimits({ redisClient: stores.limitClient }),
        store: stores.readers,
        networkOf,
      }),
      accountRoutes({ ...common, store: stores.readers, entitlementsOf: readers.liveView.of }),
      ...options.extraRoutes,
    ],
    notFound: (request, response) =>
      sendPage(request, response, 404, (site, messages) =>
        renderErrorPage({ site, code: 'not-found' }, messages),
      ),
  });
};

const composeSignIn = ({ stores, readers, publicUrl, sendMail, inForce }: Options) =>
  createSignIn({
    store: stores.readers,
    tokens: readers.tokens,
    entitlementsOf: readers.liveView.of,
    mergeReads: readers.mergeReads,
    composeMail: (facts, locale) => {
      const { policy, messages } = inForce();
      return signInMail({ siteName: policy.site.name, ...facts }, messages(locale));
    },
    sendMail,
    publicUrl,
    random: randomText,
  });

const subscribe = (
  { gate, readers, stores, hosts, inForce, clock }: Options,
  send: ReturnType<typeof createSendPage>,
) =>
  subscribeRoutes({
    offer: () => {
      const { policy } = inForce();
      const nameOf = new Map(policy.products.map(({ id, name }) => [id, name]));
      return policy.plans.map(({ name, products }) => ({
        name,
        products: products.map((id) => nameOf.get(id) ?? id),
      }));
    },
    send,
    emailOf: async (request) => {
      const { asker } = await readers.identityOf(request, clock());
      return asker.reader && (await stores.readers.byId(asker.reader.id).catch(() => undefined))?.email;
    },
    titleAt: async (path) => {
      const address = askedAddress(path, hosts);
      const page = address && (await gate.locate(address.target, address.path, inForce()));
      return page?.kind === 'article' ? page.article.title : undefined;
    },
  });
