/** Moments as a form's `datetime-local` field holds them: what the clocks of the site's time zone show. */

export type TypedMoment =
  | { readonly kind: 'moment'; readonly at: number }
  | { readonly kind: 'unreadable' }
  /** Clocks are put forward over it. */
  | { readonly kind: 'skipped' };

/**
 * Of a time that clocks show twice, the first.
 * @param typed such as `2027-01-31T08:00`
 * @param timeZone IANA name
 */
export const momentTyped = (typed: string, timeZone: string): TypedMoment => {
  const wall = Date.parse(`${typed}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(typed) || Number.isNaN(wall)) return { kind: 'unreadable' };
  // The 31st of February is read as the 3rd of March.
  if (!new Date(wall).toISOString().startsWith(typed)) return { kind: 'unreadable' };
  const shown = clockOf(timeZone);
  // A change of the offset within a day around it leaves two that may have been meant.
  const around = [wall - dayMs, wall + dayMs].map((instant) => wall - (shown(instant) - instant));
  const at = around.filter((instant) => shown(instant) === wall).sort((a, b) => a - b)[0];
  return at === undefined ? { kind: 'skipped' } : { kind: 'moment', at };
};

const dayMs = 86_400_000;

/** An instant's local time, as the UTC milliseconds at which a clock in UTC shows the same. */
const clockOf = (timeZone: string): ((instant: number) => number) => {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  return (instant) => {
    const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const part of format.formatToParts(instant)) shown[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
};
