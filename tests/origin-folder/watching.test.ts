/** Changes on disk: seen soon, and never at the cost of what is served. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import type { ContentFolder } from '../../src/origin/folder/content-folder.ts';
import { article, ask, clearFolders, folderWith, open, put, recordingLog } from './support.ts';

const opened: ContentFolder[] = [];
afterEach(() => Promise.all(opened.splice(0).map((folder) => folder.close())));
afterAll(clearFolders);

const watched = async (files: Record<string, string>) => {
  const directory = await folderWith(files);
  const told = recordingLog();
  const folder = open(directory, { watch: true, log: told.log });
  opened.push(folder);
  await folder.ready();
  // The watcher begins by itself; a change in its first moments could be taken for the state it found.
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { directory, folder, messages: told.messages };
};

const nextChange = (folder: ContentFolder) =>
  new Promise<void>((resolve) => {
    const stop = folder.onChange(() => {
      stop();
      resolve();
    });
  });

test('a changed article is served, a new one appears, a removed one goes', async () => {
  const { directory, folder } = await watched({ 'a.md': article('Before.'), 'b.md': article() });
  let seen = nextChange(folder);
  await put(directory, 'a.md', article('After.'));
  await seen;
  expect((await ask(folder, '/review/a')).text).toContain('After.');
  seen = nextChange(folder);
  await put(directory, 'c/c.md', article('New.'));
  await seen;
  expect((await ask(folder, '/review/c')).text).toContain('New.');
  seen = nextChange(folder);
  await rm(join(directory, 'b.md'));
  await seen;
  expect((await ask(folder, '/review/b')).status).toBe(404);
  expect(folder.contentCatalogue().map(({ path }) => path)).toEqual(['/review/a', '/review/c']);
});

test('a file that becomes faulty is told once and left out until it is mended', async () => {
  const { directory, folder, messages } = await watched({ 'a.md': article(), 'b.md': article() });
  for (const body of ['one', 'two']) {
    const seen = nextChange(folder);
    await put(directory, 'a.md', article(body, 'access: paid\n'));
    await seen;
  }
  expect((await ask(folder, '/review/a')).status).toBe(404);
  expect(messages).toHaveLength(1);
  const mended = nextChange(folder);
  await put(directory, 'a.md', article());
  await mended;
  expect((await ask(folder, '/review/a')).status).toBe(200);
});

test('a broken site.yaml leaves the last good one in force', async () => {
  const { directory, folder, messages } = await watched({
    'site.yaml': 'name: The Old House\n',
    'a.md': article(),
  });
  let seen = nextChange(folder);
  await put(directory, 'site.yaml', 'name: [');
  await seen;
  expect((await ask(folder, '/')).text).toContain('The Old House');
  expect(messages[0]).toMatch(/^site\.yaml:1: /);
  seen = nextChange(folder);
  await put(directory, 'site.yaml', 'name: The New House\n');
  await seen;
  expect((await ask(folder, '/')).text).toContain('The New House');
});
