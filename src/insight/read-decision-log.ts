/** The decision log read back: all instances' views as one sequence in time, a few at once. */
import { LRUCache } from 'lru-cache';
import { articleFrom, decodeChunk } from './decision-chunk.ts';
import type { DecisionLogStore } from './decision-log-store.ts';
import type { LoggedArticle, LoggedView } from './logged-view.ts';

interface Options {
  readonly store: Pick<DecisionLogStore, 'chunks'>;
  /** Told the id of a chunk that can't be read; it is passed over. */
  readonly onMalformed: (id: string) => void;
}

/** Views that are handed over together. */
const together = 500;
const maxArticles = 20_000;

interface Opened {
  readonly views: readonly LoggedView[];
  next: number;
}

/**
 * Oldest first, in batches; equal articles are one object. Memory holds one chunk of each instance that was writing at
 * that moment of the log, however long the log is.
 */
export async function* readDecisionLog({
  store,
  onMalformed,
}: Options): AsyncIterable<readonly LoggedView[]> {
  const articleOf = sameArticles();
  let opened: Opened[] = [];
  for await (const { id, from, data } of store.chunks()) {
    yield* inBatches(before(from, opened));
    opened = opened.filter(({ views, next }) => next < views.length);
    const views = await decodeChunk(data, articleOf);
    if (views) opened.push({ views, next: 0 });
    else onMalformed(id);
  }
  yield* inBatches(before(Number.POSITIVE_INFINITY, opened));
}

const sameArticles = () => {
  const known = new LRUCache<string, LoggedArticle>({ max: maxArticles });
  return (packed: Parameters<typeof articleFrom>[0]): LoggedArticle => {
    const name = JSON.stringify(packed);
    const found = known.get(name) ?? articleFrom(packed);
    known.set(name, found);
    return found;
  };
};

/** The views that were before that moment, in order of time: no chunk that comes later holds an earlier one. */
function* before(moment: number, opened: readonly Opened[]): Iterable<LoggedView> {
  for (;;) {
    let first: Opened | undefined;
    for (const each of opened) if (nextAt(each) < (first ? nextAt(first) : moment)) first = each;
    const view = first?.views[first.next];
    if (first === undefined || view === undefined) return;
    first.next += 1;
    yield view;
  }
}

const nextAt = ({ views, next }: Opened): number => views[next]?.at ?? Number.POSITIVE_INFINITY;

function* inBatches(views: Iterable<LoggedView>): Iterable<readonly LoggedView[]> {
  let batch: LoggedView[] = [];
  for (const view of views) {
    if (batch.push(view) < together) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
