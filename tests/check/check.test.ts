/** The checks of `npm run check`, run as a contributor runs them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { breaches } from './import-law.mjs';

test('types, style, unused code and the import law find nothing', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['config/check.mjs'], { encoding: 'utf8' });
  expect({ status, told: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, told: '' });
});

test.each([
  [
    'a store imported by a room',
    { 'gate/x.ts': "import { y } from '../stores/y.ts';", 'stores/y.ts': '' },
    /only gateway.ts/,
  ],
  [
    'a room importing one above it',
    { 'meter/x.ts': "import { y } from '../gate/y.ts';", 'gate/y.ts': '' },
    /stands above/,
  ],
  ['a library outside its one place', { 'gate/x.ts': "import Redis from 'ioredis';" }, /ioredis may not/],
  ['a ring of imports', { 'gate/x.ts': "import './y.ts';", 'gate/y.ts': "import './x.ts';" }, /form a ring/],
  ['the clock read past its door', { 'gate/x.ts': 'export const now = Date.now();' }, /one door/],
  ['a pure file with a library', { 'gate/decide.ts': "import x from 'undici';" }, /is pure/],
])('the import law sees %s', (_, files, fault) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatefold-law-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    expect(breaches(folder).join('\n')).toMatch(fault);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
