/** All of the console: signing in, and the pages behind it. */
import { Router } from 'express';
import { onFailure } from '../readers/own-forms-routes.ts';
import type { PolicyWithMessages } from '../readers/send-page.ts';
import { apiRoutes } from './api/api-routes.ts';
import type { Area } from './area.ts';
import { assetsRoutes } from './assets-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import type { DraftDesk } from './draft-desk.ts';
import { type OperatorRoutesOptions, operatorRoutes } from './operator-routes.ts';
import type { AuditStore } from './operators/audit-store.ts';
import type { ChangeOperators } from './operators/change-operators.ts';
import type { ManageTokens } from './operators/manage-tokens.ts';
import type { OperatorStore } from './operators/operator-store.ts';
import { type OverviewRoutesOptions, overviewRoutes } from './overview-routes.ts';
import { createRequireOperator } from './require-operator.ts';
import { createShowPage } from './show-page.ts';
import { teamRoutes } from './team-routes.ts';

export interface ConsoleRoutesOptions extends OperatorRoutesOptions {
  readonly inForce: () => PolicyWithMessages;
  readonly overview: Omit<OverviewRoutesOptions, 'need' | 'showPage' | 'publicUrl' | 'report'>;
  readonly operators: ChangeOperators;
  readonly tokens: ManageTokens;
  readonly operatorStore: Pick<OperatorStore, 'devicesOfOperator'>;
  readonly auditStore: Pick<AuditStore, 'auditPage'>;
  readonly desk: DraftDesk;
  readonly areas: readonly Area[];
}

export const consoleRoutes = (options: ConsoleRoutesOptions): Router => {
  const { publicUrl, otherOrigins = [], sendPage, identify, clock, report } = options;
  const doors = createRequireOperator({
    identify,
    ownAddresses: [publicUrl, ...otherOrigins],
    sendPage,
    secure: publicUrl.startsWith('https:'),
    clock,
    report,
  });
  const showPage = createShowPage({ operatorOf: doors.operatorOf, sendPage, inForce: options.inForce });
  const { operators, tokens, operatorStore, auditStore, desk } = options;
  const shared = { ...doors, showPage, sendPage, desk, publicUrl, clock, report };
  const areas = options.areas.map((area) => area(shared));
  const routes = Router();
  for (const { pages } of areas) if (pages) routes.use(pages);
  return routes
    .use(assetsRoutes())
    .use(apiRoutes({ ...shared, calls: areas.flatMap(({ calls = [] }) => calls) }))
    .use(operatorRoutes(options))
    .use(overviewRoutes({ ...options.overview, ...shared }))
    .use(teamRoutes({ ...shared, operators, tokens, store: operatorStore }))
    .use(auditRoutes({ ...shared, store: auditStore }))
    .use(onFailure(sendPage, report));
};
