/** What the clocks of one IANA time zone show, and when its days begin. */

export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export interface Zone {
  dateAt(instant: number): CalendarDate;
  /** The first instant whose local time is that date's midnight or later, milliseconds. */
  startOf(date: CalendarDate): number;
}

/** Milliseconds; further from any instant than an offset and a change of it can be. */
const beyondAnyOffset = 86_400_000;

/** @throws RangeError when no such zone is known. */
export function zoneNamed(name: string): Zone {
  const wallTime = wallClockOf(name);
  return {
    dateAt(instant) {
      const shown = new Date(wallTime(instant));
      return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
    },
    startOf: ({ year, month, day }) => firstInstantShowing(wallTime, Date.UTC(year, month - 1, day)),
  };
}

/** An instant's local time, written as the UTC milliseconds at which a clock in UTC would show the same. */
type WallTime = (instant: number) => number;

function firstInstantShowing(wallTime: WallTime, midnight: number): number {
  const offsetBefore = offsetAt(wallTime, midnight - beyondAnyOffset);
  const offsetAfter = offsetAt(wallTime, midnight + beyondAnyOffset);
  const candidates = [midnight - offsetBefore, midnight - offsetAfter].sort((a, b) => a - b);
  const [earlier = midnight, later = midnight] = candidates;
  if (wallTime(earlier) === midnight) return earlier;
  if (wallTime(later) === midnight) return later;
  return firstInstantAfterGap(wallTime, midnight, earlier, later);
}

const offsetAt = (wallTime: WallTime, instant: number): number => wallTime(instant) - instant;

/** Clocks skipped that midnight: somewhere in `(before, after]` they jump from below it to above it. */
function firstInstantAfterGap(wallTime: WallTime, midnight: number, before: number, after: number): number {
  let below = before;
  let reached = after;
  while (reached - below > 1) {
    const middle = Math.floor((below + reached) / 2);
    if (wallTime(middle) >= midnight) reached = middle;
    else below = middle;
  }
  return reached;
}

function wallClockOf(timeZone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const part of format.formatToParts(instant)) shown[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
  };
}
