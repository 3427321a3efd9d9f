/** That the README is right: its tables are the code’s, and its minute’s run goes as it says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { parseSettings, settingDocs } from '../../src/settings.ts';
import { read, section, tableRows } from './documents.ts';

const { scripts, version } = JSON.parse(read('package.json')) as {
  scripts: Readonly<Record<string, string>>;
  version: string;
};

test('the settings table says of every setting exactly what the code says', () => {
  const documented = tableRows(section('README.md', 'Settings'));
  const inCode = settingDocs.map(({ name, default: value, meaning }) => [
    `\`${name}\``,
    value || '–',
    meaning,
  ]);
  expect(documented).toEqual(inCode);
});

test('every command and every option of the command line is in the README', () => {
  const source = read('src/cli.ts');
  const commands = [...source.matchAll(/\.command\('(\w+)'/g)].map(([, name = '']) => name);
  const options = [...source.matchAll(/[oO]ption\('(--[^']+)'/g)].map(([, option = '']) => option);
  const documented = section('README.md', 'A minute’s run');
  expect(commands.length).toBeGreaterThan(5);
  for (const name of commands) {
    const isGroup = source.includes(`program.command('${name}')`);
    if (!isGroup) expect(documented).toMatch(new RegExp(`\`gatefold (token )?${name}\\b`));
  }
  for (const option of options) expect(documented).toContain(`\`${option}\``);
});

test('every npm script that the documents name exists', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/operations.md']) {
    const named = [...read(file).matchAll(/npm (?:run (\w+)|(start|test)\b)/g)];
    for (const [, run, short] of named) expect(Object.keys(scripts)).toContain(run ?? short);
  }
});

test('the README and the changelog speak of this version', () => {
  expect(read('README.md')).toContain(`Version ${version} `);
  expect(read('CHANGELOG.md')).toContain(`## [${version}]`);
});

describe('the minute’s run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatefold-docs-'));
  let gateway: Gateway;
  let sendCookies = '';

  beforeAll(async () => {
    const parsed = parseSettings({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
    if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
    gateway = await createGateway({ settings: parsed.settings, watch: false });
  });

  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The header `Gatefold-Access` of an article of the sample site, by its title. */
  const open = async (title: string): Promise<string> => {
    const path = `/tidewater/${title.toLowerCase().replaceAll(' ', '-')}`;
    const { headers } = await request(gateway.handle).get(path).set('Cookie', sendCookies);
    const [cookie] = headers['set-cookie'] ?? [];
    if (cookie) sendCookies = cookie.split(';')[0] ?? '';
    return headers['gatefold-access'] ?? '';
  };

  test('the articles that it names are free, free, free, and a preview, and the first stays whole', async () => {
    const text = section('README.md', 'A minute’s run').replace(/\s+/g, ' ');
    const titles = /Review: ([^.]+)\./.exec(text)?.[1]?.split(', ') ?? [];
    const seen: string[] = [];
    for (const title of [...titles, titles[0] ?? '']) seen.push(await open(title));
    expect(seen.map((header) => header.replace(/;.*reason=/, ' ').split(';')[0])).toEqual([
      'full free-read',
      'full free-read',
      'full free-read',
      'preview meter-exhausted',
      'full already-read',
    ]);
  });

  test('the article for subscribers is for subscribers', async () => {
    const [, title = ''] =
      /“([^”]+)” is not: it is for subscribers/.exec(section('README.md', 'A minute’s run')) ?? [];
    expect(await open(title)).toBe('preview; reason=locked');
  });
});
