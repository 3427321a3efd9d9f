/** The policy in force, compiled once for each version. */
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import { createMessages } from '../pages/messages/create-messages.ts';
import { createMatcher } from '../policy/match.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicySource } from '../policy/versions/policy-source.ts';

export const followPolicy = (
  source: Pick<PolicySource, 'current' | 'onChange'>,
  sandbox: boolean,
): (() => PolicyInForce) => {
  let current = compilePolicy(source.current(), sandbox);
  source.onChange((policy) => {
    current = compilePolicy(policy, sandbox);
  });
  return () => current;
};

/** A policy as the gate uses it: the one in force, a draft, an earlier version. */
export const compilePolicy = (policy: Policy, sandbox: boolean): PolicyInForce => ({
  ...(sandbox ? { sandbox } : {}),
  policy,
  matcher: createMatcher(policy),
  messages: createMessages({
    overrides: policy.messages,
    siteLanguage: policy.site.language,
    timeZone: policy.site.timeZone,
  }),
});
