/** Changes of a policy in one line, for the audit log: the first few, and how many more. */
import type { Change } from '../../policy/words/change.ts';

const told = 3;

export const changesInBrief = (changes: readonly Change[]): string => {
  if (changes.length === 0) return 'changed nothing that a reader meets';
  const words = changes.slice(0, told).map((change) => change.words);
  const more = changes.length - words.length;
  return `${words.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
};
