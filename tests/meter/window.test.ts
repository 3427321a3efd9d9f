/** Windows tile time in every zone, whatever its clocks do. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type OpenWindow, windowAt } from '../../src/meter/window.ts';
import type { WindowRule } from '../../src/policy/policy.ts';
import { workOf } from '../support/counted-work.ts';

const at = (text: string): number => Date.parse(text);
const hourMs = 3_600_000;

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'America/Havana',
  'Asia/Tehran',
  'Pacific/Kwajalein',
  'Antarctica/Troll',
] as const;
const kinds = ['day', 'week', 'month'] as const;

const zone = fc.constantFrom(...zones);
const kind = fc.constantFrom(...kinds);
const instant = fc.integer({ min: at('1971-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z') });

type CalendarWindow = Extract<OpenWindow, { kind: 'calendar' }>;

function calendarAt(
  rule: Exclude<WindowRule['kind'], 'rolling'>,
  timeZone: string,
  now: number,
): CalendarWindow {
  const window = windowAt({ kind: rule }, timeZone, now);
  if (window.kind !== 'calendar') throw new Error('expected a calendar window');
  return window;
}

const localTime = (timeZone: string, instant: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant);

describe('calendar windows', () => {
  test('every instant is in its own window, half-open', () => {
    fc.assert(
      fc.property(kind, zone, instant, (rule, timeZone, now) => {
        const window = calendarAt(rule, timeZone, now);
        expect(window.startsAt).toBeLessThanOrEqual(now);
        expect(window.endsAt).toBeGreaterThan(now);
      }),
    );
  });

  test('windows follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(kind, zone, instant, (rule, timeZone, now) => {
        const window = calendarAt(rule, timeZone, now);
        const next = calendarAt(rule, timeZone, window.endsAt);
        const previous = calendarAt(rule, timeZone, window.startsAt - 1);
        expect(next.startsAt).toBe(window.endsAt);
        expect(previous.endsAt).toBe(window.startsAt);
        expect(new Set([previous.key, window.key, next.key]).size).toBe(3);
      }),
    );
  });

  test('one window has one key and one pair of bounds, from its first moment to its last', () => {
    fc.assert(
      fc.property(
        kind,
        zone,
        instant,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (rule, timeZone, now, share) => {
          const window = calendarAt(rule, timeZone, now);
          const inside = window.startsAt + Math.floor((window.endsAt - window.startsAt) * share);
          expect(calendarAt(rule, timeZone, inside)).toEqual(window);
        },
      ),
    );
  });

  test('a window starts at the first moment of a local date, which its key names', () => {
    fc.assert(
      fc.property(kind, zone, instant, (rule, timeZone, now) => {
        const { key, startsAt } = calendarAt(rule, timeZone, now);
        const [date = '', time = ''] = localTime(timeZone, startsAt).split(' ');
        const before = localTime(timeZone, startsAt - 1);
        expect(before < `${date} 00:00:00`).toBe(true);
        if (time === '00:00:00') expect(key).toBe(`${rule}-${date}`);
        // The clocks skipped midnight (or, in Apia, the whole day), so the moment before it is not 23:59:59.
        else expect(time.slice(0, 2) <= '01').toBe(true);
      }),
    );
  });

  test('weeks begin on Monday and months on the 1st', () => {
    const week = calendarAt('week', 'Europe/Berlin', at('2026-11-22T22:59:59.999Z'));
    expect(week.key).toBe('week-2026-11-16');
    expect(calendarAt('week', 'Europe/Berlin', at('2026-11-22T23:00:00Z')).key).toBe('week-2026-11-23');
    const month = calendarAt('month', 'America/New_York', at('2026-12-31T23:00:00-05:00'));
    expect([month.key, month.startsAt, month.endsAt]).toEqual([
      'month-2026-12-01',
      at('2026-12-01T00:00:00-05:00'),
      at('2027-01-01T00:00:00-05:00'),
    ]);
  });

  test.each([
    ['spring forward is 23 hours', 'Europe/Berlin', '2026-03-29T12:00:00Z', 23],
    ['fall back is 25 hours', 'Europe/Berlin', '2026-10-25T12:00:00Z', 25],
    ['a half-hour change is 24.5 hours', 'Australia/Lord_Howe', '2026-04-04T20:00:00Z', 24.5],
    ['a skipped midnight in Sao Paulo leaves 23 hours', 'America/Sao_Paulo', '2018-11-04T12:00:00Z', 23],
    ['a skipped midnight in Beirut leaves 23 hours', 'Asia/Beirut', '2026-03-29T12:00:00Z', 23],
    ['a midnight shown twice in Havana gives 25 hours', 'America/Havana', '2026-11-01T12:00:00Z', 25],
  ])('a day of %s', (_, timeZone, now, hours) => {
    const day = calendarAt('day', timeZone, at(now));
    expect((day.endsAt - day.startsAt) / hourMs).toBe(hours);
  });

  test('a day whose midnight is skipped starts at one o’clock', () => {
    const { startsAt, key } = calendarAt('day', 'America/Sao_Paulo', at('2018-11-04T12:00:00Z'));
    expect(localTime('America/Sao_Paulo', startsAt)).toBe('2018-11-04 01:00:00');
    expect(key).toBe('day-2018-11-04');
  });

  test('the day that Apia skipped has no window', () => {
    const before = calendarAt('day', 'Pacific/Apia', at('2011-12-30T09:59:59Z'));
    const after = calendarAt('day', 'Pacific/Apia', before.endsAt);
    expect([before.key, after.key]).toEqual(['day-2011-12-29', 'day-2011-12-31']);
    expect(before.endsAt).toBe(at('2011-12-30T10:00:00Z'));
  });

  test('a date shown twice, when clocks go back over midnight, is still one window', () => {
    // St. John's went from 00:01 on 7 November back to 23:01 on the 6th.
    const repeated = at('2010-11-07T03:00:00Z');
    expect(localTime('America/St_Johns', repeated).slice(0, 10)).toBe('2010-11-06');
    const window = calendarAt('day', 'America/St_Johns', repeated);
    expect(window.key).toBe('day-2010-11-07');
    expect(window.startsAt).toBe(at('2010-11-07T02:30:00Z'));
  });

  test('an unknown zone is refused, not taken for UTC', () => {
    expect(() => windowAt({ kind: 'day' }, 'Mars/Olympus', 0)).toThrow(RangeError);
  });

  test('asking again in the same window costs next to nothing', () => {
    const now = at('2026-11-23T12:00:00Z');
    const afresh = workOf(() => windowAt({ kind: 'month' }, 'Europe/Berlin', now));
    const again = workOf(() => windowAt({ kind: 'month' }, 'Europe/Berlin', now + 1));
    expect(again).toBeLessThan(afresh / 4);
  });
});

describe('rolling windows', () => {
  test('have the length of the rule, in any zone', () => {
    const window = windowAt({ kind: 'rolling', days: 30 }, 'Asia/Kathmandu', at('2026-11-23T12:00:00Z'));
    expect(window).toMatchObject({ kind: 'rolling', lengthMs: 30 * 24 * hourMs });
  });

  test('name an epoch of their own length, so that network counts start afresh once in it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), instant, (days, now) => {
        const lengthMs = days * 24 * hourMs;
        const key = (moment: number): string => windowAt({ kind: 'rolling', days }, 'UTC', moment).key;
        const epochStart = Math.floor(now / lengthMs) * lengthMs;
        expect(key(epochStart)).toBe(key(now));
        expect(key(epochStart + lengthMs - 1)).toBe(key(now));
        expect(key(epochStart + lengthMs)).not.toBe(key(now));
      }),
    );
  });
});
