/** What is scheduled: which is due and what becomes of it, and taking one back. */
import type { Check } from './check-text.ts';
import {
  type Desk,
  type Held,
  newestNumber,
  nextDesk,
  nextRevision,
  publishStep,
  type Ruling,
  type Scheduled,
} from './desk.ts';
import { summaryOf, type VersionSummary } from './version.ts';

export type Due =
  | { readonly kind: 'published'; readonly version: VersionSummary }
  /** It stays on the desk for an operator to see. */
  | { readonly kind: 'held'; readonly scheduled: Scheduled }
  | { readonly kind: 'none' };

/** The one that has been due for longest; asked again and again until none is left, by however many instances. */
export const publishDue = (desk: Desk, check: Check, now: number): Ruling<Due> => {
  const due = desk.scheduled.find(({ dueAt, held }) => held === undefined && dueAt <= now);
  if (due === undefined) return { answer: { kind: 'none' } };
  if (!due.regardless && due.basedOn !== newestNumber(desk)) return hold(desk, due, 'overtaken', now);
  const checked = check(due.text);
  if (checked.kind === 'faulty') return hold(desk, due, 'faulty', now);
  const { text, author, note, createdAt, made, from } = due;
  const { version } = checked.policy;
  const { published, step } = publishStep(
    desk,
    { text, version, author, note, createdAt, publishedAt: now, ...(from && { from }), made },
    () => ({ scheduled: without(desk, due.id) }),
  );
  return { answer: { kind: 'published', version: summaryOf(published) }, step };
};

const hold = (desk: Desk, due: Scheduled, why: Held['why'], at: number): Ruling<Due> => {
  const scheduled = { ...due, held: { why, at } };
  const all = desk.scheduled.map((one) => (one.id === due.id ? scheduled : one));
  return { answer: { kind: 'held', scheduled }, step: { desk: nextDesk(desk, { scheduled: all }) } };
};

export type Cancelled =
  | { readonly kind: 'cancelled'; readonly scheduled: Scheduled; readonly draft: 'restored' | 'kept' }
  /** Never there, cancelled by somebody else, or published in the meantime. */
  | { readonly kind: 'unknown' };

/** An edited text goes back to the draft where there is none, so that nobody's work is lost. */
export const cancelScheduled = (
  desk: Desk,
  { id, author }: { readonly id: string; readonly author: string },
  now: number,
): Ruling<Cancelled> => {
  const scheduled = desk.scheduled.find((one) => one.id === id);
  if (scheduled === undefined) return { answer: { kind: 'unknown' } };
  const restores = desk.draft.kind === 'none' && scheduled.made === 'edited';
  const { text, basedOn } = scheduled;
  const draft = {
    kind: 'draft',
    text,
    basedOn,
    author,
    changedAt: now,
    revision: nextRevision(desk, now),
  } as const;
  return {
    answer: { kind: 'cancelled', scheduled, draft: restores ? 'restored' : 'kept' },
    step: { desk: nextDesk(desk, { scheduled: without(desk, id), ...(restores && { draft }) }) },
  };
};

const without = (desk: Desk, id: string): readonly Scheduled[] =>
  desk.scheduled.filter((one) => one.id !== id);
