/** The origin that makes a complete reading site of a folder of Markdown and HTML files. */
import type { Article } from '../../article/article.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Origin } from '../origin.ts';
import { createAnswerer, type ExcerptOf } from './answer-request.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { firstCharacters } from './first-characters.ts';
import { pushAnswer } from './push-answer.ts';
import type { ReadingMinutes } from './read-article.ts';
import { type ContentLog, createShelf } from './shelf.ts';
import type { ContentFault } from './stored-article.ts';
import { watchFolder } from './watch-folder.ts';

export interface ContentFolderOptions {
  /** Holds `site.yaml` (optional), articles (`*.md`, `*.html`, in any subfolder) and the files they show. */
  readonly directory: string;
  /** Where readers reach the site, without a trailing slash; canonical links and feeds begin with it. */
  readonly siteUrl: string;
  readonly readingMinutes: ReadingMinutes;
  /** What a card may show of an article's text. Default: its first 250 characters. */
  readonly excerptOf?: ExcerptOf;
  /** Follow changes of the files. */
  readonly watch: boolean;
  readonly log: ContentLog;
  readonly clock: Clock;
}

export interface ContentFolder extends Origin {
  /** Resolves when the folder has been read, and its changes are followed; rejects when it can't be. Until it is read requests wait. */
  ready(): Promise<{ readonly articles: number; readonly faults: readonly ContentFault[] }>;
  /** Newest first; empty before the folder has been read. */
  contentCatalogue(): readonly CatalogueEntry[];
  /** To be called when `excerptOf` would answer differently, as after a change of the policy: rendered cards are kept. */
  forgetPages(): void;
  /** Called after each reload. Gives a function that stops the calls. */
  onChange(listener: () => void): () => void;
}

/** Starts reading the folder at once. It answers with whole articles: cutting them is the gate's part. */
export const createContentFolder = (options: ContentFolderOptions): ContentFolder => {
  const { directory, siteUrl, log } = options;
  const excerptOf = options.excerptOf ?? ((_article: Article, text: string) => firstCharacters(text, 250));
  const answerer = createAnswerer({ directory, siteUrl: siteUrl.replace(/\/+$/, ''), excerptOf });
  const listeners = new Set<() => void>();
  const shelf = createShelf(options);
  const watcher = options.watch
    ? watchFolder(
        directory,
        () => void shelf.reload().then((changed) => changed && [...listeners].map((tell) => tell())),
        (error) =>
          log.warn(
            { error: String(error) },
            'Changes in the content folder can’t be followed; restart to see them.',
          ),
      )
    : undefined;
  return {
    ask(request, receiver) {
      request.body?.resume();
      const answer = async () => answerer.answer(await shelf.library(), request);
      return pushAnswer(answer, receiver, request.method === 'HEAD');
    },
    ready: async () => {
      const read = await shelf.ready();
      await watcher?.begun;
      return read;
    },
    contentCatalogue: () => shelf.catalogue(),
    forgetPages: () => answerer.forgetPages(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => watcher?.close(),
  };
};
