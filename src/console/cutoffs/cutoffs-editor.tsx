/** One cutoff in a form, and the picture of what it does to an article while it is typed. */

import { SelectField, TextField } from '../draft/edited-field.tsx';
import { shownForm } from '../draft/form-again.ts';
import { placeName } from './cut-in-words.ts';
import { CutoffsArticle } from './cutoffs-article.tsx';
import type { CutoffsFacts } from './cutoffs-facts.ts';
import { CutoffsPicture } from './cutoffs-picture.tsx';
import { type TypedCutoff, typedFrom } from './typed-cutoff.ts';
import type { CutoffPlace, WrittenCutoffs } from './written-cutoffs.ts';

/** Looking comes first, so that the Enter key never saves. */
export const CutoffsEditor = ({ facts }: { facts: CutoffsFacts }) => {
  const { asked, view } = facts;
  const { place } = asked;
  return (
    <form
      class="part cutoffs-form"
      method="get"
      action="/-/console/cutoffs#cutoff"
      id="cutoff"
      aria-labelledby="cutoff-heading"
    >
      <h2 id="cutoff-heading">{place === undefined ? 'General cutoff' : `Cutoff: ${placeName(place)}`}</h2>
      {place !== undefined && !view.cutoffs.own.has(place) && (
        <p class="hint">It has none of its own yet: the general one holds until another one is saved here.</p>
      )}
      <input type="hidden" name="rule" value={place ?? ''} />
      <input type="hidden" name="revision" value={view.desk.working.revision} />
      <div class="cutoffs-fields">
        <CutoffsArticle facts={facts} />
        <Fields facts={facts} />
        <Actions facts={facts} />
      </div>
      <CutoffsPicture facts={facts} />
    </form>
  );
};

const Actions = ({
  facts: {
    asked: { place },
    view,
    mayChange,
  },
}: {
  facts: CutoffsFacts;
}) => (
  <div class="actions">
    <button class="button quiet small" type="submit">
      Show
    </button>
    {mayChange && (
      <button class="button small" type="submit" formMethod="post" formAction="/-/console/cutoffs/save">
        Save in the draft
      </button>
    )}
    {mayChange && place !== undefined && view.cutoffs.own.has(place) && (
      <button
        class="button quiet small"
        type="submit"
        formMethod="post"
        formAction="/-/console/cutoffs/reset"
      >
        Back to the general cutoff
      </button>
    )}
  </div>
);

const Fields = ({ facts: { view, asked, now, again } }: { facts: CutoffsFacts }) => {
  const form = shownForm('cutoff', again);
  const inForce = typedIn(view.inForce, asked.place);
  const common = (name: keyof TypedCutoff) => ({
    ...{ form, id: `cutoff-${name}`, name, now: now[name] },
    inForce: inForce?.[name],
  });
  const whole = form.faultsAt('');
  return (
    <fieldset class="cutoffs-fields">
      <legend>The preview ends after</legend>
      {whole.length > 0 && <p class="fault">{whole.join(' ')}</p>}
      <SelectField {...common('by')} label="A number of" options={measureOptions} />
      <SelectField {...common('ending')} label="Going back to" options={endingOptions} />
      <TextField
        {...common('atMost')}
        label="And at most, in percent of the article"
        numeric
        maxLength={6}
        hint="A short article is never shown whole, unless 100 says so."
      />
      <TextField
        {...common('marker')}
        label="The article’s own mark"
        optionalAs="None"
        maxLength={200}
        hint="Where an article has it, the preview ends there, whatever the number. It is the text of a comment in the page, such as more for <!--more-->, or a CSS selector."
      />
      <div class="cutoffs-count">
        <TextField {...common('count')} label="How much" numeric required />
        <input id="cutoff-range" type="range" min="0" aria-label="How much, by slider" hidden />
      </div>
    </fieldset>
  );
};

/** Absent: it has none of its own in what readers meet, or isn't there. */
const typedIn = ({ general, own }: WrittenCutoffs, place: CutoffPlace): TypedCutoff | undefined => {
  const cutoff = place === undefined ? general : own.get(place);
  return cutoff && typedFrom(cutoff);
};

const measureOptions = [
  { value: 'characters', text: 'characters' },
  { value: 'words', text: 'words' },
  { value: 'paragraphs', text: 'paragraphs' },
  { value: 'percent', text: 'percent of the article' },
];

const endingOptions = [
  { value: 'exact', text: 'nothing: to the character' },
  { value: 'word', text: 'the end of a word' },
  { value: 'sentence', text: 'the end of a sentence' },
];
