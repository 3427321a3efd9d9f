/** Fills the charts of a site under test by the very counter that counts readers' views. */
import type { Article, ArticleId } from '../../../src/article/article.ts';
import type { DecisionMade } from '../../../src/gate/on-decision.ts';
import { createInsightCounter, type InsightCounter } from '../../../src/insight/insight-counter.ts';
import { windowAt } from '../../../src/meter/window.ts';
import { randomText } from '../../../src/ops/random.ts';
import type { RunningGateway } from '../../support/start-gateway.ts';

export interface View {
  readonly at: number;
  readonly section?: string;
  readonly rule?: string;
  /** A free read, the n-th of so many; absent: a preview. */
  readonly read?: { readonly used: number; readonly of: number };
}

export const counterOf = ({ gateway }: Pick<RunningGateway, 'gateway'>): InsightCounter =>
  createInsightCounter({
    store: gateway.stores.insight,
    timeZone: () => gateway.inForce().policy.site.timeZone,
    random: randomText,
    onTrouble: (error) => {
      throw error;
    },
  });

/** As the gate tells of it; what the counter doesn't look at is left out. */
export const made = ({ at, section, rule = 'otherwise', read }: View): DecisionMade => {
  const decision = read
    ? { outcome: 'full', reason: 'free-read', rule }
    : { outcome: 'preview', reason: 'meter-exhausted', rule };
  const window = windowAt({ kind: 'month' }, 'UTC', at);
  const article: Partial<Article> = {
    id: '/tidewater/story' as ArticleId,
    ...(section === undefined ? {} : { section }),
  };
  const view = read
    ? {
        ask: { meter: 'main', window, allowance: read.of },
        reading: { outcome: 'charged', used: read.used, resetsAt: at },
      }
    : {};
  return { article, decision, view, asker: {}, now: at } as unknown as DecisionMade;
};
