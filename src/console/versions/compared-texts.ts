/** Two texts of the policy beside each other: what one changes of the other, in words and by line. */
import type { PolicyFault } from '../../policy/policy-fault.ts';
import type { Change } from '../../policy/words/change.ts';
import { describeChanges } from '../../policy/words/describe-changes.ts';
import type { DeskViewer } from '../draft/desk-view.ts';
import { type LineDiff, lineDiff } from './line-diff.ts';

export interface ComparedTexts {
  /** Undefined: one of the two can't be used by this Gatefold. */
  readonly changes: readonly Change[] | undefined;
  readonly lines: LineDiff;
  /** Of the text after. */
  readonly faults: readonly PolicyFault[];
}

export const compareTexts = async (
  check: DeskViewer['check'],
  before: string,
  after: string,
): Promise<ComparedTexts> => ({
  ...(await changesInWords(check, before, after)),
  lines: lineDiff(before, after),
});

export const changesInWords = async (
  check: DeskViewer['check'],
  before: string,
  after: string,
): Promise<Pick<ComparedTexts, 'changes' | 'faults'>> => {
  const [was, is] = [await check(before), await check(after)];
  const changes = was.policy && is.policy ? describeChanges(was.policy, is.policy) : undefined;
  return { changes, faults: is.faults };
};
