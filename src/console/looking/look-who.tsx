/** Asks who is looking: somebody made up, a reader by name, or whoever was shown a prompt with that reference. */

import type { LookField } from './look-faults.ts';
import { type FormAs, type LookForm, mostReads } from './look-schema.ts';

export interface LookFormFacts {
  /** As typed, or as the address of the page says. */
  readonly typed: LookForm;
  readonly fault?: { readonly field: LookField; readonly message: string };
  readonly products: readonly { readonly id: string; readonly name: string }[];
  /** Those that the gate has seen, the newest first. */
  readonly articles: readonly { readonly path: string; readonly title: string }[];
  /** There is a draft that can be decided by. */
  readonly drafted: boolean;
}

interface Props {
  readonly place: 'see' | 'explain';
  readonly facts: LookFormFacts;
}

/** The fields that a choice doesn't need are put out of sight by the sheet, and stay where a browser can't. */
export const LookWho = ({ place, facts }: Props) => (
  <fieldset class="look-who">
    <legend>As whom</legend>
    <div class="look-choices">
      {choices.map(([as, words]) =>
        as === 'reference' && place === 'see' ? null : (
          <label key={as}>
            <input type="radio" name="as" value={as} checked={facts.typed.as === as} />
            <span>{words}</span>
          </label>
        ),
      )}
    </div>
    <Reads facts={facts} />
    <Product facts={facts} />
    <Words facts={facts} {...whoWords} />
    {place === 'explain' && <Words facts={facts} {...codeWords} />}
  </fieldset>
);

const choices: readonly (readonly [FormAs, string])[] = [
  ['visitor', 'A visitor, without an account'],
  ['registered', 'A registered reader, without a subscription'],
  ['subscriber', 'A subscriber'],
  ['past-due', 'A subscriber whose payment is due'],
  ['gift', 'A reader with a gift'],
  ['crawler', 'A search crawler'],
  ['staff', 'One of the site’s own people, such as an editor'],
  ['named', 'One particular reader'],
  ['reference', 'Whoever was shown a reference'],
];

type PartProps = Pick<Props, 'facts'>;

const notes = (field: 'reads' | 'product' | 'who' | 'code', { fault }: LookFormFacts, hint = true) => {
  const faulty = fault?.field === field;
  const ids = [faulty ? `${field}-fault` : '', hint ? `${field}-hint` : ''].filter((id) => id !== '');
  return {
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
    'aria-invalid': faulty ? ('true' as const) : undefined,
    autofocus: faulty,
  };
};

const Reads = ({ facts }: PartProps) => (
  <div class="field look-reads">
    <label for="reads">Articles read before, in this window</label>
    <input
      id="reads"
      name="reads"
      type="text"
      inputMode="numeric"
      maxLength={6}
      autocomplete="off"
      value={facts.typed.reads || '0'}
      {...notes('reads', facts)}
    />
    {facts.fault?.field === 'reads' && <LookFaultNote {...facts.fault} />}
    <p class="hint" id="reads-hint">
      Other articles of the same metered limit, from 0 to {mostReads}.
    </p>
  </div>
);

const Product = ({ facts }: PartProps) => (
  <div class="field look-product">
    <label for="product">What they hold</label>
    <select id="product" name="product" {...notes('product', facts, false)}>
      {facts.products.map(({ id, name }) => (
        <option key={id} value={id} selected={id === facts.typed.product}>
          {name}
        </option>
      ))}
    </select>
    {facts.fault?.field === 'product' && <LookFaultNote {...facts.fault} />}
  </div>
);

interface WordsProps extends PartProps {
  readonly field: 'who' | 'code';
  readonly label: string;
  readonly hint: string;
}

const whoWords = {
  field: 'who',
  label: 'Their email address, or their number',
  hint: 'The number stands at the foot of Gatefold’s own pages, such as their account. What they hold and have read is only looked at.',
} as const;

const codeWords = {
  field: 'code',
  label: 'The reference',
  hint: 'At the foot of the prompt, such as k7f3-2m9q-b4xz. It names the article, so the field above isn’t needed.',
} as const;

const Words = ({ facts, field, label, hint }: WordsProps) => (
  <div class={`field look-${field === 'who' ? 'named' : field}`}>
    <label for={field}>{label}</label>
    <input
      id={field}
      name={field}
      type="text"
      maxLength={field === 'who' ? 254 : 60}
      autocomplete="off"
      spellcheck={false}
      value={facts.typed[field]}
      {...notes(field, facts)}
    />
    {facts.fault?.field === field && <LookFaultNote {...facts.fault} />}
    <p class="hint" id={`${field}-hint`}>
      {hint}
    </p>
  </div>
);

export const LookFaultNote = ({ field, message }: { field: LookField; message: string }) => (
  <p class="fault look-fault" id={`${field}-fault`}>
    {message}
  </p>
);
