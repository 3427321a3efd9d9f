/** Remembers what the codes on prompts stand for: here at once, and a little later in the store, for every instance. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../ops/clock.ts';
import { type CodedDecision, type DecisionCode, decisionCodeIn, decisionCodeOf } from './decision-code.ts';
import type { DecisionCodeStore, KeptDecision } from './decision-code-store.ts';

export interface DecisionCodes {
  /** The code alone: nothing is remembered. */
  codeOf(facts: CodedDecision): DecisionCode;
  /** The code of a prompt that is about to be shown. Answers at once; nobody waits for the store. */
  remember(facts: CodedDecision): DecisionCode;
  /**
   * @param text as a reader gave it, in capitals or without hyphens too.
   * @throws what the store throws, for a code that wasn't shown by this instance lately.
   */
  lookUp(text: string): Promise<CodedDecision | undefined>;
  /** Writes what is waiting. Never rejects. */
  flush(): Promise<void>;
}

interface Options {
  readonly key: Buffer;
  readonly store: DecisionCodeStore;
  readonly clock: Clock;
  /** Told when codes couldn't be kept: other instances can't look them up until their prompts are made again. */
  readonly report: (error: unknown) => void;
  /** How long new codes wait for each other. */
  readonly gatherMs?: number;
}

/** About 5 MB. */
const maxRemembered = 20_000;
/** More new codes than this between two writes come from somebody who tries addresses: they wait for another time. */
const maxWaiting = 2000;
/** The store keeps a code for 30 days: one that is still shown is put again each day. */
const putAgainMs = 86_400_000;

interface Remembered {
  readonly facts: CodedDecision;
  readonly putAt: number;
}

export const createDecisionCodes = (options: Options): DecisionCodes => {
  const { key, store, clock, report, gatherMs = 1000 } = options;
  const remembered = new LRUCache<DecisionCode, Remembered>({ max: maxRemembered });
  let waiting: KeptDecision[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const write = async (codes: readonly KeptDecision[]): Promise<void> => {
    try {
      await store.putCodes(codes, clock());
    } catch (error) {
      // Whoever makes their prompts again puts them again.
      for (const { code, facts } of codes) remembered.set(code, { facts, putAt: Number.NEGATIVE_INFINITY });
      report(error);
    }
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const codes = waiting;
    waiting = [];
    if (codes.length > 0) writing = writing.then(() => write(codes));
    return writing;
  };

  const keep = (code: DecisionCode, facts: CodedDecision, now: number): void => {
    const isFull = waiting.length >= maxWaiting;
    remembered.set(code, { facts, putAt: isFull ? Number.NEGATIVE_INFINITY : now });
    if (isFull) return;
    waiting.push({ code, facts });
    // The process doesn't wait for it: whoever stops it flushes.
    timer ??= setTimeout(() => void flush(), gatherMs).unref();
  };

  const codeOf = (facts: CodedDecision): DecisionCode => decisionCodeOf(key, facts);

  return {
    codeOf,
    remember: (facts) => {
      const code = codeOf(facts);
      const now = clock();
      const known = remembered.get(code);
      if (known === undefined || now - known.putAt >= putAgainMs) keep(code, facts, now);
      return code;
    },
    lookUp: async (text) => {
      const code = decisionCodeIn(text);
      if (code === undefined) return undefined;
      return remembered.get(code)?.facts ?? (await store.codeFacts(code, clock()));
    },
    flush,
  };
};
