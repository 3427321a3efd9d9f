/** A real server as a child process that never outlives the tests, however they end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
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
 * another server, or to a client's connection, before whoever asked listens on it. Its number is held over UDP until
 * this process ends, however it ends: two suites beside each other, or two workers of one, are never given the same.
 * Only every other one is handed out: the next belongs to it, since a sandbox's console is there.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const port = firstPort + randomInt(ports / 2) * 2;
    if (held.has(port) || !(await hold(port))) continue;
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error('no port');
}

const firstPort = 15_000;
const ports = 17_000;
const held = new Map<number, Socket>();

/** Servers listen over TCP, whose numbers are others; nobody here speaks UDP. */
const hold = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.unref();
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      held.set(port, socket);
      resolve(true);
    });
  });

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
