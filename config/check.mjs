/** `npm run check`: types, style, unused code and the import law; every fault, then a non-zero exit. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { breaches } from '../tests/check/import-law.mjs';
import { setUp } from './set-up.mjs';

setUp({ build: false });
const root = fileURLToPath(new URL('..', import.meta.url));

const steps = [
  ['types', ['typescript/bin/tsc', '-p', 'tsconfig.json']],
  ['types of what runs in browsers', ['typescript/bin/tsc', '-p', 'tsconfig.browser.json']],
  ['style', ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings']],
  ['unused code', ['knip/bin/knip.js', '--no-progress']],
];

let failed = false;
for (const [name, [script, ...args]] of steps) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    stdio: 'inherit',
    cwd: root,
  });
  if (status !== 0) {
    failed = true;
    process.stderr.write(`✗ ${name}\n`);
  } else process.stdout.write(`✓ ${name}\n`);
}

const faults = breaches(join(root, 'src'));
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(faults.length === 0 ? '✓ import law\n' : '');
process.exit(failed || faults.length > 0 ? 1 : 0);
