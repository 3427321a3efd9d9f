/** What Stripe says of a plan's price, and what to do where it isn't as the plan says. */
import type { PriceTold } from './plan-prices.ts';

export const PlanPrice = ({ told }: { told: PriceTold }) => {
  const { standing, costs, shown, fault, instead, price } = told;
  const others = Object.keys(price?.otherAmounts ?? {});
  return (
    <div class="plans-price">
      {price && (
        <p>
          Stripe’s price: <b class="price">{costs ?? 'in steps, as checkout tells it'}</b>
          {others.length > 0 && `, also in ${others.map((each) => each.toUpperCase()).join(', ')}`}
        </p>
      )}
      {shown && <p class="hint">New readers see: {shown}</p>}
      {fault && (
        <p class={isGrave(standing) ? 'fault' : 'note'}>
          {fault} {instead}
        </p>
      )}
    </div>
  );
};

const isGrave = (standing: PriceTold['standing']): boolean =>
  standing === 'missing' || standing === 'wrong-kind';
