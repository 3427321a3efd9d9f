/** Cutoffs: their page, with the picture of a cut, and their calls. */

import type { Area } from '../area.ts';
import { cutoffsCalls } from './cutoffs-calls.ts';
import { cutoffsRoutes } from './cutoffs-routes.ts';
import { type CutoffsOptions, createCutoffs } from './cutoffs-view.ts';

export const cutoffsArea =
  (options: CutoffsOptions): Area =>
  (shared) => {
    const cutoffs = createCutoffs({ ...options, desk: shared.desk });
    return { pages: cutoffsRoutes({ ...shared, cutoffs }), calls: cutoffsCalls(cutoffs) };
  };
