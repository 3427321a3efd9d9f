/** The faults of the policy file as it is now: said once when it breaks, and once when it is mended. */
import type { LoadedPolicy } from './load-policy.ts';
import type { PolicyVersion } from './policy.ts';
import { formatFault, type PolicyFault } from './policy-fault.ts';
import type { PolicyLog } from './policy-in-use.ts';

export interface FileFaults {
  /** Empty while the file can be used. */
  now(): readonly PolicyFault[];
  /** Whether the file was broken until now, and isn't any more. */
  note(loaded: LoadedPolicy, inForce: PolicyVersion): boolean;
}

export const noteFileFaults = (file: string, log: PolicyLog): FileFaults => {
  let faults: readonly PolicyFault[] = [];
  return {
    now: () => faults,
    note: (loaded, policyVersion) => {
      const broken = faults.length > 0;
      if (loaded.kind === 'ok') {
        faults = [];
        return broken;
      }
      if (sameFaults(loaded.faults, faults)) return false;
      faults = loaded.faults;
      log.warn(
        { policyVersion, faults: faults.map(formatFault) },
        `The policy file ${file} can't be used; the last good policy stays in force.`,
      );
      return false;
    },
  };
};

const sameFaults = (a: readonly PolicyFault[], b: readonly PolicyFault[]): boolean =>
  a.length === b.length && a.every((fault, index) => formatFault(fault) === formatFault(b[index] ?? fault));
