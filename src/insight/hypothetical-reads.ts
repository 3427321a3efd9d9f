/** A meter that answers as if somebody had read so many articles: for "what would a reader get who …". */
import type { MeterStore } from '../meter/meter-store.ts';

/** Looks and never charges; the article asked for counts as unread. Everything else is the real store's. */
export const hypotheticalReads = (store: MeterStore, reads: number): MeterStore => ({
  ...store,
  admit: async ({ window, allowance, now }) => ({
    outcome: reads >= allowance ? 'exhausted' : 'available',
    used: reads,
    resetsAt: window.kind === 'calendar' ? window.endsAt : now + window.lengthMs,
  }),
});
