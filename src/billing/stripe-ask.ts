/** How Stripe is asked: every answer is checked, what passes is asked again after a while, lists are read to their end. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import { randomText } from '../ops/random.ts';
import { isMissing, nonsense, toFailure } from './stripe-faults.ts';
import type { Page } from './stripe-schema.ts';

/** Each rejects with a `BillingFault`. */
export interface AskStripe {
  one<Answer>(question: Question<Answer>): Promise<Answer>;
  /** Undefined: Stripe has no such thing. */
  oneIfThere<Answer>(question: Question<Answer>): Promise<Answer | undefined>;
  /** All pages, one at a time: the next is asked for when it is wanted. */
  pages<Item extends { readonly id: string }>(question: ListQuestion<Item>): AsyncGenerator<readonly Item[]>;
  /** All items of all pages. */
  all<Item extends { readonly id: string }>(question: ListQuestion<Item>): Promise<readonly Item[]>;
}

export interface Question<Answer> {
  /** Read after "while" in a fault's message. */
  readonly doing: string;
  readonly put: (stripe: Stripe) => Promise<unknown>;
  /** Undefined: that isn't what was asked for. */
  readonly read: (answer: unknown) => Answer | undefined;
  /** The id that the answer must have: another object than the one that was asked for is nonsense. */
  readonly id?: string;
}

export interface ListQuestion<Item> {
  readonly doing: string;
  readonly put: (stripe: Stripe, page: PagePart) => Promise<unknown>;
  readonly read: (answer: unknown) => Page<Item> | undefined;
  /** From behind this one. */
  readonly after?: string;
}

/** Which page, as Stripe's lists take it. */
export interface PagePart {
  limit: number;
  starting_after?: string;
}

export interface Patience {
  /** Real milliseconds that one attempt may take. */
  readonly attemptMs: number;
  /** No further attempt begins later than this after the first; also the longest `Retry-After` that is waited for. */
  readonly patienceMs: number;
  /** Before the second attempt; doubles with each. */
  readonly firstPauseMs: number;
  /** How a pause is made; absent: by waiting. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

export const usualPatience: Patience = { attemptMs: 10_000, patienceMs: 12_000, firstPauseMs: 400 };

/** The largest page that Stripe gives. */
const pageSize = 100;
const attempts = 4;

export const createAskStripe = (stripe: Stripe, patience: Patience): AskStripe => {
  const one: AskStripe['one'] = async ({ doing, put, read, id }) => {
    const answer = await persist(() => put(stripe), doing, patience);
    const found = read(answer);
    if (found === undefined || (id !== undefined && idOf(answer) !== id)) throw nonsense(doing);
    return found;
  };

  async function* pages<Item extends { readonly id: string }>(question: ListQuestion<Item>) {
    const { doing, put, read } = question;
    let cursor = question.after;
    for (;;) {
      const from = cursor === undefined ? {} : { starting_after: cursor };
      const page = await one({ doing, put: (asked) => put(asked, { limit: pageSize, ...from }), read });
      if (page.data.length > 0) yield page.data;
      if (!page.has_more) return;
      const last = page.data.at(-1)?.id;
      // A list that has more, and doesn't get further, would be read forever.
      if (last === undefined || last === cursor) throw nonsense(doing);
      cursor = last;
    }
  }

  return {
    one,
    oneIfThere: (question) => one(question).catch(undefinedIfMissing),
    pages,
    all: async (question) => {
      const items = [];
      for await (const page of pages(question)) items.push(...page);
      return items;
    },
  };
};

const idOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined;

const undefinedIfMissing = (error: unknown): undefined => {
  if (!isMissing(error)) throw error;
};

/**
 * The SDK's own retries are off: they leave 429 out, forget `Retry-After`, and multiply with ours. A POST that must not
 * be done twice carries its idempotency key in `put`.
 */
const persist = async (
  put: () => Promise<unknown>,
  doing: string,
  { patienceMs, firstPauseMs, pause = sleep }: Patience,
): Promise<unknown> => {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put();
    } catch (error) {
      const { fault, passing, retryAfterMs } = toFailure(error, doing);
      const pauseMs = Math.max(retryAfterMs ?? 0, jittered(firstPauseMs * 2 ** (attempt - 1)));
      const leftMs = patienceMs - (performance.now() - startedAt);
      if (!passing || attempt === attempts || pauseMs > leftMs) throw fault;
      await pause(pauseMs);
    }
  }
};

/** Between half of it and all of it, so that instances that failed together don't come back together. */
const jittered = (ms: number): number => ms * (0.5 + randomFraction() / 2);

const randomFraction = (): number => Buffer.from(randomText(2), 'base64url').readUInt16BE() / 0xffff;
