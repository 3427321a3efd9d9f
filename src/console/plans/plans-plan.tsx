/** One plan: Stripe's price beside it, where it is offered, and its fields. */
import { countInWords } from '../../policy/words/list-in-words.ts';
import { type EditedFact, EditedFacts } from '../draft/edited-facts.tsx';
import { type FormAgain, shownForm } from '../draft/form-again.ts';
import { RulesUsing } from '../draft/rules-using.tsx';
import { type PlanTyped, planAsTyped } from './plan-form.ts';
import { PlanFieldset } from './plans-fields.tsx';
import { PlanPrice } from './plans-price.tsx';
import type { PlansFacts, PlanView } from './plans-view.ts';

interface Props {
  readonly one: PlanView;
  readonly products: readonly { readonly value: string; readonly text: string }[];
  readonly facts: PlansFacts;
}

export const PlanShown = ({ one, products, facts: { view, mayChange, again } }: Props) => {
  const { plan, inForce, offered, offeredBy, stripe } = one;
  const heading = `plan-${plan.id}`;
  const { revision } = view.desk.working;
  return (
    <section class="part plans-plan" aria-labelledby={heading}>
      <h3 id={heading}>
        {plan.name} <code>{plan.id}</code>
        {inForce === undefined && <small class="limits-new"> new in the draft</small>}
      </h3>
      <PlanPrice told={stripe} />
      <p>
        Offered at {offered}.{plan.offeredAt !== undefined && ' That is changed in the text, under Versions.'}
      </p>
      {offeredBy && (
        <RulesUsing uses={offeredBy} lead="By these rules: " none="No rule’s articles are opened by it." />
      )}
      {mayChange ? (
        <form class="edited" method="post" action="/-/console/plans/set" aria-label={`Plan ${plan.id}`}>
          <input type="hidden" name="revision" value={revision} />
          <input type="hidden" name="id" value={plan.id} />
          <PlanFieldset
            form={shownForm(`set-plan ${plan.id}`, again)}
            prefix={`plan-${plan.id}`}
            now={planAsTyped(plan)}
            inForce={inForce && planAsTyped(inForce)}
            products={products}
          />
          <button class="button small" type="submit" aria-label={`Save in the draft: plan ${plan.id}`}>
            Save in the draft
          </button>
        </form>
      ) : (
        <EditedFacts
          facts={factsOf(planAsTyped(plan), products)}
          inForce={inForce && factsOf(planAsTyped(inForce), products)}
        />
      )}
      {mayChange && <Remove id={plan.id} revision={revision} again={again} />}
    </section>
  );
};

const factsOf = (plan: PlanTyped, products: Props['products']): readonly EditedFact[] => [
  { name: 'Name', value: plan.name },
  { name: 'Description', value: plan.description || 'None' },
  {
    name: 'Opens',
    value: plan.products
      .split(' ')
      .map((id) => products.find(({ value }) => value === id)?.text ?? id)
      .join(', '),
  },
  { name: 'Price at Stripe', value: plan.price || 'None' },
  { name: 'Interval', value: plan.interval === '' ? 'As Stripe says' : `Each ${plan.interval}` },
  { name: 'Trial', value: plan.trialDays === '' ? 'None' : countInWords(Number(plan.trialDays), 'day') },
  { name: 'Promotion codes', value: plan.promotionCodes === 'yes' ? 'Taken' : 'Not taken' },
  {
    name: 'Pass',
    value:
      plan.passDays === '' ? 'No: a subscription' : `Good for ${countInWords(Number(plan.passDays), 'day')}`,
  },
];

interface RemoveProps {
  readonly id: string;
  readonly revision: number;
  readonly again: FormAgain | undefined;
}

const Remove = ({ id, revision, again }: RemoveProps) => (
  <details class="hush" open={again?.form === `remove-plan ${id}`}>
    <summary aria-label={`Remove the plan ${id}`}>Remove</summary>
    <form method="post" action="/-/console/plans/remove">
      <p>
        Whoever subscribes at its price loses access once this is published, and goes on paying. Keep the plan
        for as long as somebody does.
      </p>
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="id" value={id} />
      <button class="button small" type="submit" aria-label={`Yes, remove the plan ${id} from the draft`}>
        Yes, remove
      </button>
    </form>
  </details>
);
