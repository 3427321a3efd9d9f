/** A chart's rows over several days, read from the store a few days at once. */
import { daysBetween } from './days.ts';
import type { Chart, InsightStore } from './insight-store.ts';

export type ChartStore = Pick<InsightStore, 'day'>;

/** Both days are included, as dates of the site's clocks. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

interface Row<Parts> {
  readonly day: string;
  readonly row: Parts;
  readonly count: number;
}

/** Days that are asked for together. */
const daysTogether = 16;

/** Rows that another Gatefold may have written otherwise are passed over. */
export async function* rowsOf<Parts>(
  store: ChartStore,
  chart: Chart,
  { from, to }: Span,
  read: (row: string) => Parts | undefined,
): AsyncIterable<Row<Parts>> {
  const days = daysBetween(from, to);
  for (let at = 0; at < days.length; at += daysTogether) {
    const some = days.slice(at, at + daysTogether);
    const tables = await Promise.all(some.map((day) => store.day(chart, day)));
    for (const [place, day] of some.entries())
      for (const { row, count } of tables[place] ?? []) {
        const parts = read(row);
        if (parts) yield { day, row: parts, count };
      }
  }
}
