/** Where previews end: the general cutoff and the rules' own, one of them in a form, and what it does to an article. */
import { cutoffInWords } from '../../policy/words/cutoff-in-words.ts';
import { DraftBar } from '../draft/draft-bar.tsx';
import { FaultyDraft } from '../draft/faulty-draft.tsx';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { placeName } from './cut-in-words.ts';
import { CutoffsEditor } from './cutoffs-editor.tsx';
import type { CutoffsFacts } from './cutoffs-facts.ts';

export const renderCutoffsPage = (frame: ConsoleFrame, facts: CutoffsFacts): string => {
  const { view, notice, fault } = facts;
  return renderConsolePage({
    frame,
    place: '/-/console/cutoffs',
    notice,
    fault,
    scripts: ['cutoffs.js'],
    children: (
      <>
        <DraftBar desk={view.desk} frame={frame} />
        {view.desk.working.policy === undefined && <FaultyDraft />}
        <Cutoffs facts={facts} />
        <CutoffsEditor facts={facts} />
      </>
    ),
  });
};

const Cutoffs = ({ facts: { view, asked } }: { facts: CutoffsFacts }) => {
  const { general, own, places } = view.cutoffs;
  const without = places.filter((place) => !own.has(place));
  return (
    <section class="part" aria-labelledby="cutoffs">
      <h2 id="cutoffs">Where previews end</h2>
      <p class="hint">
        Who may not read an article whole reads it up to its cutoff. A rule may have a cutoff of its own;
        under all others the general one holds.
      </p>
      <dl class="facts">
        <Row
          name="General cutoff"
          words={cutoffInWords(general)}
          rule=""
          chosen={asked.place === undefined}
        />
        {[...own].map(([place, cutoff]) => (
          <Row
            key={place}
            name={placeName(place)}
            words={cutoffInWords(cutoff)}
            rule={place}
            chosen={asked.place === place}
          />
        ))}
      </dl>
      {without.length > 0 && <Without places={without} chosen={asked.place} />}
    </section>
  );
};

interface RowProps {
  readonly name: string;
  readonly words: string;
  readonly rule: string;
  readonly chosen: boolean;
}

const Row = ({ name, words, rule, chosen }: RowProps) => (
  <div class="cutoffs-row">
    <dt>{name}</dt>
    <dd>
      <span>{capital(words)}.</span>{' '}
      <a
        href={`/-/console/cutoffs?rule=${encodeURIComponent(rule)}#cutoff`}
        aria-label={`${chosen ? 'Shown below' : 'Look at it'}: ${name}`}
        aria-current={chosen ? 'true' : undefined}
      >
        {chosen ? 'Shown below' : 'Look at it'}
      </a>
    </dd>
  </div>
);

const Without = ({ places, chosen }: { places: readonly string[]; chosen: string | undefined }) => (
  <form class="line" method="get" action="/-/console/cutoffs#cutoff">
    <div class="field">
      <label for="cutoffs-rule">Under the general cutoff</label>
      <select id="cutoffs-rule" name="rule">
        {places.map((place) => (
          <option key={place} value={place} selected={place === chosen}>
            {placeName(place)}
          </option>
        ))}
      </select>
    </div>
    <button class="button quiet small" type="submit">
      Give it its own
    </button>
  </form>
);

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
