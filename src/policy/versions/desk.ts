/** All of the policy's versions that can still change: the shared draft, what is scheduled, and which version is the newest. */
import type { PolicyVersion } from '../policy.ts';
import { keptVersions, type Made, type PublishedVersion, textHash, type VersionSummary } from './version.ts';

export interface Desk {
  /** Counts every change of the desk: whoever changes it names the one that was read. 0: nothing was ever put on it. */
  readonly revision: number;
  /** Absent: nothing was published yet. */
  readonly newest?: NewestVersion;
  readonly draft: DraftState;
  /** In the order in which they are due. */
  readonly scheduled: readonly Scheduled[];
  /** What the policy file said when it was last heeded; absent: never yet. */
  readonly file?: FileMark;
}

export interface NewestVersion extends VersionSummary {
  readonly textHash: string;
}

/** The one draft that all operators share. */
export interface Draft {
  /** Up to a mebibyte of anything: a draft may have faults. */
  readonly text: string;
  /** The version it was made from; 0: from none. */
  readonly basedOn: number;
  /** Higher after each change. Whoever saves or publishes names the one they have seen. */
  readonly revision: number;
  /** Who changed it last. */
  readonly author: string;
  readonly changedAt: number;
}

export type DraftState = ({ readonly kind: 'draft' } & Draft) | NoDraft;

export interface NoDraft {
  readonly kind: 'none';
  readonly revision: number;
  /** What became of the last one; absent: there was none since another version came into force by other means. */
  readonly ended?: DraftEnd;
}

export interface DraftEnd {
  readonly how: 'published' | 'scheduled' | 'discarded';
  readonly author: string;
  readonly at: number;
}

/** A text that is to be published at a time. */
export interface Scheduled {
  readonly id: string;
  readonly text: string;
  /** The version that was in force when it was scheduled. */
  readonly basedOn: number;
  readonly author: string;
  readonly note: string;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly made: Exclude<Made, 'file'>;
  /** As it will stand in the version. */
  readonly from?: number;
  /** Publish it whatever was published in between. */
  readonly regardless: boolean;
  /** Its time came and it could not be published: it waits for an operator to cancel it. */
  readonly held?: Held;
}

export interface Held {
  /** `overtaken`: another version was published in between. `faulty`: this Gatefold can't use the text. */
  readonly why: 'overtaken' | 'faulty';
  readonly at: number;
}

export interface FileMark {
  readonly textHash: string;
  /** The version that says what the file said. */
  readonly number: number;
}

/** What every instance keeps an eye on; small, whatever the desk holds. */
export interface Head {
  readonly newest?: {
    readonly number: number;
    readonly version: PolicyVersion;
    readonly publishedAt: number;
  };
  readonly nextDueAt?: number;
  readonly file?: FileMark;
}

/** One change, made in one step or not at all. */
export interface DeskStep {
  /** Its revision is the one before, and one more. */
  readonly desk: Desk;
  readonly published?: PublishedVersion;
  /** The number of a version that is kept no longer. */
  readonly dropped?: number;
}

/** What a rule says to a request: the answer, and the change to make before it is given. */
export interface Ruling<Answer> {
  readonly answer: Answer;
  readonly step?: DeskStep;
}

export const emptyDesk: Desk = { revision: 0, draft: { kind: 'none', revision: 0 }, scheduled: [] };

export const headOf = ({ newest, scheduled, file }: Desk): Head => {
  const due = scheduled.filter(({ held }) => held === undefined).map(({ dueAt }) => dueAt);
  return {
    ...(newest && {
      newest: { number: newest.number, version: newest.version, publishedAt: newest.publishedAt },
    }),
    ...(due.length > 0 && { nextDueAt: Math.min(...due) }),
    ...(file && { file }),
  };
};

export const newestNumber = ({ newest }: Pick<Head, 'newest'>): number => newest?.number ?? 0;

/**
 * The draft's next revision. Never below the clock, so that an editor of a draft that the store has lost since can't meet
 * another draft under the same one.
 */
export const nextRevision = ({ draft }: Desk, now: number): number => Math.max(draft.revision + 1, now);

/** The desk with something changed, one revision on. */
export const nextDesk = (desk: Desk, change: Partial<Omit<Desk, 'revision'>>): Desk => ({
  ...desk,
  ...change,
  revision: desk.revision + 1,
});

type NewVersion = Omit<PublishedVersion, 'number'>;

/** Puts a version in force, with whatever else changes in the same step. */
export const publishStep = (
  desk: Desk,
  version: NewVersion,
  change: (published: PublishedVersion) => Partial<Omit<Desk, 'revision' | 'newest'>>,
): { readonly published: PublishedVersion; readonly step: DeskStep } => {
  const published = { ...version, number: newestNumber(desk) + 1 };
  const { text, ...summary } = published;
  const newest = { ...summary, textHash: textHash(text) };
  const dropped = published.number - keptVersions;
  return {
    published,
    step: {
      desk: nextDesk(desk, { ...whereNoDraft(desk, published), ...change(published), newest }),
      published,
      ...(dropped > 0 && { dropped }),
    },
  };
};

/** Who looked at what was in force has seen something else since: what they make of it must not take this one back unseen. */
const whereNoDraft = (desk: Desk, { publishedAt }: NewVersion): Partial<Pick<Desk, 'draft'>> =>
  desk.draft.kind === 'none' ? { draft: { kind: 'none', revision: nextRevision(desk, publishedAt) } } : {};
