/** `/insight`: what became of views and sales, as tables. */

import type { Call } from '../api/call.ts';
import { doorsCalls } from './doors-calls.ts';
import { funnelCalls } from './funnel-calls.ts';
import type { InsightSources } from './insight-tables.ts';
import { readsCalls } from './reads-calls.ts';
import { sellersCalls } from './sellers-calls.ts';

export const insightCalls = (sources: InsightSources): readonly Call[] => [
  ...funnelCalls(sources),
  ...readsCalls(sources),
  ...sellersCalls(sources),
  ...doorsCalls(sources),
];
