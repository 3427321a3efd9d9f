/** Which plans are offered where. */
import type { Article } from '../article/article.ts';
import { compileAge, compileConditions } from '../policy/conditions.ts';
import type { Conditions, Plan, Policy, ProductId } from '../policy/policy.ts';

export interface OfferPlace {
  readonly article: Article;
  /** Any of these opens it. */
  readonly products: readonly ProductId[];
}

/** At an article, those that name it, or, where they name none, those that open it; nowhere in particular, all of them. */
export const offeredPlans = (
  { plans }: Pick<Policy, 'plans'>,
  place: OfferPlace | undefined,
  now: number,
): readonly Plan[] => (place === undefined ? plans : plans.filter((plan) => isOfferedAt(plan, place, now)));

const isOfferedAt = ({ offeredAt, products }: Plan, place: OfferPlace, now: number): boolean =>
  offeredAt === undefined
    ? products.some((product) => place.products.includes(product))
    : holds(offeredAt, place.article, now);

const holds = (when: Conditions, article: Article, now: number): boolean => {
  const { conditions, age } = compiled(when);
  return conditions.every((condition) => condition.holds(article)) && (age?.at(article, now).holds ?? true);
};

const compile = (when: Conditions) => ({ conditions: compileConditions(when), age: compileAge(when) });

const kept = new WeakMap<Conditions, ReturnType<typeof compile>>();

const compiled = (when: Conditions): ReturnType<typeof compile> => {
  const known = kept.get(when) ?? compile(when);
  kept.set(when, known);
  return known;
};
