/** What a comp is of and until when: the fields that a form for one has, and its button. */
import type { Product } from '../../policy/policy.ts';

export interface CompTyped {
  readonly product: string;
  readonly until: string;
  /** Which field is wrong, and why. */
  readonly wrong: 'email' | 'product' | 'until';
  readonly fault: string;
}

export const compFaults: Readonly<Record<CompTyped['wrong'], string>> = {
  email: 'That isn’t an email address: write one such as ann@example.com.',
  product: 'There is no such product any more: choose one from the list.',
  until: 'Choose the last day of the comp: today or later, and at most 50 years from now.',
};

interface CompFieldsProps {
  readonly products: readonly Product[];
  /** As a date field takes it. */
  readonly today: string;
  readonly typed: CompTyped | undefined;
}

/** Their fault has the id `comp-fault`. */
export const CompFields = ({ products, today, typed }: CompFieldsProps) => (
  <>
    <div class="field narrow">
      <label for="comp-product">Product</label>
      <select id="comp-product" name="product" required {...faultAt(typed, 'product')}>
        {products.map(({ id, name }) => (
          <option key={id} value={id} selected={id === typed?.product}>
            {name}
          </option>
        ))}
      </select>
    </div>
    <div class="field narrow">
      <label for="comp-until">Last day</label>
      <input
        id="comp-until"
        name="until"
        type="date"
        required
        min={today}
        value={typed?.until}
        {...faultAt(typed, 'until')}
      />
    </div>
    <button class="button small" type="submit">
      Give the comp
    </button>
  </>
);

/** For the field that is wrong: the page opens there. */
export const faultAt = (typed: CompTyped | undefined, field: CompTyped['wrong']) =>
  typed?.wrong === field
    ? ({ 'aria-invalid': true, 'aria-describedby': 'comp-fault', autofocus: true } as const)
    : {};
