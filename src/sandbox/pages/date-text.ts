/** Days and moments of the sandbox's clock, always in UTC: the page that moves the clock and the pages that feel it must agree. */

/** "3 December 2026". */
export const dateText = (at: number, locale: string): string =>
  format(at, locale, { day: 'numeric', month: 'long', year: 'numeric' });

/** "3 December 2026 at 14:05 UTC". */
export const momentText = (at: number, locale: string): string =>
  format(at, locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });

/** What `datetime-local` takes and gives: "2026-12-03T14:05". */
export const fieldMoment = (at: number): string =>
  isDate(at) ? new Date(at).toISOString().slice(0, 16) : '';

const format = (at: number, locale: string, options: Intl.DateTimeFormatOptions): string =>
  // Bare `en` would write months first, as only one country does.
  isDate(at)
    ? new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone: 'UTC' }).format(at)
    : 'an unknown day';

const isDate = (at: number): boolean => !Number.isNaN(new Date(at).getTime());
