/** The newest article views of the decision log's last days, by article: what rules can be tried on. */
import type { DecisionLogStore, LogChunk } from '../../insight/decision-log-store.ts';
import type { LoggedArticle } from '../../insight/logged-view.ts';
import { readDecisionLog } from '../../insight/read-decision-log.ts';

export interface RecentViews {
  /** How many views each article had, those among them that a sampled log lets others stand for. */
  readonly articles: ReadonlyMap<LoggedArticle, number>;
  /** Of all of them. */
  readonly views: number;
  /** False: there were more, and the oldest were left out. */
  readonly all: boolean;
}

interface Options {
  readonly store: Pick<DecisionLogStore, 'chunks' | 'size'>;
  /** Told the id of a part of the log that can't be read; it is passed over. */
  readonly onMalformed: (id: string) => void;
  /** Logged views that are looked at. */
  readonly most?: number;
}

const mostViews = 20_000;
export const recentDays = 7;
const dayMs = 86_400_000;
/** No chunk of the log spans more. */
const chunkMs = 3_600_000;

/** Views that people asked for: no crawler's, and no prefetch. @throws when the store can't be asked. */
export const recentViews = async (
  { store, onMalformed, most = mostViews }: Options,
  now: number,
): Promise<RecentViews> => {
  const since = now - recentDays * dayMs;
  const found: { readonly article: LoggedArticle; readonly weight: number }[] = [];
  const newest = { chunks: () => newestChunks(store, since - chunkMs, most) };
  for await (const views of readDecisionLog({ store: newest, onMalformed }))
    for (const { at, article, purpose, crawler, weight } of views)
      if (at >= since && purpose === 'read' && !crawler) found.push({ article, weight });
  const articles = new Map<LoggedArticle, number>();
  let sum = 0;
  for (const { article, weight } of found.slice(-most)) {
    articles.set(article, (articles.get(article) ?? 0) + weight);
    sum += weight;
  }
  return { articles, views: sum, all: found.length <= most };
};

/** Without those that only hold views that would be left out: they need not be unpacked. */
async function* newestChunks(store: Options['store'], from: number, most: number): AsyncIterable<LogChunk> {
  let later = await store.size();
  for await (const chunk of store.chunks()) {
    later -= chunk.count;
    if (chunk.from >= from && later <= 2 * most) yield chunk;
  }
}
