/** Runs a carried-out stage as a container would: its command, user and environment, and nothing else of this machine's. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { patienceMs } from '../support/patience.ts';
import type { Stage } from './carry-out.ts';

export interface RunningStage {
  readonly output: () => string;
  readonly ended: () => boolean;
  /** What the image's own health check says. */
  healthy(): boolean;
  /** SIGTERM to the command's own process; resolves with its exit code, null where it didn't end by itself. */
  terminate(): Promise<number | null>;
}

interface Options {
  /** The folder of the image's Node. */
  readonly nodeFolder: string;
  /** As `docker run --env` would. */
  readonly env: Readonly<Record<string, string>>;
}

export const runStage = (stage: Stage, { nodeFolder, env }: Options): RunningStage => {
  const options = {
    cwd: join(stage.root, stage.workdir),
    env: { PATH: `${nodeFolder}:/usr/bin:/bin`, HOME: stage.root, ...stage.env, ...env },
    ...identity(stage),
  };
  const [program = '', ...args] = stage.command?.words ?? [];
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  process.once('exit', () => child.kill('SIGKILL'));
  const output = collect(child);
  return {
    output,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    healthy: () => {
      const [check = '', ...checkArgs] = stage.healthCheck?.words ?? [];
      return spawnSync(check, checkArgs, { ...options, timeout: patienceMs }).status === 0;
    },
    terminate: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
};

/** Only root can become somebody else; whoever isn't root runs it as themselves, which is no root either. */
const identity = ({ user = '' }: Stage): { uid?: number; gid?: number } => {
  const [uid, gid] = user.split(':').map(Number);
  return process.getuid?.() === 0 && uid !== undefined && gid !== undefined ? { uid, gid } : {};
};

const collect = (child: ChildProcess): (() => string) => {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  return () => chunks.join('');
};
