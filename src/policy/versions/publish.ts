/** Publishing the draft, or an earlier version again: now or at a time, and never over a version that nobody looked at. */
import type { PolicyVersion } from '../policy.ts';
import type { PolicyFault } from '../policy-fault.ts';
import type { Check } from './check-text.ts';
import {
  type Desk,
  type NewestVersion,
  newestNumber,
  nextDesk,
  publishStep,
  type Ruling,
  type Scheduled,
} from './desk.ts';
import { type DraftConflict, endedDraft } from './draft.ts';
import {
  longestNote,
  type Made,
  mostScheduled,
  type PublishedVersion,
  summaryOf,
  textHash,
  type VersionSummary,
} from './version.ts';

interface PublishOrder {
  readonly author: string;
  readonly note: string;
  /** Milliseconds; absent or not in the future: now. */
  readonly at?: number;
  /** Publish even though another version was published in between: the operator knows. */
  readonly regardless?: boolean;
}

export interface DraftOrder extends PublishOrder {
  /** Of the draft as it was read: what is published is what was looked at. */
  readonly revision: number;
  /** The version that `regardless` was said of; absent: whichever is in force. */
  readonly instead?: number;
}

export interface RollbackOrder extends PublishOrder {
  /** The version whose text is to be in force again. */
  readonly to: Pick<PublishedVersion, 'number' | 'text'>;
  /** The version that was in force when the operator decided. */
  readonly instead: number;
}

export type Published =
  | { readonly kind: 'published'; readonly version: VersionSummary }
  | { readonly kind: 'scheduled'; readonly scheduled: Scheduled }
  | PublishRefused;

export type PublishRefused =
  | { readonly kind: 'faulty'; readonly faults: readonly PolicyFault[] }
  /** Another version is in force than the one that the text was based on. */
  | { readonly kind: 'overtaken'; readonly basedOn: number; readonly newest?: NewestVersion }
  /** It is in force already, to the last character. */
  | { readonly kind: 'unchanged'; readonly newest: NewestVersion }
  | { readonly kind: 'too-long'; readonly what: 'note'; readonly most: number }
  | { readonly kind: 'too-many-scheduled'; readonly most: number };

export const publishDraft = (
  desk: Desk,
  order: DraftOrder,
  check: Check,
  now: number,
): Ruling<Published | DraftConflict> => {
  const { draft } = desk;
  if (draft.kind === 'none' || draft.revision !== order.revision)
    return { answer: { kind: 'conflict', now: draft } };
  const { text, basedOn } = draft;
  const { instead = newestNumber(desk) } = order;
  const regardless = order.regardless === true && instead === newestNumber(desk);
  return settle(desk, { ...order, regardless, text, basedOn, made: 'edited', from: basedOn }, check, now);
};

/** The draft stays as it is: it was based on another version now, and publishing it says so. */
export const rollBack = (desk: Desk, order: RollbackOrder, check: Check, now: number): Ruling<Published> => {
  const { to, instead } = order;
  const { text, number } = to;
  return settle(desk, { ...order, text, basedOn: instead, made: 'rolled-back', from: number }, check, now);
};

interface Wanted extends PublishOrder {
  readonly text: string;
  readonly basedOn: number;
  readonly made: Exclude<Made, 'file'>;
  readonly from: number;
}

const settle = (desk: Desk, wanted: Wanted, check: Check, now: number): Ruling<Published> => {
  // Not `at > now`: what is no number at all must not publish at once.
  const dueAt = wanted.at === undefined || wanted.at <= now ? undefined : wanted.at;
  const refused = refusal(desk, wanted, dueAt !== undefined);
  if (refused) return { answer: refused };
  const checked = check(wanted.text);
  if (checked.kind === 'faulty') return { answer: { kind: 'faulty', faults: checked.faults } };
  return dueAt === undefined
    ? publishNow(desk, wanted, checked.policy.version, now)
    : schedule(desk, wanted, dueAt, now);
};

const refusal = (desk: Desk, wanted: Wanted, later: boolean): PublishRefused | undefined => {
  const { newest } = desk;
  const { basedOn } = wanted;
  if (wanted.note.length > longestNote) return { kind: 'too-long', what: 'note', most: longestNote };
  if (!wanted.regardless && basedOn !== newestNumber(desk))
    return { kind: 'overtaken', basedOn, ...(newest && { newest }) };
  if (later) {
    const full = desk.scheduled.length >= mostScheduled;
    return full ? { kind: 'too-many-scheduled', most: mostScheduled } : undefined;
  }
  return newest?.textHash === textHash(wanted.text) ? { kind: 'unchanged', newest } : undefined;
};

const publishNow = (
  desk: Desk,
  { text, author, note, from, made }: Wanted,
  version: PolicyVersion,
  now: number,
): Ruling<Published> => {
  const { published, step } = publishStep(
    desk,
    { text, version, author, note, createdAt: now, publishedAt: now, ...fromOf(from), made },
    () => draftAfter(desk, made, 'published', author, now),
  );
  return { answer: { kind: 'published', version: summaryOf(published) }, step };
};

const schedule = (desk: Desk, wanted: Wanted, dueAt: number, now: number): Ruling<Published> => {
  const { text, basedOn, author, note, made, from, regardless = false } = wanted;
  const scheduled: Scheduled = {
    // Both: the revision alone would come again in a store that was emptied.
    id: `${desk.revision + 1}-${now}`,
    ...{ text, basedOn, author, note, createdAt: now, dueAt, made, ...fromOf(from), regardless },
  };
  const inOrder = [...desk.scheduled, scheduled].sort((a, b) => a.dueAt - b.dueAt);
  const change = { scheduled: inOrder, ...draftAfter(desk, made, 'scheduled', author, now) };
  return { answer: { kind: 'scheduled', scheduled }, step: { desk: nextDesk(desk, change) } };
};

const fromOf = (from: number) => (from > 0 ? { from } : {});

/** An edited text has left the draft; whatever else is published leaves it alone. */
const draftAfter = (
  desk: Desk,
  made: Made,
  how: 'published' | 'scheduled',
  author: string,
  at: number,
): Partial<Pick<Desk, 'draft'>> =>
  made === 'edited' ? { draft: endedDraft(desk, { how, author, at }) } : {};
