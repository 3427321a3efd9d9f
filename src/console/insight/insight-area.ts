/** Insight: its page, its files and its calls. */

import type { Area } from '../area.ts';
import { insightCalls } from './insight-calls.ts';
import { insightRoutes } from './insight-routes.ts';
import type { InsightSources } from './insight-tables.ts';

export const insightArea =
  (sources: InsightSources): Area =>
  (shared) => ({ pages: insightRoutes({ ...shared, sources }), calls: insightCalls(sources) });
