/** How a reconcile asks Stripe: so many calls a second on the average, and again after a while when Stripe can't answer. */
import { setTimeout as pause } from 'node:timers/promises';
import { BillingFault, type BillingFaultKind } from './billing.ts';

export interface Pace {
  /**
   * Asks when it may, and asks again what failed for reasons that pass. Rejects with what it failed by at last, and as
   * soon as the signal is aborted while it waits.
   */
  ask<Answer>(signal: AbortSignal, question: () => Promise<Answer>): Promise<Answer>;
}

export interface PaceOptions {
  readonly callsPerSecond: number;
  /**
   * Calls that were made so far, by anybody in this process. One question can cost several (a customer has pages), and
   * how many is known only afterwards: what was overspent is waited for by whoever asks next.
   */
  readonly callsMade: () => number;
  /** Milliseconds that pass in reality, whatever the sandbox's clock says. */
  readonly realNow: () => number;
  /** Before the second try; doubles with each further one, up to thirty times as long. */
  readonly retryMs?: number;
  /** Lets so much of `realNow` pass; rejects as soon as the signal is aborted. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** What was not used for up to a second may be used at once. */
const burstMs = 1000;

const maxTries = 6;

const passing: ReadonlySet<BillingFaultKind> = new Set(['rate-limited', 'stripe-down', 'unreachable']);

export const createPace = (options: PaceOptions): Pace => {
  const { realNow, retryMs = 1000, wait = waitInReality } = options;
  const budget = createBudget(options);
  /** Stripe asked for less: nobody asks anything before then. */
  let pausedUntil = Number.NEGATIVE_INFINITY;

  const turn = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      const waitMs = Math.max(budget.freeAt(), pausedUntil) - realNow();
      if (!(waitMs > 0)) return budget.take();
      await wait(Math.ceil(waitMs), signal);
    }
  };

  return {
    ask: async (signal, question) => {
      for (let tries = 1; ; tries += 1) {
        await turn(signal);
        try {
          return await question();
        } catch (error) {
          if (!(error instanceof BillingFault) || !passing.has(error.kind) || tries === maxTries) throw error;
          const restMs = retryMs * Math.min(2 ** (tries - 1), 30);
          if (error.kind === 'rate-limited') pausedUntil = Math.max(pausedUntil, realNow() + restMs);
          else await wait(restMs, signal);
        }
      }
    },
  };
};

const waitInReality = (ms: number, signal: AbortSignal): Promise<unknown> => pause(ms, undefined, { signal });

const createBudget = ({ callsPerSecond, callsMade, realNow }: PaceOptions) => {
  /** Up to when what was asked is paid for, at so many calls a second. */
  let paidUntil = Number.NEGATIVE_INFINITY;
  let seen = callsMade();
  /** Turns whose first call isn't in `callsMade` yet: paid for already, so that many at once can't overspend. */
  let inAdvance = 0;

  const spend = (calls: number): void => {
    paidUntil = Math.max(paidUntil, realNow() - burstMs) + (calls * 1000) / callsPerSecond;
  };

  return {
    freeAt: (): number => {
      const made = callsMade();
      const fresh = made - seen;
      seen = made;
      spend(Math.max(0, fresh - inAdvance));
      inAdvance = Math.max(0, inAdvance - fresh);
      return paidUntil;
    },
    take: (): void => {
      spend(1);
      inAdvance += 1;
    },
  };
};
