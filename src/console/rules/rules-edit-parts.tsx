/** What stands around the fields of a rule's form: the draft, what was lost, where it is in the list, and the way out. */
import type { Policy } from '../../policy/policy.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { DraftBar } from '../draft/draft-bar.tsx';
import type { ConsoleFrame } from '../shell/console-shell.tsx';
import type { FormFault } from './form-faults.ts';
import type { TypedRule } from './rule-form.ts';
import { Field, faultMarks } from './rules-terms-fields.tsx';

export interface FormFacts {
  readonly desk: DeskView;
  readonly policy: Policy;
  readonly mayEdit: boolean;
  readonly faults: readonly FormFault[];
  readonly fault?: string | undefined;
  /** Somebody was faster: what was typed, of the fields that differ from what the page shows. */
  readonly lost?: readonly LostField[];
}

export interface LostField {
  readonly label: string;
  readonly typed: string;
}

export interface PlacedRule {
  readonly name: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

export const Around = ({
  facts: { desk, mayEdit, faults, lost = [] },
  frame,
}: {
  facts: FormFacts;
  frame: ConsoleFrame;
}) => (
  <>
    <DraftBar desk={desk} frame={frame} />
    {!mayEdit && <p class="note">Editors change rules; your role looks at them.</p>}
    {faults
      .filter(({ field }) => field === '')
      .map(({ words }) => (
        <p key={words} class="fault">
          {words}
        </p>
      ))}
    {lost.length > 0 && (
      <section class="note" aria-labelledby="lost">
        <h2 id="lost">What you had typed</h2>
        <dl class="facts">
          {lost.map(({ label, typed }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{typed === '' ? 'nothing' : typed}</dd>
            </div>
          ))}
        </dl>
      </section>
    )}
  </>
);

interface PlaceProps {
  readonly typed: TypedRule;
  readonly faults: readonly FormFault[];
  readonly count: number;
}

export const Place = ({ typed, faults, count }: PlaceProps) => (
  <Field
    id="place"
    label="Number in the list"
    faults={faults}
    hint={
      count === 0 ? 'It is the first.' : `From 1 to ${count + 1}; with nothing here it goes below all others.`
    }
  >
    <input
      id="place"
      name="place"
      inputMode="numeric"
      maxLength={6}
      autocomplete="off"
      value={typed.place}
      {...faultMarks('place', faults, true)}
    />
  </Field>
);

export const Save = () => (
  <p class="actions">
    <button class="button" type="submit">
      Save in the draft
    </button>{' '}
    <a class="button quiet" href="/-/console/rules">
      Leave it
    </a>
  </p>
);

export const Further = ({ rule: { name, number, of }, revision }: { rule: PlacedRule; revision: number }) => (
  <>
    <section class="part" aria-labelledby="move">
      <h2 id="move">Move it</h2>
      <form class="line" method="post" action="/-/console/rules/move">
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="name" value={name} />
        <div class="field narrow">
          <label for="to">
            It is number {number} of {of}; to number
          </label>
          <input id="to" name="to" type="number" min={1} max={of} required />
        </div>
        <button class="button quiet small" type="submit">
          Move
        </button>
      </form>
    </section>
    <details class="hush part">
      <summary>Remove this rule</summary>
      <form method="post" action="/-/console/rules/remove">
        <p>Its articles fall under the rules below it, once the draft is published.</p>
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="name" value={name} />
        <button class="button small" type="submit">
          Yes, remove
        </button>
      </form>
    </details>
  </>
);
