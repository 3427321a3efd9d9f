/** The addresses of a site that are to be visited, the most urgent first, each once in a round, and not without end. */
import type { ArticleId } from '../../article/article.ts';
import type { LearntAddress } from './learn-store.ts';

/** From the most urgent. */
const urgencies = [
  /** Lists and the front page: what they name is new. */
  'source',
  /** Articles whose text isn't known as the policy cuts it. */
  'unknown',
  /** What the front page or a feed names: what is asked for most. */
  'named',
  /** What changed not long ago. */
  'recent',
  'rest',
] as const;
export type Urgency = (typeof urgencies)[number];

export interface Frontier {
  /** False: there are too many. An address that is there already stays as it is, but may become more urgent. */
  add(address: LearntAddress, urgency: Urgency): boolean;
  /** To be visited in this round, unless it was already or is about to be. */
  want(target: string, urgency: Urgency): void;
  /** Once more in this round, before all others. */
  again(target: string): void;
  get(target: string): LearntAddress | undefined;
  /** Takes the place of what was there. */
  put(address: LearntAddress): void;
  drop(target: string): void;
  /** The next one, which is taken off. */
  next(): LearntAddress | undefined;
  all(): Iterable<LearntAddress>;
  /** Everything may be wanted once more. */
  newRound(): void;
  /** How many addresses give this article. */
  carriers(article: ArticleId): number;
  readonly counts: () => { readonly known: number; readonly unvisited: number; readonly leftOut: number };
}

/** Beside the bound for all others: a site has few lists, and they come first. */
const mostLists = 2_000;

export const createFrontier = (maxAddresses: number): Frontier => {
  const addresses = new Map<string, LearntAddress>();
  const queues = new Map(urgencies.map((urgency) => [urgency, createQueue()]));
  /** Wanted in this round already, and how urgently; -1 once it is under way. */
  const ranks = new Map<string, number>();
  const articles = new Map<ArticleId, number>();
  let [lists, unvisited, leftOut] = [0, 0, 0];

  const count = (address: LearntAddress | undefined, by: 1 | -1): void => {
    if (address?.kind === 'list') lists += by;
    if (address?.article !== undefined) {
      const left = (articles.get(address.article) ?? 0) + by;
      if (left > 0) articles.set(address.article, left);
      else articles.delete(address.article);
    }
    if (address?.kind === 'found') unvisited += by;
  };

  const put = (address: LearntAddress): void => {
    count(addresses.get(address.target), -1);
    addresses.set(address.target, address);
    count(address, 1);
  };

  const want = (target: string, urgency: Urgency): void => {
    const rank = urgencies.indexOf(urgency);
    if ((ranks.get(target) ?? Number.POSITIVE_INFINITY) <= rank) return;
    ranks.set(target, rank);
    queues.get(urgency)?.push(target);
  };

  return {
    add: (address, urgency) => {
      if (!addresses.has(address.target)) {
        const isFull = address.kind === 'list' ? lists >= mostLists : addresses.size - lists >= maxAddresses;
        if (isFull) {
          leftOut += 1;
          return false;
        }
        put(address);
      }
      want(address.target, urgency);
      return true;
    },
    want,
    again: (target) => {
      ranks.set(target, 0);
      queues.get('source')?.unshift(target);
    },
    get: (target) => addresses.get(target),
    put,
    drop: (target) => {
      count(addresses.get(target), -1);
      addresses.delete(target);
    },
    next: () => {
      for (const [rank, urgency] of urgencies.entries()) {
        const queue = queues.get(urgency);
        for (let target = queue?.shift(); target !== undefined; target = queue?.shift()) {
          const address = addresses.get(target);
          // It became more urgent since, or is there no more.
          if (!address || ranks.get(target) !== rank) continue;
          ranks.set(target, -1);
          return address;
        }
      }
      return undefined;
    },
    all: () => addresses.values(),
    newRound: () => {
      for (const [target, rank] of ranks) if (rank === -1) ranks.delete(target);
    },
    carriers: (article) => articles.get(article) ?? 0,
    counts: () => ({ known: articles.size, unvisited, leftOut }),
  };
};

interface Queue {
  push(target: string): void;
  unshift(target: string): void;
  shift(): string | undefined;
}

/** An array's own `shift` moves all that is behind. */
const createQueue = (): Queue => {
  let items: string[] = [];
  let front: string[] = [];
  let at = 0;
  return {
    push: (target) => items.push(target),
    unshift: (target) => front.push(target),
    shift: () => {
      const first = front.pop();
      if (first !== undefined) return first;
      const next = items[at];
      if (next === undefined) {
        items = [];
        front = [];
        at = 0;
        return undefined;
      }
      at += 1;
      if (at > 10_000) {
        items = items.slice(at);
        at = 0;
      }
      return next;
    },
  };
};
