/** What a replay comes to, in numbers. */

import type { ArticleId } from '../article/article.ts';
import type { Reason } from '../gate/decision.ts';
import type { Audience, ReaderKey } from './logged-view.ts';

/** Views and readers under one policy; a reader counts as stopped who was stopped once. */
export interface Stopped {
  readonly views: number;
  readonly readers: number;
}

/** Estimates where the log holds some of the readers only: each stands for as many as its weight says. */
export interface Effect {
  readonly views: number;
  readonly readers: number;
  readonly stoppedBefore: Stopped;
  readonly stoppedAfter: Stopped;
}

export interface RuleEffect {
  readonly rule: string;
  /** Of the views that this rule decides under that policy; it may be in one of the two only. */
  readonly before: { readonly views: number; readonly stopped: Stopped };
  readonly after: { readonly views: number; readonly stopped: Stopped };
}

export interface ReplayReport {
  /** Milliseconds; undefined when nothing was replayed. */
  readonly from: number | undefined;
  readonly until: number | undefined;
  /** Views in the log that were replayed, and those that no person made. */
  readonly logged: number;
  readonly leftOut: number;
  /** Some readers stand for others. */
  readonly estimated: boolean;
  readonly total: Effect;
  /** Views let in before and stopped after; readers never stopped before. And the other way round. */
  readonly newlyStopped: Stopped;
  readonly newlyLetIn: Stopped;
  readonly byRule: readonly RuleEffect[];
  readonly bySection: readonly (Effect & { readonly section: string })[];
  readonly byAudience: readonly (Effect & { readonly audience: Audience })[];
  readonly byReason: readonly { readonly reason: Reason; readonly before: number; readonly after: number }[];
  /** Those that change most, the most changed first; none that doesn't change. */
  readonly articles: readonly (Changed & { readonly article: ArticleId })[];
  readonly readers: readonly (Changed & { readonly reader: ReaderKey; readonly audience: Audience })[];
}

export interface Changed {
  readonly views: number;
  readonly stoppedBefore: number;
  readonly stoppedAfter: number;
}
