/** The metered limits as operators work on them: beside what is in force, the dates they mean now, and where readers stand. */
import type { ChartStore } from '../../insight/chart-table.ts';
import { type DistributionLine, distribution } from '../../insight/distribution.ts';
import { readDaysOnce } from '../../insight/read-days-once.ts';
import { windowAt } from '../../meter/window.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Meter, Policy, WindowRule } from '../../policy/policy.ts';
import { windowNowInWords } from '../../policy/words/window-in-words.ts';
import type { DeskView, DeskViewer } from '../draft/desk-view.ts';
import { type RulesInUse, rulesOfMeter } from '../draft/rules-in-use.ts';

export interface LimitsView {
  readonly desk: DeskView;
  /** `draft`, or what is in force: where nothing is drafted, and where the draft has faults and so says nothing yet. */
  readonly of: 'draft' | 'inForce';
  readonly meters: readonly MeterView[];
  /** In force, and no longer in the draft. */
  readonly gone: readonly Meter[];
}

export interface MeterView {
  readonly meter: Meter;
  /** What readers meet; absent: the draft brings it. */
  readonly inForce?: Meter;
  /** The window and the dates that it means now, in words. */
  readonly windowNow: string;
  readonly usedBy: RulesInUse;
  /** Readers of the meter in force, at this moment. */
  readonly readers: readonly DistributionLine[];
}

export interface LimitsOptions {
  readonly desk: Pick<DeskViewer, 'view'>;
  readonly inForce: () => Policy;
  readonly insight: ChartStore;
  /** The time at which reads are counted. */
  readonly clock: Clock;
}

/** Rejects when the store can't be asked. */
export const viewLimits = async ({ desk, inForce, insight, clock }: LimitsOptions): Promise<LimitsView> => {
  const view = await desk.view();
  const published = view.published.policy ?? inForce();
  const policy = view.working.policy ?? published;
  const now = clock();
  // Meters of one page stand in the same tables.
  const store = readDaysOnce(insight);
  const meters = policy.meters.map(async (meter): Promise<MeterView> => {
    const before = published.meters.find(({ id }) => id === meter.id);
    const { timeZone } = published.site;
    return {
      meter,
      ...(before ? { inForce: before } : {}),
      windowNow: windowWords(meter.window, policy.site.timeZone, now),
      usedBy: rulesOfMeter(policy, meter.id),
      readers: before ? await distribution(store, { meter: before, timeZone, at: now }) : [],
    };
  });
  return {
    desk: view,
    of: view.working.draft && view.working.policy ? 'draft' : 'inForce',
    meters: await Promise.all(meters),
    gone: published.meters.filter(({ id }) => !policy.meters.some((meter) => meter.id === id)),
  };
};

const windowWords = (window: WindowRule, timeZone: string, now: number): string =>
  windowNowInWords(window, windowAt(window, timeZone, now), timeZone, now);
