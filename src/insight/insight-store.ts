/** The port in which views and sales are counted: tables of a day each, added to by every instance. */

/** `funnel`: what became of views; `reads`: free reads by how many were left; `sellers`: sales by article; `doors`: answers that held withheld text. */
export type Chart = 'funnel' | 'reads' | 'sellers' | 'doors';

export interface Increment {
  readonly chart: Chart;
  /** `2026-11-23`, by the site's clocks. */
  readonly day: string;
  readonly row: string;
  /** The row that is added to in its place where the day's table is full and doesn't have it. */
  readonly otherwise: string;
  readonly by: number;
}

export interface Counted {
  readonly row: string;
  readonly count: number;
}

export interface InsightStore {
  /**
   * All of them in one step, and never twice under one id, so that whoever got no answer may try again.
   * Ids are remembered for three days after `now`, by the caller's clock.
   */
  add(id: string, increments: readonly Increment[], now: number): Promise<void>;
  /** One day's table, in no order. */
  day(chart: Chart, day: string): Promise<readonly Counted[]>;
}

/** Rows of one day; `otherwise` rows come on top. */
export type ChartLimits = Readonly<Record<Chart, number>>;
