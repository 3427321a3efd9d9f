/** Opens the offline Stripe: its books, its API on loopback, its webhooks, its clock and its hosted pages. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHostedActions } from './actions/hosted-actions.ts';
import { createControls } from './actions/hosted-controls.ts';
import { createControlRoutes } from './api/control-routes.ts';
import { createFaults } from './api/faults.ts';
import { createApiServer } from './api/server.ts';
import { createClock } from './clock.ts';
import type { HostedActions, HostedControls } from './hosted.ts';
import { type Books, openBooks } from './ledger/books.ts';
import { isLocalAddress } from './local-address.ts';
import { offerPlans } from './offer.ts';
import { createHostedPages } from './pages/hosted-pages.ts';
import { allRoutes } from './resources/all-routes.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { seedSubscriptions } from './seed.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

/** What tests have on top: what a person does at the hosted pages, without a browser. */
export interface OpenedSandbox extends Sandbox {
  readonly actions: HostedActions;
  readonly controls: HostedControls;
  /** So many subscriptions to the price, each with a customer and a paid invoice, and without events. */
  seedSubscriptions(count: number, price?: string): number;
}

/** @throws Error when an address isn't on this machine, or what is kept in the directory can't be read. */
export const openSandbox = async (options: SandboxOptions): Promise<OpenedSandbox> => {
  checkLocal(options);
  const { publicUrl, random, realNow, warn, webhookUrl } = options;
  const books = openBooks(options);
  const webhookSecret = ownEndpoint(books, webhookUrl);
  const webhooks = createWebhooks({ books, random, realNow });
  const changed = (): void => webhooks.kick();
  const clock = createClock({ books, changed, realNow, warn });
  const { catchUp } = clock;
  const actions = createHostedActions({ books, catchUp, changed });
  const controls = createControls({ books, clock, webhooks });
  const faults = createFaults();
  const server = createApiServer({
    books,
    routes: allRoutes,
    faults,
    catchUp,
    changed,
    controls: createControlRoutes({ books, controls, actions, faults, changed }),
    warn,
  });
  const port = await listen(server);
  catchUp();
  books.commit();
  webhooks.kick();
  return {
    apiBase: `http://127.0.0.1:${port}`,
    secretKey: books.settings().secretKey,
    webhookSecret,
    now: books.nowMs,
    handlePage: createHostedPages({ actions, controls, publicUrl, now: books.nowMs, warn }),
    offer: (policy) => {
      offerPlans(books, policy);
      books.commit();
      webhooks.kick();
    },
    controls,
    actions,
    seedSubscriptions: (count, price = '') => {
      const made = seedSubscriptions(books, count, price);
      books.commit();
      return made;
    },
    close: async () => {
      clock.stop();
      webhooks.stop();
      await close(server);
      books.commit();
    },
  };
};

const checkLocal = ({ publicUrl, webhookUrl }: SandboxOptions): void => {
  for (const [name, url] of Object.entries({ PUBLIC_URL: publicUrl, 'the webhook address': webhookUrl }))
    if (!isLocalAddress(url))
      throw new Error(
        `The sandbox runs on this machine only, and ${name} is ${url}: set STRIPE_SECRET_KEY to sell, or PUBLIC_URL to a local address to try.`,
      );
};

/** The first endpoint is the gateway's own; its secret is kept, its address is wherever the gateway is now. */
const ownEndpoint = (books: Books, url: string): string => {
  const [own] = books.endpoints.walk({ ahead: '' });
  const endpoint = own ?? {
    id: books.newId('we'),
    created: books.now(),
    secret: books.newId('whsec'),
    enabledEvents: ['*'],
    enabled: true,
    description: 'Gatefold',
    metadata: {},
  };
  books.endpoints.put({ ...endpoint, url });
  return endpoint.secret;
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
