/** Whose free reads were counted when, while a log is replayed. */
import type { ArticleId } from '../article/article.ts';
import type { OpenWindow } from '../meter/window.ts';

/** `unknown`: counted before the log tells of it, and nobody knows for which article. */
export type BookedArticle = ArticleId | typeof unknown;
export const unknown = Symbol('unknown');

interface BookedRead {
  readonly article: BookedArticle;
  readonly at: number;
}

export interface ReadBook {
  /** Distinct articles that count in the window. */
  count(reader: string, meter: string, window: OpenWindow, now: number): number;
  knows(reader: string, meter: string, window: OpenWindow, now: number, article: ArticleId): boolean;
  /** When the earliest of them was counted. */
  oldest(reader: string, meter: string, window: OpenWindow, now: number): number | undefined;
  add(reader: string, meter: string, read: BookedRead): void;
  /** An unknown read turns out to have been of this article; where it is known by itself, there is one less. */
  recognise(reader: string, meter: string, window: OpenWindow, now: number, article: ArticleId): void;
}

export const createReadBook = (): ReadBook => {
  const books = new Map<string, BookedRead[]>();

  const counting = (reader: string, meter: string, window: OpenWindow, now: number): BookedRead[] => {
    const all = books.get(nameOf(reader, meter));
    if (all === undefined) return none;
    const [after, before] = boundsOf(window, now);
    return all.filter(({ at }) => at > after && at < before);
  };

  return {
    count: (...place) => counting(...place).length,
    knows: (reader, meter, window, now, article) =>
      counting(reader, meter, window, now).some((read) => read.article === article),
    oldest: (...place) => {
      const reads = counting(...place);
      return reads.length === 0 ? undefined : Math.min(...reads.map(({ at }) => at));
    },
    add: (reader, meter, read) => {
      const name = nameOf(reader, meter);
      const all = books.get(name);
      if (all) all.push(read);
      else books.set(name, [read]);
    },
    recognise: (reader, meter, window, now, article) => {
      const reads = counting(reader, meter, window, now);
      const found = reads.find((read) => read.article === unknown);
      if (found === undefined) return;
      const rest = (books.get(nameOf(reader, meter)) ?? none).filter((read) => read !== found);
      const known = reads.some((read) => read.article === article);
      books.set(nameOf(reader, meter), known ? rest : [...rest, { ...found, article }]);
    },
  };
};

const none: BookedRead[] = [];

const nameOf = (reader: string, meter: string): string => `${reader}\n${meter}`;

/** What counts lies between these moments, neither of them included. */
const boundsOf = (window: OpenWindow, now: number): readonly [number, number] =>
  window.kind === 'calendar'
    ? [window.startsAt - 1, window.endsAt]
    : [now - window.lengthMs, Number.POSITIVE_INFINITY];
