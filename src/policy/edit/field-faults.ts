/** Which faults of an edited text belong to which field of the edit, so that a form can show them where they arose. */
import { type Path, type PolicyFault, pathInWords } from '../policy-fault.ts';

export interface FieldFault {
  /** Such as `visitor` or `when.tag`; '' for all of what was edited. */
  readonly field: string;
  /** From 0, within a list. */
  readonly entry?: number;
  readonly fault: PolicyFault;
}

export interface FieldFaults {
  readonly fields: readonly FieldFault[];
  /** Those that the text has besides. */
  readonly elsewhere: readonly PolicyFault[];
}

/** @param at of the edit, as `applyEdit` answers it */
export const fieldFaults = (at: Path, faults: readonly PolicyFault[]): FieldFaults => {
  const edited = pathInWords(at);
  const fields: FieldFault[] = [];
  const elsewhere: PolicyFault[] = [];
  for (const fault of faults) {
    const below = fault.path === '' ? undefined : (stepsBelow(edited, fault.path) ?? '');
    const around =
      fault.path !== '' && (fault.path === edited || stepsBelow(fault.path, edited) !== undefined);
    if (below) fields.push({ ...fieldOf(below), fault });
    else if (around) fields.push({ field: '', fault });
    else elsewhere.push(fault);
  }
  return { fields, elsewhere };
};

/** What of `path` is below `base`: undefined when it isn't. */
const stepsBelow = (base: string, path: string): string | undefined => {
  if (base === '') return path;
  return path.startsWith(`${base}.`) || path.startsWith(`${base}[`)
    ? path.slice(base.length).replace(/^\./, '')
    : undefined;
};

const fieldOf = (steps: string): Omit<FieldFault, 'fault'> => {
  const [, field = '', entry] = /^(.*?)(?:\[(\d+)\])?$/.exec(steps) ?? [];
  return entry === undefined ? { field } : { field, entry: Number(entry) };
};
