/** Answers for a file of the content folder: type, validators, and one byte range. */
import { realpath, stat } from 'node:fs/promises';
import type { HeaderPairs } from '../origin.ts';
import { type Answer, emptyAnswer, headerOf } from './answer.ts';
import { type Asset, isInside } from './find-files.ts';

/** Undefined when the file has gone, or has become a link to elsewhere since the folder was read. */
export const answerFile = async (
  directory: string,
  asset: Asset,
  requestHeaders: HeaderPairs,
): Promise<Answer | undefined> => {
  const facts = await factsOf(directory, asset.path);
  if (facts === undefined) return undefined;
  const etag = `"${facts.mtimeMs.toString(36)}-${facts.size.toString(36)}"`;
  const headers: HeaderPairs = [
    ['Content-Type', asset.type],
    ['ETag', etag],
    ['Last-Modified', new Date(facts.mtimeMs).toUTCString()],
    ['Cache-Control', 'public, max-age=300'],
    ['Accept-Ranges', 'bytes'],
    ['X-Content-Type-Options', 'nosniff'],
    ...(asset.type.startsWith('image/svg') ? [SVG_POLICY] : []),
  ];
  const ifRange = headerOf(requestHeaders, 'if-range');
  const range = ifRange === undefined || ifRange === etag ? headerOf(requestHeaders, 'range') : undefined;
  const stretch = readRange(range, facts.size);
  switch (stretch) {
    case 'whole':
      return { status: 200, headers, body: { path: asset.path, start: 0, end: facts.size } };
    case 'unsatisfiable':
      return emptyAnswer(416, [['Content-Range', `bytes */${facts.size}`]]);
    default: {
      const contentRange = `bytes ${stretch.start}-${stretch.end - 1}/${facts.size}`;
      return {
        status: 206,
        headers: [...headers, ['Content-Range', contentRange]],
        body: { path: asset.path, ...stretch },
      };
    }
  }
};

/** A drawing opened by itself is a document, and could run scripts in the site's name. */
export const SVG_POLICY: readonly [string, string] = [
  'Content-Security-Policy',
  "default-src 'none'; style-src 'unsafe-inline'; sandbox",
];

async function factsOf(directory: string, path: string) {
  try {
    const [root, now, facts] = await Promise.all([realpath(directory), realpath(path), stat(path)]);
    return now === path && isInside(root, now) && facts.isFile() ? facts : undefined;
  } catch {
    return undefined;
  }
}

/** Several ranges in one request are answered with the whole file, as the standard allows. */
function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return 'whole';
  if (first === '')
    return Number(last) === 0 || size === 0
      ? 'unsatisfiable'
      : { start: Math.max(0, size - Number(last)), end: size };
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size : Math.min(size, Number(last) + 1) };
}
