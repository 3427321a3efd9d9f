/** What the picture of a cut shows, in a sentence or two. */
import { countInWords, numberInWords } from '../../policy/words/list-in-words.ts';
import { whyNothingToSee } from '../shell/send-seen-page.ts';
import type { CutSeen } from './look-at-cut.ts';
import type { Amounts } from './measure-cut.ts';
import type { CutoffPlace } from './written-cutoffs.ts';

/** @param place whose cutoff is looked at */
export const cutInWords = (cut: CutSeen, place: CutoffPlace): string => {
  switch (cut.kind) {
    case 'cut':
      return `${amountInWords(cut.measured.shown, cut.measured.of)}${elsewhere(cut, place)}`;
    case 'open':
      return cut.why === 'rule'
        ? `Everybody reads all of this article: ${ruleInWords(cut.rule)} leaves it open, so nothing is cut.`
        : `The cutoff is beyond the end of this article: everybody reads all of it.${elsewhere(cut, place)}`;
    case 'uncuttable':
      return 'The text of this article isn’t found in its page, so nothing of it is shown: name the element that holds it under articles in the policy.';
    case 'nothing':
      return whyNothingToSee(cut.seen);
    case 'faulty':
      return 'There is no picture of this: see what is said at the fields.';
    case 'draft-faulty':
      return 'The draft has faults, so nothing can be cut by it: mend it under Versions first.';
    case 'address-invalid':
      return 'That is no address of this site: give a path such as /news/a-story, or a whole address here.';
    case 'place-unknown':
      return 'There is no such rule any more.';
    default:
      return cut satisfies never;
  }
};

const placeInWords = (place: CutoffPlace): string => {
  if (place === undefined) return 'the general cutoff';
  return place === 'otherwise' ? 'the cutoff for all other articles' : `the cutoff of the rule ${place}`;
};

const ruleInWords = (rule: string): string =>
  rule === 'otherwise' ? 'what applies to all other articles' : `the rule ${rule}`;

/** A rule's name as a heading has it. */
export const placeName = (place: string): string =>
  place === 'otherwise' ? 'All other articles' : `Rule ${place}`;

const amountInWords = (shown: Amounts, of: Amounts | undefined): string => {
  if (shown.characters === 0)
    return `Nothing is shown${of ? ` of ${countInWords(of.characters, 'character')}` : ''}.`;
  if (!of)
    return `Shows ${countInWords(shown.characters, 'character')}, ${countInWords(shown.words, 'word')}.`;
  const percent = Math.round((shown.characters / Math.max(1, of.characters)) * 100);
  const share = percent === 0 ? 'less than 1' : String(percent);
  return `Shows ${numberInWords(shown.characters)} of ${countInWords(of.characters, 'character')}, ${numberInWords(shown.words)} of ${countInWords(of.words, 'word')}: ${share}%.`;
};

/** Said where moving this cutoff moves nothing. */
const elsewhere = (
  { rule, governing }: { rule: string; governing: CutoffPlace },
  place: CutoffPlace,
): string => {
  if (governing === place) return '';
  return ` This is ${placeInWords(governing)}, for ${ruleInWords(rule)} applies to this article: what you change here doesn’t move it.`;
};
