/** Takes what other instances have written into a store: soon after it is announced, in order, and again when the store is back. */
import { setTimeout as pause } from 'node:timers/promises';
import { faultOf, type Log } from './log.ts';

export interface Following {
  /** Anything else that asks the store about this: how it went is logged with the rest. Never rejects. */
  attempt(work: () => Promise<void>): Promise<void>;
  /** Also when it was closed before anything was taken. */
  isClosed(): boolean;
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

interface Options {
  /**
   * Brings over what has come since it was called last. It may reject; then it is called again before long. `isClosed`: it
   * may leave the rest.
   */
  readonly take: (isClosed: () => boolean) => Promise<void>;
  /** Cheap, for it is asked all day. Throwing means that something may be new. */
  readonly isNews: () => boolean;
  /** Calls `look` for each announcement. */
  readonly onChange: (look: () => void) => void;
  readonly log: Pick<Log, 'warn' | 'info'>;
  /** Said once when the store is lost, and once when it is back. */
  readonly words: { readonly lost: string; readonly back: string };
  /** From one look for what nobody announced to the next. */
  readonly lookMs: number;
  /** Every so many looks the store is asked, should an announcement be lost without anybody noticing. */
  readonly looksBetweenAsking: number;
  /** After each taking, where many changes are announced in a second. */
  readonly gatherMs?: number;
}

export const followChanges = (options: Options): Following => {
  const { take, isNews, onChange, log, words, lookMs, looksBetweenAsking, gatherMs = 0 } = options;
  let reached = true;
  let closed = false;

  const isClosed = (): boolean => closed;

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      if (!reached) log.info({}, words.back);
      reached = true;
    } catch (error) {
      if (reached && !closed) log.warn({ fault: faultOf(error) }, words.lost);
      reached = false;
    }
  };

  let taking: Promise<void> | undefined;
  let announced = false;
  /** One at a time; whatever was announced meanwhile is one more. */
  const look = (): void => {
    announced = true;
    taking ??= (async () => {
      while (announced && !closed) {
        announced = false;
        await attempt(() => take(isClosed));
        if (announced && !closed && gatherMs > 0) await pause(gatherMs, undefined, { ref: false });
      }
    })().finally(() => {
      taking = undefined;
    });
  };
  const mayBeNews = (): boolean => {
    try {
      return isNews();
    } catch {
      return true;
    }
  };

  let looks = 0;
  const timer = setInterval(() => {
    looks += 1;
    if (looks % looksBetweenAsking === 0 || mayBeNews()) look();
  }, lookMs);
  timer.unref();
  onChange(look);
  look();
  return {
    attempt,
    isClosed,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await taking;
    },
  };
};
