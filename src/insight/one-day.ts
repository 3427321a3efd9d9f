/** A chart's tables of many days as one: what doesn't ask for the day need not read each row as often as there are days. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChartStore, Span } from './chart-table.ts';
import { daysBetween } from './days.ts';
import type { Chart } from './insight-store.ts';

export interface OneDay {
  readonly store: ChartStore;
  /** Of one day, on which all was counted. */
  readonly span: Span;
}

/** Days that are asked for together. */
const daysTogether = 16;

/** Adds the days up, taking turns with whatever else the process does. */
export const asOneDay = async (store: ChartStore, chart: Chart, span: Span): Promise<OneDay> => {
  const sums = new Map<string, number>();
  const days = daysBetween(span.from, span.to);
  for (let at = 0; at < days.length; at += daysTogether) {
    const tables = await Promise.all(days.slice(at, at + daysTogether).map((day) => store.day(chart, day)));
    for (const { row, count } of tables.flat()) sums.set(row, (sums.get(row) ?? 0) + count);
    await nextTurn();
  }
  const table = [...sums].map(([row, count]) => ({ row, count }));
  return { store: { day: async () => table }, span: { from: span.from, to: span.from } };
};
