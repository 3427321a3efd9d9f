/** All of the console: signing in, and the pages behind it. */
import { Router } from 'express';
import { onFailure } from '../readers/own-forms-routes.ts';
import type { PolicyWithMessages } from '../readers/send-page.ts';
import { apiDocsRoutes } from './api/api-docs-routes.ts';
import { apiRoutes } from './api/api-routes.ts';
import type { Call } from './api/call.ts';
import type { Area } from './area.ts';
import type { DraftDesk } from './draft/draft-desk.ts';
import { type OperatorRoutesOptions, operatorRoutes } from './operators/operator-routes.ts';
import { consolePath } from './operators/return-path.ts';
import { assetsRoutes } from './shell/assets-routes.ts';
import { keepToOwnPages } from './shell/keep-to-own-pages.ts';
import { createRequireOperator } from './shell/require-operator.ts';
import { createShowPage } from './shell/show-page.ts';

export interface ConsoleRoutesOptions extends OperatorRoutesOptions {
  readonly inForce: () => PolicyWithMessages;
  /** `https://host[:port]`: the site's, where readers are. */
  readonly publicUrl: string;
  readonly desk: DraftDesk;
  /** In the order in which the documentation of the management API has their calls. */
  readonly areas: readonly Area[];
}

export interface ConsoleRoutes {
  readonly router: Router;
  /** All that the management API can. */
  readonly calls: readonly Call[];
}

export const consoleRoutes = (options: ConsoleRoutesOptions): ConsoleRoutes => {
  const { publicUrl, consoleUrl, otherOrigins = [], sendPage, identify, clock, report } = options;
  const doors = createRequireOperator({
    identify,
    ownAddresses: [consoleUrl, ...otherOrigins],
    sendPage,
    secure: consoleUrl.startsWith('https:'),
    clock,
    report,
  });
  const showPage = createShowPage({ operatorOf: doors.operatorOf, sendPage, inForce: options.inForce });
  const { desk } = options;
  const shared = { ...doors, showPage, sendPage, desk, publicUrl, consoleUrl, clock, report };
  const areas = options.areas.map((area) => area(shared));
  const calls = areas.flatMap((area) => area.calls ?? []);
  const router = Router().use(consolePath, keepToOwnPages(sendPage));
  for (const { pages } of areas) if (pages) router.use(pages);
  router
    .use(assetsRoutes())
    .use(apiDocsRoutes({ ...shared, calls }))
    .use(apiRoutes({ ...shared, calls }))
    .use(operatorRoutes(options))
    .use(onFailure(sendPage, report));
  return { router, calls };
};
