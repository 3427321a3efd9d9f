/** Looking: the page of an article as a reader gets it, why they get it, and the API's calls for both. */

import type { Area } from '../area.ts';
import { explainRoutes } from './explain-routes.ts';
import { createLook, type LookOptions } from './look.ts';
import type { LookPageOptions } from './look-form-facts.ts';
import { lookingCalls } from './looking-calls.ts';
import { seeRoutes } from './see-routes.ts';

export const lookingArea =
  (options: Omit<LookOptions, 'desk'> & LookPageOptions): Area =>
  (shared) => {
    const { catalogue, readers, ...rest } = options;
    const look = createLook({ ...rest, desk: shared.desk });
    const both = { ...shared, look, catalogue, readers };
    return { pages: seeRoutes(both).use(explainRoutes(both)), calls: lookingCalls(look) };
  };
