/** Cutoffs: their page, with the picture of a cut, and their calls. */
import { cutoffsCalls } from './api/cutoffs-calls.ts';
import type { Area } from './area.ts';
import { cutoffsRoutes } from './cutoffs-routes.ts';
import { type CutoffsOptions, createCutoffs } from './cutoffs-view.ts';

export const cutoffsArea =
  (options: CutoffsOptions): Area =>
  (shared) => {
    const cutoffs = createCutoffs({ ...options, desk: shared.desk });
    return { pages: cutoffsRoutes({ ...shared, cutoffs }), calls: cutoffsCalls(cutoffs) };
  };
