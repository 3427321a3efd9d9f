/** One article view, decided: gathers the facts, screens them, asks the meter where the screening says so. */
import type { Article } from '../article/article.ts';
import type { LiveView } from '../entitlements/live-view.ts';
import type { MeterAsk, MeterReading, MeterStore } from '../meter/meter-store.ts';
import { windowAt } from '../meter/window.ts';
import type { Policy, RuleId, RuleOutcome } from '../policy/policy.ts';
import type { Asker } from '../readers/asker.ts';
import {
  type AskMeter,
  type EntitlementView,
  type Purpose,
  type Screening,
  screen,
  settle,
} from './decide.ts';
import type { Decision } from './decision.ts';
import { entitlementsKnown } from './entitlements-known.ts';

export interface ViewRequest {
  readonly article: Article;
  readonly rule: RuleId | 'otherwise';
  readonly outcome: RuleOutcome;
  readonly policy: Policy;
  readonly asker: Asker;
  readonly purpose: Purpose;
  readonly now: number;
}

/** How the decision came about, for explain; the same object that served the page. */
export interface View {
  readonly decision: Decision;
  readonly screening: Screening;
  readonly entitlements: EntitlementView;
  readonly ask?: MeterAsk;
  readonly reading?: MeterReading | 'unavailable';
}

export type ViewArticle = (request: ViewRequest) => View | Promise<View>;

interface Dependencies {
  readonly liveView: LiveView;
  readonly meters: MeterStore;
  /** Told when a store can't be asked; never more than the fact. */
  readonly onDegraded: (what: 'entitlements' | 'meter', error: unknown) => void;
}

/** Answers at once, without a promise, when nothing has to be asked: the subscriber's hot path. */
export const createViewArticle = ({ liveView, meters, onDegraded }: Dependencies): ViewArticle => {
  const viewWith = (request: ViewRequest, entitlements: EntitlementView): View | Promise<View> => {
    // Spelt out, here and below: a spread on each view costs more than the decision.
    const screening = screen({
      article: request.article,
      rule: request.rule,
      outcome: request.outcome,
      policy: request.policy,
      registered: request.asker.reader !== undefined,
      staff: request.asker.staff ?? false,
      entitlements,
      now: request.now,
    });
    if (screening.outcome !== 'ask-meter') return { decision: screening, screening, entitlements };
    return askMeter(request, screening, entitlements);
  };

  const askMeter = (
    request: ViewRequest,
    screening: AskMeter,
    entitlements: EntitlementView,
  ): View | Promise<View> => {
    const ask = meterAsk(request, screening);
    const settled = (reading: MeterReading | 'unavailable'): View => ({
      decision: settle(screening, reading, request.purpose),
      screening,
      entitlements,
      ask,
      reading,
    });
    const known = meters.peek?.(ask);
    if (known) return settled(known);
    return meters.admit(ask).then(settled, (error: unknown) => {
      onDegraded('meter', error);
      return settled('unavailable');
    });
  };

  const viewAfterAsking = async (request: ViewRequest): Promise<View> => {
    const { asker, policy } = request;
    if (!asker.reader) return viewWith(request, nothing);
    const report = (error: unknown): void => onDegraded('entitlements', error);
    return viewWith(request, await entitlementsKnown(asker.reader, liveView, policy, report));
  };

  return (request) => {
    const { reader, staff } = request.asker;
    if (staff || !reader || request.outcome.access === 'open') return viewWith(request, nothing);
    const kept = liveView.peek(reader.id);
    return kept ? viewWith(request, { kind: 'live', list: kept }) : viewAfterAsking(request);
  };
};

const nothing: EntitlementView = { kind: 'live', list: [] };

const meterAsk = (
  { article, asker, policy, purpose, now }: ViewRequest,
  { meter, allowance }: AskMeter,
): MeterAsk => {
  const network =
    asker.reader || meter.networkAllowance === undefined ? {} : { networkAllowance: meter.networkAllowance };
  return {
    meter: meter.id,
    subject: asker.meterSubject,
    slot: asker.meterSlot,
    article: article.id,
    window: windowAt(meter.window, policy.site.timeZone, now),
    allowance,
    ...network,
    charge: purpose === 'read',
    now,
  };
};
