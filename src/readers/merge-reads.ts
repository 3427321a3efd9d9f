/** Makes a visitor's free reads the reader's, who signed in from that browser. */
import type { MeterStore } from '../meter/meter-store.ts';
import { windowAt } from '../meter/window.ts';
import type { Clock } from '../ops/clock.ts';
import type { Policy } from '../policy/policy.ts';
import { readerCountedAs, visitorCountedAs } from './counted-as.ts';
import type { ReaderId, VisitorId } from './reader.ts';

interface Options {
  readonly meters: Pick<MeterStore, 'merge'>;
  readonly policy: () => Policy;
  readonly clock: Clock;
}

/**
 * In every meter's current window, meters that are off included: they may be on again before it ends. Safe to repeat.
 *
 * @param former who was signed in in that browser before, without an address: that reader's reads come along.
 */
export const createMergeReads =
  ({ meters, policy, clock }: Options) =>
  async (visitor: VisitorId, reader: ReaderId, former?: ReaderId): Promise<void> => {
    const now = clock();
    const { meters: all, site } = policy();
    const into = readerCountedAs(reader);
    const from = [visitorCountedAs(visitor), ...(former === undefined ? [] : [readerCountedAs(former)])];
    await Promise.all(
      all.flatMap(({ id, window }) =>
        from.map((each) => meters.merge(each, into, id, windowAt(window, site.timeZone, now), now)),
      ),
    );
  };
