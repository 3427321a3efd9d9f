/** The fields of one metered limit. */
import type { Meter } from '../../policy/policy.ts';
import { type FieldsetProps, fieldsOf, SelectField, TextField, TickField } from '../draft/edited-field.tsx';
import { type FormAgain, shownForm } from '../draft/form-again.ts';
import { type MeterTyped, meterAsTyped } from './meter-form.ts';

interface Props {
  readonly meter: Meter;
  readonly inForce: Meter | undefined;
  readonly revision: number;
  readonly again: FormAgain | undefined;
}

export const LimitsForm = ({ meter, inForce, revision, again }: Props) => (
  <form class="edited" method="post" action="/-/console/limits/set" aria-label={`Metered limit ${meter.id}`}>
    <input type="hidden" name="revision" value={revision} />
    <input type="hidden" name="id" value={meter.id} />
    <MeterFieldset
      form={shownForm(`set ${meter.id}`, again)}
      prefix={`meter-${meter.id}`}
      now={meterAsTyped(meter)}
      inForce={inForce && meterAsTyped(inForce)}
    />
    <button class="button small" type="submit" aria-label={`Save in the draft: ${meter.id}`}>
      Save in the draft
    </button>
  </form>
);

export const MeterFieldset = (props: FieldsetProps<MeterTyped>) => {
  const field = fieldsOf(props);
  return (
    <>
      <fieldset class="edited-pair">
        <legend>Free articles</legend>
        <TextField {...field('visitor')} label="For visitors" hint="Without an account." numeric required />
        <TextField
          {...field('registered')}
          label="For registered readers"
          hint="With an account. What was read before registering counts."
          numeric
          required
        />
      </fieldset>
      <fieldset class="edited-pair">
        <legend>Counted</legend>
        <SelectField {...field('window')} label="Window" options={windows} />
        <TextField
          {...field('days')}
          label="Days"
          hint="Of a rolling window: each article comes back this many days after it was read."
          numeric
        />
      </fieldset>
      <TextField
        {...field('networkAllowance')}
        label="Network allowance"
        optionalAs="No limit"
        hint={
          <>
            New visitors of one network who get free articles within the window.{' '}
            <a href="#network">What it is for</a>
          </>
        }
        numeric
      />
      <TickField {...field('on')} label="On" hint="Off: nobody gets a free article from it." />
    </>
  );
};

const windows = [
  { value: 'day', text: 'Each day' },
  { value: 'week', text: 'Each week, from Monday' },
  { value: 'month', text: 'Each calendar month' },
  { value: 'rolling', text: 'Rolling: the last days' },
];
