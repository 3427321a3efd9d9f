/** The policy as the code reads it, from the policy as it was written. */
import type { AccessLevel } from '../article/article.ts';
import type { MeterText } from './catalogue-schema.ts';
import type { CountedCutoffText, CutoffText } from './cutoff-schema.ts';
import type {
  Conditions,
  CountedCutoff,
  Cutoff,
  CutoffMeasure,
  Meter,
  MeterId,
  Plan,
  PlanId,
  Policy,
  Product,
  ProductId,
  Rule,
  RuleId,
  RuleTerms,
  WindowRule,
} from './policy.ts';
import type { PolicyText } from './policy-schema.ts';
import { policyVersion } from './policy-version.ts';
import type { OtherwiseText, RuleText, WhenText } from './rule-schema.ts';

/** @param text parsed, and its references checked */
export const resolvePolicy = (text: PolicyText): Policy => {
  const meters = Object.entries(text.meters)
    .map(([id, meter]) => meterOf(id, meter))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const context: Context = {
    meters,
    products: text.products.map(({ id }) => id as ProductId),
    cutoff: cutoffOf(text.cutoff),
  };
  const content: Omit<Policy, 'version'> = {
    site: given(text.site),
    publications: text.publications.map(given),
    products: text.products.map((product) => given(product) as Product),
    plans: text.plans.map(planOf),
    meters,
    articles: text.articles,
    rules: text.rules.map((rule) => ruleOf(rule, context)),
    otherwise: termsOf(text.otherwise, context),
    preview: text.preview,
    whenDown: text.whenDown,
    billing: text.billing,
    devices: given(text.devices),
    originCache: text.originCache,
    originHeaders: text.originHeaders,
    staff: given(text.staff),
    sentry: text.sentry,
    messages: text.messages,
  };
  return { version: policyVersion(content), ...content };
};

interface Context {
  readonly meters: readonly Meter[];
  readonly products: readonly ProductId[];
  readonly cutoff: Cutoff;
}

type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Without the keys that hold undefined, so that "absent" has one form and equal policies are equal values. */
const given = <T extends object>(entry: T): Given<T> =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Given<T>;

const planOf = ({ id, products, offeredAt, ...rest }: PolicyText['plans'][number]): Plan => ({
  id: id as PlanId,
  products: products as ProductId[],
  ...given(rest),
  ...(offeredAt ? { offeredAt: conditionsOf(offeredAt) } : {}),
});

const meterOf = (id: string, { window, visitor, registered, networkAllowance, on }: MeterText): Meter => ({
  id: id as MeterId,
  on,
  window: windowOf(window),
  allowance: { visitor, registered },
  ...(networkAllowance === undefined ? {} : { networkAllowance }),
});

const windowOf = (window: string): WindowRule =>
  window === 'day' || window === 'week' || window === 'month'
    ? { kind: window }
    : { kind: 'rolling', days: Number.parseInt(window, 10) };

const ruleOf = ({ name, when, ...terms }: RuleText, context: Context): Rule => ({
  id: name as RuleId,
  when: conditionsOf(when ?? {}),
  ...termsOf(terms, context),
});

const conditionsOf = (when: WhenText): Conditions => given(when);

const termsOf = (text: OtherwiseText, { meters, products, cutoff }: Context): RuleTerms => {
  const ownLevelFirst = text.access.startsWith('own-or-');
  const access = text.access.replace('own-or-', '') as AccessLevel;
  const meter = text.meter ?? (meters.length === 1 ? meters[0]?.id : undefined);
  return {
    access,
    ...(ownLevelFirst ? { ownLevelFirst } : {}),
    ...(meter !== undefined && (ownLevelFirst || access === 'metered') ? { meter: meter as MeterId } : {}),
    products: (text.products as ProductId[] | undefined) ?? products,
    cutoff: text.cutoff ? cutoffOf(text.cutoff) : cutoff,
  };
};

/** Its defaults filled in. */
export const cutoffOf = ({ marker, otherwise, ...counted }: CutoffText): Cutoff =>
  marker === undefined ? countedOf(counted) : { by: 'marker', marker, fallback: countedOf(otherwise ?? {}) };

const countedOf = (text: Partial<CountedCutoffText>): CountedCutoff => {
  const by = measures.find((measure) => text[measure] !== undefined) ?? 'characters';
  const atMost = text.atMost ?? defaultShare(by);
  return {
    by,
    count: text[by] ?? defaultCharacters,
    ending: text.ending ?? 'exact',
    ...(atMost < 100 ? { atMost } : {}),
  };
};

/** Half, so that a short article isn't given away whole; whoever counts in shares has said which. */
export const defaultShare = (by: CutoffMeasure): number => (by === 'percent' ? 100 : 50);

const measures: readonly CutoffMeasure[] = ['characters', 'words', 'paragraphs', 'percent'];
const defaultCharacters = 2000;
