/** The plans that a prompt names, with their prices as known at the moment: no article waits for Stripe. */
import type { Clock } from '../ops/clock.ts';
import type { Messages } from '../pages/messages/create-messages.ts';
import type { PromptPlan } from '../pages/prompt.tsx';
import type { Policy } from '../policy/policy.ts';
import type { Offer } from './offer.ts';
import { type OfferPlace, offeredPlans } from './offered-plans.ts';
import { priceText, withoutTrial } from './price-text.ts';
import { salePrice } from './sale-faults.ts';

export interface PromptOffer {
  plansAt(place: OfferPlace, words: PromptWords): readonly PromptPlan[];
  /** Prompts made under another version name other prices. Cheap enough to ask at every view. */
  version(): number;
}

interface PromptWords {
  readonly policy: Policy;
  readonly messages: Messages;
  /** Has an account, and so perhaps had a trial: none is promised. */
  readonly registered: boolean;
}

interface Options {
  readonly offer: Pick<Offer, 'peek' | 'version'>;
  readonly clock: Clock;
}

export const createPromptOffer = ({ offer, clock }: Options): PromptOffer => ({
  plansAt: (place, { policy, messages, registered }) => {
    const prices = offer.peek();
    return offeredPlans(policy, place, clock()).map((plan) => {
      const price = salePrice(plan, prices);
      const text = price && priceText(registered ? withoutTrial(plan) : plan, price, messages);
      return { name: plan.name, ...(text === undefined ? {} : { priceText: text }) };
    });
  },
  version: offer.version,
});
