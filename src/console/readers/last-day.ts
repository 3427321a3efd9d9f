/** A day as a form's `date` field holds it: the last one on which something is to hold. */
import { zoneNamed } from '../../meter/time-zone.ts';

/**
 * The first moment behind that day, milliseconds. Undefined: not a day.
 *
 * @param typed such as `2027-01-31`
 * @param timeZone IANA name
 */
export const endOfDayTyped = (typed: string, timeZone: string): number | undefined => {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(typed) ?? []).map(Number);
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  const isReal = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(typed);
  if (year < 1970 || !isReal) return undefined;
  return zoneNamed(timeZone).startOf({
    year: next.getUTCFullYear(),
    month: next.getUTCMonth() + 1,
    day: next.getUTCDate(),
  });
};

/** The day at that moment, as such a field takes it. */
export const dayAt = (now: number, timeZone: string): string => {
  const { year, month, day } = zoneNamed(timeZone).dateAt(now);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};
