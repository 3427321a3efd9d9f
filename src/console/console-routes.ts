/** All of the console: signing in, and the pages behind it. */
import { Router } from 'express';
import { onFailure } from '../readers/own-forms-routes.ts';
import type { PolicyWithMessages } from '../readers/send-page.ts';
import { apiRoutes } from './api/api-routes.ts';
import { auditCalls } from './api/audit-calls.ts';
import type { Call } from './api/call.ts';
import { overviewCalls } from './api/overview-calls.ts';
import { teamCalls } from './api/team-calls.ts';
import { tokenCalls } from './api/token-calls.ts';
import { apiDocsRoutes } from './api-docs-routes.ts';
import type { Area } from './area.ts';
import { assetsRoutes } from './assets-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import type { DraftDesk } from './draft-desk.ts';
import { keepToOwnPages } from './keep-to-own-pages.ts';
import { type OperatorRoutesOptions, operatorRoutes } from './operator-routes.ts';
import type { AuditStore } from './operators/audit-store.ts';
import type { ChangeOperators } from './operators/change-operators.ts';
import type { ManageTokens } from './operators/manage-tokens.ts';
import type { OperatorStore } from './operators/operator-store.ts';
import { consolePath } from './operators/return-path.ts';
import type { OverviewSources } from './overview-facts.ts';
import { overviewRoutes } from './overview-routes.ts';
import { createRequireOperator } from './require-operator.ts';
import { createShowPage } from './show-page.ts';
import { teamRoutes } from './team-routes.ts';

export interface ConsoleRoutesOptions extends OperatorRoutesOptions {
  readonly inForce: () => PolicyWithMessages;
  /** `https://host[:port]`: the site's, where readers are. */
  readonly publicUrl: string;
  readonly overview: Omit<OverviewSources, 'publicUrl' | 'consoleUrl' | 'report'>;
  readonly operators: ChangeOperators;
  readonly tokens: ManageTokens;
  readonly operatorStore: Pick<OperatorStore, 'devicesOfOperator'>;
  readonly auditStore: Pick<AuditStore, 'auditPage'>;
  readonly desk: DraftDesk;
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
  const { operators, tokens, operatorStore, auditStore, desk } = options;
  const shared = { ...doors, showPage, sendPage, desk, publicUrl, consoleUrl, clock, report };
  const areas = options.areas.map((area) => area(shared));
  const overview = { ...options.overview, publicUrl, consoleUrl, report };
  const calls = [
    ...overviewCalls(overview),
    ...areas.flatMap((area) => area.calls ?? []),
    ...teamCalls(options),
    ...tokenCalls(options),
    ...auditCalls(options),
  ];
  const router = Router().use(consolePath, keepToOwnPages(sendPage));
  for (const { pages } of areas) if (pages) router.use(pages);
  router
    .use(assetsRoutes())
    .use(apiDocsRoutes({ ...shared, calls }))
    .use(apiRoutes({ ...shared, calls }))
    .use(operatorRoutes(options))
    .use(overviewRoutes({ ...overview, ...shared }))
    .use(teamRoutes({ ...shared, operators, tokens, store: operatorStore }))
    .use(auditRoutes({ ...shared, store: auditStore }))
    .use(onFailure(sendPage, report));
  return { router, calls };
};
