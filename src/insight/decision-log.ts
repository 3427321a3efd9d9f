/** Writes the decision log: gathers views and puts them into the store in chunks, without anybody waiting for it. */
import { encodeChunk } from './decision-chunk.ts';
import type { DecisionLogStore } from './decision-log-store.ts';
import type { LoggedView } from './logged-view.ts';

export interface DecisionLog {
  record(view: LoggedView): void;
  /** Writes what has been recorded. Never rejects: what couldn't be written is tried again by the next flush. */
  flush(): Promise<void>;
  /** Whether something is still to be written. */
  isBehind(): boolean;
  /** Views that were lost since the start, because the store was slow or away for longer than they could wait. */
  dropped(): number;
}

interface Options {
  readonly store: DecisionLogStore;
  /** How many views the store keeps, asked anew for each chunk; 0: none, and nothing is written. */
  readonly keepViews: () => number;
  /** Unguessable text of so many bytes, which tells this instance's chunks from another's. */
  readonly random: (bytes: number) => string;
  /** Told of a failed write; the view of no reader is in the error. */
  readonly onTrouble: (error: unknown) => void;
  /** Views that wait while the store is slow; more are dropped. */
  readonly maxWaiting?: number;
  /** Days after which a view is forgotten, however few there are. */
  readonly keepDays?: number;
}

export const viewsPerChunk = 500;
/** A chunk isn't added to after this, so that what is read in order of time needs few chunks at once. */
const chunkSpanMs = 3_600_000;
const dayMs = 86_400_000;

interface OpenChunk {
  readonly id: string;
  readonly from: number;
  readonly views: LoggedView[];
  /** How many of them the store has. */
  written: number;
}

/**
 * The last chunk is written anew with each flush until it is full. On a quiet site a chunk for each flush would take
 * ten times the space, and a killed instance loses no more this way: what came since its last flush.
 */
export const createDecisionLog = (options: Options): DecisionLog => {
  const { store, keepViews, random, onTrouble, maxWaiting = 5000, keepDays = 62 } = options;
  let waiting: LoggedView[] = [];
  let open: OpenChunk | undefined;
  let dropped = 0;
  let full = false;
  let running: Promise<void> | undefined;

  const isBehind = (): boolean =>
    waiting.length > 0 || (open !== undefined && open.written < open.views.length);

  const write = async (chunk: OpenChunk, limit: number): Promise<void> => {
    const { id, from, views } = chunk;
    const count = views.length;
    const last = views.at(-1)?.at ?? from;
    await store.put(
      { id, from, count, data: await encodeChunk(views) },
      { views: limit, since: last - keepDays * dayMs },
    );
    chunk.written = count;
  };

  const writeAll = async (): Promise<void> => {
    const limit = keepViews();
    if (limit < 1) {
      waiting = [];
      open = undefined;
      return;
    }
    const perChunk = Math.max(1, Math.min(viewsPerChunk, Math.floor(limit / 10)));
    while (isBehind()) {
      open = fill(open, waiting, perChunk, random);
      await write(open, limit);
    }
    full = false;
  };

  return {
    record: (view) => {
      if (waiting.length < maxWaiting) {
        waiting.push(view);
        return;
      }
      // Said once for each time that the store was away; every view would be a line of the log.
      if (!full) onTrouble(new Error('The store was away for too long: some views are not in the log.'));
      full = true;
      dropped += 1;
    },
    flush: () => {
      // Whoever asks while one is under way is served by it: it goes on until nothing is left.
      running ??= writeAll()
        .catch(onTrouble)
        .finally(() => {
          running = undefined;
        });
      return running;
    },
    isBehind,
    dropped: () => dropped,
  };
};

/** Moves views from those that wait into the open chunk, or into a new one where that has no room. */
const fill = (
  open: OpenChunk | undefined,
  waiting: LoggedView[],
  perChunk: number,
  random: Options['random'],
): OpenChunk => {
  const [first] = waiting;
  // What the store hasn't got yet comes first.
  if (open && (first === undefined || open.written < open.views.length)) return open;
  const at = first?.at ?? 0;
  const fits = open && open.views.length < perChunk && at >= open.from && at - open.from < chunkSpanMs;
  const chunk = fits ? open : { id: `${at}-${random(6)}`, from: at, views: [], written: 0 };
  let taken = 0;
  for (const { at: next } of waiting) {
    if (chunk.views.length + taken >= perChunk || next < chunk.from || next - chunk.from >= chunkSpanMs)
      break;
    taken += 1;
  }
  chunk.views.push(...waiting.splice(0, taken));
  return chunk;
};
