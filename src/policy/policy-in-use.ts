/** The last good policy of this process, and whoever wants to hear of the next one. */
import type { LoadedPolicy } from './load-policy.ts';
import type { Policy } from './policy.ts';
import { firstNamed, formatFault, type PolicyFault } from './policy-fault.ts';

export interface PolicyLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

type GoodPolicy = Extract<LoadedPolicy, { kind: 'ok' }>;

export interface PolicyInUse {
  current(): Policy;
  warnings(): readonly PolicyFault[];
  /** Called with each further policy whose content differs. Returns the way to stop. */
  onChange(listener: (policy: Policy) => void): () => void;
  /** Puts it in force; false when it says what is in force already, and then nobody is told. */
  take(loaded: GoodPolicy): boolean;
}

export const createPolicyInUse = (first: GoodPolicy, log: PolicyLog): PolicyInUse => {
  let { policy, warnings } = first;
  const listeners = new Set<(policy: Policy) => void>();
  warn(log, warnings);
  return {
    current: () => policy,
    warnings: () => warnings,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take: (loaded) => {
      const differs = loaded.policy.version !== policy.version;
      warnings = loaded.warnings;
      if (!differs) return false;
      policy = loaded.policy;
      log.info({ policyVersion: policy.version }, 'A changed policy is in force.');
      warn(log, warnings);
      for (const listener of listeners) tell(listener, policy, log);
      return true;
    },
  };
};

/** One listener's failure must not keep the others on the old policy. */
const tell = (listener: (policy: Policy) => void, policy: Policy, log: PolicyLog): void => {
  try {
    listener(policy);
  } catch (error) {
    log.warn({ err: error }, 'A part of Gatefold could not take the changed policy.');
  }
};

const warn = (log: PolicyLog, warnings: readonly PolicyFault[]): void => {
  if (warnings.length > 0)
    log.warn(
      { warnings: firstNamed(warnings).map(formatFault) },
      'The policy can be used, but look at this.',
    );
};
