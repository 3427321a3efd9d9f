/** Whether a text that is to be a version can be one. */
import type { KnownMessages } from '../check-messages.ts';
import { type LoadedPolicy, loadPolicy } from '../load-policy.ts';

/** What a text says, or what is wrong with it. */
export type Check = (text: string) => LoadedPolicy;

/**
 * The same text again costs nothing: a rule asks once more each time that somebody else was faster.
 * @param name as faults shall name the text.
 */
export const checkAs = (name: string, messages: KnownMessages | undefined): Check => {
  let last: { readonly text: string; readonly loaded: LoadedPolicy } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, loaded: loadPolicy(text, name, messages) };
    return last.loaded;
  };
};
