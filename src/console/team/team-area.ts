/** Who may use the console, and the tokens of programs: their page and their calls. */
import type { Area } from '../area.ts';
import type { ChangeOperators } from '../operators/change-operators.ts';
import type { ManageTokens } from '../operators/manage-tokens.ts';
import type { OperatorStore } from '../operators/operator-store.ts';
import { teamCalls } from './team-calls.ts';
import { teamRoutes } from './team-routes.ts';
import { tokenCalls } from './token-calls.ts';

interface TeamOptions {
  readonly operators: ChangeOperators;
  readonly tokens: ManageTokens;
  readonly operatorStore: Pick<OperatorStore, 'devicesOfOperator'>;
}

export const teamArea =
  (options: TeamOptions): Area =>
  (shared) => ({
    pages: teamRoutes({ ...shared, ...options, store: options.operatorStore }),
    calls: [...teamCalls(options), ...tokenCalls(options)],
  });
