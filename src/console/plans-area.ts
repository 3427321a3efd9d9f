/** Products and plans: their page and their call. */
import { plansCalls } from './api/plans-calls.ts';
import type { Area } from './area.ts';
import { plansRoutes } from './plans-routes.ts';
import type { PlansOptions } from './plans-view.ts';

export const plansArea =
  (options: Omit<PlansOptions, 'desk'>): Area =>
  (shared) => {
    const both = { ...shared, ...options };
    return { pages: plansRoutes(both), calls: plansCalls(both) };
  };
