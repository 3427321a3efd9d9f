/** The tables of insight as files for spreadsheets. */
import { stages } from '../../insight/chart-rows.ts';
import type { FunnelAsk, FunnelLine, SellerLine } from '../../insight/charts.ts';
import type { DistributionLine } from '../../insight/distribution.ts';
import { csvTable } from '../shell/csv.ts';
import { written } from './insight-names.ts';

/** Stop rates are parts of 1; empty where there was no view. */
export const funnelCsv = (by: FunnelAsk['by'], lines: readonly FunnelLine[]): string =>
  csvTable(
    [by, 'views', 'stop rate', ...stages],
    lines.map(({ name, views, stopRate, stages: counts }) => [
      written(name),
      views,
      stopRate === undefined ? '' : Number(stopRate.toFixed(4)),
      ...stages.map((stage) => counts[stage]),
    ]),
  );

export const readsCsv = (meter: string, lines: readonly DistributionLine[]): string =>
  csvTable(
    ['meter', 'audience', 'allowance', 'left', 'readers'],
    lines.map(({ audience, of, left, readers }) => [meter, audience, of, left, readers]),
  );

export const sellersCsv = (lines: readonly SellerLine[]): string =>
  csvTable(
    ['article', 'plansPage', 'checkoutBegun', 'subscribed'],
    lines.map(({ article, sales }) => [
      written(article),
      sales.plansPage,
      sales.checkoutBegun,
      sales.subscribed,
    ]),
  );
