/** A meter's window in words, and the dates that it means now. */
import type { WindowRule } from '../policy.ts';
import { countInWords } from './list-in-words.ts';

/** As the meter answers it for a moment; a calendar's window is half-open `[startsAt, endsAt)`, milliseconds. */
export type WindowDates =
  | { readonly kind: 'calendar'; readonly startsAt: number; readonly endsAt: number }
  | { readonly kind: 'rolling'; readonly lengthMs: number };

/** Such as `a month`, or `in any 30 days`. */
export const periodInWords = (window: WindowRule): string =>
  window.kind === 'rolling' ? `in any ${countInWords(window.days, 'day')}` : `a ${window.kind}`;

/**
 * Such as `this month: 1 to 30 November 2026, Europe/London`, or for a rolling window since when reads count.
 *
 * @param dates what `windowAt` says of the same window and moment
 * @throws RangeError when the zone is unknown; the policy's schema refuses those
 */
export const windowNowInWords = (
  window: WindowRule,
  dates: WindowDates,
  timeZone: string,
  now: number,
): string => {
  const day = dayFormat(timeZone);
  if (dates.kind === 'rolling') {
    const days = window.kind === 'rolling' ? window.days : Math.round(dates.lengthMs / dayMs);
    const since = day.format(now - dates.lengthMs);
    return `the last ${countInWords(days, 'day')}: reads since ${since} count, ${timeZone}`;
  }
  // The last moment's date: the window's end is the next one's beginning.
  const range = day.formatRange(dates.startsAt, dates.endsAt - 1).replace(/\s*–\s*/u, ' to ');
  return `${nowWords[window.kind]}: ${range}, ${timeZone}`;
};

const dayMs = 86_400_000;

const nowWords: Readonly<Record<WindowRule['kind'], string>> = {
  day: 'today',
  week: 'this week',
  month: 'this month',
  rolling: 'now',
};

const dayFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
