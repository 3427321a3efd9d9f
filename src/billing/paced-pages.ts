/** A list of Stripe's, page by page at the reconcile's pace, taken up again where it broke. */
import type { Clock } from '../ops/clock.ts';
import type { Pace } from './pace.ts';

export interface PacedPage<Item> {
  readonly items: readonly Item[];
  /** Before Stripe was asked for it. Milliseconds. */
  readonly askedAt: number;
}

interface Options<Item> {
  /** From the beginning, or from behind the last item that was given. */
  readonly open: (last: Item | undefined) => AsyncIterable<readonly Item[]>;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export async function* pacedPages<Item>({ open, pace, clock, signal }: Options<Item>) {
  let last: Item | undefined;
  let pages = open(undefined)[Symbol.asyncIterator]();
  for (;;) {
    let askedAt = 0;
    const next = await pace.ask(signal, async () => {
      askedAt = clock();
      try {
        return await pages.next();
      } catch (error) {
        // A generator that threw is over: the next try needs another.
        pages = open(last)[Symbol.asyncIterator]();
        throw error;
      }
    });
    if (next.done) return;
    last = next.value.at(-1) ?? last;
    yield { items: next.value, askedAt } satisfies PacedPage<Item>;
  }
}
