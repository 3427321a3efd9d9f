/** Finds the values that a rule's form offers, without reading the decision log anew for each page. */
import type { Catalogue } from '../../gate/catalogue.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Policy } from '../../policy/policy.ts';
import type { LookOptions } from './look-at-rules.ts';
import { type RecentViews, recentViews } from './recent-views.ts';
import { type SeenValues, seenValues } from './seen-values.ts';

interface Options extends Pick<LookOptions, 'decisionLog' | 'onMalformed'> {
  readonly catalogue: Pick<Catalogue, 'moreFrom'>;
  readonly clock: Clock;
  /** Told when the log can't be read: the form offers less then. */
  readonly report: (error: unknown) => void;
}

export type OfferValues = (policy: Policy) => Promise<SeenValues>;

const keptMs = 60_000;

export const createOfferValues = ({
  decisionLog,
  onMalformed,
  catalogue,
  clock,
  report,
}: Options): OfferValues => {
  let kept: { readonly size: number; readonly at: number; readonly views: RecentViews } | undefined;
  const recent = async (): Promise<Pick<RecentViews, 'articles'>> => {
    const [size, now] = [await decisionLog.size(), clock()];
    if (kept?.size !== size || now - kept.at > keptMs)
      kept = { size, at: now, views: await recentViews({ store: decisionLog, onMalformed }, now) };
    return kept.views;
  };
  return async (policy) => {
    const views = await recent().catch((error: unknown) => {
      report(error);
      return { articles: new Map() };
    });
    return seenValues(policy, views, catalogue);
  };
};
