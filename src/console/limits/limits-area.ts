/** Metered limits: their page and their call. */

import type { Area } from '../area.ts';
import { limitsCalls } from './limits-calls.ts';
import { limitsRoutes } from './limits-routes.ts';
import type { LimitsOptions } from './limits-view.ts';

export const limitsArea =
  (options: Omit<LimitsOptions, 'desk'>): Area =>
  (shared) => {
    const both = { ...shared, ...options };
    return { pages: limitsRoutes(both), calls: limitsCalls(both) };
  };
