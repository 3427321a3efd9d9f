/** The command line as its users have it: built, and run in a process of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'dist/cli.js');

/** @param environment all that the command gets beside PATH and HOME. */
export const gatefold = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [command, ...args], {
      cwd: root,
      env: { PATH, HOME, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });

/** Builds `dist/` unless it is newer than every source; one test process at a time. */
export const buildCommand = async (): Promise<void> => {
  if (isFresh()) return;
  const lock = join(tmpdir(), 'gatefold-tests-build');
  await until(() => isFresh() || canLock(lock), 'another test process to build');
  if (isFresh()) return;
  try {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const built = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (!existsSync(command)) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
  } finally {
    rmdirSync(lock);
  }
};

/** A directory can be made by one process only. */
const canLock = (lock: string): boolean => {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    // Left by a process that was killed: a build takes no minute.
    if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 60_000)
      rmdirSync(lock);
    return false;
  }
};

const isFresh = (): boolean => {
  const built = statSync(command, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return newest(join(root, 'src')) <= builtAt(built);
};

/** The compiler leaves what didn't change in place, so the newest of its files tells when it last ran. */
const builtAt = (atLeast: number): number => Math.max(atLeast, newest(join(root, 'dist')));

const newest = (directory: string): number => {
  if (!existsSync(directory)) return 0;
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
};
