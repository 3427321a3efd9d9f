/** Which window of a meter a moment falls in. */
import type { WindowRule } from '../policy/policy.ts';
import { type CalendarDate, type Zone, zoneNamed } from './time-zone.ts';

/** Half-open `[startsAt, endsAt)`, milliseconds. */
export type OpenWindow =
  | { readonly kind: 'calendar'; readonly key: string; readonly startsAt: number; readonly endsAt: number }
  /** Each read expires `lengthMs` after it was made; `key` names the current epoch of that length, for network counts. */
  | { readonly kind: 'rolling'; readonly key: string; readonly lengthMs: number };

export type WindowAt = (rule: WindowRule, timeZone: string, now: number) => OpenWindow;

type CalendarKind = Exclude<WindowRule['kind'], 'rolling'>;
type CalendarWindow = Extract<OpenWindow, { kind: 'calendar' }>;

const dayMs = 86_400_000;

/**
 * The window open at `now` (milliseconds since the epoch).
 *
 * Calendar windows run from one local midnight of `timeZone` (IANA name) to a later one; weeks begin on Monday. A
 * day that has no midnight, because the clocks skip it, begins at its first moment; one that has two begins at the
 * earlier. So the windows of a rule follow each other without gap or overlap whatever the clocks do. Keys name the
 * window's first local date (`day-2026-11-23`, `week-2026-11-23`, `month-2026-11-01`), so that no two rules share one.
 *
 * @throws RangeError when the zone is unknown; the policy's schema refuses those.
 */
export const windowAt: WindowAt = (rule, timeZone, now) =>
  rule.kind === 'rolling' ? rollingWindow(rule.days, now) : calendarWindow(rule.kind, timeZone, now);

function rollingWindow(days: number, now: number): OpenWindow {
  const lengthMs = days * dayMs;
  return { kind: 'rolling', key: `rolling-${days}-${Math.floor(now / lengthMs)}`, lengthMs };
}

interface KeptZone {
  readonly zone: Zone;
  readonly last: Partial<Record<CalendarKind, CalendarWindow>>;
}

/**
 * Each zone with the last window of each kind: Intl takes longer than the rest of a request, and nearly every request
 * falls in the same window as the one before.
 */
const keptZones = new Map<string, KeptZone>();
const maxKeptZones = 32;

function calendarWindow(kind: CalendarKind, timeZone: string, now: number): CalendarWindow {
  const { zone, last } = keptZones.get(timeZone) ?? keepZone(timeZone);
  const window = last[kind];
  if (window !== undefined && window.startsAt <= now && now < window.endsAt) return window;
  const found = findWindow(kind, zone, now);
  last[kind] = found;
  return found;
}

function keepZone(timeZone: string): KeptZone {
  const kept: KeptZone = { zone: zoneNamed(timeZone), last: {} };
  if (keptZones.size >= maxKeptZones) keptZones.clear();
  keptZones.set(timeZone, kept);
  return kept;
}

function findWindow(kind: CalendarKind, zone: Zone, now: number): CalendarWindow {
  let first = firstDate(kind, zone.dateAt(now));
  let startsAt = zone.startOf(first);
  for (;;) {
    const next = nextFirstDate(kind, first);
    const endsAt = zone.startOf(next);
    // The local date at `now` is not always the answer: where clocks are set back over midnight, a day that has begun
    // shows the date before it once more.
    if (now < endsAt) return { kind: 'calendar', key: `${kind}-${isoDate(first)}`, startsAt, endsAt };
    first = next;
    startsAt = endsAt;
  }
}

function firstDate(kind: CalendarKind, date: CalendarDate): CalendarDate {
  switch (kind) {
    case 'day':
      return date;
    case 'week':
      return plusDays(date, -daysSinceMonday(date));
    case 'month':
      return { ...date, day: 1 };
  }
}

function nextFirstDate(kind: CalendarKind, first: CalendarDate): CalendarDate {
  switch (kind) {
    case 'day':
      return plusDays(first, 1);
    case 'week':
      return plusDays(first, 7);
    case 'month':
      return first.month === 12
        ? { year: first.year + 1, month: 1, day: 1 }
        : { ...first, month: first.month + 1 };
  }
}

const daysSinceMonday = ({ year, month, day }: CalendarDate): number =>
  (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;

function plusDays({ year, month, day }: CalendarDate, days: number): CalendarDate {
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

const isoDate = ({ year, month, day }: CalendarDate): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
