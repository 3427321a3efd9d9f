/** Runs once before all tests: makes sure that the real servers the tests talk to are installed, or says how to install them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

interface Tool {
  /** Any of these on the PATH will do. */
  readonly commands: readonly string[];
  readonly packages: Readonly<Record<Installer, string>>;
}

type Installer = 'apt-get' | 'dnf' | 'apk' | 'brew';

const tools: readonly Tool[] = [
  {
    commands: ['redis-server'],
    packages: { 'apt-get': 'redis-server', dnf: 'redis', apk: 'redis', brew: 'redis' },
  },
  {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    packages: { 'apt-get': 'chromium', dnf: 'chromium', apk: 'chromium', brew: '--cask chromium' },
  },
  {
    commands: ['nginx'],
    packages: { 'apt-get': 'nginx-light', dnf: 'nginx', apk: 'nginx', brew: 'nginx' },
  },
  {
    commands: ['openssl'],
    packages: { 'apt-get': 'openssl', dnf: 'openssl', apk: 'openssl', brew: 'openssl' },
  },
];

export default async function globalSetup(): Promise<void> {
  const missing = tools.filter((tool) => !tool.commands.some(isInstalled));
  if (missing.length === 0) return;
  const installer = installerOfThisSystem();
  if (installer === 'apt-get' && process.getuid?.() === 0) installWithApt(missing);
  const stillMissing = tools.filter((tool) => !tool.commands.some(isInstalled));
  if (stillMissing.length > 0) throw new Error(instruction(stillMissing, installer));
}

/** Servers are often in sbin, which isn't on everyone's PATH. */
const searchPath = (): string =>
  `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/local/sbin:/opt/homebrew/bin`;

const isInstalled = (command: string): boolean =>
  searchPath()
    .split(':')
    .some((directory) => directory !== '' && existsSync(`${directory}/${command}`));

function installerOfThisSystem(): Installer | undefined {
  if (process.platform === 'darwin') return 'brew';
  const installers: readonly Installer[] = ['apt-get', 'dnf', 'apk'];
  return installers.find(isInstalled);
}

function installWithApt(missing: readonly Tool[]): void {
  const packages = missing.map((tool) => tool.packages['apt-get']);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', PATH: searchPath() };
  // Packages start their servers once installed; the tests start their own, on free ports.
  spawnSync('apt-get', ['update'], { env, stdio: 'inherit' });
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  spawnSync('apt-get', args, { env: { ...env, RUNLEVEL: '1' }, stdio: 'inherit' });
}

function instruction(missing: readonly Tool[], installer: Installer | undefined): string {
  const names = missing.map((tool) => tool.commands[0]).join(', ');
  if (installer === undefined)
    return `The tests need ${names} on the PATH of ${systemName()}. Install them and run again.`;
  const packages = missing.map((tool) => tool.packages[installer]);
  const commands: Record<Installer, string> = {
    'apt-get': `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    dnf: `sudo dnf install -y ${packages.join(' ')}`,
    apk: `sudo apk add ${packages.join(' ')}`,
    brew: packages.map((name) => `brew install ${name}`).join(' && '),
  };
  return `The tests need ${names}. Install them on ${systemName()} with:\n\n  ${commands[installer]}\n`;
}

function systemName(): string {
  if (process.platform === 'darwin')
    return `macOS ${execFileSync('sw_vers', ['-productVersion'], { encoding: 'utf8' }).trim()}`;
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(release)?.[1] ?? process.platform;
}
