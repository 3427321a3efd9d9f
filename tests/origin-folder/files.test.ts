/** Files of the folder served as they are: which, with what headers, and never one from outside. */
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { article, ask, clearFolders, folderWith, open, put, recordingLog } from './support.ts';

afterAll(clearFolders);

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

describe('assets', () => {
  const files = {
    'assets/a.css': 'body{color:red}',
    'articles/boat.png': '0123456789',
    'articles/x y.svg': SVG,
    'notes.txt': 'private',
    'app.js': 'alert(1)',
    '.env': 'SECRET=1',
    '_drafts/later.png': 'later',
    'articles/_draft.md': article('Not yet.'),
    'data.yaml': 'a: 1',
  };

  test.each([
    ['/assets/a.css', 'text/css; charset=utf-8'],
    ['/articles/boat.png', 'image/png'],
    ['/articles/x%20y.svg', 'image/svg+xml; charset=utf-8'],
  ])('%s is served as %s', async (address, type) => {
    const reply = await ask(open(await folderWith(files)), address);
    expect([reply.status, reply.header('content-type'), reply.header('x-content-type-options')]).toEqual([
      200,
      type,
      'nosniff',
    ]);
    expect(reply.header('content-length')).toBe(String(reply.bytes.length));
  });

  test.each([
    '/notes.txt',
    '/app.js',
    '/.env',
    '/_drafts/later.png',
    '/review/_draft',
    '/review/draft',
    '/data.yaml',
    '/assets/../.env',
    '/assets/%2e%2e/.env',
    '/assets/a.css/x',
    '/assets',
  ])('%s isn’t', async (address) => {
    expect((await ask(open(await folderWith(files)), address)).status).toBe(404);
  });

  test('a drawing can’t run scripts in the site’s name', async () => {
    const reply = await ask(open(await folderWith(files)), '/articles/x%20y.svg');
    expect(reply.header('content-security-policy')).toContain('sandbox');
  });

  test('an unchanged file is a 304', async () => {
    const folder = open(await folderWith(files));
    const etag = (await ask(folder, '/articles/boat.png')).header('etag') as string;
    expect((await ask(folder, '/articles/boat.png', { headers: [['If-None-Match', etag]] })).status).toBe(
      304,
    );
  });

  test.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=4-99', 206, '456789', 'bytes 4-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=5-2', 200, '0123456789', undefined],
    ['bytes=0-1,4-5', 200, '0123456789', undefined],
    ['lines=0-1', 200, '0123456789', undefined],
    ['bytes=-', 200, '0123456789', undefined],
  ])('Range: %s gives %i', async (range, status, text, contentRange) => {
    const reply = await ask(open(await folderWith(files)), '/articles/boat.png', {
      headers: [['Range', range]],
    });
    expect([reply.status, reply.text, reply.header('content-range')]).toEqual([status, text, contentRange]);
  });

  test('a range of a file that has changed since is the whole file', async () => {
    const headers = [
      ['Range', 'bytes=0-1'],
      ['If-Range', '"older"'],
    ] as const;
    expect((await ask(open(await folderWith(files)), '/articles/boat.png', { headers })).status).toBe(200);
  });
});

describe('links', () => {
  test('a file or folder that links out of the content folder is refused and reported', async () => {
    const outside = await folderWith({ 'secret.png': 'secret', 'stolen.md': article('Stolen.') });
    const directory = await folderWith({ 'a.md': article() });
    await symlink(join(outside, 'secret.png'), join(directory, 'secret.png'));
    await symlink(join(outside, 'stolen.md'), join(directory, 'stolen.md'));
    await symlink(outside, join(directory, 'folder'));
    await symlink('/etc/passwd', join(directory, 'site.yaml'));
    const { messages, log } = recordingLog();
    const folder = open(directory, { log });
    for (const address of ['/secret.png', '/review/stolen', '/folder/secret.png']) {
      expect((await ask(folder, address)).status).toBe(404);
    }
    expect(messages.sort()).toEqual([
      'secret.png:1: it links out of the content folder. Copy the file here.',
      'stolen.md:1: it links out of the content folder. Copy the file here.',
    ]);
  });

  test('a file that becomes a link out after it was found is refused', async () => {
    const outside = await folderWith({ 'secret.png': 'secret' });
    const directory = await folderWith({ 'a.png': 'mine' });
    const folder = open(directory);
    expect((await ask(folder, '/a.png')).text).toBe('mine');
    const { rm } = await import('node:fs/promises');
    await rm(join(directory, 'a.png'));
    await symlink(join(outside, 'secret.png'), join(directory, 'a.png'));
    expect((await ask(folder, '/a.png')).status).toBe(404);
  });

  test('a link that stays inside the folder is followed, as mounted configuration needs', async () => {
    const directory = await folderWith({ '..data/a.md': article('Mounted.') });
    await symlink(join('..data', 'a.md'), join(directory, 'a.md'));
    expect((await ask(open(directory), '/review/a')).text).toContain('Mounted.');
  });

  test('a folder reached through a link is still the content folder', async () => {
    const real = await folderWith({ 'a.md': article(), 'a.png': 'mine' });
    const around = await folderWith({});
    await symlink(real, join(around, 'content'));
    const folder = open(join(around, 'content'));
    expect((await ask(folder, '/review/a')).status).toBe(200);
    expect((await ask(folder, '/a.png')).text).toBe('mine');
  });

  test('a link that leads to itself stops nothing', async () => {
    const directory = await folderWith({ 'a.md': article() });
    await symlink('loop.md', join(directory, 'loop.md'));
    expect((await open(directory).ready()).articles).toBe(1);
  });
});

test('an article larger than 5 MB is reported, not read', async () => {
  const directory = await folderWith({ 'a.md': article() });
  await writeFile(join(directory, 'big.md'), article('x'.repeat(5_000_001)));
  await put(directory, 'b.md', article());
  const { articles, faults } = await open(directory).ready();
  expect([articles, faults.map(({ file }) => file)]).toEqual([2, ['big.md']]);
});
