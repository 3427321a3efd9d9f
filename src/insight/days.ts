/** Days as charts name them: dates of the site's own clocks. */
import { windowAt } from '../meter/window.ts';

/** `2026-11-23` */
export const dayAt = (timeZone: string, at: number): string =>
  windowAt({ kind: 'day' }, timeZone, at).key.slice('day-'.length);

/** From the first to the last, both included; none when they are in the wrong order or no dates. */
export const daysBetween = (from: string, to: string): readonly string[] => {
  const days: string[] = [];
  if (!isDate(from) || !isDate(to)) return days;
  for (let day = from; day <= to && days.length < mostDays; day = daysAfter(day, 1)) days.push(day);
  return days;
};

export const daysAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);

const dayMs = 86_400_000;
/** More than any table is kept for. */
const mostDays = 800;

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
