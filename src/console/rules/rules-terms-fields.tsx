/** The fields that say what a rule, or `otherwise`, gives: access, meter, products, and where previews end. */
import type { ComponentChildren } from 'preact';
import type { Policy } from '../../policy/policy.ts';
import { type FormFault, faultsOf } from './form-faults.ts';
import { measures, type TypedTerms } from './rule-form.ts';

interface Props {
  readonly typed: TypedTerms;
  readonly policy: Pick<Policy, 'meters' | 'products'>;
  readonly faults: readonly FormFault[];
}

export const TermsFields = (props: Props) => (
  <fieldset class="rules-group">
    <legend>What they give</legend>
    <Access {...props} />
    <MeterField {...props} />
    <Products {...props} />
    <Cutoff {...props} />
  </fieldset>
);

const accesses = [
  ['open', 'Open: everyone reads them'],
  ['registered', 'Registered: readers with an account'],
  ['metered', 'Metered: free reads, then subscribers'],
  ['locked', 'Locked: subscribers only'],
  ['own-or-open', 'What the article says itself, or open'],
  ['own-or-registered', 'What the article says itself, or registered'],
  ['own-or-metered', 'What the article says itself, or metered'],
  ['own-or-locked', 'What the article says itself, or locked'],
] as const;

const Access = ({ typed: { access }, faults }: Props) => (
  <Field id="access" label="Access" faults={faults}>
    <select id="access" name="access" {...faultMarks('access', faults)}>
      {accesses.map(([value, name]) => (
        <option key={value} value={value} selected={value === access}>
          {name}
        </option>
      ))}
    </select>
  </Field>
);

const MeterField = ({ typed: { meter }, policy: { meters }, faults }: Props) => (
  <Field id="meter" label="Metered limit" faults={faults} hint="Counted where access is metered, or can be.">
    <select id="meter" name="meter" {...faultMarks('meter', faults, true)}>
      {/* Where there is one, it need not be named. */}
      <option value="">{meters.length === 1 ? `The only one (${meters[0]?.id})` : 'None'}</option>
      {[...new Set([...meters.map(({ id }) => id as string), ...(meter === '' ? [] : [meter])])].map((id) => (
        <option key={id} value={id} selected={id === meter}>
          {id}
        </option>
      ))}
    </select>
  </Field>
);

const Products = ({ typed, policy: { products }, faults }: Props) => {
  if (products.length === 1 && typed.products.length === 0) return null;
  return (
    <fieldset class="rules-ticks" {...faultMarks('products', faults, true)}>
      <legend>Opened by a subscription to any of</legend>
      {products.map(({ id, name }) => (
        <Tick key={id} name="products" value={id} label={name} ticked={typed.products.includes(id)} />
      ))}
      <p class="hint" id="products-hint">
        Needed where access is metered or locked, or can be.
      </p>
      <FieldFaults id="products" faults={faults} />
    </fieldset>
  );
};

const measureNames: Readonly<Record<(typeof measures)[number], string>> = {
  characters: 'characters',
  words: 'words',
  paragraphs: 'paragraphs',
  percent: 'percent of the article',
};

const endings = [
  ['exact', 'exactly there'],
  ['word', 'at the end of a word'],
  ['sentence', 'at the end of a sentence'],
] as const;

const Cutoff = ({ typed: { cutoffBy, cutoffCount, cutoffEnding }, faults }: Props) => (
  <fieldset class="rules-cutoff">
    <legend>Where previews end</legend>
    <div class="line">
      <div class="field narrow">
        <label for="cutoffCount">After</label>
        <input
          id="cutoffCount"
          name="cutoffCount"
          inputMode="decimal"
          maxLength={12}
          autocomplete="off"
          value={cutoffCount}
          {...faultMarks('cutoff', faults)}
        />
      </div>
      <div class="field">
        <label for="cutoffBy">of</label>
        <select id="cutoffBy" name="cutoffBy">
          <option value="">– the policy’s own cutoff</option>
          {measures.map((measure) => (
            <option key={measure} value={measure} selected={measure === cutoffBy}>
              {measureNames[measure]}
            </option>
          ))}
          {cutoffBy === 'kept' && (
            <option value="kept" selected>
              the article’s own mark, as it is written
            </option>
          )}
        </select>
      </div>
      <div class="field">
        <label for="cutoffEnding">ending</label>
        <select id="cutoffEnding" name="cutoffEnding">
          {endings.map(([value, name]) => (
            <option key={value} value={value} selected={value === cutoffEnding}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </div>
    <FieldFaults id="cutoff" faults={faults} />
  </fieldset>
);

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly faults: readonly FormFault[];
  readonly children: ComponentChildren;
}

export const Field = ({ id, label, hint, faults, children }: FieldProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children}
    <FieldFaults id={id} faults={faults} />
    {hint !== undefined && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
  </div>
);

const FieldFaults = ({ id, faults }: { id: string; faults: readonly FormFault[] }) => {
  const own = faultsOf(faults, id);
  if (own.length === 0) return null;
  return (
    <div class="fault" id={`${id}-fault`}>
      {own.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </div>
  );
};

/** What a control says of its faults and its hint. */
export const faultMarks = (id: string, faults: readonly FormFault[], hinted = false) => {
  const faulty = faultsOf(faults, id).length > 0;
  const described = [...(hinted ? [`${id}-hint`] : []), ...(faulty ? [`${id}-fault`] : [])].join(' ');
  return {
    ...(faulty ? { 'aria-invalid': true } : {}),
    ...(described === '' ? {} : { 'aria-describedby': described }),
  };
};

interface TickProps {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly ticked: boolean;
}

export const Tick = ({ name, value, label, ticked }: TickProps) => (
  <label class="tick">
    <input type="checkbox" name={name} value={value} checked={ticked} />
    <span>{label}</span>
  </label>
);
