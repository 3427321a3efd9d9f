/** How far the sandbox's clock is asked to go. */

export type ClockReading =
  | { readonly kind: 'to'; readonly at: number }
  | { readonly kind: 'faulty'; readonly fault: string };

export const clockSteps = ['hour', 'day', 'week', 'month', 'year'] as const;

const dayMs = 86_400_000;
/** Every renewal on the way is carried out: a slip of the century would keep the sandbox busy for hours. */
const furthestMs = 3660 * dayMs;

/** @param by one of the steps, `next`, or `date` for what stands in `date`. */
export const readClock = (
  by: string,
  date: string,
  now: number,
  nextDueAt: number | undefined,
): ClockReading => {
  if (by === 'next') {
    if (nextDueAt === undefined)
      return { kind: 'faulty', fault: 'Nothing is planned: there is nothing to go to.' };
    return { kind: 'to', at: Math.max(now, nextDueAt) };
  }
  const step = clockSteps.find((each) => each === by);
  if (step) return { kind: 'to', at: later(now, step) };
  return readDate(date, now);
};

const readDate = (date: string, now: number): ClockReading => {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/.test(date) ? Date.parse(`${date}Z`) : Number.NaN;
  if (Number.isNaN(at)) return { kind: 'faulty', fault: 'Choose a day and a time.' };
  if (at <= now) return { kind: 'faulty', fault: 'The clock only goes forward: choose a later moment.' };
  if (at > now + furthestMs) return { kind: 'faulty', fault: 'At most ten years at a time.' };
  return { kind: 'to', at };
};

/** A month on from 31 January is the last of February, as Stripe bills it. */
const later = (now: number, step: (typeof clockSteps)[number]): number => {
  if (step === 'hour') return now + 3_600_000;
  if (step === 'day') return now + dayMs;
  if (step === 'week') return now + 7 * dayMs;
  const date = new Date(now);
  const months = step === 'month' ? 1 : 12;
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
};
