/** The policy as operators work on it: the shared draft beside what is in force, edited a field at a time, published and rolled back. */
import type { Clock } from '../../ops/clock.ts';
import { applyEdit } from '../../policy/edit/apply-edit.ts';
import { type FieldFaults, fieldFaults } from '../../policy/edit/field-faults.ts';
import type { PolicyEdit, Refusal } from '../../policy/edit/policy-edit.ts';
import type { DraftConflict, DraftDiscarded } from '../../policy/versions/draft.ts';
import type { CheckedDraft, PolicyVersions, UnknownVersion } from '../../policy/versions/policy-versions.ts';
import type { DraftOrder, Published } from '../../policy/versions/publish.ts';
import type { Cancelled } from '../../policy/versions/schedule.ts';
import { describeChanges } from '../../policy/words/describe-changes.ts';
import { type Audit, actorOf } from '../operators/audit.ts';
import type { Deed } from '../operators/audit-store.ts';
import type { Operator } from '../operators/operator.ts';
import { changesInBrief } from './changes-in-brief.ts';
import type { DeskView, DeskViewer } from './desk-view.ts';
import { keepsComments } from './keeps-comments.ts';

export type DraftEdited =
  | { readonly kind: 'saved'; readonly desk: DeskView }
  /** The policy says so already. */
  | { readonly kind: 'unchanged'; readonly desk: DeskView }
  /** Nothing was saved: the text would have faults. */
  | ({ readonly kind: 'faulty' } & FieldFaults)
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | DraftConflict;

/** Every one rejects when the store can't be asked. What changes something stands in the audit log. */
export interface DraftDesk extends DeskViewer {
  edit(asked: EditAsked, by: Operator): Promise<DraftEdited>;
  /** All of the text; one with faults is kept, so that nobody's work is lost. @property basedOn default: as before */
  saveText(asked: SaveAsked, by: Operator): Promise<CheckedDraft>;
  discard(asked: { readonly revision: number }, by: Operator): Promise<DraftDiscarded>;
  publish(order: Omit<DraftOrder, 'author'>, by: Operator): Promise<Published | DraftConflict>;
  rollBack(
    order: Omit<Parameters<PolicyVersions['rollBack']>[0], 'author'>,
    by: Operator,
  ): Promise<Published | UnknownVersion>;
  cancelScheduled(id: string, by: Operator): Promise<Cancelled>;
  list: PolicyVersions['list'];
  version: PolicyVersions['version'];
}

export interface EditAsked {
  readonly edit: PolicyEdit;
  /** Of the working text as the operator saw it. */
  readonly revision: number;
}

export interface SaveAsked {
  readonly text: string;
  readonly revision: number;
  readonly basedOn?: number;
}

interface Options {
  readonly versions: PolicyVersions;
  readonly viewer: DeskViewer;
  readonly audit: Audit;
  readonly clock: Clock;
}

export const createDraftDesk = (options: Options): DraftDesk => {
  const { versions, audit, clock } = options;
  const { view, check } = options.viewer;

  const deed = <Result extends { readonly kind: string }>(
    by: Operator,
    what: Deed,
    changed: string,
    run: () => Promise<Result>,
    done: (result: Result) => boolean,
    about: readonly string[] = [],
  ): Promise<Result> =>
    audit.carryOut({ who: actorOf(by), what, about, changed }, clock(), {
      run,
      cameToNothing: (result) => !done(result),
    });

  const edit: DraftDesk['edit'] = async ({ edit: wanted, revision }, by) => {
    const before = await view();
    const { working, published } = before;
    if (working.revision !== revision) return { kind: 'conflict', now: (await versions.desk()).draft };
    const edited = applyEdit(working.text, wanted, 'draft');
    if (edited.kind === 'refused') return edited;
    if (edited.text === working.text) return { kind: 'unchanged', desk: before };
    const checked = await check(edited.text);
    if (checked.policy === undefined) return { kind: 'faulty', ...fieldFaults(edited.at, checked.faults) };
    const changed = working.policy
      ? changesInBrief(describeChanges(working.policy, checked.policy))
      : 'mended its faults';
    const author = by.email;
    const isBack =
      working.draft !== undefined &&
      (edited.text === published.text ||
        (checked.policy.version === published.policy?.version && keepsComments(edited.text, published.text)));
    const saved = await deed(
      by,
      'edit-draft',
      changed,
      async () =>
        isBack
          ? versions.discardDraft({ revision, author })
          : versions.saveDraft({ text: edited.text, basedOn: working.basedOn, revision, author }),
      ({ kind }) => kind === 'saved' || kind === 'discarded',
    );
    if (saved.kind === 'conflict') return saved;
    if (saved.kind === 'too-long' || saved.kind === 'unknown-version') return tooLong;
    return { kind: 'saved', desk: await view() };
  };

  return {
    view,
    check,
    edit,
    saveText: async ({ text, revision, basedOn }, by) => {
      const base = basedOn ?? (await view()).working.basedOn;
      return deed(
        by,
        'edit-draft',
        'wrote its text',
        () => versions.saveDraft({ text, basedOn: base, revision, author: by.email }),
        ({ kind }) => kind === 'saved',
      );
    },
    discard: ({ revision }, by) =>
      deed(
        by,
        'edit-draft',
        'discarded it',
        () => versions.discardDraft({ revision, author: by.email }),
        ({ kind }) => kind === 'discarded',
      ),
    publish: async (order, by) => {
      const { changes } = await view();
      const when = order.at === undefined ? '' : `, at ${new Date(order.at).toISOString()}`;
      return deed(
        by,
        'publish',
        `${changesInBrief(changes ?? [])}${when}`,
        () => versions.publishDraft({ ...order, author: by.email }),
        isPublished,
        [String(order.revision)],
      );
    },
    rollBack: (order, by) =>
      deed(
        by,
        'rollback',
        `to version ${order.to}`,
        () => versions.rollBack({ ...order, author: by.email }),
        isPublished,
        [String(order.to)],
      ),
    cancelScheduled: (id, by) =>
      deed(
        by,
        'publish',
        'cancelled what was scheduled',
        () => versions.cancelScheduled({ id, author: by.email }),
        ({ kind }) => kind === 'cancelled',
        [id],
      ),
    list: versions.list,
    version: versions.version,
  };
};

const isPublished = ({ kind }: { readonly kind: string }): boolean =>
  kind === 'published' || kind === 'scheduled';

const tooLong: DraftEdited = { kind: 'refused', refusal: { kind: 'misshapen', at: [] } };
