/** Policies, and logs of what they decided for readers of a small world, where free reads run out often. */
import * as fc from 'fast-check';
import type { Article, ArticleId } from '../../src/article/article.ts';
import type { Entitlement, EntitlementId, Source } from '../../src/entitlements/entitlement.ts';
import { uncuttable } from '../../src/gate/decide.ts';
import type { Reason } from '../../src/gate/decision.ts';
import type { DecisionMade } from '../../src/gate/on-decision.ts';
import { createViewArticle } from '../../src/gate/view-article.ts';
import { loggedViewOf } from '../../src/insight/log-view.ts';
import type { LoggedView, NetworkKey, ReaderKey } from '../../src/insight/logged-view.ts';
import type { LogKeys } from '../../src/insight/reader-key.ts';
import type { MeterStore } from '../../src/meter/meter-store.ts';
import { windowAt } from '../../src/meter/window.ts';
import { createMatcher } from '../../src/policy/match.ts';
import type {
  Meter,
  MeterId,
  Policy,
  PolicyVersion,
  ProductId,
  Rule,
  RuleId,
} from '../../src/policy/policy.ts';
import { readerCountedAs, visitorCountedAs } from '../../src/readers/counted-as.ts';
import type { DeviceId, ReaderId, VisitorId } from '../../src/readers/reader.ts';
import { policyOf } from '../gate/policy-facts.ts';
import { articles, conditions, dayMs } from '../policy/arbitrary-policies.ts';
import { admitted, emptyModel } from '../stores/contract/meter-model.ts';
import { noon } from '../support/start-gateway.ts';

/** Names that can be read in a failing test; a reader keeps them from month to month. */
export const plainKeys: LogKeys = {
  reader: (subject) => subject as ReaderKey,
  network: (tag) => tag as NetworkKey,
};

const template = policyOf('{}');

const windows = fc.constantFrom<Meter['window']>(
  { kind: 'day' },
  { kind: 'week' },
  { kind: 'month' },
  { kind: 'rolling', days: 2 },
);

const meters = (window: fc.Arbitrary<Meter['window']>): fc.Arbitrary<readonly Meter[]> =>
  fc.tuple(...['main', 'second'].map((id) => meter(id, window)));

const meter = (id: string, window: fc.Arbitrary<Meter['window']>): fc.Arbitrary<Meter> =>
  fc
    .record({
      on: fc.constantFrom(true, true, true, false),
      window,
      visitor: fc.integer({ min: 0, max: 3 }),
      registered: fc.integer({ min: 0, max: 4 }),
      networkAllowance: fc.constantFrom(undefined, undefined, 0, 1, 2),
    })
    .map(({ visitor, registered, networkAllowance, ...rest }) => ({
      id: id as MeterId,
      ...rest,
      allowance: { visitor, registered },
      ...(networkAllowance === undefined ? {} : { networkAllowance }),
    }));

const terms = fc.record({
  access: fc.constantFrom('open', 'registered', 'metered', 'metered', 'metered', 'locked' as const),
  meter: fc.constantFrom('main', 'second').map((id) => id as MeterId),
  products: fc.subarray(['all', 'other'] as ProductId[], { minLength: 1 }),
  ownLevelFirst: fc.boolean(),
  cutoff: fc
    .constantFrom(100, 200, 300)
    .map((count) => ({ by: 'characters', count, ending: 'exact' }) as const),
});

export const policiesWith = (window: fc.Arbitrary<Meter['window']> = windows): fc.Arbitrary<Policy> =>
  fc
    .record({
      meters: meters(window),
      rules: fc.array(fc.tuple(conditions, terms), { maxLength: 3 }),
      otherwise: terms,
      version: fc.stringMatching(/^[0-9a-f]{12}$/),
      whenDown: fc.record({
        meter: fc.constantFrom('preview', 'full' as const),
        entitlements: fc.constantFrom('token', 'preview' as const),
      }),
    })
    .map(({ rules, version, ...rest }) => ({
      ...template,
      ...rest,
      version: version as PolicyVersion,
      rules: rules.map(([when, given], index): Rule => ({ id: `r${index}` as RuleId, when, ...given })),
    }));

/** One reader asks for one article. */
const step = fc.record({
  who: fc.nat(4),
  story: fc.nat(4),
  purpose: fc.constantFrom('read', 'read', 'read', 'read', 'head', 'prefetch' as const),
  passes: fc.constantFrom(0, 1, 1000, dayMs / 10, dayMs / 3, dayMs),
  meterDown: fc.constantFrom(false, false, false, false, false, true),
  viewDown: fc.constantFrom(false, false, false, false, false, true),
  uncuttable: fc.constantFrom(false, false, false, true),
  crawler: fc.constantFrom(false, false, false, true),
});
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const held = fc.array(
  fc.record({
    product: fc.constantFrom('all', 'other').map((id) => id as ProductId),
    source: fc.constantFrom<Source>('subscription', 'pass', 'comp'),
    startsAt: fc.integer({ min: -4, max: 2 }).map((days) => noon + days * dayMs),
    endsAt: fc.integer({ min: 0, max: 200 }).map((hours) => noon + (hours * dayMs) / 24 + 1234),
    due: fc.boolean(),
  }),
  { maxLength: 2 },
);

export interface World {
  readonly stories: readonly Article[];
  /** Undefined: a visitor. */
  readonly readers: readonly ({ readonly held: readonly Entitlement[] } | undefined)[];
  readonly networks: readonly number[];
  readonly steps: readonly Step[];
}

export const worlds = (steps: number): fc.Arbitrary<World> =>
  fc.record({
    stories: fc
      .array(articles, { minLength: 5, maxLength: 5 })
      .map((all) => all.map((story, index) => ({ ...story, id: `/story-${index}?p=1` as ArticleId }))),
    readers: fc.array(
      fc.option(
        held.map((list) => ({
          held: list.map(({ due, ...each }, index) => ({
            ...each,
            id: `c/${index}` as EntitlementId,
            ...(due ? ({ paymentDue: true } as const) : {}),
          })),
        })),
        { nil: undefined },
      ),
      { minLength: 5, maxLength: 5 },
    ),
    networks: fc.array(fc.nat(1), { minLength: 5, maxLength: 5 }),
    steps: fc.array(step, { maxLength: steps, size: 'max' }),
  });

/** What the gate makes of the world, with free reads counted as every store counts them. */
export const decidedIn = async (world: World, policy: Policy): Promise<DecisionMade[]> => {
  const matcher = createMatcher(policy);
  let model = emptyModel;
  let now = noon;
  const made: DecisionMade[] = [];
  for (const { who, story, purpose, passes, meterDown, viewDown, uncuttable: failed } of world.steps) {
    now += passes;
    const article = world.stories[story]!;
    const reader = world.readers[who];
    const admit: MeterStore['admit'] = async (ask) => {
      if (meterDown) throw new Error('down');
      const answer = admitted(model, ask);
      model = answer.model;
      return answer.reading;
    };
    const asker = askerOf(world, who);
    const viewArticle = createViewArticle({
      liveView: {
        peek: () => (viewDown ? undefined : reader?.held),
        of: async () => Promise.reject(new Error('down')),
        lastHeard: () => undefined,
      },
      meters: { admit } as MeterStore,
      onDegraded: () => undefined,
    });
    const { rule, outcome } = matcher.match(article, now);
    const view = await viewArticle({ article, rule, outcome, policy, asker, purpose, now });
    made.push({
      article,
      view,
      decision: failed ? uncuttable(view.decision) : view.decision,
      nothingToWithhold: false,
      uncuttable: failed,
      asker,
      purpose,
      now,
      userAgent: 'Mozilla/5.0',
    });
  }
  return made;
};

const askerOf = ({ readers, networks }: World, who: number): DecisionMade['asker'] => {
  const reader = readers[who];
  const id = `reader-${who}` as ReaderId;
  const visitor = `network-${networks[who]}.visitor-${who}` as VisitorId;
  const { subject, slot } = reader ? readerCountedAs(id) : visitorCountedAs(visitor);
  return {
    ...(reader ? { reader: { id, device: 'd' as DeviceId, snapshot: reader.held, snapshotAt: 0 } } : {}),
    visitor,
    newVisitor: false,
    meterSubject: subject,
    meterSlot: slot,
  };
};

export const loggedIn = (world: World, made: readonly DecisionMade[]): LoggedView[] =>
  made.map((each, index) => {
    const view = loggedViewOf(each, world.steps[index]?.crawler ?? false, 1, { keys: plainKeys });
    if (!view) throw new Error('every step is logged');
    return view;
  });

/** Logs that no policy can have made: any reason and standing at any view. */
export const impossibleLogs = (policy: Policy): fc.Arbitrary<readonly LoggedView[]> =>
  worlds(40).chain((world) =>
    fc
      .array(
        fc.record({
          reason: fc.constantFrom<Reason>(
            'free-read',
            'already-read',
            'meter-exhausted',
            'network-exhausted',
            'open',
            'locked',
          ),
          meter: fc.constantFrom(...policy.meters),
          left: fc.nat(3),
          whole: fc.boolean(),
          weight: fc.constantFrom(1, 1, 2, 8),
        }),
        { minLength: world.steps.length, maxLength: world.steps.length },
      )
      .map((saying) => {
        let at = noon;
        return world.steps.map(({ who, story, purpose, passes, crawler, meterDown }, index): LoggedView => {
          at += passes;
          const { title: _, ...article } = world.stories[story]!;
          const { reason, meter, left, whole, weight } = saying[index]!;
          const reader = world.readers[who];
          const window = windowAt(meter.window, 'UTC', at);
          return {
            at,
            article,
            reader: `reader-${who}` as ReaderKey,
            audience: reader ? 'registered' : 'visitor',
            held: [],
            purpose,
            rule: 'otherwise',
            outcome: 'full',
            reason,
            standing: {
              meter: meter.id,
              left: Math.min(left, 3),
              of: 3,
              resetsAt: window.kind === 'calendar' ? window.endsAt : at + window.lengthMs / 2,
            },
            policyVersion: policy.version,
            weight,
            ...(reader ? {} : { network: `network-${world.networks[who]}` as NetworkKey }),
            ...(crawler ? { crawler } : {}),
            ...(meterDown ? { meterDown } : {}),
            ...(whole ? { nothingToWithhold: whole } : {}),
          };
        });
      }),
  );
