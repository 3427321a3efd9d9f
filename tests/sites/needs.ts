/** The programs that a site is made with: looked for, installed where that is allowed, and asked for in words where it isn't. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The site can't be had on this machine; the message says what would help. */
export class CannotBeHad extends Error {
  override readonly name = 'CannotBeHad';
}

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Its whole path. `program` may be a pattern, for names with a version in them. */
export const findProgram = (...names: readonly string[]): string | undefined =>
  names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));

/**
 * Makes sure of Debian's packages.
 *
 * @param isThere whether what they bring is there
 * @throws CannotBeHad
 */
export const needPackages = async (packages: readonly string[], isThere: () => boolean): Promise<void> => {
  if (isThere()) return;
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !findProgram('apt-get'))
    throw new CannotBeHad(`this needs programs that aren’t here; as root: ${command}`);
  process.stdout.write(`  installing ${packages.join(' ')} …\n`);
  const [program = '', ...args] = command.split(' ');
  await run([program, '-y', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } }).catch((error) => {
    throw new CannotBeHad(`“${command}” failed: ${String(error)}`);
  });
  if (!isThere()) throw new CannotBeHad(`“${command}” didn’t bring what is needed`);
};

/** @throws CannotBeHad */
export const needRoot = (why: string): void => {
  if (process.getuid?.() !== 0) throw new CannotBeHad(`this has to be run as root: ${why}`);
};

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** @throws Error with the last lines that it printed, when it fails. @returns what it printed. */
export const run = (command: readonly string[], { cwd, env = {} }: RunOptions = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    let printed = '';
    const gather = (chunk: Buffer): void => {
      printed += chunk.toString();
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(printed);
      else
        reject(
          new Error(`${command.join(' ')} ended with ${code}:\n${printed.split('\n').slice(-12).join('\n')}`),
        );
    });
  });

/** Packages of npm into a folder, at these very versions. @throws CannotBeHad */
export const needNpmPackages = async (folder: string, packages: readonly string[]): Promise<void> => {
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return;
  await run(['npm', 'install', '--no-audit', '--no-fund', '--no-save', ...packages], { cwd: folder }).catch(
    (error) => {
      throw new CannotBeHad(`npm couldn’t install ${packages.join(' ')}: ${String(error)}`);
    },
  );
};
