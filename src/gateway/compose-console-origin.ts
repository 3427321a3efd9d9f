/** What the console's own origin answers: the console, whether the process is well, the sandbox's outbox; nothing of the site's. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createApp } from '../app.ts';
import { frontRoutes } from '../console/shell/front-routes.ts';
import { healthRoutes } from '../ops/health-routes.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import type { Console } from './compose-console.ts';
import type { Gate } from './compose-gate.ts';
import type { Base } from './open-base.ts';

interface Options extends Pick<Base, 'stores' | 'log'> {
  readonly console: Console;
  readonly gate: Pick<Gate, 'sendFault'>;
  readonly mailRoutes: Parameters<typeof createApp>[0]['routes'];
  readonly isStopping: () => boolean;
}

export const composeConsoleOrigin = (
  options: Options,
): ((request: IncomingMessage, response: ServerResponse) => void) => {
  const { console, gate, log, stores, mailRoutes, isStopping } = options;
  const app = createApp({
    sendFault: gate.sendFault,
    log,
    routes: [
      healthRoutes({ ping: stores.ping, isStopping }),
      ...mailRoutes,
      frontRoutes(),
      ...console.routes,
    ],
    notFound: (request, response) =>
      console.sendPage(request, response, 404, (site, messages) =>
        renderErrorPage({ site, code: 'not-found' }, messages),
      ),
  });
  return (request, response) => {
    // Whole addresses and `*` are asked of proxies, and the router would read a path out of them.
    if (request.url?.startsWith('/')) app(request, response);
    else gate.sendFault(request, response, 'bad-address');
  };
};
