/** The picture of a cut: which article, how much of it is shown, and its page as the stopped visitor gets it. */

import { SeenFrame } from '../shell/seen-frame.tsx';
import { cutFragment } from '../shell/send-seen-page.ts';
import { cutInWords } from './cut-in-words.ts';
import { pictureAddress } from './cutoffs-address.ts';
import type { CutoffsFacts } from './cutoffs-facts.ts';

export const CutoffsPicture = ({ facts }: { facts: CutoffsFacts }) => {
  const { asked, cut } = facts;
  const framed = cut !== undefined && 'seen' in cut && cut.kind !== 'nothing';
  return (
    <section class="cutoffs-picture" aria-labelledby="cut-heading">
      <h3 id="cut-heading">What a stopped visitor gets</h3>
      <p id="cut-words" role="status">
        {cut ? cutInWords(cut, asked.place) : 'Choose an article to see where its preview ends.'}
      </p>
      <Totals cut={cut} />
      <p id="cut-last" class="cutoffs-last" hidden={lastWords(cut) === ''}>
        Its last words: <bdi>{lastWords(cut)}</bdi>
      </p>
      <Width width={asked.width} />
      <SeenFrame
        id="cut-frame"
        width={asked.width}
        title="The article’s page, for a visitor without free reads left"
        src={framed ? `${pictureAddress(asked)}#${cutFragment}` : undefined}
      />
    </section>
  );
};

const lastWords = (cut: CutoffsFacts['cut']): string => (cut?.kind === 'cut' ? cut.measured.lastWords : '');

/** How far the slider goes, for the script. */
const Totals = ({ cut }: Pick<CutoffsFacts, 'cut'>) => {
  const of = cut?.kind === 'cut' ? cut.measured.of : undefined;
  return <data id="cut-totals" value="" hidden data-characters={of?.characters} data-words={of?.words} />;
};

const Width = ({ width }: { width: 'desk' | 'phone' }) => (
  <fieldset class="cutoffs-width">
    <legend>Shown as on</legend>
    <label>
      <input type="radio" name="width" value="desk" checked={width === 'desk'} /> a desk
    </label>
    <label>
      <input type="radio" name="width" value="phone" checked={width === 'phone'} /> a phone
    </label>
  </fieldset>
);
