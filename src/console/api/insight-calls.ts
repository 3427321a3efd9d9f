/** `/insight`: what became of views and sales, as tables. */
import type { InsightSources } from '../insight-tables.ts';
import type { Call } from './call.ts';
import { doorsCalls } from './doors-calls.ts';
import { funnelCalls } from './funnel-calls.ts';
import { readsCalls } from './reads-calls.ts';
import { sellersCalls } from './sellers-calls.ts';

export const insightCalls = (sources: InsightSources): readonly Call[] => [
  ...funnelCalls(sources),
  ...readsCalls(sources),
  ...sellersCalls(sources),
  ...doorsCalls(sources),
];
