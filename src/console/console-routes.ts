/** All of the console: signing in, and the pages behind it. */
import { Router } from 'express';
import { onFailure } from '../readers/own-forms-routes.ts';
import type { PolicyWithMessages } from '../readers/send-page.ts';
import { auditRoutes } from './audit-routes.ts';
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
  const shared = { ...doors, showPage, publicUrl, report };
  const { operators, tokens, operatorStore, auditStore } = options;
  return Router()
    .use(operatorRoutes(options))
    .use(overviewRoutes({ ...options.overview, ...shared }))
    .use(teamRoutes({ ...shared, operators, tokens, store: operatorStore, clock }))
    .use(auditRoutes({ ...shared, store: auditStore }))
    .use(onFailure(sendPage, report));
};
