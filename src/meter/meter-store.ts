/** The port through which free reads are counted; each method is one atomic step under any concurrency. */
import type { ArticleId } from '../article/article.ts';
import type { Brand } from '../ops/brand.ts';
import type { MeterId } from '../policy/policy.ts';
import type { OpenWindow } from './window.ts';

/** Whose reads: `v:<visitor id>` or `r:<reader id>`. */
export type MeterSubject = Brand<string, 'MeterSubject'>;

export interface MeterAsk {
  readonly meter: MeterId;
  readonly subject: MeterSubject;
  /**
   * What the subject's count shares a Redis Cluster slot with: a visitor's birth network tag, a reader's own id.
   * The network's count of new visitors lives in the same slot, so both are checked in one step.
   */
  readonly slot: string;
  readonly article: ArticleId;
  readonly window: OpenWindow;
  readonly allowance: number;
  /** At most this many subjects of the slot may make a first read in the window; absent: no limit. */
  readonly networkAllowance?: number;
  /** False: look only, charge nothing. */
  readonly charge: boolean;
  readonly now: number;
}

export interface MeterReading {
  readonly outcome:
    | 'charged'
    /** Already counted in this window: free. */
    | 'known'
    /** Only when not charging: a read would be charged. */
    | 'available'
    | 'exhausted'
    | 'network-exhausted';
  /** Distinct articles counted in the window, this one included when charged. */
  readonly used: number;
  /** When the next free read comes back: the window's end, or for rolling the oldest read's expiry (now + length when none). */
  readonly resetsAt: number;
}

export interface CountedRead {
  readonly article: ArticleId;
  readonly readAt: number;
}

export interface MeterStore {
  /** The answer that `admit` would give, where it is known without asking: no promise, nothing charged. */
  peek?(ask: MeterAsk): MeterReading | undefined;
  admit(ask: MeterAsk): Promise<MeterReading>;
  /** The articles counted in the window, oldest first. */
  reads(of: Pick<MeterAsk, 'meter' | 'subject' | 'slot' | 'window' | 'now'>): Promise<readonly CountedRead[]>;
  /** Adds a visitor's reads to a reader's, each article once with its earliest time. Safe to repeat. */
  merge(
    from: { subject: MeterSubject; slot: string },
    into: { subject: MeterSubject; slot: string },
    meter: MeterId,
    window: OpenWindow,
    now: number,
  ): Promise<void>;
  /** Forgets all reads of a subject (erasure). */
  forget(of: { subject: MeterSubject; slot: string }): Promise<void>;
}
