/** Which window of a meter a moment falls in (placeholder of types; rule below). */
import type { WindowRule } from '../policy/policy.ts';

/** Half-open `[startsAt, endsAt)`, milliseconds. */
export type OpenWindow =
  | { readonly kind: 'calendar'; readonly key: string; readonly startsAt: number; readonly endsAt: number }
  /** Each read expires `lengthMs` after it was made; `key` names the current epoch of that length, for network counts. */
  | { readonly kind: 'rolling'; readonly key: string; readonly lengthMs: number };

export type WindowAt = (rule: WindowRule, timeZone: string, now: number) => OpenWindow;
