/** The console's part about the policy's versions: their pages, and every call about the policy. */

import type { Area } from '../area.ts';
import { draftTextRoutes } from './draft-text-routes.ts';
import { policyCalls } from './policy-calls.ts';
import { versionRoutes } from './version-routes.ts';
import { versionsRoutes } from './versions-routes.ts';

interface Options {
  /** The site's: an IANA name. */
  readonly timeZone: () => string;
}

export const versionsArea =
  ({ timeZone }: Options): Area =>
  (shared) => {
    const options = { ...shared, timeZone };
    return {
      // The text's own address stands before those of versions, which are numbers.
      pages: versionsRoutes(options).use(draftTextRoutes(options)).use(versionRoutes(options)),
      calls: policyCalls(shared.desk),
    };
  };
