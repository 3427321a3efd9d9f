/** Calls that change the draft: saving, editing, discarding and publishing it. */
import { z } from 'zod';
import type { Refusal } from '../../policy/edit/policy-edit.ts';
import { pathInWords, unnamed } from '../../policy/policy-fault.ts';
import type { CheckedDraft } from '../../policy/versions/policy-versions.ts';
import { type Answered, type Call, call, ok, problem } from '../api/call.ts';
import type { DraftDesk, DraftEdited } from '../draft/draft-desk.ts';
import {
  changesOf,
  conflictOf,
  deskOf,
  faultsOf,
  faultyOf,
  orderOf,
  publishedOf,
  publishRefusals,
} from '../draft/policy-answers.ts';
import { policyEditSchema } from '../draft/policy-edit-schema.ts';
import {
  type ApiDesk,
  type ApiEdited,
  deskSchema,
  editedSchema,
  orderFields,
  publishedSchema,
  revisionBody,
  saveBody,
} from '../draft/policy-schema.ts';

export const draftCalls = (desk: DraftDesk): readonly Call[] => [
  call({
    id: 'saveDraft',
    method: 'put',
    path: '/policy/draft',
    action: 'edit-draft',
    group: 'Policy',
    summary:
      'Makes a text the draft, with its faults if it has any, unless somebody changed the draft since.',
    body: saveBody,
    answer: deskSchema,
    problems: ['draft-conflict', 'version-unknown', 'policy-too-large'],
    run: async ({ body, operator }) => savedOf(desk, await desk.saveText(body, operator)),
  }),
  call({
    id: 'editDraft',
    method: 'post',
    path: '/policy/draft/edits',
    action: 'edit-draft',
    group: 'Policy',
    summary: 'Changes one thing in the draft, or begins one. What would have faults is not saved.',
    body: revisionBody.extend({ edit: policyEditSchema }),
    answer: editedSchema,
    problems: ['draft-conflict', 'edit-refused', 'policy-faulty'],
    run: async ({ body, operator }) => editedOf(await desk.edit(body, operator)),
  }),
  call({
    id: 'discardDraft',
    method: 'delete',
    path: '/policy/draft',
    action: 'edit-draft',
    group: 'Policy',
    summary: 'Takes the draft away.',
    body: revisionBody,
    answer: z.strictObject({ kind: z.literal('discarded') }),
    problems: ['draft-conflict'],
    run: async ({ body, operator }) => {
      const discarded = await desk.discard(body, operator);
      return discarded.kind === 'conflict' ? conflictOf(discarded) : ok(discarded);
    },
  }),
  call({
    id: 'publishDraft',
    method: 'post',
    path: '/policy/draft/publish',
    action: 'publish',
    group: 'Policy',
    summary: 'Puts the draft in force, at once or at a time.',
    body: revisionBody.extend(orderFields),
    answer: publishedSchema,
    problems: ['draft-conflict', ...publishRefusals],
    run: async ({ body: { revision, ...order }, operator }) =>
      publishedOf(await desk.publish({ revision, ...orderOf(order) }, operator)),
  }),
];

const savedOf = async (desk: DraftDesk, saved: CheckedDraft): Promise<Answered<ApiDesk>> => {
  switch (saved.kind) {
    case 'saved':
      return ok(deskOf(await desk.view()));
    case 'conflict':
      return conflictOf(saved);
    case 'too-long':
      return problem('policy-too-large', { most: saved.most });
    case 'unknown-version':
      return problem('version-unknown');
    default:
      return saved satisfies never;
  }
};

const editedOf = (edited: DraftEdited): Answered<ApiEdited> => {
  switch (edited.kind) {
    case 'saved':
    case 'unchanged': {
      const { working, changes } = edited.desk;
      return ok({ kind: edited.kind, revision: working.revision, changes: changesOf(changes) });
    }
    case 'faulty':
      return faultyOf([...edited.fields.map(({ fault }) => fault), ...edited.elsewhere]);
    case 'refused':
      return problem('edit-refused', { refusal: refusalOf(edited.refusal) });
    case 'conflict':
      return conflictOf(edited);
    default:
      return edited satisfies never;
  }
};

/** Faults and paths as everywhere else in the answers. */
const refusalOf = (refusal: Refusal): Readonly<Record<string, unknown>> => {
  switch (refusal.kind) {
    case 'unreadable':
      return { kind: refusal.kind, faults: faultsOf(refusal.faults), moreFaults: unnamed(refusal.faults) };
    case 'misshapen':
      return { kind: refusal.kind, at: pathInWords(refusal.at) };
    case 'in-use':
      return { ...refusal, by: refusal.by.map(pathInWords) };
    default:
      return { ...refusal };
  }
};
