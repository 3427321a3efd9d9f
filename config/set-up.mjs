/** Brings a fresh clone to where it can run: packages installed, code built; does nothing when both are up to date. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs before any package is there, so it may use nothing but Node itself. */
export const setUp = ({ build }) => {
  requireNode();
  install();
  if (build) compile();
};

const requireNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Gatefold needs Node 20.19 or newer; this is ${process.version}. Install a current Node and run this again.`);
};

const install = () => {
  const stampFile = join(root, 'node_modules', '.gatefold-installed');
  const stamp = hashOf(['package.json', 'package-lock.json']) + process.platform + process.arch;
  if (contentOf(stampFile) === stamp) return;
  say('Installing packages (once) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stampFile, stamp);
};

const compile = () => {
  const stampFile = join(root, 'dist', '.gatefold-built');
  const stamp = hashOf([...filesUnder('src'), 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']);
  if (contentOf(stampFile) === stamp) return;
  say('Building …');
  run(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  writeFileSync(stampFile, stamp);
};

const hashOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(contentOf(join(root, file)) ?? '');
  return hash.digest('hex');
};

const filesUnder = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length))
    .sort();

const contentOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

const run = (command, args) => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (error || status !== 0) fail(`"${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}.`);
};

const say = (text) => process.stdout.write(`${text}\n`);

const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};
