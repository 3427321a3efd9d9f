/** What the prompt says beside its one line: why the article ends here, and what would open it. */
import type { DenyReason } from '../gate/decision.ts';
import type { Messages } from './messages/create-messages.ts';

export interface WhyFacts {
  readonly reason: DenyReason;
  readonly prompt: 'register' | 'subscribe';
  readonly standing?: { readonly of: number; readonly resetsAt: number };
}

export const whyItEndsHere = (facts: WhyFacts, messages: Messages): string => {
  switch (facts.reason) {
    case 'registration-required':
      return messages.text('prompt.registration');
    case 'meter-exhausted':
      return exhausted(facts, messages);
    case 'network-exhausted':
      return networkExhausted(facts, messages);
    case 'meter-off':
    case 'locked':
      return messages.text('prompt.locked');
    case 'prefetch':
      return messages.text('prompt.prefetch');
    case 'uncuttable':
      return messages.text('prompt.uncuttable');
    case 'degraded':
      return messages.text('prompt.degraded');
    default:
      return unknownReason(facts.reason);
  }
};

/** An allowance of none was never read, so nobody is told that they used it up. */
const exhausted = ({ standing }: WhyFacts, messages: Messages): string => {
  if (!standing || standing.of === 0) return messages.text('prompt.locked');
  const date = messages.day(standing.resetsAt);
  return messages.counted('prompt.exhausted', standing.of, { of: standing.of, date });
};

const networkExhausted = ({ standing }: WhyFacts, messages: Messages): string =>
  standing
    ? messages.text('prompt.network', { date: messages.day(standing.resetsAt) })
    : messages.text('prompt.network.undated');

const unknownReason = (reason: never): string => reason;
