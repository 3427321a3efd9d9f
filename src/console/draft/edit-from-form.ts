/** Carries out what a page's form asks of the draft, or says how the page comes back. */
import type { PolicyEdit } from '../../policy/edit/policy-edit.ts';
import type { Operator } from '../operators/operator.ts';
import { answerEdit, type EditNotice } from './answer-edit.ts';
import type { DraftDesk } from './draft-desk.ts';
import { type FormAgain, type FormFault, formFault } from './form-again.ts';

/** A form as it was read. */
export interface FormSent {
  readonly form: string;
  /** Of the working text as the page showed it. */
  readonly revision: number;
  readonly typed: FormAgain['typed'];
  readonly asks: FormAsks;
  /** The field that takes a fault of the whole entry. Default: it is said above all. */
  readonly wholeAt?: string;
  /** True: sent once more as it is, it can take nothing back, since what it makes is new. */
  readonly isNew?: boolean;
}

export type FormAsks =
  | { readonly kind: 'edit'; readonly edit: PolicyEdit }
  | { readonly kind: 'faulty'; readonly faults: readonly FormFault[] }
  /** For a reason that no field has. */
  | { readonly kind: 'refused'; readonly why: string };

export type FormAnswered =
  | { readonly kind: 'done'; readonly done: EditNotice }
  | { readonly kind: 'again'; readonly status: 409 | 422; readonly fault: string; readonly again: FormAgain };

/** Rejects when the store can't be asked. */
export const editFromForm = async (
  desk: DraftDesk,
  { form, revision, typed, asks, wholeAt = '', isNew = false }: FormSent,
  by: Operator,
): Promise<FormAnswered> => {
  const again = (faults: readonly FormFault[], overtaken: boolean): FormAgain => ({
    form,
    typed,
    faults,
    overtaken,
  });
  switch (asks.kind) {
    case 'faulty':
      return { kind: 'again', status: 422, fault: atFields, again: again(asks.faults, false) };
    case 'refused':
      return { kind: 'again', status: 409, fault: asks.why, again: again([], false) };
    case 'edit': {
      const answered = await answerEdit(desk, { edit: asks.edit, revision }, by);
      if (answered.kind === 'done') return answered;
      const { status, fault, fields } = answered;
      const faults = fields
        .map(formFault)
        .map((each) => (each.field === '' ? { ...each, field: wholeAt } : each));
      const shown = faults.filter(({ field }) => Object.hasOwn(typed, field));
      const others = faults.filter((each) => !shown.includes(each)).map(({ message }) => message);
      const said = others.length === 0 ? fault : [nothingSaved, ...others].join(' ');
      return { kind: 'again', status, fault: said, again: again(shown, status === 409 && !isNew) };
    }
    default:
      return asks satisfies never;
  }
};

const nothingSaved = 'Nothing was saved.';
const atFields = 'Nothing was saved: see what is said at the fields.';

/** To a form that no page of ours sends. */
export const misread =
  'That form wasn’t one of this page’s: nothing was changed. Make the change here once more.';
