/** The policy in force: the newest version that the store has, whoever published it, or the policy file where it can't be asked. */
import type { Clock } from '../../ops/clock.ts';
import type { KnownMessages } from '../check-messages.ts';
import { type FileFaults, noteFileFaults } from '../file-faults.ts';
import type { Policy } from '../policy.ts';
import { formatFault, type PolicyFault, PolicyFaults } from '../policy-fault.ts';
import { createPolicyInUse, type PolicyInUse, type PolicyLog } from '../policy-in-use.ts';
import { type ReadPolicyFile, readPolicyFile, watchPolicyFile } from '../read-policy-file.ts';
import { keepLooking } from './keep-looking.ts';
import { createLookout, type Lookout, lookOnce, type Sight } from './look-at-versions.ts';
import { summaryOf, type VersionSummary } from './version.ts';
import type { VersionStore } from './version-store.ts';

export interface PolicySource {
  /** The last good policy. */
  current(): Policy;
  /** Called with each further good policy whose content differs. Returns the way to stop. */
  onChange(listener: (policy: Policy) => void): () => void;
  /** Of the current policy. */
  lastWarnings(): readonly PolicyFault[];
  /** What is wrong with the policy file as it is now, and with the newest version where it can't be used here. */
  lastFaults(): readonly PolicyFault[];
  /** The version that `current` says; absent: it is the file's, and the store has no version that can be used here. */
  version(): VersionSummary | undefined;
  close(): Promise<void>;
}

interface Options {
  /** Its changes are published as versions. */
  readonly file: string;
  readonly store: VersionStore;
  /** Decides when something that was scheduled is due. */
  readonly clock: Clock;
  readonly log: PolicyLog;
  readonly messages?: KnownMessages;
  /** How long the file has to be left alone before it is read: editors write in several steps. */
  readonly settleMs?: number;
  /** How often it looks whether something may have changed unheard. */
  readonly lookMs?: number;
  /** False: for a command that asks and ends. Nothing is watched, published or changed by it. */
  readonly follow?: boolean;
}

/**
 * Resolves when a policy is in force and followed. Must be closed before its store.
 * @throws PolicyFaults when neither a version nor the file can be used
 */
export const openPolicySource = async (options: Options): Promise<PolicySource> => {
  const { file: path, store, log, messages, settleMs = 100, lookMs = 250, follow = true } = options;
  const lookout = createLookout(options);
  let file = await readPolicyFile(path, messages);
  const { inUse, ...begun } = await begin(options, lookout, file);
  let { version, faults } = begun;
  const fileFaults = noteFileFaults(path, log);
  noteFile(fileFaults, file, inUse, log);

  const obey = (sight: Sight): void => {
    if (sight.kind === 'version') {
      version = summaryOf(sight.version);
      faults = [];
      inUse.take(sight.loaded);
    } else if (sight.kind === 'unusable') {
      faults = sight.faults;
      warnUnusable(log, sight);
    }
  };
  const source = {
    current: inUse.current,
    onChange: inUse.onChange,
    lastFaults: () => [...fileFaults.now(), ...faults],
    lastWarnings: inUse.warnings,
    version: () => version,
  };
  if (!follow) return { ...source, close: async () => undefined };

  const looking = keepLooking({
    ...{ store, clock: options.clock, log, lookMs, reached: begun.reached, nextDueAt: lookout.nextDueAt },
    look: async () => obey(await lookout.look(file)),
  });
  const readAgain = async (): Promise<void> => {
    file = await readPolicyFile(path, messages);
    noteFile(fileFaults, file, inUse, log);
    await looking.look();
    // No version is in force here: the store was never reached, so that the file is all there is.
    if (version === undefined && file.loaded.kind === 'ok') inUse.take(file.loaded);
  };
  const stopWatching = await watchPolicyFile({ file: path, settleMs, read: readAgain, log });
  // A change between the first reading and the watch's beginning would otherwise stay unseen.
  await readAgain();
  return {
    ...source,
    close: async () => {
      await stopWatching();
      await looking.close();
    },
  };
};

interface Begun {
  readonly inUse: PolicyInUse;
  readonly version: VersionSummary | undefined;
  /** Of the newest version. */
  readonly faults: readonly PolicyFault[];
  /** Whether the store could be asked. */
  readonly reached: boolean;
}

const begin = async (
  { store, log, messages, follow = true }: Options,
  lookout: Lookout,
  file: ReadPolicyFile,
): Promise<Begun> => {
  const once = () => lookOnce({ store, ...(messages && { messages }) }, file);
  const sight = await (follow ? lookout.look(file) : once()).catch((error: unknown) => {
    log.warn({ err: error }, 'The policy’s versions can’t be asked for yet: the policy file is in force.');
    return undefined;
  });
  const reached = sight !== undefined;
  if (sight?.kind === 'version') {
    const inUse = createPolicyInUse(sight.loaded, log);
    return { inUse, version: summaryOf(sight.version), faults: [], reached };
  }
  const faults = sight?.kind === 'unusable' ? sight.faults : [];
  const { loaded } = file;
  if (loaded.kind === 'faulty') throw new PolicyFaults([...loaded.faults, ...faults]);
  if (sight?.kind === 'unusable') warnUnusable(log, sight);
  return { inUse: createPolicyInUse(loaded, log), version: undefined, faults, reached };
};

const noteFile = (
  faults: FileFaults,
  { loaded }: ReadPolicyFile,
  inUse: PolicyInUse,
  log: PolicyLog,
): void => {
  const policyVersion = inUse.current().version;
  if (faults.note(loaded, policyVersion)) log.info({ policyVersion }, 'The policy file is whole again.');
};

const warnUnusable = (log: PolicyLog, { number, faults }: Extract<Sight, { kind: 'unusable' }>): void =>
  log.warn(
    { policyNumber: number, faults: faults.map(formatFault) },
    'The newest version of the policy can’t be used here; the last good policy stays in force.',
  );
