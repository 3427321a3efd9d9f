/** The fields of a plan and of a product. */

import {
  type FieldsetProps,
  fieldsOf,
  SelectField,
  TextField,
  TickField,
  TicksField,
} from '../draft/edited-field.tsx';
import type { PlanTyped, ProductTyped } from './plan-form.ts';

interface PlanProps extends FieldsetProps<PlanTyped> {
  readonly products: readonly { readonly value: string; readonly text: string }[];
}

export const PlanFieldset = ({ products, ...props }: PlanProps) => {
  const field = fieldsOf(props);
  return (
    <>
      <div class="edited-pair">
        <TextField {...field('name')} label="Name" maxLength={200} required />
        <TextField {...field('description')} label="Description" optionalAs="None" maxLength={1000} />
      </div>
      <TicksField {...field('products')} label="Opens" options={products} />
      <div class="edited-pair">
        <TextField
          {...field('price')}
          label="Price at Stripe"
          optionalAs="None: can’t be bought"
          hint="Its id there, which begins with price_. Whoever subscribed at another one loses access once no plan names that: for a new price, add a plan."
          maxLength={200}
        />
        <SelectField
          {...field('interval')}
          label="Interval"
          options={intervals}
          hint="For the words while Stripe can’t be asked."
        />
        <TextField
          {...field('trialDays')}
          label="Days of trial"
          optionalAs="None"
          hint="For readers who never had a subscription."
          numeric
        />
        <TextField
          {...field('passDays')}
          label="Days of a pass"
          optionalAs="None"
          hint="Makes it a pass: paid once, and good for so many days."
          numeric
        />
      </div>
      <TickField {...field('promotionCodes')} label="Checkout takes promotion codes" />
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

export const ProductFieldset = (props: FieldsetProps<ProductTyped>) => {
  const field = fieldsOf(props);
  return (
    <div class="edited-pair">
      <TextField {...field('name')} label="Name" maxLength={200} required />
      <TextField {...field('description')} label="Description" optionalAs="None" maxLength={1000} />
    </div>
  );
};
