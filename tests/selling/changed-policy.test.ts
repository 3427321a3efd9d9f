/** A policy that is saved while people subscribe: it reaches them by itself, without an event, a visit or a reconcile. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ReaderId } from '../../src/readers/reader.ts';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import { until } from '../support/until.ts';
import { readerIn, type SellingSite, sellingPolicy, startSelling } from './selling-site.ts';

let origin: ArticleOrigin;
let site: SellingSite;
beforeAll(async () => {
  origin = await startArticleOrigin();
});
afterAll(() => origin.stop());
beforeEach(async () => {
  site = await startSelling(origin);
});
afterEach(() => site.stop());

const reads = async (who: Reader): Promise<string> => accessOf(await who.ask('/tidewater/probe')).reason;
const products = async (who: Reader): Promise<readonly string[]> =>
  (await site.gateway.stores.entitlements.of(readerIn(who)?.sub as ReaderId))
    .filter(({ endsAt }) => endsAt > site.sandbox.now())
    .map(({ product }) => product)
    .sort();

test('subscribers get what their plan opens now, lose what it opens no more, and get it back', async () => {
  const who = await site.visitor();
  await site.buy(who);
  await site.settled();
  expect(await products(who)).toEqual(['all']);
  const monthly = 'products: all, price: price_monthly';
  site.writePolicy(sellingPolicy.replace(monthly, 'products: [all, other], price: price_monthly'));
  await until(async () => (await products(who)).length === 2, 'the second product');
  expect(await reads(who)).toBe('subscription');
  site.writePolicy(sellingPolicy.replace(monthly, 'products: other, price: price_monthly'));
  await until(async () => (await products(who)).join() === 'other', 'the first product’s end');
  expect(await reads(who)).not.toBe('subscription');
  site.writePolicy(sellingPolicy);
  await until(async () => (await products(who)).join() === 'all', 'the first product again');
  expect(await reads(who)).toBe('subscription');
});
