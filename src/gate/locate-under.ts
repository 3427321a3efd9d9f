/** Finds articles as another policy than the one in force would: apart, so that nothing of a draft reaches a reader. */
import { LRUCache } from 'lru-cache';
import type { PolicyVersion } from '../policy/policy.ts';
import type { Locate } from './locate.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export interface LocateUnder {
  readonly locate: Locate;
  readonly forgetAll: () => void;
}

interface Options {
  readonly inForce: () => PolicyInForce;
  /** What readers' own questions go to. */
  readonly published: Locate;
  /** Another one, which shares nothing with readers but the origin. */
  readonly apart: (rules: PolicyInForce) => Locate;
}

/**
 * What is found at an address depends on the policy (its paths, its publications), and what was found is kept and
 * teaches how to ask the next time: a draft must not teach the policy in force, nor the other way round.
 */
export const createLocateUnder = ({ inForce, published, apart }: Options): LocateUnder => {
  const drafts = new LRUCache<PolicyVersion, Locate>({ max: maxDrafts });
  const draft = (rules: PolicyInForce): Locate => {
    const { version } = rules.policy;
    const made = drafts.get(version) ?? apart(rules);
    drafts.set(version, made);
    return made;
  };
  return {
    locate: (target, path, rules) => {
      const isInForce = rules.policy.version === inForce().policy.version;
      return (isInForce ? published : draft(rules))(target, path, rules);
    },
    forgetAll: () => drafts.clear(),
  };
};

/** Each may hold a few megabytes of articles, and few people edit at once. */
const maxDrafts = 6;
