/** Counts how far readers get on their way from an article to a subscription. */
import type { Sale, SaleSteps } from '../billing/sale-steps.ts';
import type { IsCrawler } from './crawler.ts';
import type { InsightCounter, SaleFacts } from './insight-counter.ts';

/** Where a reader came from: the article, its section, and the rule that holds for it. */
export type SalePlace = Pick<SaleFacts, 'article' | 'section' | 'rule'>;

interface Options {
  readonly counter: Pick<InsightCounter, 'reached' | 'subscribed'>;
  readonly isCrawler: IsCrawler;
  /** Of a local path; undefined where no article stands. */
  readonly placeOf: (path: string) => Promise<SalePlace | undefined>;
  readonly onTrouble: (error: unknown) => void;
}

/** Stripe sends an event again for three days, and a reader may load the page of thanks again for as long as they like. */
const countedWithinMs = 2 * 86_400_000;

/** @param clock of what is `at`, for telling old news of a sale from new. */
export const createCountSales = (options: Options, clock: () => number): SaleSteps => {
  const { counter, isCrawler, placeOf, onTrouble } = options;
  const at = (path: string, count: (place: SalePlace) => void): void => {
    const found = path === '/' ? Promise.resolve(undefined) : placeOf(path);
    // A place that can't be found is no reason to leave a sale out.
    const place = found.catch((error: unknown) => {
      onTrouble(error);
      return undefined;
    });
    void place.then((known) => count(known ?? {})).catch(onTrouble);
  };
  return {
    plansShown: ({ returnTo, userAgent, at: moment }) => {
      if (isCrawler(userAgent)) return;
      at(returnTo, (place) => counter.reached('plansPage', { at: moment, ...place }));
    },
    checkoutBegun: ({ returnTo, plan, at: moment }) =>
      at(returnTo, (place) => counter.reached('checkoutBegun', { at: moment, plan, ...place })),
    sold: ({ checkout, plan, returnTo, at: moment }: Sale) => {
      if (clock() - moment > countedWithinMs) return;
      at(returnTo, (place) => counter.subscribed(checkout, { at: moment, plan, ...place }));
    },
  };
};
