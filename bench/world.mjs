/** All that stands around one measurement: Redis, an origin, and Gatefold itself as it is run in production. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, othersCore, output, serverCore, start, stop, untilReady } from './processes.mjs';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const policy = fileURLToPath(new URL('policy.yaml', import.meta.url));
const originServer = fileURLToPath(new URL('origin-server.mjs', import.meta.url));

/**
 * @typedef {object} World
 * @property {string} directory For files of this run; gone at its end.
 * @property {string} url
 * @property {string} metricsUrl
 * @property {import('node:child_process').ChildProcess} server
 * @property {{ kid: string, kind: 'secret', secret: Buffer }} key What tokens and visitors are signed with.
 * @property {(...args: string[]) => Promise<string>} gatefold Runs a command of the CLI on the same stores.
 * @property {() => Promise<void>} stopServer
 * @property {() => Promise<void>} close
 */

/**
 * @param {{ node: string, nodeFlags?: string[], pinned?: boolean, visitorReads?: number, sentry?: boolean }} options
 *   `pinned`: the server has a core to itself, and its threads none but that one.
 * @returns {Promise<World>}
 */
export const openWorld = async ({ node, nodeFlags = [], pinned = true, visitorReads = 3, sentry = true }) => {
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-bench-'));
  // However the bench ends; its processes are gone by then.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const log = join(directory, 'log');
  const redis = await startRedis(directory, log);
  const origin = await startOrigin(log);
  const [port, metricsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const key = { kid: 'bench', kind: 'secret', secret: randomBytes(32) };
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: url,
    ORIGIN_URL: origin.url,
    REDIS_URL: redis.url,
    DATA_DIR: join(directory, 'data'),
    POLICY_FILE: writtenPolicy(directory, visitorReads, sentry),
    TOKEN_KEYS: `${key.kid}:${key.secret.toString('base64url')}`,
    METRICS_PORT: String(metricsPort),
  };
  const server = start({
    ...(pinned ? { core: serverCore } : {}),
    command: node,
    args: [...nodeFlags, cli, 'serve'],
    env,
    log,
  });
  await untilReady(`${url}/-/health/ready`, server, log);
  return {
    directory,
    url,
    metricsUrl: `http://127.0.0.1:${metricsPort}/-/metrics`,
    server,
    key,
    gatefold: async (...args) => (await output(othersCore, node, [cli, ...args], env)).trim(),
    stopServer: () => stop(server),
    close: async () => {
      for (const child of [server, origin.child, redis.child]) await stop(child);
    },
  };
};

const writtenPolicy = (directory, visitorReads, sentry) => {
  const text = readFileSync(policy, 'utf8').replace('visitor: 3', `visitor: ${visitorReads}`);
  const file = join(directory, 'policy.yaml');
  writeFileSync(file, sentry ? text : `${text}\nsentry:\n  on: false\n`);
  return file;
};

const startRedis = async (directory, log) => {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  const child = start({ core: othersCore, command: 'redis-server', args, log });
  await new Promise((ready, failed) => {
    child.once('spawn', ready);
    child.once('error', () => failed(new Error('redis-server is not installed; the bench needs it.')));
  });
  return { url: `redis://127.0.0.1:${port}`, child };
};

const startOrigin = async (log) => {
  const port = await freePort();
  const args = [originServer, String(port)];
  const child = start({ core: othersCore, command: process.execPath, args, log });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(`${url}/media/image.jpg`, child, log);
  return { url, child };
};
