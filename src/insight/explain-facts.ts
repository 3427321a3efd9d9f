/** How a decision came about, step by step, as a value: what the command, the console and the access API tell alike. */
import type { AccessLevel, Article } from '../article/article.ts';
import { type Entitlement, isActive } from '../entitlements/entitlement.ts';
import { accessHeader } from '../gate/access-header.ts';
import type { DecidedView } from '../gate/answer-access.ts';
import type { Decision } from '../gate/decision.ts';
import type { CountedRead, MeterReading, MeterStore } from '../meter/meter-store.ts';
import type { MeterId, Policy, ProductId, RuleId } from '../policy/policy.ts';

export interface ExplainFacts {
  /** The served header, word for word. */
  readonly header: string;
  readonly article: Article;
  /** In their order, up to the one that matched; `otherwise` is the last where none did. */
  readonly rules: readonly RuleStep[];
  readonly nothingToWithhold: boolean;
  /** An entitlement to any of these would open it. */
  readonly products: readonly ProductId[];
  readonly entitlements: EntitlementStep;
  /** Absent when no meter was asked. */
  readonly meter?: MeterStep;
  readonly decision: Decision;
}

export type RuleStep =
  | { readonly rule: RuleId | 'otherwise'; readonly matched: true; readonly access: AccessLevel }
  | { readonly rule: RuleId; readonly matched: false; readonly whyNot: string };

export interface EntitlementStep {
  /** `token`: the live view couldn't be read, and this is what the reader token said. */
  readonly known: 'live' | 'token';
  readonly list: readonly (Entitlement & { readonly active: boolean })[];
}

export type MeterStep =
  | {
      readonly meter: MeterId;
      readonly reading: 'unavailable';
      readonly whenDown: Policy['whenDown']['meter'];
    }
  | {
      readonly meter: MeterId;
      readonly reading: MeterReading;
      readonly allowance: number;
      /** The articles that were counted, oldest first; absent when nobody asked for them. */
      readonly counted?: readonly CountedRead[];
    };

/** @param counted what `countedReads` found, for a trace that names the articles. */
export const explainFacts = (
  { page, ruling, view, decision }: DecidedView,
  now: number,
  counted?: readonly CountedRead[],
): ExplainFacts => {
  const meter = meterStep(view, ruling.rules.policy, counted);
  return {
    header: accessHeader(decision),
    article: page.article,
    rules: ruleSteps(page.article, ruling, now),
    nothingToWithhold: ruling.nothingToWithhold,
    products: ruling.outcome.products,
    entitlements: {
      known: view.entitlements.kind,
      list: view.entitlements.list.map((each) => ({ ...each, active: isActive(each, now) })),
    },
    ...(meter ? { meter } : {}),
    decision,
  };
};

/** The articles that made up the meter's reading; undefined when no meter was asked. @throws when the store can't be asked. */
export const countedReads = async (
  { view: { ask } }: Pick<DecidedView, 'view'>,
  meters: Pick<MeterStore, 'reads'>,
): Promise<readonly CountedRead[] | undefined> => (ask ? meters.reads(ask) : undefined);

const ruleSteps = (
  article: Article,
  { rules, rule, outcome }: DecidedView['ruling'],
  now: number,
): readonly RuleStep[] => {
  const steps: RuleStep[] = [];
  for (const { id } of rules.policy.rules) {
    const whyNot = rules.matcher.whyNot(id, article, now);
    if (whyNot === undefined) return [...steps, { rule: id, matched: true, access: outcome.access }];
    steps.push({ rule: id, matched: false, whyNot });
  }
  return [...steps, { rule, matched: true, access: outcome.access }];
};

const meterStep = (
  { ask, reading }: DecidedView['view'],
  policy: Policy,
  counted: readonly CountedRead[] | undefined,
): MeterStep | undefined => {
  if (!ask) return undefined;
  const { meter, allowance } = ask;
  if (reading === undefined || reading === 'unavailable')
    return { meter, reading: 'unavailable', whenDown: policy.whenDown.meter };
  return { meter, reading, allowance, ...(counted ? { counted } : {}) };
};
