/** One look at the store: hands over what it should know (a changed file, what is due) and tells which policy is in force. */
import type { Clock } from '../../ops/clock.ts';
import type { KnownMessages } from '../check-messages.ts';
import type { LoadedPolicy } from '../load-policy.ts';
import type { PolicyFault } from '../policy-fault.ts';
import type { PolicyLog } from '../policy-in-use.ts';
import type { ReadPolicyFile } from '../read-policy-file.ts';
import { changeDesk } from './change-desk.ts';
import { checkAs } from './check-text.ts';
import { type Head, newestNumber } from './desk.ts';
import { type FileText, fileHasNews, importFile, type Remembered, restoreNewest } from './file-wins.ts';
import { publishDue } from './schedule.ts';
import type { PublishedVersion } from './version.ts';
import type { VersionStore } from './version-store.ts';

export type Sight =
  | {
      readonly kind: 'version';
      readonly version: PublishedVersion;
      readonly loaded: Extract<LoadedPolicy, { kind: 'ok' }>;
    }
  /** Nothing else is in force than at the last look. */
  | { readonly kind: 'same' }
  /** The newest version can't be used here: what was in force stays. */
  | { readonly kind: 'unusable'; readonly number: number; readonly faults: readonly PolicyFault[] }
  /** There is no version that the file doesn't go before. */
  | { readonly kind: 'none' };

export interface Lookout {
  /** Rejects when the store can't be asked. Not to be called again before it has answered. */
  look(file: ReadPolicyFile): Promise<Sight>;
  /** When something is due next, as of the last look. */
  nextDueAt(): number | undefined;
}

interface Options {
  readonly store: VersionStore;
  readonly clock: Clock;
  readonly log: PolicyLog;
  readonly messages?: KnownMessages;
}

/** For an instance that goes on: it takes its part in keeping the store right. */
export const createLookout = (options: Options): Lookout => {
  const { store } = options;
  let offered: string | undefined;
  let seen: Head | undefined;
  let remembered: Remembered | undefined;

  const offer = async ({ text, loaded }: ReadPolicyFile, head: Head): Promise<void> => {
    // Only what this process has newly read: an instance whose copy of the file is late must not bring the old one back.
    if (text === undefined || loaded.kind === 'faulty' || text === offered) return;
    if (fileHasNews(head, text)) await importText(options, { text, version: loaded.policy.version });
    offered = text;
  };

  return {
    look: async (file) => {
      const before = await store.head();
      if (remembered) await restore(options, before, remembered);
      await offer(file, before);
      await publishAllDue(options, before);
      const head = await store.head();
      const sight: Sight = seen && isSame(head, seen) ? { kind: 'same' } : await readNewest(options, head);
      const version = sight.kind === 'version' ? sight.version : remembered?.version;
      remembered = version && { version, ...(head.file && { file: head.file }) };
      seen = head;
      return sight;
    },
    nextDueAt: () => seen?.nextDueAt,
  };
};

/** For a command that asks and ends: what an instance that starts now would obey. Nothing is changed by it. */
export const lookOnce = async (
  options: Pick<Options, 'store' | 'messages'>,
  { text, loaded }: ReadPolicyFile,
): Promise<Sight> => {
  const head = await options.store.head();
  const fileGoesFirst = text !== undefined && loaded.kind === 'ok' && fileHasNews(head, text);
  return fileGoesFirst ? { kind: 'none' } : readNewest(options, head);
};

const restore = async ({ store, log }: Options, head: Head, known: Remembered): Promise<void> => {
  const { number } = known.version;
  if (newestNumber(head) >= number) return;
  if ((await changeDesk(store, (desk) => restoreNewest(desk, known))) === 'restored')
    log.warn(
      { policyNumber: number },
      'The store had lost the version of the policy in force; it has it again.',
    );
};

const importText = async ({ store, clock, log }: Options, file: FileText): Promise<void> => {
  const imported = await changeDesk(store, (desk) => importFile(desk, file, clock()));
  if (imported.kind === 'published')
    log.info({ policyNumber: imported.version.number }, 'What the policy file says was published.');
};

const publishAllDue = async ({ store, clock, log, messages }: Options, head: Head): Promise<void> => {
  if (head.nextDueAt === undefined || head.nextDueAt > clock()) return;
  const check = checkAs('scheduled', messages);
  for (;;) {
    const due = await changeDesk(store, (desk) => publishDue(desk, check, clock()));
    if (due.kind === 'none') return;
    if (due.kind === 'published')
      log.info({ policyNumber: due.version.number }, 'A scheduled version of the policy was published.');
    else
      log.warn(
        { scheduled: due.scheduled.id, why: due.scheduled.held?.why },
        'A scheduled version of the policy could not be published; it waits in the console to be looked at.',
      );
  }
};

const isSame = ({ newest: a }: Head, { newest: b }: Head): boolean =>
  a?.number === b?.number && a?.version === b?.version && a?.publishedAt === b?.publishedAt;

const readNewest = async (
  { store, messages }: Pick<Options, 'store' | 'messages'>,
  { newest }: Head,
): Promise<Sight> => {
  if (newest === undefined) return { kind: 'none' };
  const { number } = newest;
  const version = await store.version(number);
  if (version === undefined) return { kind: 'unusable', number, faults: [missing(number)] };
  const loaded = checkAs(`version ${number}`, messages)(version.text);
  return loaded.kind === 'ok'
    ? { kind: 'version', version, loaded }
    : { kind: 'unusable', number, faults: loaded.faults };
};

const missing = (number: number): PolicyFault => ({
  code: 'unreadable-file',
  file: `version ${number}`,
  line: 1,
  column: 1,
  path: '',
  message: 'the store has lost the text of this version',
  instead: 'another version in its place: publish one, or change the policy file',
});
