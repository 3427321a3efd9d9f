/** Prices in words, plans where they are offered, and pages that never wait for Stripe. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Article } from '../../src/article/article.ts';
import { BillingFault, type PriceFacts } from '../../src/billing/billing.ts';
import { minorDigits } from '../../src/billing/minor-units.ts';
import { createOffer } from '../../src/billing/offer.ts';
import { offeredPlans } from '../../src/billing/offered-plans.ts';
import { priceText, renewalText } from '../../src/billing/price-text.ts';
import { createPromptOffer } from '../../src/billing/prompt-offer.ts';
import { periodEnd } from '../../src/billing/renewal.ts';
import { messagesIn } from '../pages/example-facts.ts';
import { noon } from '../readers/support.ts';
import { plan, plans, policy, prices } from './shop.ts';
import { price } from './till.ts';

const day = 86_400_000;
/** Without the marks that set a figure apart from right-to-left words, and with plain spaces. */
const plainly = (text: string | undefined): string | undefined =>
  text?.replace(/[\u2068\u2069\u200f\u061c]/g, '').replace(/[\u00a0\u202f]/g, ' ');
const said = (facts: Partial<PriceFacts>, locale = 'en', of = plan('p')): string | undefined =>
  plainly(priceText(of, price('price_p', facts), messagesIn(locale)));

describe('a price in words', () => {
  test.each([
    ['en', {}, '€9 a month'],
    ['en', { unitAmount: 950 }, '€9.50 a month'],
    ['en', { interval: 'year', unitAmount: 9_000 }, '€90 a year'],
    ['en', { interval: 'month', intervalCount: 3 }, '€9 every 3 months'],
    ['en', { interval: 'week' }, '€9 a week'],
    ['en', { interval: 'day', intervalCount: 10 }, '€9 every 10 days'],
    ['de', { unitAmount: 123_450 }, '1.234,50 € im Monat'],
    ['de', { intervalCount: 3 }, '9 € alle 3 Monate'],
    ['fr', { unitAmount: 950 }, '9,50 € par mois'],
    ['fr', { interval: 'year', intervalCount: 2 }, '9 € tous les 2 ans'],
    ['ar', { intervalCount: 2 }, '9 € كل شهرين'],
    ['ar', { intervalCount: 3 }, '9 € كل 3 أشهر'],
    ['zh', { currency: 'cny', unitAmount: 6_800 }, '每月¥68'],
    ['zh', { currency: 'cny', unitAmount: 6_800, intervalCount: 6 }, '每 6 个月¥68'],
  ] as const)('%s %j', (locale, facts, words) => {
    expect(said(facts, locale)).toBe(words);
  });

  test.each([
    ['jpy', 500, 'JP¥500'],
    ['krw', 9_900, '₩9,900'],
    ['mga', 5_000, 'MGA 5,000'],
    ['isk', 50_000, 'ISK 500'],
    ['ugx', 50_000, 'UGX 500'],
    ['huf', 299_000, 'HUF 2,990'],
    ['twd', 30_050, 'NT$300.50'],
    ['kwd', 9_500, 'KWD 9.500'],
    ['bhd', 3_000, 'BHD 3'],
    ['usd', 1_001, 'US$10.01'],
  ])('%s: %i of Stripe’s smallest units is %s', (currency, unitAmount, amount) => {
    expect(said({ currency, unitAmount })).toBe(`${amount} a month`);
  });

  test('no amount is a hundred times what Stripe charges, in any currency that Intl knows', () => {
    const currencies = fc.constantFrom(...Intl.supportedValuesOf('currency'));
    fc.assert(
      fc.property(currencies, fc.integer({ min: 0, max: 99_999_999 }), (currency, unitAmount) => {
        const text = messagesIn('en').money(
          unitAmount / 10 ** minorDigits(currency),
          currency,
          minorDigits(currency),
        );
        const figure = /\d[\d,.]*/.exec(text)?.[0].replaceAll(',', '') ?? '';
        expect(Math.round(Number(figure) * 10 ** minorDigits(currency))).toBe(unitAmount);
      }),
    );
  });

  test('a pass says how long it lasts, a trial what follows it', () => {
    expect(said({ unitAmount: 400 }, 'en', plan('p', { passDays: 30 }))).toBe('€4 for 30 days');
    expect(said({ unitAmount: 100 }, 'en', plan('p', { passDays: 1 }))).toBe('€1 for 1 day');
    expect(said({}, 'en', plan('p', { trialDays: 14 }))).toBe('Free for 14 days, then €9 a month');
    expect(said({}, 'ar', plan('p', { trialDays: 14 }))).toBe('مجانًا لمدة 14 يومًا، ثم 9 € في الشهر');
  });

  test('a price in steps, or in a currency that is none, is left for checkout to say', () => {
    expect(said({ unitAmount: undefined as never })).toBeUndefined();
    expect(said({ currency: 'euros' })).toBeUndefined();
  });
});

describe('what happens next', () => {
  const renewal = (facts: Partial<PriceFacts>, of = plan('p')): string | undefined =>
    plainly(renewalText(of, price('price_p', facts), messagesIn('en'), noon));

  test('a subscription says when it renews, a trial when it is paid for, a pass when it ends', () => {
    expect(renewal({})).toBe('Renews on 23 December; cancel any time.');
    expect(renewal({ interval: 'year' })).toBe('Renews on 23 November 2027; cancel any time.');
    expect(renewal({}, plan('p', { trialDays: 14 }))).toBe('First payment on 7 December; cancel any time.');
    expect(renewal({}, plan('p', { passDays: 30 }))).toBe('Paid once; ends by itself on 23 December.');
  });

  test.each([
    ['2027-01-31T10:00:00Z', 1, '2027-02-28T10:00:00Z'],
    ['2028-01-31T10:00:00Z', 1, '2028-02-29T10:00:00Z'],
    ['2026-11-30T23:59:59Z', 3, '2027-02-28T23:59:59Z'],
    ['2028-02-29T00:00:00Z', 12, '2029-02-28T00:00:00Z'],
    ['2026-12-15T00:00:00Z', 1, '2027-01-15T00:00:00Z'],
  ])('%s and %i months is %s', (from, intervalCount, to) => {
    expect(periodEnd(Date.parse(from), { interval: 'month', intervalCount })).toBe(Date.parse(to));
  });
});

describe('where a plan is offered', () => {
  const article = (facts: Partial<Article>): Article =>
    ({
      id: '/a',
      path: '/a',
      title: '',
      publication: 'lamp',
      tags: [],
      authors: [],
      language: 'en',
      ...facts,
    }) as Article;
  const ids = (...asked: Parameters<typeof offeredPlans>): readonly string[] =>
    offeredPlans(...asked).map(({ id }) => id);
  const open = ['all'] as never;

  test('at the articles that its products open, unless it names others', () => {
    const sold = {
      plans: [
        plan('all'),
        plan('harbour', { products: ['harbour' as never] }),
        plan('science', { products: ['harbour' as never], offeredAt: { section: ['Science'] } }),
        plan('new', { offeredAt: { newerThanDays: 7 } }),
      ],
    };
    const science = article({ section: 'Science', publishedAt: noon - 8 * day });
    expect(ids(sold, { article: science, products: open }, noon)).toEqual(['all', 'science']);
    expect(ids(sold, { article: article({ publishedAt: noon }), products: open }, noon)).toEqual([
      'all',
      'new',
    ]);
    expect(ids(sold, undefined, noon)).toEqual(['all', 'harbour', 'science', 'new']);
  });
});

describe('prices that are kept', () => {
  const setUp = () => {
    const time = { now: noon };
    const asked: string[][] = [];
    const [warnings, faults]: [string[], unknown[]] = [[], []];
    const stripe = { prices: [...prices], down: false, hangs: false };
    const rules = { plans: [...plans] };
    const offer = createOffer({
      billing: {
        prices: async (ids) => {
          asked.push([...ids]);
          if (stripe.hangs) await new Promise(() => undefined);
          if (stripe.down) throw new BillingFault('unreachable', 'down');
          return stripe.prices.filter(({ id }) => ids.includes(id));
        },
      },
      policy: () => rules,
      clock: () => time.now,
      warn: ({ plan: of }, message) => void warnings.push(`${of}: ${message}`),
      report: (error) => void faults.push(error),
      patienceMs: 50,
    });
    return { time, asked, warnings, faults, stripe, rules, offer };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  test('a prompt never waits: it has no prices first, and another version with them', async () => {
    const { offer, asked } = setUp();
    const prompts = createPromptOffer({ offer, clock: () => noon });
    const words = { policy: policy(), messages: messagesIn('en'), registered: false };
    const place = { article: { tags: [], authors: [] } as unknown as Article, products: ['all'] as never };
    const texts = () => prompts.plansAt(place, words).map(({ priceText: text }) => plainly(text));
    const before = prompts.version();
    expect(texts()).toEqual([undefined, undefined, undefined, undefined]);
    await settled();
    expect(prompts.version()).not.toBe(before);
    expect(texts()).toEqual(['€9 a month', 'Free for 14 days, then €90 a year', '€4 for 30 days', undefined]);
    const returning = prompts.plansAt(place, { ...words, registered: true });
    expect(plainly(returning[1]?.priceText)).toBe('€90 a year');
    expect(asked).toHaveLength(1);
  });

  test('a hundred views ask once, and the same prices are no new version', async () => {
    const { offer, asked, time } = setUp();
    for (let view = 0; view < 100; view += 1) offer.peek();
    await offer.prices();
    const version = offer.version();
    time.now += 10 * 60_000;
    for (let view = 0; view < 100; view += 1) offer.peek();
    await settled();
    expect(asked).toHaveLength(2);
    expect(offer.version()).toBe(version);
  });

  test('when Stripe is down the old prices stay, and it isn’t asked by every view', async () => {
    const { offer, asked, time, stripe, faults } = setUp();
    await offer.prices();
    stripe.down = true;
    time.now += 10 * 60_000;
    for (let view = 0; view < 10; view += 1) expect((await offer.prices()).size).toBe(4);
    expect(asked).toHaveLength(2);
    expect(faults).toHaveLength(1);
    stripe.down = false;
    stripe.prices = [price('price_monthly', { unitAmount: 1_100 })];
    time.now += 60_000;
    const version = offer.version();
    await settled();
    expect(offer.version()).not.toBe(version);
    expect(offer.peek().get('price_monthly' as never)?.unitAmount).toBe(1_100);
  });

  test('a Stripe that never answers holds no page up', async () => {
    const { offer, stripe } = setUp();
    stripe.hangs = true;
    expect((await offer.prices()).size).toBe(0);
  });

  test('a new policy’s prices are asked for at once', async () => {
    const { offer, rules, asked } = setUp();
    await offer.prices();
    rules.plans = [plan('monthly')];
    expect((await offer.prices()).size).toBe(1);
    expect(asked.at(-1)).toEqual(['price_monthly']);
  });

  test('what the policy and Stripe say differently is warned of, once each', async () => {
    const { offer, rules, warnings, time } = setUp();
    rules.plans = [
      plan('monthly', { interval: 'year' }),
      plan('harbour', { passDays: 3 }),
      plan('month-pass'),
      plan('nowhere'),
      plan('by-hand', { price: undefined as never }),
    ];
    await offer.prices();
    time.now += 10 * 60_000;
    await offer.prices();
    expect(warnings).toEqual([
      'monthly: the policy says each year, Stripe says each month: readers are shown what Stripe says',
      'harbour: this price recurs, and the plan is a pass: it can’t be bought',
      'month-pass: this price is paid once, and the plan has no passDays: it can’t be bought',
      'nowhere: Stripe has no active price of this id: the plan can’t be bought',
    ]);
  });
});
