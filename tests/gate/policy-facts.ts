/** Policies, articles and entitlements for the tests of the pure decision. */
import type { Article, ArticleId } from '../../src/article/article.ts';
import type { Entitlement, EntitlementId, Source } from '../../src/entitlements/entitlement.ts';
import type { ScreenFacts } from '../../src/gate/decide.ts';
import type { MeterReading } from '../../src/meter/meter-store.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { MeterId, Policy, ProductId, RuleOutcome } from '../../src/policy/policy.ts';
import { noon } from '../support/start-gateway.ts';

export const policyOf = (text: string): Policy => {
  const loaded = loadPolicy(text, 'test');
  if (loaded.kind === 'faulty') throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
  return loaded.policy;
};

export const plainPolicy = policyOf('site: { name: Test }');

export const story: Article = {
  id: '/story' as ArticleId,
  path: '/story',
  title: 'A story',
  publication: '',
  tags: [],
  authors: [],
  language: 'en',
};

const outcome: RuleOutcome = {
  access: 'metered',
  meter: 'main' as MeterId,
  products: ['all' as ProductId],
  cutoff: { by: 'characters', count: 200, ending: 'exact' },
};

/** A metered article of the product `all`, asked for by a visitor; anything else by `changes`. */
export const factsOf = ({
  access,
  products,
  held = [],
  known = 'live',
  ...changes
}: Partial<Omit<ScreenFacts, 'outcome' | 'entitlements'>> & {
  readonly access?: RuleOutcome['access'];
  readonly products?: readonly string[];
  readonly held?: readonly Entitlement[];
  readonly known?: 'live' | 'token';
} = {}): ScreenFacts => ({
  article: story,
  rule: 'otherwise',
  outcome: {
    ...outcome,
    ...(access === undefined ? {} : { access }),
    ...(products === undefined ? {} : { products: products as readonly ProductId[] }),
  },
  policy: plainPolicy,
  registered: false,
  entitlements: { kind: known, list: held },
  now: noon,
  ...changes,
});

export const held = (
  product: string,
  source: Source = 'subscription',
  [startsAt, endsAt]: readonly [number, number] = [noon - 1000, noon + 1000],
): Entitlement => ({
  id: `${source}:${product}:${endsAt}` as EntitlementId,
  product: product as ProductId,
  source,
  startsAt,
  endsAt,
});

export const reading = (outcome: MeterReading['outcome'], used: number): MeterReading => ({
  outcome,
  used,
  resetsAt: noon + 86_400_000,
});
