/** Holds the library that is being served, and replaces it whole when the folder has changed. */
import type { Clock } from '../../ops/clock.ts';
import { type CatalogueEntry, catalogueOf } from './catalogue-entry.ts';
import type { Library } from './library.ts';
import { createFolderLoader } from './load-folder.ts';
import type { ReadingMinutes } from './read-article.ts';
import type { ContentFault } from './stored-article.ts';

/** Any pino logger is one. */
export interface ContentLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface ShelfOptions {
  readonly directory: string;
  readonly readingMinutes: ReadingMinutes;
  readonly log: ContentLog;
  readonly clock: Clock;
}

/** Begins to read at once. */
export const createShelf = ({ directory, readingMinutes, log, clock }: ShelfOptions) => {
  const load = createFolderLoader({ directory, readingMinutes });
  let reported = new Set<string>();
  let current: Library | undefined;
  let catalogue: readonly CatalogueEntry[] = [];
  const take = async () => {
    const startedAt = clock();
    const { library, faults } = await load();
    reported = reportFaults(log, faults, reported);
    current = library;
    catalogue = catalogueOf(library);
    log.info(
      { articles: library.articles.length, files: library.assets.size, tookMs: clock() - startedAt },
      'The content folder has been read.',
    );
    return { articles: library.articles.length, faults };
  };
  const first = take();
  let last: Promise<unknown> = first;
  // Whoever asks gets the rejection; without this the process would end before anybody can.
  first.catch(() => {});
  return {
    ready: () => first,
    async library(): Promise<Library> {
      if (current === undefined) await first;
      if (current === undefined) throw new Error('the content folder can’t be read');
      return current;
    },
    catalogue: () => catalogue,
    /** One at a time. True when a new library stands. */
    reload(): Promise<boolean> {
      const next = last.then(take, take).then(
        () => true,
        (error: unknown) => {
          log.warn(
            { error: String(error) },
            'The content folder can’t be read; what was read before is still served.',
          );
          return false;
        },
      );
      last = next;
      return next;
    },
  };
};

/** Each fault is told once, until it is mended and made again. */
function reportFaults(
  log: ContentLog,
  faults: readonly ContentFault[],
  before: ReadonlySet<string>,
): Set<string> {
  const messages = new Map(
    faults.map((fault) => [`${fault.file}:${fault.line}: ${fault.problem}. ${fault.remedy}`, fault]),
  );
  for (const [message, { file, line }] of messages)
    if (!before.has(message)) log.warn({ file, line }, message);
  return new Set(messages.keys());
}
