/** The port through which instances tell each other what the codes on their prompts stand for. */
import type { CodedDecision, DecisionCode } from './decision-code.ts';

export interface KeptDecision {
  readonly code: DecisionCode;
  readonly facts: CodedDecision;
}

export interface DecisionCodeStore {
  /**
   * Keeps them for 30 days from `now`; those that are kept already, 30 days from now as well. Of more codes than
   * there is room for, those that were put longest ago give way.
   */
  putCodes(codes: readonly KeptDecision[], now: number): Promise<void>;
  /** Undefined for a code that was never put, or not in the last 30 days. */
  codeFacts(code: DecisionCode, now: number): Promise<CodedDecision | undefined>;
}
