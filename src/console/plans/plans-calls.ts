/** The calls that tell of products and plans; what changes them is an edit of the draft. */
import { z } from 'zod';
import type { Plan } from '../../policy/policy.ts';
import { type Call, call, ok } from '../api/call.ts';
import type { RulesInUse } from '../draft/rules-in-use.ts';
import type { PriceTold } from './plan-prices.ts';
import { type PlansOptions, type PlanView, type ProductView, viewPlans } from './plans-view.ts';

const product = { id: z.string(), name: z.string(), description: z.string().optional() };

const interval = z.enum(['day', 'week', 'month', 'year']);

const plan = {
  ...product,
  products: z.array(z.string()),
  price: z.string().optional().describe('Stripe’s price id; absent: the plan can’t be bought.'),
  interval: interval.optional(),
  trialDays: z.number().int().optional(),
  promotionCodes: z.boolean(),
  passDays: z.number().int().optional().describe('Makes it a pass: paid once, good for so many days.'),
};

const rulesInUse = z.strictObject({
  rules: z.array(z.string()),
  otherwise: z.boolean().describe('What applies where no rule holds is among them.'),
});

const stripePrice = z.strictObject({
  standing: z
    .enum(['fine', 'unnamed', 'unknown', 'missing', 'to-be-made', 'wrong-kind', 'other-interval', 'unsold'])
    .describe('`unknown`: Stripe couldn’t be asked. `unsold`: nothing is sold here.'),
  costs: z.string().optional().describe('In words, such as “€9 a month”.'),
  fault: z.string().optional().describe('What isn’t as it should be.'),
  instead: z.string().optional().describe('What to do about it.'),
  currency: z.string().optional(),
  unitAmount: z.number().int().optional().describe('In the currency’s smallest unit, as Stripe counts it.'),
  interval: interval.optional(),
  intervalCount: z.number().int().optional(),
  otherAmounts: z.record(z.string(), z.number()).optional(),
});

export const plansCalls = (options: PlansOptions): readonly Call[] => [
  call({
    id: 'listPlans',
    method: 'get',
    path: '/plans',
    action: 'read',
    group: 'Policy',
    summary: 'Products and plans of the draft beside those in force, with Stripe’s own price of each plan.',
    answer: z.strictObject({
      revision: z.number().int().describe('Of the draft: send it with an edit.'),
      of: z
        .enum(['draft', 'inForce'])
        .describe('What is listed; `inForce` without a draft, and where the draft has faults.'),
      sells: z.boolean(),
      products: z.array(
        z.strictObject({
          ...product,
          inForce: z.strictObject(product).optional().describe('Absent: the draft brings it.'),
          opens: rulesInUse.describe('Rules whose articles it opens.'),
          plans: z.array(z.string()).describe('Plans that sell it.'),
        }),
      ),
      plans: z.array(
        z.strictObject({
          ...plan,
          inForce: z.strictObject(plan).optional().describe('Absent: the draft brings it.'),
          offered: z.string().describe('Where it is offered, in words.'),
          offeredBy: rulesInUse.optional().describe('Absent where the plan names the articles itself.'),
          stripe: stripePrice,
        }),
      ),
    }),
    run: async () => {
      const { desk, of, sells, products, plans } = await viewPlans(options);
      return ok({
        revision: desk.working.revision,
        of,
        sells,
        products: products.map(productTold),
        plans: plans.map(planViewTold),
      });
    },
  }),
];

const productTold = ({ product, inForce, opens, plans }: ProductView) => ({
  ...product,
  ...(inForce ? { inForce } : {}),
  opens: usesTold(opens),
  plans: [...plans],
});

const planViewTold = ({ plan, inForce, offered, offeredBy, stripe }: PlanView) => ({
  ...planTold(plan),
  ...(inForce ? { inForce: planTold(inForce) } : {}),
  offered,
  ...(offeredBy ? { offeredBy: usesTold(offeredBy) } : {}),
  stripe: priceTold(stripe),
});

/** The articles that it names are told in words. */
const planTold = ({ offeredAt: _, products, ...fields }: Plan) => ({ ...fields, products: [...products] });

const usesTold = ({ rules, otherwise }: RulesInUse) => ({ rules: [...rules], otherwise });

const priceTold = ({ standing, costs, fault, instead, price }: PriceTold) => {
  const { id: _, ...facts } = price ?? {};
  return {
    standing,
    ...(costs === undefined ? {} : { costs }),
    ...(fault === undefined ? {} : { fault }),
    ...(instead === undefined ? {} : { instead }),
    ...facts,
  };
};
