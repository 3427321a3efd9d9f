/** The one header on article responses that machines read: `Gatefold-Access`. */
import type { Decision } from './decision.ts';

/** `full|preview; reason=<kebab>; left=<n>; of=<n>`; left and of only where a meter was asked. */
export const accessHeader = ({
  outcome,
  reason,
  standing,
}: Pick<Decision, 'outcome' | 'reason' | 'standing'>): string =>
  standing
    ? `${outcome}; reason=${reason}; left=${standing.left}; of=${standing.of}`
    : `${outcome}; reason=${reason}`;
