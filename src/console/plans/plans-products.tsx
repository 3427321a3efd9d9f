/** The products: what readers can hold the right to. */
import { type FormAgain, shownForm } from '../draft/form-again.ts';
import { isInUse } from '../draft/rules-in-use.ts';
import { RulesUsing } from '../draft/rules-using.tsx';
import { productAsTyped } from './plan-form.ts';
import { ProductsAdd } from './plans-add.tsx';
import { ProductFieldset } from './plans-fields.tsx';
import type { PlansFacts, ProductView } from './plans-view.ts';

export const ProductsPart = ({ facts }: { facts: PlansFacts }) => {
  const { view, mayChange, again } = facts;
  return (
    <section class="part" aria-labelledby="products">
      <h2 id="products">Products</h2>
      <p class="hint">What readers can hold the right to: by a plan they bought, or by a grant.</p>
      {view.products.map((one) => (
        <ProductShown key={one.product.id} one={one} facts={facts} />
      ))}
      {mayChange && <ProductsAdd revision={view.desk.working.revision} again={again} />}
    </section>
  );
};

const ProductShown = ({ one, facts }: { one: ProductView; facts: PlansFacts }) => {
  const { product, inForce, opens, plans } = one;
  const { id, name, description } = product;
  const { view, mayChange, again } = facts;
  const { revision } = view.desk.working;
  return (
    <section class="plans-product" aria-labelledby={`product-${id}`}>
      <h3 id={`product-${id}`}>
        {name} <code>{id}</code>
        {inForce === undefined && <small class="limits-new"> new in the draft</small>}
      </h3>
      {!mayChange && description !== undefined && <p>{description}</p>}
      <p>{plans.length === 0 ? 'No plan sells it.' : `Sold by: ${plans.join(', ')}.`}</p>
      <RulesUsing uses={opens} lead="Opens articles of: " none="No rule’s articles are opened by it." />
      {mayChange && (
        <form
          class="edited"
          method="post"
          action="/-/console/plans/products/set"
          aria-label={`Product ${id}`}
        >
          <input type="hidden" name="revision" value={revision} />
          <input type="hidden" name="id" value={id} />
          <ProductFieldset
            form={shownForm(`set-product ${id}`, again)}
            prefix={`product-${id}`}
            now={productAsTyped(product)}
            inForce={inForce && productAsTyped(inForce)}
          />
          <button class="button small" type="submit" aria-label={`Save in the draft: product ${id}`}>
            Save in the draft
          </button>
        </form>
      )}
      {mayChange && (
        <Remove id={id} used={plans.length > 0 || isInUse(opens)} revision={revision} again={again} />
      )}
    </section>
  );
};

interface RemoveProps {
  readonly id: string;
  readonly used: boolean;
  readonly revision: number;
  readonly again: FormAgain | undefined;
}

const Remove = ({ id, used, revision, again }: RemoveProps) => (
  <details class="hush" open={again?.form === `remove-product ${id}`}>
    <summary aria-label={`Remove the product ${id}`}>Remove</summary>
    {used ? (
      <p class="limits-held">
        It can’t be removed while rules or plans use it, as listed above: change those first.
      </p>
    ) : (
      <form method="post" action="/-/console/plans/products/remove">
        <p>No rule and no plan uses it. What was granted of it opens nothing any more.</p>
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="id" value={id} />
        <button
          class="button small"
          type="submit"
          aria-label={`Yes, remove the product ${id} from the draft`}
        >
          Yes, remove
        </button>
      </form>
    )}
  </details>
);
