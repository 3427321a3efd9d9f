/** The fields of a plan and of a product. */

import { SelectField, TextField, TickField, TicksField } from '../draft/edited-field.tsx';
import type { ShownForm } from '../draft/form-again.ts';
import type { PlanTyped, ProductTyped } from './plan-form.ts';

interface PlanProps {
  readonly form: ShownForm;
  readonly prefix: string;
  readonly now: PlanTyped;
  readonly inForce?: PlanTyped | undefined;
  readonly products: readonly { readonly value: string; readonly text: string }[];
}

export const PlanFieldset = ({ form, prefix, now, inForce, products }: PlanProps) => {
  const common = (name: keyof PlanTyped) => ({
    form,
    id: `${prefix}.${name}`,
    name,
    now: now[name],
    inForce: inForce?.[name],
  });
  return (
    <>
      <div class="edited-pair">
        <TextField {...common('name')} label="Name" maxLength={200} required />
        <TextField {...common('description')} label="Description" optionalAs="None" maxLength={1000} />
      </div>
      <TicksField {...common('products')} label="Opens" options={products} />
      <div class="edited-pair">
        <TextField
          {...common('price')}
          label="Price at Stripe"
          optionalAs="None: can’t be bought"
          hint="Its id there, which begins with price_. Whoever subscribed at another one loses access once no plan names that: for a new price, add a plan."
          maxLength={200}
        />
        <SelectField
          {...common('interval')}
          label="Interval"
          options={intervals}
          hint="For the words while Stripe can’t be asked."
        />
        <TextField
          {...common('trialDays')}
          label="Days of trial"
          optionalAs="None"
          hint="For readers who never had a subscription."
          numeric
        />
        <TextField
          {...common('passDays')}
          label="Days of a pass"
          optionalAs="None"
          hint="Makes it a pass: paid once, and good for so many days."
          numeric
        />
      </div>
      <TickField {...common('promotionCodes')} label="Checkout takes promotion codes" />
    </>
  );
};

const intervals = [
  { value: '', text: 'As Stripe says' },
  { value: 'day', text: 'Each day' },
  { value: 'week', text: 'Each week' },
  { value: 'month', text: 'Each month' },
  { value: 'year', text: 'Each year' },
];

interface ProductProps {
  readonly form: ShownForm;
  readonly prefix: string;
  readonly now: ProductTyped;
  readonly inForce?: ProductTyped | undefined;
}

export const ProductFieldset = ({ form, prefix, now, inForce }: ProductProps) => {
  const common = (name: keyof ProductTyped) => ({
    form,
    id: `${prefix}.${name}`,
    name,
    now: now[name],
    inForce: inForce?.[name],
  });
  return (
    <div class="edited-pair">
      <TextField {...common('name')} label="Name" maxLength={200} required />
      <TextField {...common('description')} label="Description" optionalAs="None" maxLength={1000} />
    </div>
  );
};
