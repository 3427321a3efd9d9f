/** The bench's own processes: each on the core it belongs to, none left behind, and how much CPU time one has used. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** The server under test has one core for itself; all that is there to ask and to feed it shares another. */
export const serverCore = 0;
export const othersCore = 1;

export const isInstalled = (program) => spawnSync(program, ['--version']).error === undefined;

const canPin = cpus().length > 1 && isInstalled('taskset');
export const pinning = canPin ? 'server on core 0, everything else on core 1' : 'not pinned to cores';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/** @returns {[string, string[]]} the command that runs on that core where the system can pin one; on any without a core */
const onCore = (core, command, args) =>
  canPin && core !== undefined ? ['taskset', ['-c', String(core), command, ...args]] : [command, args];

/**
 * @param {{ core?: number, command: string, args: string[], env?: Record<string, string>, log: string }} options
 *   `log`: the file that takes what it prints.
 */
export const start = ({ core, command, args, env = process.env, log }) => {
  const [program, programArgs] = onCore(core, command, args);
  const output = openSync(log, 'a');
  const child = spawn(program, programArgs, { stdio: ['ignore', output, output], env });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
};

/** SIGTERM, and its end. */
export const stop = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};

/** Runs to its end and gives back what it printed. @returns {Promise<string>} */
export const output = async (core, command, args, env = process.env) => {
  const [program, programArgs] = onCore(core, command, args);
  const child = spawn(program, programArgs, { stdio: ['ignore', 'pipe', 'pipe'], env });
  running.add(child);
  const chunks = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (chunk) => {
      chunks[name] += chunk;
    });
  }
  const [code] = await once(child, 'close');
  running.delete(child);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${chunks.stderr}`);
  return chunks.stdout;
};

export const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

/** Until it answers with success. */
export const untilReady = async (url, child, log) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${url}: its server ended\n${readFileSync(log, 'utf8')}`);
    const ready = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await pause(100);
  }
  throw new Error(`${url} is not ready after 30 seconds\n${readFileSync(log, 'utf8')}`);
};

const ticksPerSecond = 100;

/** CPU time of all its threads, user and system, in microseconds; undefined where the system has no /proc. */
export const cpuMicroseconds = ({ pid }) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, and may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6;
  } catch {
    return undefined;
  }
};
