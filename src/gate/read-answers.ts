/** Looks for known articles in what is about to leave: at once where that is soon done, and in slices in a long text. */
import { createTurns } from '../ops/one-a-turn.ts';
import type { KnownTexts } from '../sentry/known-texts.ts';
import { type Passage, passagesIn, passagesInLong } from '../sentry/read-answer.ts';

export type ReadAnswer = (text: string) => readonly Passage[] | Promise<readonly Passage[]>;

/** In characters: some ten milliseconds' work. */
export const longestAtOnce = 262_144;

/**
 * In the main thread, since what is known is here, and since a list of articles should not have to wait for somebody's
 * large page. All long texts take turns.
 */
export const createReadAnswer = (known: KnownTexts): ReadAnswer => {
  const turn = createTurns();
  return (text) =>
    text.length <= longestAtOnce ? passagesIn(text, known) : passagesInLong(text, known, turn);
};
