/** The policy's versions as operators work with them: a shared draft, publishing now or later, and going back. */
import type { Clock } from '../../ops/clock.ts';
import type { KnownMessages } from '../check-messages.ts';
import type { PolicyFault } from '../policy-fault.ts';
import { changeInOrder } from './change-desk.ts';
import { type CheckAhead, checkAs, draftName } from './check-text.ts';
import type { Desk } from './desk.ts';
import {
  type DraftConflict,
  type DraftDiscarded,
  type DraftSaved,
  type DraftToSave,
  discardDraft,
  saveDraft,
} from './draft.ts';
import { type DraftOrder, type Published, publishDraft, type RollbackOrder, rollBack } from './publish.ts';
import { type Cancelled, cancelScheduled } from './schedule.ts';
import type { PublishedVersion, VersionSummary } from './version.ts';
import type { VersionStore } from './version-store.ts';

/** Every one rejects when the store can't be asked; whether it was done is then to be looked up. */
export interface PolicyVersions {
  /** Draft, what is scheduled, and which version is in force. */
  desk(): Promise<Desk>;
  /** What a text's fields have wrong, by path and line, and what its author hardly means. */
  check(text: string): CheckedText;
  /** A text with faults is saved, and told of them. */
  saveDraft(draft: DraftToSave): Promise<CheckedDraft>;
  discardDraft(asked: { readonly revision: number; readonly author: string }): Promise<DraftDiscarded>;
  publishDraft(order: DraftOrder): Promise<Published | DraftConflict>;
  rollBack(order: RollbackByNumber): Promise<Published | UnknownVersion>;
  cancelScheduled(asked: { readonly id: string; readonly author: string }): Promise<Cancelled>;
  /** Newest first, without their texts. */
  list(page: PageAsked): Promise<VersionPage>;
  version(number: number): Promise<PublishedVersion | undefined>;
}

export interface CheckedText {
  /** Each keeps the text from being published. */
  readonly faults: readonly PolicyFault[];
  readonly warnings: readonly PolicyFault[];
}

type Saved = Extract<DraftSaved, { kind: 'saved' }>;

export type CheckedDraft = (Saved & CheckedText) | Exclude<DraftSaved, Saved>;

export interface RollbackByNumber extends Omit<RollbackOrder, 'to'> {
  readonly to: number;
}

/** Never published, or so old that it isn't kept. */
export interface UnknownVersion {
  readonly kind: 'unknown-version';
  readonly number: number;
}

interface PageAsked {
  /** Only versions with lower numbers; absent: from the newest on. */
  readonly before?: number;
  /** At most 100. */
  readonly limit: number;
}

export interface VersionPage {
  readonly versions: readonly VersionSummary[];
  /** `before` of the next page; absent: this is the last. */
  readonly next?: number;
}

interface Options {
  readonly store: VersionStore;
  readonly clock: Clock;
  readonly messages?: KnownMessages;
  /** Of drafts; absent: its own. One that is shared checks a text once for all who ask. */
  readonly drafts?: CheckAhead;
}

const longestPage = 100;

export const policyVersions = (options: Options): PolicyVersions => {
  const { store, clock, messages } = options;
  const { check, prepare } = options.drafts ?? {
    check: checkAs(draftName, messages),
    prepare: async () => undefined,
  };
  const change = changeInOrder(store);
  const checkText = (text: string): CheckedText => {
    const checked = check(text);
    return { faults: checked.kind === 'faulty' ? checked.faults : [], warnings: checked.warnings };
  };
  return {
    desk: store.desk,
    check: checkText,
    saveDraft: async (draft) => {
      await prepare(draft.text);
      const saved = await change((desk) => saveDraft(desk, draft, clock()));
      return saved.kind === 'saved' ? { ...saved, ...checkText(saved.draft.text) } : saved;
    },
    discardDraft: (asked) => change((desk) => discardDraft(desk, asked, clock())),
    publishDraft: async (order) => {
      const { draft } = await store.desk();
      if (draft.kind === 'draft') await prepare(draft.text);
      return change((desk) => publishDraft(desk, order, check, clock()));
    },
    rollBack: async ({ to: number, ...order }) => {
      const to = await store.version(number);
      if (to === undefined) return { kind: 'unknown-version', number };
      const checkVersion = checkAs(`version ${number}`, messages);
      return change((desk) => rollBack(desk, { ...order, to }, checkVersion, clock()));
    },
    cancelScheduled: (asked) => change((desk) => cancelScheduled(desk, asked, clock())),
    list: (page) => list(store, page),
    version: store.version,
  };
};

const list = async (store: VersionStore, { before, limit }: PageAsked): Promise<VersionPage> => {
  const { newest } = await store.head();
  const from = Math.min(newest?.number ?? 0, (before ?? Number.POSITIVE_INFINITY) - 1);
  const asked = Math.min(Math.max(1, Math.trunc(limit) || 1), longestPage);
  const versions = from > 0 ? await store.summaries(from, asked) : [];
  const lowest = from - asked + 1;
  // Numbers have no gaps: a page without any version is beyond the oldest that is kept.
  const goesOn = lowest > 1 && versions.length > 0;
  return { versions, ...(goesOn && { next: lowest }) };
};
