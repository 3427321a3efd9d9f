/** `/-/subscribe`: what can be subscribed to, for how much, and what of it the reader has already. */

import { Router } from 'express';
import { type Entitlement, isActive } from '../entitlements/entitlement.ts';
import type { Messages } from '../pages/messages/create-messages.ts';
import { subscribeNotices } from '../pages/subscribe-address.ts';
import { type OfferedPlan, renderSubscribePage } from '../pages/subscribe-page.tsx';
import type { Plan, Policy, ProductId } from '../policy/policy.ts';
import type { Identity } from '../readers/identity.ts';
import { localPath } from '../readers/local-path.ts';
import { onFailure } from '../readers/own-forms-routes.ts';
import type { OwnPages } from '../readers/own-pages.ts';
import type { ReaderId } from '../readers/reader.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import { createSendPage, stripePages } from '../readers/send-page.ts';
import type { CustomerStore } from './customer-store.ts';
import type { Offer, Prices } from './offer.ts';
import { type OfferPlace, offeredPlans } from './offered-plans.ts';
import type { PayingReader } from './paying-reader.ts';
import { priceText, renewalText, withoutTrial } from './price-text.ts';
import { salePrice } from './sale-faults.ts';
import type { SaleSteps } from './sale-steps.ts';
import { hadSubscription } from './standing.ts';

export interface SubscribeRoutesOptions extends OwnPages {
  /** Absent: nothing is sold here, and the plans are shown with whom to ask. */
  readonly offer?: Pick<Offer, 'prices'>;
  readonly customers: Pick<CustomerStore, 'customersOf'>;
  readonly readers: Pick<ReaderStore, 'byId'>;
  readonly payingReader: PayingReader;
  readonly entitlementsOf: (reader: ReaderId) => Promise<readonly Entitlement[]>;
  /** The article that a local path leads to, and what opens it. */
  readonly placeOf: (path: string) => Promise<OfferPlace | undefined>;
  /** Absent: nobody counts. */
  readonly saleSteps?: Pick<SaleSteps, 'plansShown'>;
}

export const subscribeRoutes = (options: SubscribeRoutesOptions): Router => {
  const { offer, placeOf, identityOf, inForce, publicUrl, clock, report } = options;
  const sendPage = createSendPage(inForce, options.visitorNumberOf, stripePages(publicUrl));
  const routes = Router();
  routes.get('/-/subscribe', async (request, response) => {
    const now = clock();
    const returnTo = localPath(request.query.return, publicUrl);
    const notice = subscribeNotices.find((each) => each === request.query.notice);
    const identity = await identityOf(request, now);
    const [prices, place, buyer] = await Promise.all([
      offer?.prices() ?? none,
      returnTo === '/' ? undefined : placeOf(returnTo),
      buyerOf(options, identity, now),
    ]);
    const { policy } = inForce();
    const plans = plansAt(policy, place, now);
    sendPage(
      request,
      response,
      200,
      (site, messages) =>
        renderSubscribePage(
          {
            site,
            offer: shownPlans(plans, { policy, prices, buyer, messages, now }),
            returnTo,
            signedIn: buyer.signedIn,
            pricesMissing:
              offer !== undefined && prices.size === 0 && plans.some(({ price }) => price !== undefined),
            ...(place?.article.title ? { articleTitle: place.article.title } : {}),
            ...(buyer.email === undefined ? {} : { email: buyer.email }),
            ...(notice ? { notice } : {}),
          },
          messages,
        ),
      identity.setCookies,
    );
    options.saleSteps?.plansShown({ returnTo, userAgent: request.headers['user-agent'], at: now });
  });
  routes.use(onFailure(sendPage, report));
  return routes;
};

const none: Prices = new Map();

interface Buyer {
  readonly signedIn: boolean;
  readonly email?: string;
  /** Subscribed to now. */
  readonly subscribed: readonly ProductId[];
  /** Held by a pass now. */
  readonly passes: readonly ProductId[];
  /** Had a subscription before: there's no second trial. */
  readonly hadTrial: boolean;
}

const nobody: Buyer = { signedIn: false, subscribed: [], passes: [], hadTrial: false };

/** The page is there to sell: what can't be looked up is taken to be nothing, and checkout looks again. */
async function buyerOf(options: SubscribeRoutesOptions, identity: Identity, now: number): Promise<Buyer> {
  const { customers, readers, payingReader, entitlementsOf, report } = options;
  const { asker, bearer } = identity;
  const signedIn = asker.reader !== undefined && !bearer;
  if (!signedIn && asker.newVisitor) return nobody;
  try {
    const id = signedIn && asker.reader ? asker.reader.id : await payingReader(asker.visitor);
    const [record, owned, held] = await Promise.all([
      signedIn ? readers.byId(id) : undefined,
      customers.customersOf(id),
      signedIn ? entitlementsOf(id) : [],
    ]);
    return {
      signedIn,
      ...(record?.email === undefined ? {} : { email: record.email }),
      subscribed: productsBy('subscription', held, now),
      passes: productsBy('pass', held, now),
      hadTrial: hadSubscription(owned.flatMap(({ state }) => state ?? [])),
    };
  } catch (error) {
    report(error);
    return { ...nobody, signedIn };
  }
}

const productsBy = (
  source: Entitlement['source'],
  held: readonly Entitlement[],
  now: number,
): readonly ProductId[] =>
  held.filter((each) => each.source === source && isActive(each, now)).map(({ product }) => product);

/** Where an article is sold by none, all are shown: a page of plans with no plans helps nobody. */
const plansAt = (policy: Policy, place: OfferPlace | undefined, now: number): readonly Plan[] => {
  const plans = offeredPlans(policy, place, now);
  return plans.length > 0 ? plans : policy.plans;
};

interface Showing {
  readonly policy: Policy;
  readonly prices: Prices;
  readonly buyer: Buyer;
  readonly messages: Messages;
  readonly now: number;
}

/** Beside plans that can be bought, one that can't would only puzzle. */
const shownPlans = (plans: readonly Plan[], showing: Showing): readonly OfferedPlan[] => {
  const all = plans.map((plan) => shownPlan(plan, showing));
  const some = all.filter(({ checkout, held }) => checkout ?? held);
  return some.length > 0 ? some : all;
};

const shownPlan = (plan: Plan, { policy, prices, buyer, messages, now }: Showing): OfferedPlan => {
  const { id, name, description } = plan;
  const price = salePrice(plan, prices);
  const terms = buyer.hadTrial ? withoutTrial(plan) : plan;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    products: plan.products.map(
      (each) => policy.products.find((product) => product.id === each)?.name ?? each,
    ),
    held: plan.price !== undefined && isHeld(plan, buyer),
    ...(price
      ? {
          ...textsOf(terms, price, messages, now),
          checkout: { action: '/-/checkout', fields: { plan: id } },
        }
      : {}),
  };
};

/** As checkout sees it: a pass may be followed by a subscription. */
const isHeld = ({ products, passDays }: Plan, { subscribed, passes }: Buyer): boolean => {
  const held = passDays === undefined ? subscribed : [...subscribed, ...passes];
  return products.some((product) => held.includes(product));
};

const textsOf = (...[plan, price, messages, now]: Parameters<typeof renewalText>) => {
  const [cost, renewal] = [priceText(plan, price, messages), renewalText(plan, price, messages, now)];
  return {
    ...(cost === undefined ? {} : { priceText: cost }),
    ...(renewal === undefined ? {} : { renewalText: renewal }),
  };
};
