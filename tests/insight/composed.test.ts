/** What a whole gateway keeps of real views and a real sale: counted once, told apart, and nothing of a mere look. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { funnel } from '../../src/insight/charts.ts';
import { readDecisionLog } from '../../src/insight/read-decision-log.ts';
import { type ArticleOrigin, startArticleOrigin } from '../support/article-origin.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

const day = '2026-11-23';
const browser = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140' };

let origin: ArticleOrigin;
let site: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const stagesNow = async () => {
  await site.gateway.insight.flush();
  const [line] = await funnel(site.gateway.stores.insight, { from: day, to: day, by: 'day' });
  return Object.fromEntries(Object.entries(line?.stages ?? {}).filter(([, count]) => count > 0));
};

const loggedViews = async () => {
  const views = [];
  const log = readDecisionLog({ store: site.gateway.stores.decisionLog, onMalformed: () => undefined });
  for await (const some of log) views.push(...some);
  return views;
};

test('free reads, a reread and a preview are counted at what became of them; looks, crawlers and prefetches are not', async () => {
  const reader = site.reader(browser);
  for (const path of ['one', 'two', 'three', 'one', 'four']) await reader.ask(`/tidewater/${path}`);
  await reader.ask('/-/access?url=/tidewater/one');
  await reader.ask('/tidewater/one', { method: 'HEAD' });
  await reader.ask('/tidewater/two', { headers: { 'Sec-Purpose': 'prefetch' } });
  await site.ask('/tidewater/one', { headers: { 'User-Agent': 'Googlebot/2.1' } });
  expect(await stagesNow()).toEqual({ freeRead: 3, readAgain: 1, preview: 1 });
  const views = await loggedViews();
  expect(views.filter(({ purpose, crawler }) => purpose === 'read' && !crawler)).toHaveLength(5);
  expect(JSON.stringify(views)).not.toContain('127.0.0.1');
});

test('a prompt is counted as seen when the browser fetches its mark from the page, not from a frame of the console', async () => {
  const reader = site.reader(browser);
  for (const path of ['one', 'two', 'three']) await reader.ask(`/tidewater/${path}`);
  const { text } = await reader.ask('/tidewater/four');
  const [mark = ''] = /\/-\/seen\/[\w-]+/.exec(text) ?? [];
  const shown = await reader.ask(mark, { headers: { 'Sec-Fetch-Site': 'same-origin' } });
  expect(shown.headers['content-type']).toBe('image/gif');
  await reader.ask(mark, { headers: { 'Sec-Fetch-Site': 'cross-site' } });
  await reader.ask('/-/seen/nothing-like-it');
  await until(async () => (await stagesNow()).promptSeen === 1, 'the prompt to be counted');
  const [line] = await funnel(site.gateway.stores.insight, { from: day, to: day, by: 'rule' });
  expect(line).toMatchObject({ name: 'otherwise', stages: { promptSeen: 1 } });
});

test('the plans page is counted with the article that led there, for a browser and for no crawler', async () => {
  const reader = site.reader(browser);
  await reader.ask('/-/subscribe?return=/tidewater/four');
  await site.ask('/-/subscribe', { headers: { 'User-Agent': 'curl/8' } });
  await until(async () => (await stagesNow()).plansPage === 1, 'the plans page to be counted');
});
