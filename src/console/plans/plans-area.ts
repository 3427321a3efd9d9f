/** Products and plans: their page and their call. */

import type { Area } from '../area.ts';
import { plansCalls } from './plans-calls.ts';
import { plansRoutes } from './plans-routes.ts';
import type { PlansOptions } from './plans-view.ts';

export const plansArea =
  (options: Omit<PlansOptions, 'desk'>): Area =>
  (shared) => {
    const both = { ...shared, ...options };
    return { pages: plansRoutes(both), calls: plansCalls(both) };
  };
