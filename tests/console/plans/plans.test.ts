/** Plans and products in the console, over a whole gateway with the sandbox's Stripe: its prices, and what isn't as drafted. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { knownMessages } from '../../../src/pages/messages/message-keys.ts';
import { type PolicyVersions, policyVersions } from '../../../src/policy/versions/policy-versions.ts';
import { type SellingSite, startSelling } from '../../selling/selling-site.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { startGateway } from '../../support/start-gateway.ts';

const path = '/-/console/plans';

const policy = `
site: { name: The Test Reader, language: en, timeZone: UTC }
products: [{ id: all, name: Everything }, { id: food, name: Food, description: Recipes }]
articles: { paths: [/tidewater/*], body: .article-body }
plans:
  - { id: monthly, name: By the month, products: all, price: price_monthly, interval: month, trialDays: 7 }
  - { id: week, name: A week, products: [all, food], price: price_week, passDays: 7, offeredAt: { section: Food } }
  - { id: free, name: Given, products: food }
rules:
  - { name: recipes, when: { section: Food }, access: locked, products: [food, all] }
otherwise: { access: metered, products: all }
`;

let origin: ArticleOrigin;
let site: SellingSite;
let editor: OperatorBrowser;
let versions: PolicyVersions;
let oneTime: Stripe.Price;
let quarterly: Stripe.Price;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startSelling(origin, { policy });
  editor = await operatorAt(site, 'editor');
  const store = site.gateway.stores.versions;
  versions = policyVersions({ store, clock: () => site.time.now, messages: knownMessages });
  const { id: product } = await site.merchant.products.create({ name: 'By hand' });
  const price = { product, currency: 'eur', unit_amount: 2500 };
  oneTime = await site.merchant.prices.create(price);
  quarterly = await site.merchant.prices.create({
    ...price,
    recurring: { interval: 'month', interval_count: 3 },
  });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});
beforeEach(async () => {
  const { revision, kind } = (await versions.desk()).draft;
  if (kind === 'draft') await versions.discardDraft({ revision, author: 'test' });
});

const plans = async () => (await editor.api('GET', '/plans')).body;
const plan = async (id: string) => (await plans()).plans.find((each: { id: string }) => each.id === id);
const revision = async (): Promise<string> => String((await plans()).revision);
const draftText = async (): Promise<string> => {
  const { draft } = await versions.desk();
  return draft.kind === 'draft' ? draft.text : '';
};

const monthly = {
  id: 'monthly',
  name: 'By the month',
  description: '',
  products: 'all',
  price: 'price_monthly',
  interval: 'month',
  trialDays: '7',
  promotionCodes: '',
  passDays: '',
};
const post = async (form: string, fields: Readonly<Record<string, string | readonly string[]>>) =>
  editor.post(`${path}/${form}`, { revision: await revision(), ...fields });

test('each plan stands beside Stripe’s own price, and says at which articles it is offered', async () => {
  expect(await plan('monthly')).toMatchObject({
    stripe: { standing: 'fine', costs: '€12 a month', currency: 'eur', unitAmount: 1200, interval: 'month' },
    offered: 'all articles that Everything opens',
    offeredBy: { rules: ['recipes'], otherwise: true },
  });
  expect(await plan('week')).toMatchObject({
    stripe: { standing: 'fine' },
    offered: 'articles in section Food',
  });
  expect(await plan('free')).toMatchObject({ stripe: { standing: 'unnamed' } });
  const { status, text } = await editor.get(path);
  expect(status).toBe(200);
  expect(text).toContain('Stripe’s price: <b class="price">€12 a month</b>');
  expect(text).toContain('New readers see: Free for 7 days, then €12 a month');
  expect(text).toContain('The plan is shown, and can’t be bought.');
});

test('a drafted price is looked up at Stripe: whether it is there, of the right kind, and of the plan’s interval', async () => {
  await post('set', { ...monthly, price: oneTime.id });
  expect((await plan('monthly')).stripe).toMatchObject({
    standing: 'wrong-kind',
    fault: 'This price is paid once, and the plan has no passDays: it can’t be bought.',
    unitAmount: 2500,
  });
  await post('set', { ...monthly, price: quarterly.id, interval: 'year' });
  expect((await plan('monthly')).stripe).toMatchObject({
    standing: 'other-interval',
    costs: '€25 every 3 months',
    fault: 'The policy says each year, Stripe says every 3 months: readers are shown what Stripe says.',
  });
  await post('set', { ...monthly, price: 'price_of_nobody' });
  expect((await plan('monthly')).stripe).toMatchObject({
    standing: 'to-be-made',
    fault: 'The sandbox has no price of this id yet.',
  });
  const { text } = await editor.get(path);
  expect(text).toContain('It makes one of its own when the draft is published.');
  expect(text).toMatch(/id="plan-monthly.price.force">In force: <b>price_monthly<\/b>/);
});

test('a price of what is in force that Stripe has no more is said so, with what to do', async () => {
  await site.merchant.prices.update('price_week', { active: false });
  site.time.now += 600_000;
  expect((await plan('week')).stripe).toMatchObject({
    standing: 'missing',
    fault: 'Stripe has no active price of this id: the plan can’t be bought.',
  });
  expect((await editor.get(path)).text).toContain('Copy the price’s id, price_…');
  await site.merchant.prices.update('price_week', { active: true });
  site.time.now += 600_000;
  expect((await plan('week')).stripe.standing).toBe('fine');
});

const trouble = async (order: object): Promise<void> => {
  const headers = { Authorization: `Bearer ${site.sandbox.secretKey}` };
  const body = JSON.stringify(order);
  await fetch(`${site.sandbox.apiBase}/sandbox/faults`, { method: 'POST', headers, body });
};

test.each(['error', 'slow'])(
  'while Stripe’s answer is “%s” the page stands, shows what was known, and says of the rest that nobody could be asked',
  async (kind) => {
    await post('set', { ...monthly, price: `price_new_${kind}` });
    site.time.now += 20_000;
    await trouble({ kind, count: 1000, path: '/v1/', delayMs: 36_000_000 });
    const { stripe } = await plan('monthly');
    expect(stripe).toMatchObject({
      standing: 'unknown',
      fault: kind === 'error' ? 'Stripe is down just now.' : 'Stripe didn’t answer in time.',
      instead: 'Look again in a moment; readers are shown what was known last.',
    });
    expect((await plan('week')).stripe.standing).toBe('fine');
    await trouble({});
  },
);

test('faults stand at their fields with 422, with what was typed, and nothing is saved', async () => {
  for (const [fields, field, words] of [
    [{ name: '' }, 'name', 'Write a name, as readers see it.'],
    [{ products: [] }, 'products', 'Tick at least one.'],
    [{ products: ['all', 'gone'] }, 'products', 'gone'],
    [{ trialDays: 'a week' }, 'trialDays', 'Write a whole number of days, or leave it empty for no trial.'],
    [{ trialDays: '731' }, 'trialDays', 'The largest number here is 730: write 730 or less.'],
    [{ passDays: '0' }, 'passDays', 'The smallest number here is 1: write 1 or more.'],
    [{ interval: 'decade' }, 'interval', 'isn&#39;t one of day, week, month, year'],
    [{ price: 'p'.repeat(201) }, 'price', 'at most 200 characters'],
  ] as const) {
    const { status, text } = await post('set', { ...monthly, description: 'Typed & kept', ...fields });
    expect([fields, status]).toEqual([fields, 422]);
    const fault = new RegExp(`id="plan-monthly.${field}.fault">([^<]*)<`).exec(text)?.[1] ?? '';
    expect(fault.replaceAll("isn't", 'isn&#39;t')).toContain(words);
    expect(text).toMatch(/<input id="plan-monthly.description"[^>]*value="Typed &amp; kept"/);
  }
  expect(await draftText()).toBe('');
});

test('a fault of what the form doesn’t hold is said above all', async () => {
  const text = policy.replace('section: Food }', 'publication: gone }');
  const { revision: now } = (await versions.desk()).draft;
  await versions.saveDraft({ text, basedOn: 1, revision: now, author: 'test' });
  const { id: _, ...week } = { ...monthly, price: 'price_week', interval: '', trialDays: '', passDays: '8' };
  const answer = await post('set', { id: 'week', ...week });
  expect(answer.status).toBe(422);
  expect(answer.text).toMatch(/role="alert">Nothing was saved\. [^<]*gone/);
});

test('fields are set, and emptied ones leave the policy’s text', async () => {
  const products = ['all', 'food'];
  const { headers } = await post('set', {
    ...monthly,
    description: 'Every article',
    products,
    trialDays: '',
    promotionCodes: 'yes',
  });
  expect(headers.location).toBe(`${path}?done=saved`);
  expect(await plan('monthly')).toMatchObject({ products, promotionCodes: true, inForce: { trialDays: 7 } });
  expect((await plan('monthly')).trialDays).toBeUndefined();
  expect(await draftText()).not.toContain('trialDays');
  expect((await post('set', { ...monthly })).status).toBe(303);
  // It says what is in force, if not to the letter: no draft is left.
  expect(await draftText()).toBe('');
  expect((await editor.get(path)).text).toContain('This is what readers meet');
});

test('a plan is added and removed; who subscribes at a removed one is spoken of', async () => {
  const fields = { ...monthly, id: 'yearly', name: 'By the year', price: 'price_yearly', interval: 'year' };
  expect((await post('add', fields)).status).toBe(303);
  expect(await plan('yearly')).toMatchObject({ name: 'By the year', products: ['all'], trialDays: 7 });
  expect((await post('add', fields)).text).toContain(
    'There is a plan “yearly” already: choose another name.',
  );
  const wrong = await post('add', { ...fields, id: 'By Year' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toMatch(/id="new-plan.id.fault">[^<]*write by-year\./);
  expect(wrong.text).toMatch(/<input id="new-plan.id"[^>]*value="By Year"/);
  expect((await post('remove', { id: 'monthly' })).status).toBe(303);
  expect(await plan('monthly')).toBeUndefined();
  const { text } = await editor.get(path);
  expect(text).toContain('The draft takes this plan away: By the month (monthly).');
  expect(text).toContain('Whoever subscribes at its price loses access once this is published');
});

test('a product is added, described, and removed once neither rules nor plans use it', async () => {
  expect((await post('products/add', { id: 'night', name: 'Night', description: '' })).status).toBe(303);
  await post('products/set', { id: 'night', name: 'Night', description: 'After dark' });
  const find = async (id: string) => (await plans()).products.find((each: { id: string }) => each.id === id);
  expect(await find('night')).toEqual({
    id: 'night',
    name: 'Night',
    description: 'After dark',
    opens: { rules: [], otherwise: false },
    plans: [],
  });
  expect(await find('food')).toMatchObject({ opens: { rules: ['recipes'] }, plans: ['week', 'free'] });
  const used = await post('products/remove', { id: 'food' });
  expect(used.status).toBe(409);
  expect(used.text).toContain(
    'The product “food” is still used by the rule recipes, and the plans week and free: change those first.',
  );
  expect((await post('products/set', { id: 'food', name: '', description: 'x' })).text).toMatch(
    /id="product-food.name.fault">Write a name/,
  );
  expect((await post('products/remove', { id: 'night' })).status).toBe(303);
  expect(await find('night')).toBeUndefined();
});

test('who saves on a page that somebody else has overtaken changes nothing, and sees both', async () => {
  const stale = await revision();
  await post('set', { ...monthly, name: 'Monthly' });
  const other = await operatorAt(site, 'owner');
  const { status, text } = await other.post(`${path}/set`, {
    revision: stale,
    ...monthly,
    name: 'Each month',
  });
  expect(status).toBe(409);
  expect(text).toContain(`${editor.email} changed the draft while this page was open`);
  expect(text).toMatch(/<input id="plan-monthly.name"[^>]*value="Monthly"/);
  expect(text).toContain('id="plan-monthly.name.typed">You had: <b>Each month</b>');
  expect(await plan('monthly')).toMatchObject({ name: 'Monthly' });
});

const forms = ['set', 'add', 'remove', 'products/set', 'products/add', 'products/remove'] as const;

test('a form of no such shape is answered with 400', async () => {
  for (const name of forms)
    expect([name, (await editor.post(`${path}/${name}`, { revision: 'x' })).status]).toEqual([name, 400]);
});

test('a viewer sees everything, has no form, and is refused by POST', async () => {
  const viewer = await operatorAt(site, 'viewer');
  const { status, text } = await viewer.get(path);
  expect(status).toBe(200);
  expect(text).toContain('Good for 7 days');
  expect(text).toContain('Stripe’s price: <b class="price">€12 a month</b>');
  expect(text).not.toContain('action="/-/console/plans');
  for (const name of forms)
    expect((await viewer.post(`${path}/${name}`, { revision: await revision(), ...monthly })).status).toBe(
      403,
    );
  expect((await viewer.api('GET', '/plans')).status).toBe(200);
  expect(await draftText()).toBe('');
});

test('where nothing is sold plans are drafted all the same', async () => {
  // No sandbox of one's own at an address that others can reach.
  const other = await startGateway({ originUrl: origin.url, policy, publicUrl: 'http://news.example' });
  const operator = await operatorAt(other, 'editor');
  const { status, body } = await operator.api('GET', '/plans');
  expect([status, body.sells]).toEqual([200, false]);
  expect(body.plans[0].stripe).toMatchObject({ standing: 'unsold' });
  expect((await operator.get(path)).text).toContain('Nothing is sold here: Stripe isn’t set up.');
  await other.stop();
});
