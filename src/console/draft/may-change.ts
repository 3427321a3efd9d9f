/** Whether whoever looks may change the draft by forms: by their role, and since the text can be read. */
import { may } from '../operators/may.ts';
import type { Operator } from '../operators/operator.ts';
import type { DeskView } from './desk-view.ts';

export const mayEditDraft = ({ role, via }: Operator): boolean =>
  may({ role, by: via.kind }, 'edit-draft') === 'allowed';

/** A draft with faults has no fields to be shown: it is mended as a text, whoever looks. */
export const mayChange = (operator: Operator, { working }: DeskView): boolean =>
  mayEditDraft(operator) && working.policy !== undefined;
