/** Makes an edit that a page's form asked for, and says how the page comes back. */
import type { FieldFault } from '../../policy/edit/field-faults.ts';
import type { EditedKind, Refusal } from '../../policy/edit/policy-edit.ts';
import { type PolicyFault, pathInWords, unnamed } from '../../policy/policy-fault.ts';
import type { DraftState } from '../../policy/versions/desk.ts';
import type { Operator } from '../operators/operator.ts';
import type { DraftDesk, EditAsked } from './draft-desk.ts';
import { whoDid } from './publish-answer.ts';

export type EditAnswered =
  /** Send the browser on to the page, with this in its address: `?done=saved`. */
  | { readonly kind: 'done'; readonly done: EditNotice }
  /** The page once more, with what was typed; nothing was changed. */
  | {
      readonly kind: 'back';
      readonly status: 409 | 422;
      readonly fault: string;
      /** To be shown at their fields. */
      readonly fields: readonly FieldFault[];
    };

export const editNotices = {
  saved: 'Saved in the draft. Readers meet it once it is published.',
  unchanged: 'The policy says so already: nothing was changed.',
} as const;
export type EditNotice = keyof typeof editNotices;

export const noticeOf = (done: unknown): string | undefined =>
  done === 'saved' || done === 'unchanged' ? editNotices[done] : undefined;

export const answerEdit = async (desk: DraftDesk, asked: EditAsked, by: Operator): Promise<EditAnswered> => {
  const edited = await desk.edit(asked, by);
  switch (edited.kind) {
    case 'saved':
    case 'unchanged':
      return { kind: 'done', done: edited.kind };
    case 'faulty': {
      const { fields, elsewhere } = edited;
      const fault =
        fields.length > 0
          ? 'Nothing was saved: see what is said at the fields.'
          : `Nothing was saved, since the policy would have faults: ${faultsInBrief(elsewhere)}`;
      return { kind: 'back', status: 422, fault, fields };
    }
    case 'refused':
      return { kind: 'back', status: 409, fault: refusalInWords(edited.refusal), fields: [] };
    case 'conflict':
      return { kind: 'back', status: 409, fault: conflictInWords(edited.now), fields: [] };
    default:
      return edited satisfies never;
  }
};

/** Those of a text that was faulty before are listed under Versions. */
const faultsInBrief = (faults: readonly PolicyFault[]): string => {
  const more = Math.max(0, faults.length - mostInBrief) + unnamed(faults);
  const first = faults.slice(0, mostInBrief).map(({ message }) => message);
  return `${first.join('. ')}${more > 0 ? `. And ${more} more` : ''}`;
};

const mostInBrief = 5;

/** Somebody was faster: who, and what to do. */
export const conflictInWords = (now: DraftState): string =>
  `Nothing of yours was saved: ${whoDid(now)} while this page was open. The page shows how it stands now: make your change once more if it is still meant.`;

export const refusalInWords = (refusal: Refusal): string => {
  switch (refusal.kind) {
    case 'unreadable':
      return 'The draft’s text can’t be read as a policy: mend it under Versions first.';
    case 'misshapen':
      return 'The draft’s text holds something here that a form can’t change: edit it under Versions.';
    case 'unknown':
      return `There is no ${nameOf(refusal.what)} “${refusal.id}” any more.`;
    case 'taken':
      return `There is a ${nameOf(refusal.what)} “${refusal.id}” already: choose another name.`;
    case 'invalid-id':
      return `“${refusal.id}” can’t be a name here: ${refusal.message} ${refusal.instead}`;
    case 'in-use':
      return `The ${nameOf(refusal.what)} “${refusal.id}” is still used by ${refusal.by.map(pathInWords).join(', ')}: change those first.`;
    case 'only-one':
      return `There has to be a ${nameOf(refusal.what)}: “${refusal.id}” is the only one.`;
    case 'otherwise-needed':
      return 'Without this rule, what holds for all other articles would apply: say there first what that is.';
    default:
      return refusal satisfies never;
  }
};

const nameOf = (kind: EditedKind): string => names[kind];

const names: Readonly<Record<EditedKind, string>> = {
  meter: 'metered limit',
  rule: 'rule',
  publications: 'publication',
  products: 'product',
  plans: 'plan',
};
