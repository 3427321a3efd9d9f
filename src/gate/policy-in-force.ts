/** The policy as the gate uses it: compiled, with its messages ready. */
import type { Messages } from '../pages/messages/create-messages.ts';
import type { Matcher } from '../policy/match.ts';
import type { Policy } from '../policy/policy.ts';

export interface PolicyInForce {
  readonly policy: Policy;
  readonly matcher: Matcher;
  messages(locale: string): Messages;
  /** No money moves here, and every page of Gatefold's says so. */
  readonly sandbox?: boolean;
}
