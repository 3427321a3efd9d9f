/** Products and plans as operators work on them: beside what is in force, with Stripe's own prices. */
import type { PolicyInForce } from '../../gate/policy-in-force.ts';
import type { Plan, PlanId, Policy, Product, RuleId } from '../../policy/policy.ts';
import { conditionsInWords } from '../../policy/words/conditions-in-words.ts';
import { listInWords } from '../../policy/words/list-in-words.ts';
import type { DeskView, DeskViewer } from '../draft/desk-view.ts';
import type { EditingPageFacts } from '../draft/editing-page-routes.ts';
import { type RulesInUse, rulesOfProduct } from '../draft/rules-in-use.ts';
import { type PricesOptions, type PriceTold, readStripePrices, tellPrice } from './plan-prices.ts';

export interface PlansView {
  readonly desk: DeskView;
  /** `draft`, or what is in force: where nothing is drafted, and where the draft has faults and so says nothing yet. */
  readonly of: 'draft' | 'inForce';
  /** False: nothing is sold here. */
  readonly sells: boolean;
  readonly products: readonly ProductView[];
  readonly plans: readonly PlanView[];
  /** In force, and no longer in the draft. */
  readonly gone: { readonly products: readonly Product[]; readonly plans: readonly Plan[] };
}

export type PlansFacts = EditingPageFacts<PlansView>;

export interface ProductView {
  readonly product: Product;
  /** Absent: the draft brings it. */
  readonly inForce?: Product;
  /** Rules whose articles it opens. */
  readonly opens: RulesInUse;
  readonly plans: readonly PlanId[];
}

export interface PlanView {
  readonly plan: Plan;
  readonly inForce?: Plan;
  /** Where it is offered, such as `articles in section Food`. */
  readonly offered: string;
  /** Whose articles offer it; absent where the plan names the articles itself. */
  readonly offeredBy?: RulesInUse;
  readonly stripe: PriceTold;
}

export interface PlansOptions {
  readonly desk: Pick<DeskViewer, 'view'>;
  readonly inForce: () => Pick<PolicyInForce, 'policy' | 'messages'>;
  /** Absent: nothing is sold here. */
  readonly prices?: PricesOptions;
  /** Prices are made there by themselves when a policy that names them is published. */
  readonly isSandbox: boolean;
}

/** Rejects when the store can't be asked; Stripe may be away. */
export const viewPlans = async (options: PlansOptions): Promise<PlansView> => {
  const { inForce, prices } = options;
  const view = await options.desk.view();
  const published = view.published.policy ?? inForce().policy;
  const policy = view.working.policy ?? published;
  const stripe = prices && (await readStripePrices(prices, policy.plans));
  const messages = inForce().messages('en');
  return {
    desk: view,
    of: view.working.draft && view.working.policy ? 'draft' : 'inForce',
    sells: prices !== undefined,
    products: policy.products.map((product) => productView(product, policy, published)),
    plans: policy.plans.map((plan) => {
      const before = published.plans.find(({ id }) => id === plan.id);
      const isNew = options.isSandbox && !published.plans.some(({ price }) => price === plan.price);
      return {
        plan,
        ...(before ? { inForce: before } : {}),
        ...offeredAt(plan, policy),
        stripe: tellPrice(plan, stripe, messages, isNew),
      };
    }),
    gone: {
      products: goneOf(published.products, policy.products),
      plans: goneOf(published.plans, policy.plans),
    },
  };
};

const productView = (product: Product, policy: Policy, published: Policy): ProductView => {
  const before = published.products.find(({ id }) => id === product.id);
  return {
    product,
    ...(before ? { inForce: before } : {}),
    opens: rulesOfProduct(policy, product.id),
    plans: policy.plans.filter(({ products }) => products.includes(product.id)).map(({ id }) => id),
  };
};

const offeredAt = (plan: Plan, policy: Policy): Pick<PlanView, 'offered' | 'offeredBy'> => {
  if (plan.offeredAt) return { offered: conditionsInWords(plan.offeredAt, policy.publications) };
  const names = plan.products.map((id) => policy.products.find((product) => product.id === id)?.name ?? id);
  const used = plan.products.map((id) => rulesOfProduct(policy, id));
  const named = new Set<RuleId>(used.flatMap(({ rules }) => rules));
  return {
    offered: `all articles that ${listInWords(names, 'or')} opens`,
    offeredBy: {
      rules: policy.rules.map(({ id }) => id).filter((id) => named.has(id)),
      otherwise: used.some(({ otherwise }) => otherwise),
    },
  };
};

const goneOf = <Entry extends { readonly id: string }>(
  before: readonly Entry[],
  now: readonly Entry[],
): readonly Entry[] => before.filter(({ id }) => !now.some((entry) => entry.id === id));
