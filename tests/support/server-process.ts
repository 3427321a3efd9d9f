/** A real server as a child process that never outlives the tests, however they end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface ServerProcess {
  readonly pid: number;
  /** True once it has ended. */
  ended(): boolean;
  signal(signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * The shell starts the server and then waits for its own input to close, which also happens when the test process dies
 * without a word; then it kills the server.
 */
const shell =
  'trap "" TERM INT HUP; log=$1; shift; "$@" >"$log" 2>&1 & echo $!; cat >/dev/null; kill -9 $! 2>/dev/null; wait';

/** @param log path of the file for all that the server prints. */
export async function startServerProcess(command: readonly string[], log: string): Promise<ServerProcess> {
  const child = spawn('sh', ['-c', shell, 'sh', log, ...command], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/local/sbin` },
  });
  const pid = await firstNumber(child);
  release(child);
  const isEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    ended: isEnded,
    signal: (name) => {
      if (!isEnded()) process.kill(pid, name);
    },
    stop: async () => {
      if (isEnded()) return;
      child.ref();
      child.stdin?.end();
      await once(child, 'exit');
    },
  };
}

async function firstNumber(child: ChildProcess): Promise<number> {
  const { stdout } = child;
  if (!stdout) throw new Error('the shell has no output');
  const [line] = await once(stdout, 'data');
  return Number(String(line).trim());
}

/** A test that forgets to stop its server must not keep the test process alive. */
function release(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) {
    stream?.on('error', () => {});
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

/**
 * A port that nobody listens on, below those that the system hands out by itself: one of these could be given to
 * another server, or to a client's connection, before whoever asked listens on it. Each of Jest's workers has ports of
 * its own, and hands none out twice: two tests at once can't be given the same. The next one belongs to it, since a
 * sandbox's console is there.
 */
export async function freePort(): Promise<number> {
  const first = 15_000 + ((Number(process.env.JEST_WORKER_ID ?? 1) - 1) % workers) * portsPerWorker;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = first + randomInt(portsPerWorker / 2) * 2;
    if (given.has(port)) continue;
    given.add(port);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error('no port');
}

const workers = 8;
const portsPerWorker = 2_100;
const given = new Set<number>();

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  // Rejects where an error comes first.
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!free) return false;
  server.close();
  await once(server, 'close');
  return true;
};
