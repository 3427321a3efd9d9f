/** Loads the content folder into a library, reading again only the files that changed since the last load. */
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type FoundFile, findFiles, isInside } from './find-files.ts';
import { buildLibrary, type Library } from './library.ts';
import { type ReadArticle, type ReadingMinutes, readArticle } from './read-article.ts';
import { readSite } from './read-site.ts';
import type { SiteFacts } from './site-schema.ts';
import type { ContentFault } from './stored-article.ts';

export interface LoadedFolder {
  readonly library: Library;
  readonly faults: readonly ContentFault[];
}

/** Gives a function that loads `directory`; it throws only when the folder itself can't be read. */
export const createFolderLoader = ({
  directory,
  readingMinutes,
}: {
  readonly directory: string;
  readonly readingMinutes: ReadingMinutes;
}): (() => Promise<LoadedFolder>) => {
  let known = new Map<string, { readonly stamp: string; readonly outcome: ReadArticle }>();
  let lastSite: { readonly text: string; readonly facts: SiteFacts } | undefined;
  return async () => {
    const found = await findFiles(directory);
    const siteText = await readSiteText(directory);
    const site = readSite(siteText, lastSite?.facts);
    if (lastSite?.text !== siteText) known = new Map();
    lastSite = { text: siteText, facts: site.facts };
    const outcomes = new Map<string, { readonly stamp: string; readonly outcome: ReadArticle }>();
    for (const file of found.articles) {
      const before = known.get(file.file);
      const outcome =
        before?.stamp === file.stamp ? before.outcome : await readOne(file, site.facts, readingMinutes);
      if (outcome !== undefined) outcomes.set(file.file, { stamp: file.stamp, outcome });
    }
    known = outcomes;
    const read = [...outcomes.values()].map(({ outcome }) => outcome);
    const stored = read.flatMap((outcome) => (outcome.kind === 'article' ? [outcome.article] : []));
    const built = buildLibrary(site.facts, stored, found.assets);
    const unreadable = read.flatMap((outcome) => (outcome.kind === 'faulty' ? outcome.faults : []));
    return {
      library: built.library,
      faults: [...site.faults, ...found.faults, ...unreadable, ...built.faults],
    };
  };
};

const MOST_BYTES = 5_000_000;

/** Undefined when the file went away after it was found. */
async function readOne(
  file: FoundFile,
  site: SiteFacts,
  readingMinutes: ReadingMinutes,
): Promise<ReadArticle | undefined> {
  if (file.sizeBytes > MOST_BYTES) {
    const fault = {
      file: file.file,
      line: 1,
      problem: 'it is larger than 5 MB',
      remedy: 'Split it into several articles.',
    };
    return { kind: 'faulty', faults: [fault] };
  }
  try {
    return readArticle(file.file, await readFile(file.path, 'utf8'), site, readingMinutes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const fault = {
      file: file.file,
      line: 1,
      problem: 'it can’t be opened',
      remedy: 'Let the server’s account read it.',
    };
    return { kind: 'faulty', faults: [fault] };
  }
}

/** '' when there is none, or when it links out of the folder. */
async function readSiteText(directory: string): Promise<string> {
  try {
    const path = await realpath(join(directory, 'site.yaml'));
    return isInside(await realpath(directory), path) ? await readFile(path, 'utf8') : '';
  } catch {
    return '';
  }
}
