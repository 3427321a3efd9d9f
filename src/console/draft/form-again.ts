/** A form of a page that came back: what was typed into it, and what is wrong with which field. */
import type { FieldFault } from '../../policy/edit/field-faults.ts';

export interface FormAgain {
  /** Which of the page's forms, such as `set main`. */
  readonly form: string;
  /** By field; the ids of a list with spaces between them. */
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: readonly FormFault[];
  /**
   * The fields show what is there now, and what was typed stands beside them: sent once more as it was, the form could
   * take back what somebody else changed.
   */
  readonly overtaken: boolean;
}

export interface FormFault {
  /** '' for all of the form. */
  readonly field: string;
  /** Whole sentences. */
  readonly message: string;
}

/** One form as the page shows it. */
export interface ShownForm {
  /** What to put into the field. @param now as the policy has it */
  value(field: string, now: string): string;
  /** What was typed, where the field shows something else. */
  hadTyped(field: string, now: string): string | undefined;
  faultsAt(field: string): readonly string[];
  /** True for the first field that is wrong: the page opens there. */
  isFirstFault(field: string): boolean;
}

/** @param again of whichever form came back */
export const shownForm = (form: string, again: FormAgain | undefined): ShownForm => {
  const mine = again?.form === form ? again : undefined;
  const typed = (field: string): string | undefined => mine?.typed[field];
  return {
    value: (field, now) => (mine?.overtaken ? now : (typed(field) ?? now)),
    hadTyped: (field, now) => {
      const was = typed(field);
      return mine?.overtaken && was !== undefined && was !== now ? was : undefined;
    },
    faultsAt: (field) =>
      (mine?.faults ?? []).filter((fault) => fault.field === field).map(({ message }) => message),
    isFirstFault: (field) => mine?.faults[0]?.field === field,
  };
};

/** A policy's fault as a form says it. */
export const formFault = ({ field, fault: { message, instead } }: FieldFault): FormFault => ({
  field,
  message: `${message.charAt(0).toUpperCase()}${message.slice(1)}: write ${instead}.`,
});
