/** `npm test`: sets up what is missing, then runs every test (or those named on the command line). */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setUp } from './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = join(root, 'node_modules/jest/bin/jest.js');
/** More than these are no accident of a busy machine. */
const mostRunAgain = 3;

setUp({ build: true });
// Random checks begin at the same number everywhere, so that one commit passes or fails alike on every machine. Whoever
// looks for more says GATEFOLD_TEST_SEED=random, and a run that failed can be had again by the number it printed.
const asked = process.env.GATEFOLD_TEST_SEED ?? '20261130';
const seed = asked === 'random' ? String(randomInt(2 ** 31)) : asked;
process.stdout.write(`Random checks begin at GATEFOLD_TEST_SEED=${seed}\n`);

const run = (args) =>
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      // Threads are started with what their process was started with, and read the project's TypeScript by it.
      `--import=${pathToFileURL(join(root, 'tests/support/register-typescript.js'))}`,
      jest,
      ...args,
    ],
    { stdio: 'inherit', cwd: root, env: { ...process.env, GATEFOLD_TEST_SEED: seed } },
  ).status ?? 1;

const runAll = () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-results-'));
  const results = join(directory, 'results.json');
  try {
    const status = run(['--json', `--outputFile=${results}`]);
    return status === 0 ? 0 : runFailedAgain(status, failedIn(results));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

/** Undefined: jest ended before it could say. */
const failedIn = (results) => {
  try {
    const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
    return testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  } catch {
    return undefined;
  }
};

/**
 * On a machine that other work slows down, a browser or a server may answer too late for a test's patience. A file that
 * failed is run once more with nothing beside it and the same random numbers; what fails by itself fails the run.
 */
const runFailedAgain = (status, failed) => {
  if (failed === undefined || failed.length === 0 || failed.length > mostRunAgain) return status;
  process.stdout.write(`\nFAILED beside others, and run again by themselves:\n${failed.join('\n')}\n`);
  return run(['--runInBand', '--runTestsByPath', ...failed]);
};

const named = process.argv.slice(2);
process.exit(named.length > 0 ? run(named) : runAll());
