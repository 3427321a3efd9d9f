/** Reads and watches the policy file on disk; what its text means is decided elsewhere. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { watch } from 'chokidar';
import type { KnownMessages } from './check-messages.ts';
import { type LoadedPolicy, largestFile, loadPolicy } from './load-policy.ts';
import type { PolicyFault } from './policy-fault.ts';
import type { PolicyLog } from './policy-in-use.ts';

export interface ReadPolicyFile {
  /** Absent: the file couldn't be read, and `loaded` says why. */
  readonly text?: string;
  readonly loaded: LoadedPolicy;
}

/** Never rejects: a file that is missing, too large or not a file is one with faults. */
export const readPolicyFile = async (file: string, messages?: KnownMessages): Promise<ReadPolicyFile> => {
  try {
    if (await isTooLarge(file)) return { loaded: loadPolicy(tooLargeText, file, messages) };
    const text = await readFile(file, 'utf8');
    return { text, loaded: loadPolicy(text, file, messages) };
  } catch (error) {
    return { loaded: { kind: 'faulty', faults: [unreadable(file, error)], warnings: [] } };
  }
};

/** So that a huge file is refused without being read. */
const isTooLarge = async (file: string): Promise<boolean> => (await stat(file)).size > largestFile;
const tooLargeText = ' '.repeat(largestFile + 1);

const unreadable = (file: string, error: unknown): PolicyFault => {
  const code = (error as NodeJS.ErrnoException).code;
  const missing = code === 'ENOENT';
  return {
    code: 'unreadable-file',
    file,
    line: 1,
    column: 1,
    path: '',
    message: missing ? 'there is no such file' : `the file can't be read (${code ?? 'unknown cause'})`,
    instead: missing
      ? 'the policy at this path, or set POLICY_FILE to where it is'
      : 'a file that Gatefold may read',
  };
};

interface WatchOptions {
  readonly file: string;
  /** How long the file has to be left alone before `read` is called: editors write in several steps. */
  readonly settleMs: number;
  /** Called once after each flurry of changes in the file's folder, never twice at once. */
  readonly read: () => Promise<void>;
  readonly log: PolicyLog;
}

/**
 * Watches the folder rather than the file: editors replace the file by renaming, and Kubernetes swaps a link beside it,
 * so that the file first watched is no longer the one at the path. Resolves when the watch stands, with the way to end it.
 */
export const watchPolicyFile = async ({
  file,
  settleMs,
  read,
  log,
}: WatchOptions): Promise<() => Promise<void>> => {
  const watcher = watch(dirname(resolve(file)), { depth: 0, ignoreInitial: true });
  let timer: NodeJS.Timeout | undefined;
  let reading = Promise.resolve();
  const settle = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reading = reading.then(read);
    }, settleMs);
  };
  watcher.on('all', settle);
  watcher.on('error', (error) => {
    log.warn({ err: error }, `The policy file ${file} can't be watched; a change needs a restart.`);
  });
  await new Promise<void>((done) => watcher.once('ready', done));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await reading;
  };
};
