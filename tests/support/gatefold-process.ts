/** The whole product as its own process, and its command line beside it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts';
import { until } from './until.ts';

export interface GatefoldProcess {
  readonly url: string;
  /** Where it says that its console is. */
  consoleUrl(): string;
  /** What it has printed so far, log lines included. */
  printed(): string;
  /** `gatefold …` with the same settings. Gives back what it prints. @throws Error with its words when it fails. */
  command(...args: readonly string[]): Promise<string>;
  readonly server: ServerProcess;
  /** And removes its data. */
  stop(): Promise<void>;
}

interface Options {
  /** The folder of the project; the tree these tests stand in unless told otherwise. */
  readonly root?: string;
  /** A script and its arguments, run by Node in `root`. */
  readonly run?: readonly string[];
  readonly port?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Settings of the surrounding shell must not reach into a test. */
const emptied = [
  ...[
    'PORT',
    'HOST',
    'PUBLIC_URL',
    'CONSOLE_URL',
    'CONSOLE_PORT',
    'ORIGIN_URL',
    'CONTENT_DIR',
    'POLICY_FILE',
  ],
  ...['REDIS_URL', 'DATA_DIR'],
  ...['TOKEN_KEYS', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_API_BASE', 'SMTP_URL', 'MAIL_FROM'],
  ...['OPERATORS', 'TRUST_PROXY', 'LOG_LEVEL', 'METRICS_PORT', 'NODE_OPTIONS'],
];

export const startGatefold = async ({
  root = projectRoot,
  run = ['dist/cli.js', 'serve'],
  port,
  settings = {},
}: Options = {}): Promise<GatefoldProcess> => {
  const scratch = mkdtempSync(join(tmpdir(), 'gatefold-e2e-'));
  const PORT = String(port ?? (await freePort()));
  const DATA_DIR = settings.DATA_DIR ?? join(scratch, 'data');
  const all = { PORT, DATA_DIR, HOME: scratch, ...settings };
  const log = join(scratch, 'log');
  const command = [...environment(all), process.execPath, ...run];
  const server = await startServerProcess(['sh', '-c', 'cd "$0" && exec "$@"', root, ...command], log);
  const url = `http://127.0.0.1:${PORT}`;
  const printed = (): string => readFileSync(log, 'utf8');
  await until(() => isReady(url), 'Gatefold to be ready').catch((error: unknown) => {
    throw new Error(`${String(error)}\n${printed()}`);
  });
  return {
    url,
    consoleUrl: () => /^ {2}Console {3}(\S+)\/-\/console$/m.exec(printed())?.[1] ?? '',
    printed,
    server,
    command: async (...args) => {
      const [file = '', ...rest] = [...environment(all), process.execPath, 'dist/cli.js', ...args];
      return (await promisify(execFile)(file, rest, { cwd: root })).stdout.trim();
    },
    stop: async () => {
      await server.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
};

const environment = (settings: Readonly<Record<string, string>>): readonly string[] => [
  'env',
  ...emptied.flatMap((name) => ['-u', name]),
  ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
];

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/-/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
