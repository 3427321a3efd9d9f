/** Which keys an override may carry, and which `{placeholders}` its text may use. */
import { pluralCategories } from './counted-text.ts';
import { en } from './en.ts';
import { placeholdersIn } from './fill.ts';

/**
 * Every key that `messages` in the policy may set. A text that changes with a number has its own name (all its forms
 * alike) and one key for each plural category: `notice`, `notice.one`, `notice.few`.
 */
export const messageKeys: readonly string[] = Object.entries(en).flatMap(([key, text]) =>
  typeof text === 'string' ? [key] : [key, ...pluralCategories.map((category) => `${key}.${category}`)],
);

const placeholders: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(en).flatMap(([key, text]) => {
    const names = placeholdersIn(typeof text === 'string' ? text : text.other);
    const keys =
      typeof text === 'string' ? [key] : [key, ...pluralCategories.map((form) => `${key}.${form}`)];
    return keys.map((each) => [each, names] as const);
  }),
);

/** The placeholders that Gatefold fills in for a key, without braces; empty for an unknown key. */
export const placeholdersOf = (key: string): readonly string[] => placeholders.get(key) ?? [];

/** What a policy's own messages are checked against. */
export const knownMessages = { keys: messageKeys, placeholdersOf };
