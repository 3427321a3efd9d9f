/** A further metered limit. */

import { TextField } from '../draft/edited-field.tsx';
import { type FormAgain, shownForm } from '../draft/form-again.ts';
import { MeterFieldset } from './limits-form.tsx';

interface Props {
  readonly revision: number;
  readonly again: FormAgain | undefined;
}

export const LimitsAdd = ({ revision, again }: Props) => {
  const form = shownForm('add', again);
  return (
    <section class="part" aria-labelledby="add">
      <h2 id="add">Add a metered limit</h2>
      <p class="hint">
        It counts nothing until a rule uses it. Where there has been only one so far, the rules are made to
        name that one, so that nothing changes for readers.
      </p>
      <details class="hush" open={again?.form === 'add'}>
        <summary>Add one</summary>
        <form class="edited" method="post" action="/-/console/limits/add" aria-label="New metered limit">
          <input type="hidden" name="revision" value={revision} />
          <TextField
            form={form}
            id="add.id"
            name="id"
            label="Name"
            now=""
            hint="Small letters, digits and hyphens, such as weekly."
            maxLength={64}
            required
          />
          <MeterFieldset form={form} prefix="add" now={fresh} />
          <button class="button small" type="submit">
            Add it to the draft
          </button>
        </form>
      </details>
    </section>
  );
};

const fresh = { visitor: '3', registered: '5', window: 'month', days: '', networkAllowance: '', on: 'yes' };
