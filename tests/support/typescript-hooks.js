/**
 * Node module hooks that let a child process run the project's TypeScript as it stands, on every Node the project supports.
 * Where `dist/` was built since the last change of `src/`, that is what it is given: compiling all of it anew took longer
 * than what hundreds of these processes are started for.
 */
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const sources = new URL('../../src/', import.meta.url).href;
const built = new URL('../../dist/', import.meta.url).href;

const newest = (directory) =>
  Math.max(
    0,
    ...readdirSync(directory, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

/** All of it or nothing: a module that came from both would be two modules. */
const isBuilt = (() => {
  try {
    return newest(fileURLToPath(sources)) <= newest(fileURLToPath(built));
  } catch {
    return false;
  }
})();

export async function resolve(specifier, context, nextResolve) {
  const found = await nextResolve(specifier, context);
  if (!isBuilt || !found.url.startsWith(sources) || !/\.tsx?$/.test(found.url)) return found;
  const url = built + found.url.slice(sources.length).replace(/\.tsx?$/, '.js');
  return { ...found, url, format: 'module' };
}

export async function load(url, context, nextLoad) {
  if (!/^file:.*\.tsx?$/.test(url) || url.includes('/node_modules/')) return nextLoad(url, context);
  const source = await readFile(new URL(url), 'utf8');
  const { code } = await transform(source, {
    filename: new URL(url).pathname,
    sourceMaps: 'inline',
    jsc: {
      parser: { syntax: 'typescript', tsx: url.endsWith('x') },
      target: 'es2022',
      transform: { react: { runtime: 'automatic', importSource: 'preact' } },
    },
    module: { type: 'es6' },
  });
  return { format: 'module', shortCircuit: true, source: code };
}
