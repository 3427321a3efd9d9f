/** The console's first page and its call: what is in force, and whether what it stands on is well. */
import type { Area } from '../area.ts';
import { overviewCalls } from './overview-calls.ts';
import type { OverviewSources } from './overview-facts.ts';
import { overviewRoutes } from './overview-routes.ts';

export const overviewArea =
  (sources: Omit<OverviewSources, 'publicUrl' | 'consoleUrl' | 'report'>): Area =>
  (shared) => {
    const options = { ...shared, ...sources };
    return { pages: overviewRoutes(options), calls: overviewCalls(options) };
  };
