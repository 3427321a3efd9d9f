/** Real Redis servers for tests: one, a Cluster of three masters, or a master and a replica under a Sentinel. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts';
import { until } from './until.ts';

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Sends one command over a connection of its own. */
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
  /** SIGKILL: what an outage looks like. */
  kill(): Promise<void>;
  /** On the same port, after `kill`. */
  restart(): Promise<void>;
  /** It keeps its connections and answers nothing. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

interface RedisOptions {
  /** Keeps every acknowledged write on disk, so that `restart` finds it. */
  readonly durable?: boolean;
  readonly args?: readonly string[];
}

export async function startRedis({ durable = false, args = [] }: RedisOptions = {}): Promise<RedisServer> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-redis-'));
  const persistence = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const command = [
    ...['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''],
    ...persistence,
    ...args,
  ];
  let server: ServerProcess | undefined;
  const call = (name: string, ...values: (string | number)[]): Promise<unknown> =>
    callRedis(port, name, values);
  const start = async (): Promise<void> => {
    server = await startServerProcess(command, join(directory, 'log'));
    await until(
      async () => (await call('PING').catch(() => '')) === 'PONG',
      `Redis on port ${port} to answer`,
    );
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    call,
    kill: async () => server?.stop(),
    restart: start,
    pause: () => server?.signal('SIGSTOP'),
    resume: () => server?.signal('SIGCONT'),
    stop: async () => {
      await server?.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export interface RedisCluster {
  readonly url: string;
  readonly nodes: readonly RedisServer[];
  stop(): Promise<void>;
}

const slots = 16_384;

/** Three masters that share the slots, without replicas. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const nodes = await Promise.all([0, 1, 2].map(startClusterNode));
  const [first] = nodes;
  if (!first) throw new Error('no node');
  await Promise.all(nodes.map(({ server }, index) => giveSlots(server, index, nodes.length)));
  for (const { server, busPort } of nodes)
    await first.server.call('CLUSTER', 'MEET', '127.0.0.1', server.port, busPort);
  await Promise.all(
    nodes.map(({ server }) => until(() => clusterIsWhole(server, nodes.length), 'the cluster to form')),
  );
  return {
    url: `redis://${nodes.map(({ server }) => `127.0.0.1:${server.port}`).join(',')}`,
    nodes: nodes.map(({ server }) => server),
    stop: async () => void (await Promise.all(nodes.map(({ server }) => server.stop()))),
  };
}

async function startClusterNode(): Promise<{ server: RedisServer; busPort: number }> {
  const busPort = await freePort();
  const args = [
    '--cluster-enabled',
    'yes',
    '--cluster-port',
    String(busPort),
    '--cluster-node-timeout',
    '2000',
  ];
  return { server: await startRedis({ args }), busPort };
}

async function giveSlots(server: RedisServer, index: number, count: number): Promise<void> {
  const from = Math.floor((slots * index) / count);
  const to = Math.floor((slots * (index + 1)) / count) - 1;
  await server.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
  await server.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
}

async function clusterIsWhole(server: RedisServer, count: number): Promise<boolean> {
  const info = String(await server.call('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${count}`);
}

export interface RedisSentinel {
  readonly url: string;
  /** The server that was the master at the start. */
  readonly master: RedisServer;
  readonly replica: RedisServer;
  stop(): Promise<void>;
}

/** A master and a replica under one Sentinel, which fails over about a second after the master is gone. */
export async function startSentinel(): Promise<RedisSentinel> {
  const quick = ['--repl-diskless-sync-delay', '0'];
  const master = await startRedis({ args: quick });
  const replica = await startRedis({ args: [...quick, '--replicaof', '127.0.0.1', String(master.port)] });
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'gatefold-sentinel-'));
  const config = join(directory, 'sentinel.conf');
  writeFileSync(
    config,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${directory}`,
      `sentinel monitor articles 127.0.0.1 ${master.port} 1`,
      'sentinel down-after-milliseconds articles 500',
      'sentinel failover-timeout articles 3000',
    ].join('\n'),
  );
  const sentinel = await startServerProcess(['redis-server', config, '--sentinel'], join(directory, 'log'));
  await until(() => sentinelSeesReplica(port), 'the Sentinel to see the replica');
  return {
    url: `redis+sentinel://127.0.0.1:${port}/articles`,
    master,
    replica,
    stop: async () => {
      await Promise.all([sentinel.stop(), master.stop(), replica.stop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function sentinelSeesReplica(port: number): Promise<boolean> {
  const replicas = await callRedis(port, 'SENTINEL', ['replicas', 'articles']).catch(() => []);
  const text = JSON.stringify(replicas);
  return text.includes('"slave"') && text.includes('"master-link-status","ok"');
}

async function callRedis(
  port: number,
  command: string,
  args: readonly (string | number)[],
): Promise<unknown> {
  const connection = new Redis({
    port,
    host: '127.0.0.1',
    lazyConnect: true,
    retryStrategy: null,
    protocol: 2,
    disconnectTimeout: 100,
    enableReadyCheck: false,
  });
  connection.on('error', () => {});
  try {
    await connection.connect();
    return await connection.call(command, ...args);
  } finally {
    connection.disconnect();
  }
}
