/** Walks the content folder and names its articles and assets; whatever lies outside it, by whatever link, is not found. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { kindOfFile } from './file-kinds.ts';
import type { ContentFault } from './stored-article.ts';

export interface Asset {
  /** Resolved path, links followed. */
  readonly path: string;
  readonly type: string;
}

export interface FoundFile {
  /** Relative to the folder, forward slashes. */
  readonly file: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** Changes whenever the file's content may have changed. */
  readonly stamp: string;
}

export interface FoundFiles {
  readonly articles: readonly FoundFile[];
  readonly assets: ReadonlyMap<string, Asset>;
  readonly faults: readonly ContentFault[];
}

/** @throws when the folder itself can't be read. */
export const findFiles = async (directory: string): Promise<FoundFiles> => {
  const root = await realpath(directory);
  const articles: FoundFile[] = [];
  const assets = new Map<string, Asset>();
  const faults: ContentFault[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readFolder(root, folder)) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const kind = kindOfFile(file);
      if (entry.isDirectory() && !HIDDEN_NAME.test(entry.name)) waiting.push(file);
      else if (kind.kind === 'hidden' || !(entry.isFile() || entry.isSymbolicLink())) continue;
      else {
        const found = await resolveInside(root, file);
        if (found === 'gone') continue;
        if (found === 'outside')
          faults.push({
            file,
            line: 1,
            problem: 'it links out of the content folder',
            remedy: 'Copy the file here.',
          });
        else if (kind.kind === 'article') articles.push(found);
        else assets.set(file.normalize('NFC'), { path: found.path, type: kind.type });
      }
    }
  }
  return { articles: articles.sort((a, b) => (a.file < b.file ? -1 : 1)), assets, faults };
};

/** True when a resolved path is the folder's or below it. */
export const isInside = (root: string, path: string): boolean =>
  path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);

const HIDDEN_NAME = /^[._]|^node_modules$/;

/** A folder that goes away during the walk is an empty one; the root must be there. */
async function readFolder(root: string, folder: string) {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder === '') throw error;
    return [];
  }
}

/** A link to a file is followed while it stays in the folder (mounted configuration is made of such links). */
async function resolveInside(root: string, file: string): Promise<FoundFile | 'outside' | 'gone'> {
  try {
    const path = await realpath(join(root, file));
    if (!isInside(root, path)) return 'outside';
    const facts = await stat(path);
    if (!facts.isFile()) return 'gone';
    return {
      file,
      path,
      sizeBytes: facts.size,
      stamp: `${path}|${facts.mtimeMs}|${facts.size}|${facts.ino}`,
    };
  } catch {
    return 'gone';
  }
}
