/** What a part of the console is: its pages and its calls of the management API, over the doors that all parts share. */
import type { Clock } from '../ops/clock.ts';
import type { SendPage } from '../readers/send-page.ts';
import type { Call } from './api/call.ts';
import type { DraftDesk } from './draft/draft-desk.ts';
import type { assetsRoutes } from './shell/assets-routes.ts';
import type { RequireOperator } from './shell/require-operator.ts';
import type { ShowPage } from './shell/show-page.ts';

export interface ConsoleShared extends RequireOperator {
  readonly showPage: ShowPage;
  readonly sendPage: SendPage;
  readonly desk: DraftDesk;
  /** The site's own origin, where readers are: `https://host[:port]` */
  readonly publicUrl: string;
  /** The console's, which may be the same. */
  readonly consoleUrl: string;
  /** The world's time; the sandbox's can be moved. */
  readonly clock: Clock;
  /** Told of failures that an operator can't mend. */
  readonly report: (error: unknown) => void;
}

/** An Express router. */
type Routes = ReturnType<typeof assetsRoutes>;

export interface AreaParts {
  readonly pages?: Routes;
  readonly calls?: readonly Call[];
}

export type Area = (shared: ConsoleShared) => AreaParts;
