/** Saving and discarding the shared draft: only by whoever has seen what it is now. */
import { largestFile } from '../load-policy.ts';
import {
  type Desk,
  type Draft,
  type DraftEnd,
  type DraftState,
  newestNumber,
  nextDesk,
  nextRevision,
  type Ruling,
} from './desk.ts';

export interface DraftToSave {
  readonly text: string;
  /** The version that the text was made from. */
  readonly basedOn: number;
  /** Of the draft as it was read, also where there was none. */
  readonly revision: number;
  readonly author: string;
}

export type DraftSaved =
  | { readonly kind: 'saved'; readonly draft: Draft }
  | DraftConflict
  | { readonly kind: 'too-long'; readonly what: 'text'; readonly most: number }
  | { readonly kind: 'unknown-version'; readonly number: number };

/** Somebody was faster, and nothing was changed: what there is now, and whose it is. */
export interface DraftConflict {
  readonly kind: 'conflict';
  readonly now: DraftState;
}

export const saveDraft = (desk: Desk, toSave: DraftToSave, now: number): Ruling<DraftSaved> => {
  const { text, basedOn, revision, author } = toSave;
  const before = desk.draft;
  if (Buffer.byteLength(text) > largestFile)
    return { answer: { kind: 'too-long', what: 'text', most: largestFile } };
  if (!Number.isInteger(basedOn) || basedOn < 0 || basedOn > newestNumber(desk))
    return { answer: { kind: 'unknown-version', number: basedOn } };
  // The same once more, as after an answer that was lost on its way, takes nothing from anybody.
  if (before.kind === 'draft' && before.text === text && before.basedOn === basedOn)
    return { answer: { kind: 'saved', draft: plain(before) } };
  if (before.revision !== revision) return { answer: { kind: 'conflict', now: before } };
  const draft = { text, basedOn, author, changedAt: now, revision: nextRevision(desk, now) };
  return {
    answer: { kind: 'saved', draft },
    step: { desk: nextDesk(desk, { draft: { kind: 'draft', ...draft } }) },
  };
};

export type DraftDiscarded = { readonly kind: 'discarded' } | DraftConflict;

export const discardDraft = (
  desk: Desk,
  { revision, author }: { readonly revision: number; readonly author: string },
  now: number,
): Ruling<DraftDiscarded> => {
  if (desk.draft.kind === 'none' || desk.draft.revision !== revision)
    return { answer: { kind: 'conflict', now: desk.draft } };
  const draft = endedDraft(desk, { how: 'discarded', author, at: now });
  return { answer: { kind: 'discarded' }, step: { desk: nextDesk(desk, { draft }) } };
};

/** The desk's draft once it has come to an end with the desk's next change. */
export const endedDraft = (desk: Desk, ended: DraftEnd): DraftState => ({
  kind: 'none',
  revision: nextRevision(desk, ended.at),
  ended,
});

const plain = ({ kind: _, ...draft }: Extract<DraftState, { kind: 'draft' }>): Draft => draft;
