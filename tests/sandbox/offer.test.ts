/** What plans cost in the sandbox: made up, but so that a plan that opens more costs more. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { randomText } from '../../src/ops/random.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import type { Plan, Policy, Rule } from '../../src/policy/policy.ts';
import { type OpenedSandbox, openSandbox } from '../../src/sandbox/open-sandbox.ts';
import { sdkFor } from './open-shop.ts';

let sandbox: OpenedSandbox | undefined;
afterEach(() => sandbox?.close());

/** Amounts by price, in cents. */
const amountsOf = async (policy: Pick<Policy, 'otherwise' | 'plans' | 'rules'>) => {
  sandbox = await openSandbox({
    publicUrl: 'http://localhost:8080',
    webhookUrl: 'http://127.0.0.1:9/',
    realNow: () => Date.now(),
    random: randomText,
    warn: () => undefined,
  });
  sandbox.offer(policy as Policy);
  const { data } = await sdkFor(sandbox).prices.list();
  return Object.fromEntries(data.map(({ id, unit_amount: amount }) => [id, amount]));
};

const plan = (id: string, products: readonly string[], more: Partial<Plan> = {}): Plan =>
  ({ id, name: id, products, price: id, promotionCodes: false, interval: 'month', ...more }) as Plan;
const rule = (access: Rule['access'], products: readonly string[], more: Partial<Rule> = {}): Rule =>
  ({ id: 'r', when: {}, access, products, ...more }) as unknown as Rule;

test('in the sample policy one publication costs half of what everything costs', async () => {
  const file = 'config/policy.yaml';
  const loaded = loadPolicy(readFileSync(file, 'utf8'), file);
  if (loaded.kind !== 'ok') throw new Error(loaded.kind);
  expect(await amountsOf(loaded.policy)).toEqual({
    price_all_access_monthly: 1_200,
    price_all_access_yearly: 12_000,
    price_tidewater_monthly: 600,
    price_lamplight_monthly: 600,
    price_week_pass: 400,
  });
});

test('amounts go by the share of the rules that hold something back, in halves and wholes, and are never nothing', async () => {
  const rules = [
    rule('open', []),
    rule('registered', ['a']),
    rule('metered', ['a', 'b']),
    rule('locked', ['a']),
    rule('open', ['a'], { ownLevelFirst: true }),
  ];
  const plans = [
    plan('all', ['a']),
    plan('third', ['b']),
    plan('day', ['b'], { interval: 'day' }),
    plan('both', ['a', 'b'], { interval: 'week' }),
    plan('none', ['c']),
    plan('pass', ['b'], { interval: undefined as never, passDays: 30 }),
  ];
  expect(await amountsOf({ plans, rules, otherwise: rule('locked', ['c']) })).toEqual({
    ...{ all: 1_200, third: 400, day: 50, both: 350, none: 50, pass: 600 },
  });
});

test('where no rule holds anything back, what applies otherwise counts', async () => {
  const plans = [plan('all', ['a']), plan('none', ['b'])];
  expect(await amountsOf({ plans, rules: [], otherwise: rule('metered', ['a']) })).toEqual({
    ...{ all: 1_200, none: 50 },
  });
});

test('a price that is there keeps its amount when the policy changes', async () => {
  const all = plan('all', ['a']);
  await amountsOf({ plans: [all], rules: [], otherwise: rule('locked', ['a']) });
  sandbox?.offer({ plans: [all], rules: [], otherwise: rule('locked', ['b']) } as unknown as Policy);
  expect((await sdkFor(sandbox as OpenedSandbox).prices.retrieve('all')).unit_amount).toBe(1_200);
});
