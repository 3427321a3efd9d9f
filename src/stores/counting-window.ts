/** What both stores need of a window to count in it: under which name, since when, and until when a count is kept. */
import type { OpenWindow } from '../meter/window.ts';

/** Milliseconds; a count outlives its window by this, so that instances whose clocks differ still agree on it. */
const slackMs = 86_400_000;

/**
 * The name under which reads are kept. All rolling windows of a meter share one: reads expire one by one, and a
 * publisher who changes the length hands out no fresh allowance.
 */
export const readsWindow = (window: OpenWindow): string =>
  window.kind === 'rolling' ? 'rolling' : window.key;

/** Reads made at or before this moment no longer count; undefined: all of the window count. */
export const countsAfter = (window: OpenWindow, now: number): number | undefined =>
  window.kind === 'rolling' ? now - window.lengthMs : undefined;

/** How long from `now` a count must be kept, milliseconds. */
export const keepForMs = (window: OpenWindow, now: number): number =>
  slackMs + (window.kind === 'rolling' ? window.lengthMs : Math.max(0, window.endsAt - now));

/** When the next free read comes back. `oldest` is the earliest read that counts, if any. */
export const resetsAt = (window: OpenWindow, oldest: number | undefined, now: number): number =>
  window.kind === 'rolling' ? (oldest ?? now) + window.lengthMs : window.endsAt;
