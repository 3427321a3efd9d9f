/** A chart store that is asked for each day once, however many tables of one answer are made from it. */
import type { ChartStore } from './chart-table.ts';

/** For one answer: what is counted meanwhile isn't seen. */
export const readDaysOnce = (store: ChartStore): ChartStore => {
  const read = new Map<string, ReturnType<ChartStore['day']>>();
  return {
    day: (chart, day) => {
      const key = `${chart} ${day}`;
      const known = read.get(key) ?? store.day(chart, day);
      read.set(key, known);
      return known;
    },
  };
};
