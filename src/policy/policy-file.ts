/** The policy file on disk: read at start, watched afterwards; a broken change keeps the last good policy and says so. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { watch } from 'chokidar';
import type { KnownMessages } from './check-messages.ts';
import { type LoadedPolicy, loadPolicy } from './load-policy.ts';
import type { Policy } from './policy.ts';
import { formatFault, type PolicyFault, PolicyFaults } from './policy-fault.ts';

export interface PolicyFile {
  /** The last good policy. */
  current(): Policy;
  /** Called with each further good policy whose content differs. Returns the way to stop. */
  onChange(listener: (policy: Policy) => void): () => void;
  /** Of the file as it is now; empty while `current` is what the file says. */
  lastFaults(): readonly PolicyFault[];
  /** Of the current policy. */
  lastWarnings(): readonly PolicyFault[];
  close(): Promise<void>;
}

export interface PolicyLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

interface Options {
  readonly file: string;
  readonly log: PolicyLog;
  readonly messages?: KnownMessages;
  /** How long the file has to be left alone before it is read: editors write in several steps. */
  readonly settleMs?: number;
}

/**
 * Resolves when the policy is loaded and watched.
 * @throws PolicyFaults with every fault of the file, when there is no good policy to begin with
 */
export const openPolicyFile = async ({
  file,
  log,
  messages,
  settleMs = 100,
}: Options): Promise<PolicyFile> => {
  const first = await load(file, messages);
  if (first.kind === 'faulty') throw new PolicyFaults(first.faults);
  let { policy, warnings } = first;
  let faults: readonly PolicyFault[] = [];
  const listeners = new Set<(policy: Policy) => void>();
  warn(log, warnings);

  const accept = (loaded: LoadedPolicy): void => {
    if (loaded.kind === 'faulty') {
      if (sameFaults(loaded.faults, faults)) return;
      faults = loaded.faults;
      log.warn(
        { policyVersion: policy.version, faults: faults.map(formatFault) },
        `The policy file ${file} can't be used; the last good policy stays in force.`,
      );
      return;
    }
    const mended = faults.length > 0;
    faults = [];
    if (loaded.policy.version === policy.version) {
      warnings = loaded.warnings;
      if (mended)
        log.info(
          { policyVersion: policy.version },
          'The policy file is whole again, and says what is in force.',
        );
      return;
    }
    ({ policy, warnings } = loaded);
    log.info({ policyVersion: policy.version }, 'A changed policy is in force.');
    warn(log, warnings);
    for (const listener of listeners) tell(listener, policy, log);
  };

  const stop = await watchFile(file, settleMs, async () => accept(await load(file, messages)), log);
  // A change between the first reading and the watch's beginning would otherwise stay unseen.
  accept(await load(file, messages));

  return {
    current: () => policy,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lastFaults: () => faults,
    lastWarnings: () => warnings,
    close: stop,
  };
};

const load = async (file: string, messages: KnownMessages | undefined): Promise<LoadedPolicy> => {
  try {
    const text = (await isTooLarge(file)) ? tooLargeText : await readFile(file, 'utf8');
    return loadPolicy(text, file, messages);
  } catch (error) {
    return { kind: 'faulty', faults: [unreadable(file, error)], warnings: [] };
  }
};

/** So that a huge file is refused without being read. */
const isTooLarge = async (file: string): Promise<boolean> => (await stat(file)).size > tooLargeText.length;
const tooLargeText = ' '.repeat(1024 * 1024 + 1);

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

/**
 * Watches the folder rather than the file: editors replace the file by renaming, and Kubernetes swaps a link beside it,
 * so that the file first watched is no longer the one at the path.
 */
const watchFile = async (
  file: string,
  settleMs: number,
  read: () => Promise<void>,
  log: PolicyLog,
): Promise<() => Promise<void>> => {
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

/** One listener's failure must not keep the others on the old policy. */
const tell = (listener: (policy: Policy) => void, policy: Policy, log: PolicyLog): void => {
  try {
    listener(policy);
  } catch (error) {
    log.warn({ err: error }, 'A part of Gatefold could not take the changed policy.');
  }
};

const warn = (log: PolicyLog, warnings: readonly PolicyFault[]): void => {
  if (warnings.length > 0)
    log.warn({ warnings: warnings.map(formatFault) }, 'The policy can be used, but look at this.');
};

const sameFaults = (a: readonly PolicyFault[], b: readonly PolicyFault[]): boolean =>
  a.length === b.length && a.every((fault, index) => formatFault(fault) === formatFault(b[index] ?? fault));
