/** What sections, rules and plans are called where they are counted. */
import { type Name, other } from '../../insight/chart-rows.ts';
import type { Policy } from '../../policy/policy.ts';

/** As addresses, files and the management API have them: nothing, and what was no longer told apart, by a word. */
export const written = (name: Name): string => {
  if (name === other) return otherWritten;
  return name === '' ? noneWritten : name;
};

export const read = (text: string): Name => {
  if (text === otherWritten) return other;
  return text === noneWritten ? '' : text;
};

const noneWritten = '(none)';
const otherWritten = '(other)';

export type NamedBy = 'section' | 'rule' | 'plan' | 'article';

/** As a page shows them. */
export const shown = (by: NamedBy, name: Name, plans: Policy['plans']): string => {
  if (name === other) return 'Others, not told apart';
  if (name === '') return nothing[by];
  if (by === 'rule' && name === 'otherwise') return 'All other articles';
  return by === 'plan' ? (plans.find(({ id }) => id === name)?.name ?? name) : name;
};

const nothing: Readonly<Record<NamedBy, string>> = {
  section: 'No section',
  rule: 'No rule known',
  plan: 'No plan yet',
  article: 'No article',
};
