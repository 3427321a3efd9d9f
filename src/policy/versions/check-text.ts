/** Whether a text that is to be a version can be one. */
import { LRUCache } from 'lru-cache';
import type { KnownMessages } from '../check-messages.ts';
import { type LoadedPolicy, loadPolicy } from '../load-policy.ts';
import { textHash } from './version.ts';

/** What a text says, or what is wrong with it. */
export type Check = (text: string) => LoadedPolicy;

/** A check that can be made ahead, so that nobody waits for a long text meanwhile. */
export interface CheckAhead {
  readonly check: Check;
  /** Resolves when the text is checked, or is short enough to be checked in passing. */
  readonly prepare: (text: string) => Promise<void>;
}

/** As the faults of a draft name it. */
export const draftName = 'draft';

/** Drafts and versions that are looked at in turn. */
const keptTexts = 12;

/**
 * The same text again costs nothing: a rule asks once more each time that somebody else was faster.
 * @param name as faults shall name the text.
 */
export const checkAs = (name: string, messages: KnownMessages | undefined): Check => {
  const kept = new LRUCache<string, LoadedPolicy>({ max: keptTexts });
  return (text) => keptIn(kept, text, () => loadPolicy(text, name, messages));
};

/** Some milliseconds' work, whatever it says; a mebibyte takes seconds. */
const longestHere = 16_384;

/** @param beside checks a draft elsewhere, with the same messages. */
export const checkDraftsAhead = (
  messages: KnownMessages | undefined,
  beside: (text: string) => Promise<LoadedPolicy>,
): CheckAhead => {
  const kept = new LRUCache<string, LoadedPolicy>({ max: keptTexts });
  return {
    check: (text) => keptIn(kept, text, () => loadPolicy(text, draftName, messages)),
    prepare: async (text) => {
      if (text.length <= longestHere) return;
      const hash = textHash(text);
      if (kept.has(hash)) return;
      const loaded = await beside(text);
      kept.set(hash, loaded, isFinished(loaded) ? {} : { ttl: unfinishedMs });
    },
  };
};

const isFinished = (loaded: LoadedPolicy): boolean =>
  loaded.kind === 'ok' || loaded.faults[0]?.code !== 'unfinished';

/** Long enough for the page that asked to show it. */
const unfinishedMs = 5_000;

const keptIn = (
  kept: LRUCache<string, LoadedPolicy>,
  text: string,
  load: () => LoadedPolicy,
): LoadedPolicy => {
  const hash = textHash(text);
  const known = kept.get(hash);
  if (known) return known;
  const loaded = load();
  kept.set(hash, loaded);
  return loaded;
};
