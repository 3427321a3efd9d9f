/** Runs one of the tests' TypeScript files in a process of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface TypeScriptProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** What it prints, line by line. */
  readonly lines: Interface;
}

const registration = new URL('./register-typescript.js', import.meta.url).href;

/** @param file URL of the file, as `new URL('./child.ts', import.meta.url)`. */
export function startTypeScript(file: URL, args: readonly string[]): TypeScriptProcess {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', registration, fileURLToPath(file), ...args], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return { child, lines: createInterface({ input: child.stdout }) };
}
