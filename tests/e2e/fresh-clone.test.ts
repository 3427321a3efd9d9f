/** On a fresh clone with nothing but Node, `npm start` is all there is to do; the second time it is quick. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { projectRoot } from '../support/gatefold-process.ts';
import { freePort } from '../support/server-process.ts';
import { until } from '../support/until.ts';

let scratch: string;
let clone: string;
let cache: string;
/** Each leads a process group of its own, so that nothing it started can outlive the test. */
const running: ChildProcess[] = [];

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'gatefold-clone-'));
  clone = join(scratch, 'gatefold');
  // Packages that this machine has fetched before need not come over the wire again.
  cache = execFileSync('npm', ['config', 'get', 'cache'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  copyWhatGitKnows(projectRoot, clone);
});
afterAll(() => {
  for (const child of running) endGroup(child);
  rmSync(scratch, { recursive: true, force: true });
});

/** What a clone of this working tree would hold, changes that aren't committed included. */
const copyWhatGitKnows = (from: string, to: string): void => {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: from,
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(join(from, name)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
};

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  printed(): string;
}

/** As somebody types it, in a shell that has nothing set but where programs are. */
const npmStart = async (): Promise<Started> => {
  const home = mkdtempSync(join(scratch, 'home-'));
  const PORT = String(await freePort());
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    PORT,
    npm_config_cache: cache,
    ...proxyOf(process.env),
  };
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.push(child);
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  child.stderr?.on('data', (chunk) => (text += String(chunk)));
  await until(() => {
    if (child.exitCode !== null) throw new Error(`npm start ended:\n${text}`);
    return text.includes('Gatefold is running');
  }, 'Gatefold to say that it is running').catch((error: unknown) => {
    throw new Error(`${String(error)}\n${text}`);
  });
  return { child, url: `http://127.0.0.1:${PORT}`, printed: () => text };
};

/** How this machine reaches its package registry is not the clone's affair. */
const proxyOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && /^(https?_proxy|no_proxy|npm_config_registry|node_extra_ca_certs)$/i.test(name)
        ? [[name, value]]
        : [],
    ),
  );

const endGroup = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left, as it should be.
  }
};

/** The signal goes to npm alone, as a service manager sends it. */
const stop = async ({ child, url }: Started): Promise<void> => {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  await until(
    () =>
      fetch(url, { headers: { Connection: 'close' } }).then(
        () => false,
        () => true,
      ),
    'the server to have gone with npm',
  );
};

const accessOf = async (url: string): Promise<string | null> => {
  const response = await fetch(url, { headers: { 'Sec-Purpose': 'prefetch' } });
  await response.text();
  return response.headers.get('gatefold-access');
};

test('`npm start` installs, builds and serves; SIGTERM stops it; the second time it does neither again', async () => {
  expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  expect(existsSync(join(clone, 'dist'))).toBe(false);
  const first = await npmStart();
  expect(first.printed()).toContain(`${first.url}/`);
  expect(first.printed()).toContain(`${first.url}/-/outbox`);
  expect(first.printed()).toContain('Stop with Ctrl-C');
  const front = await fetch(first.url);
  expect(front.status).toBe(200);
  expect(await front.text()).toContain('The Reading Room');
  expect(await accessOf(`${first.url}/tidewater/three-cuts`)).toMatch(/^preview; /);
  expect(existsSync(join(clone, 'data'))).toBe(true);
  await stop(first);

  const installed = statSync(join(clone, 'node_modules', '.package-lock.json')).mtimeMs;
  const second = await npmStart();
  expect(second.printed()).not.toMatch(/Installing|Building/);
  expect(statSync(join(clone, 'node_modules', '.package-lock.json')).mtimeMs).toBe(installed);
  expect((await fetch(second.url)).status).toBe(200);
  await stop(second);
});
