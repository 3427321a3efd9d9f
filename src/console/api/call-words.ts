/** What the documentation says of each group of calls. */
import type { CallGroup } from './call.ts';

export const groupWords: Readonly<Record<CallGroup, string>> = {
  Site: 'What is in force, and whether what it stands on is well.',
  Policy:
    'Metered limits, rules and all else that the publisher says: drafted, compared, published, rolled back.',
  Looking: 'What a reader would get, and why one got what they got; nothing is counted by looking.',
  Readers: 'Readers, what they may read and why, and their devices.',
  Insight: 'What articles did: views, free reads, prompts, sales.',
  Team: 'Operators, API tokens, and the log of what was changed.',
};
