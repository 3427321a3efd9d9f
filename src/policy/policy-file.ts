/** The policy file on disk: read at start, watched afterwards; a broken change keeps the last good policy and says so. */
import type { KnownMessages } from './check-messages.ts';
import { noteFileFaults } from './file-faults.ts';
import type { LoadedPolicy } from './load-policy.ts';
import type { Policy } from './policy.ts';
import { type PolicyFault, PolicyFaults } from './policy-fault.ts';
import { createPolicyInUse, type PolicyLog } from './policy-in-use.ts';
import { readPolicyFile, watchPolicyFile } from './read-policy-file.ts';

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
  const load = async (): Promise<LoadedPolicy> => (await readPolicyFile(file, messages)).loaded;
  const first = await load();
  if (first.kind === 'faulty') throw new PolicyFaults(first.faults);
  const inUse = createPolicyInUse(first, log);
  const faults = noteFileFaults(file, log);

  const accept = (loaded: LoadedPolicy): void => {
    const policyVersion = inUse.current().version;
    const mended = faults.note(loaded, policyVersion);
    if (loaded.kind === 'faulty' || inUse.take(loaded) || !mended) return;
    log.info({ policyVersion }, 'The policy file is whole again, and says what is in force.');
  };

  const stop = await watchPolicyFile({ file, settleMs, read: async () => accept(await load()), log });
  // A change between the first reading and the watch's beginning would otherwise stay unseen.
  accept(await load());

  return {
    current: inUse.current,
    onChange: inUse.onChange,
    lastFaults: faults.now,
    lastWarnings: inUse.warnings,
    close: stop,
  };
};
