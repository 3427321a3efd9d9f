/** Products and plans: what readers can hold the right to, how it is sold, and what Stripe says of it. */

import { DraftBar } from '../draft/draft-bar.tsx';
import { FaultyDraft } from '../draft/faulty-draft.tsx';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { PlansAdd } from './plans-add.tsx';
import { PlanShown } from './plans-plan.tsx';
import { ProductsPart } from './plans-products.tsx';
import type { PlansFacts } from './plans-view.ts';

export const renderPlansPage = (frame: ConsoleFrame, facts: PlansFacts): string => {
  const { view, mayChange, notice, fault, again } = facts;
  const { working } = view.desk;
  const names = view.products.map(({ product: { id, name } }) => ({ value: id as string, text: name }));
  return renderConsolePage({
    frame,
    place: '/-/console/plans',
    notice,
    fault,
    children: (
      <>
        <DraftBar desk={view.desk} frame={frame} />
        {working.policy === undefined && <FaultyDraft />}
        {!view.sells && (
          <p class="note part">
            Nothing is sold here: Stripe isn’t set up. Plans can be drafted all the same; products can be
            granted to readers.
          </p>
        )}
        <section class="part" aria-labelledby="sold">
          <h2 id="sold">What is sold</h2>
          <p class="hint">
            A plan sells products at a price that is Stripe’s: the amount, the currency and how often it
            renews are kept there alone.
          </p>
          {view.plans.length === 0 && <p>There is no plan yet.</p>}
        </section>
        {view.plans.map((one) => (
          <PlanShown key={one.plan.id} one={one} products={names} facts={facts} />
        ))}
        <Gone entries={view.gone.plans} what="plan" />
        {mayChange && <PlansAdd products={names} revision={working.revision} again={again} />}
        <ProductsPart facts={facts} />
        <Gone entries={view.gone.products} what="product" />
      </>
    ),
  });
};

interface GoneProps {
  readonly entries: readonly { readonly id: string; readonly name: string }[];
  readonly what: string;
}

const Gone = ({ entries, what }: GoneProps) =>
  entries.length === 0 ? null : (
    <p class="part">
      {entries.length === 1 ? `The draft takes this ${what} away: ` : `The draft takes these ${what}s away: `}
      {entries.map(({ id, name }) => `${name} (${id})`).join(', ')}.
    </p>
  );
