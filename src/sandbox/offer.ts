/** The policy's plans as things that can be bought: a product and a price for each that isn't there yet. */
import type { Plan, Policy, RuleTerms } from '../policy/policy.ts';
import type { Books } from './ledger/books.ts';
import { makePrice, makeProduct } from './life/catalogue.ts';

type Sold = Pick<Policy, 'otherwise' | 'plans' | 'rules'>;

/** Ids of prices are the plans' own; amounts are in euro cents, by the interval and by how much a plan opens. */
export const offerPlans = (books: Books, policy: Sold): void => {
  const { plans } = policy;
  for (const plan of plans) {
    if (plan.price === undefined || books.prices.get(plan.price)) continue;
    const product = makeProduct(books, {
      name: plan.name,
      description: plan.description ?? null,
      active: true,
      metadata: {},
    });
    const amount = amountOf(plan, policy);
    makePrice(books, {
      id: plan.price,
      product: product.id,
      active: true,
      currency: 'eur',
      unitAmount: amount,
      unitAmountDecimal: String(amount),
      recurring:
        plan.passDays === undefined
          ? { interval: plan.interval ?? 'month', count: 1, trialDays: null }
          : null,
      otherCurrencies: {},
      lookupKey: null,
      nickname: plan.name,
      metadata: {},
    });
  }
  if (plans.some(({ promotionCodes }) => promotionCodes)) offerPromotion(books);
};

/** Of a plan that opens everything. */
const amounts = { day: 100, week: 350, month: 1_200, year: 12_000 } as const;
const passAmount = (days: number): number => Math.max(200, Math.min(12_000, days * 60));

/** Half a euro, which is also the least that Stripe takes. */
const step = 50;

const amountOf = (plan: Plan, policy: Sold): number => {
  const full = plan.passDays === undefined ? amounts[plan.interval ?? 'month'] : passAmount(plan.passDays);
  return Math.max(step, Math.round((full * shareOf(plan, policy)) / step) * step);
};

/** How many of the rules that hold something back the plan opens, from 0 to 1; where none does, what applies otherwise counts. */
const shareOf = ({ products }: Plan, { otherwise, rules }: Sold): number => {
  const selling = rules.filter(holdsBack);
  const counted: readonly RuleTerms[] = selling.length > 0 ? selling : [otherwise];
  const opened = counted.filter((rule) => rule.products.some((product) => products.includes(product)));
  return opened.length / counted.length;
};

const holdsBack = ({ access, ownLevelFirst }: RuleTerms): boolean =>
  ownLevelFirst === true || access === 'metered' || access === 'locked';

/** A code to try where plans take them: WELCOME, a quarter off the first payment. */
const offerPromotion = (books: Books): void => {
  if (books.coupons.get('welcome')) return;
  books.coupons.put({
    id: 'welcome',
    created: books.now(),
    name: 'Welcome',
    percentOff: 25,
    amountOff: null,
    currency: null,
    duration: 'once',
    months: null,
    maxRedemptions: null,
    redeemBy: null,
    redeemed: 0,
    metadata: {},
  });
  books.promotionCodes.put({
    id: books.newId('promo'),
    created: books.now(),
    code: 'WELCOME',
    coupon: 'welcome',
    active: true,
    customer: null,
    expiresAt: null,
    maxRedemptions: null,
    redeemed: 0,
    metadata: {},
  });
};
