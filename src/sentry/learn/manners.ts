/** How hard an origin may be asked: so many questions a second, fewer when it says that it is too much, none while it is down. */

export interface Manners {
  /** When the next question may be put. Milliseconds. */
  freeAt(): number;
  asked(now: number): void;
  answered(): void;
  /** It wants less of this, and perhaps says for how long nothing. */
  busy(now: number, retryAfterMs?: number): void;
  failed(now: number): void;
  /** So much has come to nothing in a row that it is better left alone for now. */
  isHopeless(): boolean;
}

/** A second of trouble is nothing; an hour is the most that anybody is waited for. */
const [leastPauseMs, longestPauseMs] = [1_000, 3_600_000];
const busyMs = 30_000;
const failedMs = 5_000;
/** Single pages fail by themselves: only several in a row speak of the origin. */
const failuresOfPages = 3;
const mostInARow = 10;
/** It was asked too hard: at half the pace from then on, and back to all of it bit by bit. */
const [slower, slowest, recovery] = [2, 32, 0.99];

/** @param perSecond asked anew each time: the policy changes meanwhile. Infinity: nobody has to be spared. */
export const createManners = (perSecond: () => number): Manners => {
  let paidUntil = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let slowness = 1;
  let inARow = 0;
  let wasAnswered = false;

  const pause = (now: number, ms: number): void => {
    pausedUntil = Math.max(pausedUntil, now + Math.min(longestPauseMs, Math.max(leastPauseMs, ms)));
  };

  return {
    freeAt: () => Math.max(paidUntil, pausedUntil),
    asked: (now) => {
      paidUntil = Math.max(paidUntil, now) + (1_000 / perSecond()) * slowness;
    },
    answered: () => {
      wasAnswered = true;
      inARow = 0;
      slowness = Math.max(1, slowness * recovery);
    },
    busy: (now, retryAfterMs) => {
      // Questions that were under way together are refused together, and mean the same.
      if (now >= pausedUntil) {
        inARow += 1;
        slowness = Math.min(slowest, slowness * slower);
      }
      pause(now, retryAfterMs ?? busyMs * 2 ** Math.max(0, inARow - 1));
    },
    failed: (now) => {
      inARow += 1;
      if (inARow >= failuresOfPages) pause(now, failedMs * 2 ** (inARow - failuresOfPages));
    },
    isHopeless: () => inARow >= (wasAnswered ? mostInARow : failuresOfPages),
  };
};
