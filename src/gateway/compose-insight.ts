/** What is kept of views and sales, put together: the decision log, the counts, and who tells them. */
import type { SaleSteps } from '../billing/sale-steps.ts';
import { askedAddress } from '../gate/asked-address.ts';
import type { DecisionCodes } from '../gate/decision-codes.ts';
import type { Discovery } from '../gate/guard.ts';
import type { Locate } from '../gate/locate.ts';
import type { OnDecision } from '../gate/on-decision.ts';
import { createCountSales, type SalePlace } from '../insight/count-sales.ts';
import { createIsCrawler } from '../insight/crawler.ts';
import { createDecisionLog } from '../insight/decision-log.ts';
import { createInsightCounter } from '../insight/insight-counter.ts';
import { promptSeenRoutes } from '../insight/prompt-seen-routes.ts';
import { createLogKeys } from '../insight/reader-key.ts';
import { createViewRecorder } from '../insight/record-views.ts';
import { createSampling } from '../insight/sampling.ts';
import { createTellDoors } from '../insight/tell-doors.ts';
import { faultOf } from '../ops/log.ts';
import { randomText } from '../ops/random.ts';
import type { Readers } from './compose-readers.ts';
import type { Base } from './open-base.ts';

/** Of all instances together: less than 20 MB in Redis. */
const keptViews = 100_000;
/** Of one instance. More are thinned out by reader, so that the log goes back for more than an hour of a busy day. */
const loggedPerSecond = 20;

export interface Insight {
  readonly onDecision: OnDecision;
  readonly saleSteps: SaleSteps;
  readonly onDiscovery: (discovery: Discovery) => void;
  routes(codes: Pick<DecisionCodes, 'lookUp'>): readonly ReturnType<typeof promptSeenRoutes>[];
  /** Hands over what was heard up to now. */
  flush(): Promise<void>;
  /** Before the stores are closed. */
  close(): Promise<void>;
}

interface Options extends Base {
  readonly readers: Pick<Readers, 'liveView'>;
  readonly hosts: readonly string[];
  /** The gate's own, once there is one. */
  readonly locate: () => Locate;
}

export const composeInsight = (options: Options): Insight => {
  const { stores, keys, inForce, readers, clock, log, metrics } = options;
  const timeZone = (): string => inForce().policy.site.timeZone;
  const onTrouble = (error: unknown): void =>
    log.warn({ fault: faultOf(error) }, 'some views could not be kept for the console yet');
  const isCrawler = createIsCrawler();
  const counter = createInsightCounter({ store: stores.insight, timeZone, random: randomText, onTrouble });
  const recorder = createViewRecorder({
    log: createDecisionLog({
      store: stores.decisionLog,
      keepViews: () => keptViews,
      random: randomText,
      onTrouble,
    }),
    counter,
    sampling: createSampling(loggedPerSecond),
    isCrawler,
    keys: createLogKeys({ keys, timeZone }),
    heldBy: readers.liveView.peek,
    onTrouble,
  });
  const placeOf = createPlaceOf(options);
  const flush = async (): Promise<void> => {
    await recorder.drain();
    await counter.flush();
  };
  return {
    onDecision: recorder.onDecision,
    onDiscovery: createTellDoors({ counter, clock, log, metrics }),
    saleSteps: createCountSales({ counter, isCrawler, placeOf, onTrouble }, clock),
    routes: (codes) => [promptSeenRoutes({ codes, counter, isCrawler, placeOf, clock, onTrouble })],
    flush,
    close: async () => {
      await recorder.close();
      await counter.close();
    },
  };
};

const createPlaceOf =
  ({ hosts, locate, inForce, clock }: Options) =>
  async (path: string): Promise<SalePlace | undefined> => {
    const address = askedAddress(path, hosts);
    if (address === undefined) return undefined;
    const rules = inForce();
    const page = await locate()(address.target, address.path, rules);
    if (page?.kind !== 'article') return undefined;
    const { id, section } = page.article;
    const { rule } = rules.matcher.match(page.article, clock());
    return { article: id, rule, ...(section === undefined ? {} : { section }) };
  };
