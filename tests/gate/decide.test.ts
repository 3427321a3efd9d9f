/** The pure decision: its order, its reasons, and what it may never say. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AskMeter, type Purpose, screen, settle, uncuttable } from '../../src/gate/decide.ts';
import type { Decision } from '../../src/gate/decision.ts';
import type { MeterReading } from '../../src/meter/meter-store.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { noon } from '../support/start-gateway.ts';
import { factsOf, held, plainPolicy, policyOf, reading } from './policy-facts.ts';

const askOf = (changes: Parameters<typeof factsOf>[0] = {}): AskMeter => {
  const screening = screen(factsOf(changes));
  if (screening.outcome !== 'ask-meter')
    throw new Error(`it was decided without the meter: ${screening.reason}`);
  return screening;
};

const inShort = (screening: ReturnType<typeof screen>): string =>
  screening.outcome === 'ask-meter' ? 'ask-meter' : `${screening.outcome} ${screening.reason}`;

describe('what is decided without counting', () => {
  const levels = ['open', 'registered', 'metered', 'locked'] as const;
  const readers = {
    visitor: {},
    registered: { registered: true },
    subscriber: { registered: true, held: [held('all')] },
    'entitled to another product': { registered: true, held: [held('other')] },
    'holder of an ended entitlement': {
      registered: true,
      held: [held('all', 'comp', [noon - 2000, noon - 1000])],
    },
    'visitor with a gift link': { held: [held('all', 'gift')] },
  };
  const table: Record<keyof typeof readers, readonly [string, string, string, string]> = {
    visitor: ['full open', 'preview registration-required', 'ask-meter', 'preview locked'],
    registered: ['full open', 'full registered', 'ask-meter', 'preview locked'],
    subscriber: ['full open', 'full subscription', 'full subscription', 'full subscription'],
    'entitled to another product': ['full open', 'full registered', 'ask-meter', 'preview locked'],
    'holder of an ended entitlement': ['full open', 'full registered', 'ask-meter', 'preview locked'],
    'visitor with a gift link': ['full open', 'full gift', 'full gift', 'full gift'],
  };
  const cases = Object.entries(table).flatMap(([who, row]) =>
    levels.map((access, place) => [who as keyof typeof readers, access, row[place] ?? ''] as const),
  );
  test.each(cases)('a %s at a %s article: %s', (who, access, expected) => {
    expect(inShort(screen(factsOf({ ...readers[who], access })))).toBe(expected);
  });

  test('every source of an entitlement opens the article and is the reason', () => {
    for (const source of ['subscription', 'pass', 'comp', 'group', 'institution', 'gift'] as const) {
      expect(inShort(screen(factsOf({ access: 'locked', held: [held('all', source)] })))).toBe(
        `full ${source}`,
      );
    }
  });

  test('a right to pass the registration wall is looked at before the wall', () => {
    expect(inShort(screen(factsOf({ access: 'registered', held: [held('all', 'institution')] })))).toBe(
      'full institution',
    );
  });

  test('the wall asks for an account, everything else for a subscription', () => {
    const wall = screen(factsOf({ access: 'registered' }));
    const lock = screen(factsOf({ access: 'locked' }));
    expect(wall).toMatchObject({ prompt: 'register', products: ['all'] });
    expect(lock).toMatchObject({ prompt: 'subscribe', products: ['all'] });
  });
});

describe('lists of products and entitlements', () => {
  test('an article that names no product is opened by no entitlement', () => {
    const all = [held('all'), held('other'), held('')];
    expect(inShort(screen(factsOf({ access: 'locked', products: [], held: all })))).toBe('preview locked');
  });

  test('a reader who holds nothing is granted nothing, registered or not', () => {
    for (const registered of [false, true])
      expect(inShort(screen(factsOf({ access: 'locked', registered, held: [] })))).toBe('preview locked');
  });

  test('any one of several products opens the article', () => {
    expect(
      inShort(screen(factsOf({ access: 'locked', products: ['news', 'all'], held: [held('all')] }))),
    ).toBe('full subscription');
  });

  test('names of products are compared whole', () => {
    for (const product of ['al', 'all ', 'All', 'all-access', 'constructor', '__proto__'])
      expect(inShort(screen(factsOf({ access: 'locked', held: [held(product)] })))).toBe('preview locked');
  });

  test('an entitlement holds from its first millisecond to the one before its end', () => {
    const at = (startsAt: number, endsAt: number) =>
      inShort(screen(factsOf({ access: 'locked', held: [held('all', 'pass', [startsAt, endsAt])] })));
    expect(at(noon, noon + 1)).toBe('full pass');
    expect(at(noon - 1, noon)).toBe('preview locked');
    expect(at(noon + 1, noon + 2)).toBe('preview locked');
    expect(at(noon, noon)).toBe('preview locked');
  });

  test('of several entitlements the longest-lasting active one is named, in whatever order they come', () => {
    const window = fc.record({
      start: fc.integer({ min: -50, max: 50 }),
      length: fc.integer({ min: 0, max: 100 }),
      product: fc.constantFrom('all', 'other'),
    });
    fc.assert(
      fc.property(fc.array(window, { maxLength: 8 }), (windows) => {
        const list = windows.map(({ start, length, product }, place) => ({
          ...held(product, 'pass', [noon + start, noon + start + length]),
          id: `pass:${place}` as ReturnType<typeof held>['id'],
        }));
        const active = list.filter(
          (each) => each.product === 'all' && each.startsAt <= noon && noon < each.endsAt,
        );
        const decided = screen(factsOf({ access: 'locked', held: list }));
        if (active.length === 0) return expect(inShort(decided)).toBe('preview locked');
        const longest = Math.max(...active.map(({ endsAt }) => endsAt));
        return expect(decided).toMatchObject({ outcome: 'full', entitlement: { endsAt: longest } });
      }),
    );
  });
});

describe('meters', () => {
  const withMeter = (text: string): Policy => policyOf(`meters: { main: ${text} }`);

  test('a meter that is off gives nobody a free read, and lets entitlements through', () => {
    const policy = withMeter('{ on: false, visitor: 3 }');
    expect(inShort(screen(factsOf({ policy })))).toBe('preview meter-off');
    expect(inShort(screen(factsOf({ policy, registered: true })))).toBe('preview meter-off');
    expect(inShort(screen(factsOf({ policy, held: [held('all')] })))).toBe('full subscription');
  });

  test('a meter that is not there gives nobody a free read either', () => {
    const facts = factsOf();
    const { meter: _, ...unmetered } = facts.outcome;
    expect(inShort(screen({ ...facts, outcome: unmetered }))).toBe('preview meter-off');
    expect(inShort(screen({ ...facts, policy: { ...facts.policy, meters: [] } }))).toBe('preview meter-off');
  });

  test('an allowance of nothing is asked like any other and gives nothing', () => {
    const ask = askOf({ policy: withMeter('{ visitor: 0, registered: 2 }') });
    expect(ask.allowance).toBe(0);
    expect(settle(ask, reading('exhausted', 0), 'read')).toMatchObject({
      outcome: 'preview',
      reason: 'meter-exhausted',
      standing: { left: 0, of: 0 },
    });
  });

  test('visitors and registered readers each have their own allowance', () => {
    const policy = withMeter('{ visitor: 2, registered: 7 }');
    expect(askOf({ policy }).allowance).toBe(2);
    expect(askOf({ policy, registered: true }).allowance).toBe(7);
  });
});

describe('what the meter’s answer becomes', () => {
  const outcomes: readonly MeterReading['outcome'][] = [
    'charged',
    'known',
    'available',
    'exhausted',
    'network-exhausted',
  ];
  const purposes: readonly Purpose[] = ['read', 'head', 'look', 'prefetch'];
  const brief = ({ outcome, reason }: Decision): string => `${outcome} ${reason}`;

  test.each([
    ['charged', 'read', 'full free-read'],
    ['known', 'read', 'full already-read'],
    ['known', 'prefetch', 'full already-read'],
    ['known', 'head', 'full already-read'],
    ['available', 'head', 'full free-read'],
    ['available', 'look', 'full free-read'],
    ['available', 'prefetch', 'preview prefetch'],
    ['exhausted', 'read', 'preview meter-exhausted'],
    ['exhausted', 'prefetch', 'preview meter-exhausted'],
    ['network-exhausted', 'read', 'preview network-exhausted'],
  ] as const)('%s on %s: %s', (outcome, purpose, expected) => {
    expect(brief(settle(askOf(), reading(outcome, 1), purpose))).toBe(expected);
  });

  test('what is left is never below none nor above the allowance, whatever was counted', () => {
    const facts = fc.record({
      outcome: fc.constantFrom(...outcomes),
      purpose: fc.constantFrom(...purposes),
      used: fc.integer({ min: -5, max: 200 }),
      allowance: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(facts, ({ outcome, purpose, used, allowance }) => {
        const { standing } = settle({ ...askOf(), allowance }, reading(outcome, used), purpose);
        expect(standing?.left).toBeGreaterThanOrEqual(0);
        expect(standing?.left).toBeLessThanOrEqual(allowance);
        expect(standing?.of).toBe(allowance);
      }),
    );
  });

  test('HEAD and a look say of an unread article what its GET will say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 21 }), (used, more) => {
        const ask = { ...askOf(), allowance: used + more };
        const got = settle(ask, reading('charged', used + 1), 'read');
        expect(settle(ask, reading('available', used), 'head')).toEqual(got);
        expect(settle(ask, reading('available', used), 'look')).toEqual(got);
      }),
    );
  });

  test('only a count that says so opens the article', () => {
    fc.assert(
      fc.property(fc.constantFrom(...outcomes), fc.constantFrom(...purposes), (outcome, purpose) => {
        const opens = settle(askOf(), reading(outcome, 1), purpose).outcome === 'full';
        expect(opens).toBe(
          outcome === 'charged' || outcome === 'known' || (outcome === 'available' && purpose !== 'prefetch'),
        );
      }),
    );
  });
});

describe('when something is down', () => {
  const whenDown = (text: string): Policy => policyOf(`whenDown: ${text}`);

  test('free reads that can’t be counted are given or not as the policy says, and the reason says degraded', () => {
    const closed = settle(askOf({ policy: whenDown('{ meter: preview }') }), 'unavailable', 'read');
    const open = settle(askOf({ policy: whenDown('{ meter: full }') }), 'unavailable', 'read');
    expect(closed).toMatchObject({ outcome: 'preview', reason: 'degraded' });
    expect(open).toMatchObject({ outcome: 'full', reason: 'degraded' });
    expect([closed.standing, open.standing]).toEqual([undefined, undefined]);
  });

  test('unless the policy says otherwise, an uncounted read is not given', () => {
    expect(plainPolicy.whenDown).toEqual({ meter: 'preview', entitlements: 'token' });
  });

  test('an entitlement known from the token alone opens the article, with the reason degraded', () => {
    const decided = screen(factsOf({ access: 'locked', held: [held('all')], known: 'token' }));
    expect(decided).toMatchObject({ outcome: 'full', reason: 'degraded', entitlement: { product: 'all' } });
  });

  test('a token’s ended entitlement opens nothing, however much is down', () => {
    const ended = held('all', 'subscription', [0, noon]);
    expect(inShort(screen(factsOf({ access: 'locked', held: [ended], known: 'token' })))).toBe(
      'preview locked',
    );
  });

  test('a locked article stays locked whatever the policy says of meters that are down', () => {
    const policy = whenDown('{ meter: full }');
    expect(inShort(screen(factsOf({ access: 'locked', policy, known: 'token' })))).toBe('preview locked');
    expect(inShort(screen(factsOf({ access: 'registered', policy, known: 'token' })))).toBe(
      'preview registration-required',
    );
  });
});

describe('an article that can’t be cut', () => {
  test('is given whole to those who may read it all and to nobody else', () => {
    const grant = settle(askOf(), reading('known', 1), 'read');
    const deny = settle(askOf(), reading('exhausted', 3), 'read');
    expect(uncuttable(grant)).toBe(grant);
    expect(uncuttable(deny)).toMatchObject({
      outcome: 'preview',
      reason: 'uncuttable',
      standing: deny.standing,
    });
  });

  test('still says degraded when it was refused because something is down', () => {
    const refused = settle(askOf(), 'unavailable', 'read');
    expect(uncuttable(refused)).toMatchObject({ outcome: 'preview', reason: 'degraded' });
  });
});

describe('any facts', () => {
  const entitlement = fc.record({
    product: fc.constantFrom('all', 'other', 'third'),
    from: fc.integer({ min: -3, max: 3 }),
    length: fc.integer({ min: 0, max: 4 }),
  });
  const anything = fc.record({
    access: fc.constantFrom('open', 'registered', 'metered', 'locked'),
    products: fc.subarray(['all', 'other']),
    list: fc.array(entitlement, { maxLength: 5 }),
    known: fc.constantFrom('live', 'token'),
    registered: fc.boolean(),
    on: fc.boolean(),
    meterFull: fc.boolean(),
  });

  test('a grant always has its cause: open, an active entitlement to the article’s product, an account, or a free read', () => {
    fc.assert(
      fc.property(anything, ({ access, products, list, known, registered, on, meterFull }) => {
        const policy = {
          ...plainPolicy,
          meters: plainPolicy.meters.map((meter) => ({ ...meter, on })),
          whenDown: { meter: meterFull ? 'full' : 'preview', entitlements: 'token' },
        } as Policy;
        const entitlements = list.map(({ product, from, length }) =>
          held(product, 'pass', [noon + from, noon + from + length]),
        );
        const decided = screen(
          factsOf({
            access: access as 'open',
            products,
            held: entitlements,
            known: known as 'live',
            registered,
            policy,
          }),
        );
        const entitled = entitlements.some(
          (each) =>
            (products as readonly string[]).includes(each.product) &&
            each.startsAt <= noon &&
            noon < each.endsAt,
        );
        const causes = access === 'open' || entitled || (access === 'registered' && registered);
        expect(decided.outcome === 'full').toBe(causes);
        expect(decided.outcome === 'ask-meter').toBe(!causes && access === 'metered' && on);
      }),
    );
  });
});
