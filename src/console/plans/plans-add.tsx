/** A further plan, a further product. */

import { TextField } from '../draft/edited-field.tsx';
import { type FormAgain, shownForm } from '../draft/form-again.ts';
import { PlanFieldset, ProductFieldset } from './plans-fields.tsx';

interface Props {
  readonly revision: number;
  readonly again: FormAgain | undefined;
}

interface PlanProps extends Props {
  readonly products: readonly { readonly value: string; readonly text: string }[];
}

export const PlansAdd = ({ products, revision, again }: PlanProps) => {
  const form = shownForm('add-plan', again);
  const [only, ...others] = products;
  return (
    <div class="part">
      <details class="hush" open={again?.form === 'add-plan'}>
        <summary>Add a plan</summary>
        <form class="edited" method="post" action="/-/console/plans/add" aria-label="New plan">
          <input type="hidden" name="revision" value={revision} />
          <TextField
            form={form}
            id="new-plan.id"
            name="id"
            label="Id"
            now=""
            hint={idHint}
            maxLength={64}
            required
          />
          <PlanFieldset
            form={form}
            prefix="new-plan"
            now={{ ...empty, products: only && others.length === 0 ? only.value : '' }}
            products={products}
          />
          <button class="button small" type="submit">
            Add the plan to the draft
          </button>
        </form>
      </details>
    </div>
  );
};

export const ProductsAdd = ({ revision, again }: Props) => {
  const form = shownForm('add-product', again);
  return (
    <details class="hush" open={again?.form === 'add-product'}>
      <summary>Add a product</summary>
      <form class="edited" method="post" action="/-/console/plans/products/add" aria-label="New product">
        <input type="hidden" name="revision" value={revision} />
        <p class="hint">
          It opens nothing until a rule names it. Where there has been only one so far, the rules are made to
          name that one, so that nothing changes for readers.
        </p>
        <TextField
          form={form}
          id="new-product.id"
          name="id"
          label="Id"
          now=""
          hint={idHint}
          maxLength={64}
          required
        />
        <ProductFieldset form={form} prefix="new-product" now={{ name: '', description: '' }} />
        <button class="button small" type="submit">
          Add the product to the draft
        </button>
      </form>
    </details>
  );
};

const idHint = 'Small letters, digits and hyphens. It stays the same for good; readers see the name.';

const empty = {
  name: '',
  description: '',
  price: '',
  interval: '',
  trialDays: '',
  promotionCodes: '',
  passDays: '',
};
