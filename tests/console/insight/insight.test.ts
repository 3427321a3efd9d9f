/** Insight in the console: the same numbers by page, file and management API, for the days and names that were asked for. */

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { assetPath, consoleAssets } from '../../../src/console/shell/assets.ts';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { dayMs, noon, type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { counterOf, made } from './counted.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
let viewer: OperatorBrowser;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
  viewer = await operatorAt(site, 'viewer');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const page = '/-/console/insight';

/** The rows of one of the page's tables, as text. */
const rowsOf = (html: string, table: string): readonly (readonly string[])[] => {
  const body = new RegExp(`<table id="${table}".*?<tbody>(.*?)</tbody>`, 's').exec(html)?.[1] ?? '';
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, '')),
  );
};

test('a page without anything counted says so, and still shows its days', async () => {
  const { status, text } = await viewer.get(page);
  expect(status).toBe(200);
  expect(text).toContain('Nothing was counted');
  expect(text).toContain('value="2026-10-27"');
  expect(text).toContain('value="2026-11-23"');
});

test('the page, its files and the management API say the same of the same days', async () => {
  const counter = counterOf(site);
  for (const [at, section, read] of [
    [noon - dayMs, 'World', { used: 1, of: 3 }],
    [noon - dayMs, 'World', { used: 2, of: 3 }],
    [noon, 'Sport', { used: 1, of: 3 }],
    [noon, 'World', undefined],
    [noon - 40 * dayMs, 'Long ago', undefined],
  ] as const)
    counter.view(made({ at, section, ...(read ? { read } : {}) }));
  const sale = { at: noon, article: '/tidewater/story', section: 'World', rule: 'otherwise' };
  counter.reached('promptSeen', sale);
  counter.reached('plansPage', sale);
  counter.reached('checkoutBegun', { ...sale, plan: 'monthly' });
  counter.subscribed('cs_1', { ...sale, plan: 'monthly' });
  await counter.close();

  const { text } = await viewer.get(page);
  expect(rowsOf(text, 'days-table')).toHaveLength(28);
  expect(rowsOf(text, 'days-table').slice(-2)).toEqual([
    ['2026-11-22', '2', '2', '0', '0 %', '0', '0', '0', '0'],
    ['2026-11-23', '2', '1', '1', '50 %', '1', '1', '1', '1'],
  ]);
  expect(rowsOf(text, 'section-table').map(([name, views]) => [name, views])).toEqual([
    ['World', '3'],
    ['Sport', '1'],
  ]);
  expect(rowsOf(text, 'rule-table')[0]?.slice(0, 3)).toEqual(['All other articles', '4', '3']);
  expect(rowsOf(text, 'sellers-table')).toEqual([['/tidewater/story', '1', '1', '1']]);
  expect(rowsOf(text, 'reads-main')).toEqual([
    ['1 of 3, visitors', '1'],
    ['2 of 3, visitors', '1'],
  ]);

  const { body } = await viewer.api('GET', '/insight/funnel?by=section');
  expect(body).toMatchObject({ from: '2026-10-27', to: '2026-11-23', timeZone: 'UTC', by: 'section' });
  expect(body.lines.map(({ name, views, stopRate }: never) => [name, views, stopRate])).toEqual([
    ['World', 3, 1 / 3],
    ['Sport', 1, 0],
  ]);
  const csv = await viewer.api('GET', '/insight/funnel.csv?by=section');
  expect(csv.text).toContain('World,3,0.3333,0,0,0,2,0,0,1,1,1,1,1\r\n');
  expect((await viewer.get(`${page}/funnel.csv?by=section`)).text).toBe(csv.text);
  const reads = await viewer.api('GET', '/insight/reads?meter=main');
  expect(reads.body.lines).toEqual([
    { audience: 'visitor', of: 3, left: 1, readers: 1 },
    { audience: 'visitor', of: 3, left: 2, readers: 1 },
  ]);
  expect((await viewer.get(`${page}/reads.csv?meter=main`)).text).toBe(
    'meter,audience,allowance,left,readers\r\nmain,visitor,3,1,1\r\nmain,visitor,3,2,1\r\n',
  );
  expect((await viewer.api('GET', '/insight/sellers')).body.lines).toEqual([
    { article: '/tidewater/story', plansPage: 1, checkoutBegun: 1, subscribed: 1 },
  ]);
  expect((await viewer.api('GET', '/insight/sellers.csv')).text).toBe(
    (await viewer.get(`${page}/sellers.csv`)).text,
  );
});

test('days and names narrow everything down, and what is chosen stays chosen', async () => {
  const { text } = await viewer.get(`${page}?days=90&section=Long+ago&rule=&plan=`);
  expect(rowsOf(text, 'section-table').map(([name]) => name)).toEqual(['Long ago']);
  expect(
    /<option value="[^"]*" selected>/.exec(text)?.[0] ?? /<option selected[^>]*>/.exec(text)?.[0],
  ).toContain('Long ago');
  expect(rowsOf(text, 'days-table')).toHaveLength(90);
  const day = await viewer.get(`${page}?from=2026-11-22&to=2026-11-22`);
  expect(rowsOf(day.text, 'days-table')).toEqual([['2026-11-22', '2', '2', '0', '0 %', '0', '0', '0', '0']]);
  expect(rowsOf(day.text, 'reads-main')).toEqual([['1 of 3, visitors', '1']]);
  const none = await viewer.api('GET', '/insight/funnel?by=plan&plan=(none)&days=1');
  expect(none.body.lines.map(({ name }: never) => name)).toEqual(['(none)']);
});

test('a name that begins like a formula is text in the file', async () => {
  const counter = counterOf(site);
  for (const section of ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', 'a,"b"\r\nc'])
    counter.view(made({ at: noon - 200 * dayMs, section }));
  await counter.close();
  const day = new Date(noon - 200 * dayMs).toISOString().slice(0, 10);
  const { text } = await viewer.api('GET', `/insight/funnel.csv?by=section&from=${day}&to=${day}`);
  const names = text.split(/\r\n(?!c)/).slice(1, -1);
  expect(names).toHaveLength(6);
  for (const line of names) expect(line).toMatch(/^(?:"?'[=+\-@\t]|"a,""b""\r\nc")/);
});

test('whatever stands in the address, the answer says what to do and nothing fails', async () => {
  for (const [query, code] of [
    ['from=2026-11-23&to=2026-11-01', 'period-invalid'],
    ['from=2020-01-01&to=2026-11-01', 'period-invalid'],
    ['from=2026-02-31', 'request-invalid'],
    ['days=0', 'request-invalid'],
    ['days=4000', 'request-invalid'],
    ['days=7&days=28', 'request-invalid'],
  ] as const) {
    const shown = await viewer.get(`${page}?${query}`);
    expect([query, shown.status]).toEqual([query, 400]);
    expect(shown.text).toContain('role="alert"');
    expect((await viewer.get(`${page}/funnel.csv?${query}`)).status).toBe(400);
    const answer = await viewer.api('GET', `/insight/funnel?${query}`);
    expect([query, answer.status, answer.body.error.code]).toEqual([query, 400, code]);
  }
  expect((await viewer.api('GET', '/insight/reads?meter=none')).body.error.code).toBe('meter-unknown');
  expect((await viewer.get(`${page}/reads.csv?meter=none`)).status).toBe(400);
  const anyValue = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('2026-11-23', '9', '(other)'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.constantFrom('from', 'to', 'days', 'by', 'section', 'rule', 'plan', 'meter'),
        anyValue,
      ),
      fc.constantFrom('', '/funnel.csv', '/reads.csv', '/sellers.csv'),
      async (query, file) => {
        const { status } = await viewer.get(`${page}${file}?${new URLSearchParams(query).toString()}`);
        expect([200, 400]).toContain(status);
      },
    ),
    { numRuns: 60 },
  );
});

test('all scripts and sheets of the console together, with the style in its pages, stay under 100 kB gzipped', async () => {
  const { text } = await viewer.get(page);
  const styles = [...text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style = '']) => style);
  const files = await Promise.all(
    consoleAssets.map(async (name) => (await viewer.get(assetPath(name))).text),
  );
  const sizes = [...styles, ...files].map((each) => gzipSync(each).length);
  expect(styles).toHaveLength(2);
  expect(sizes.reduce((all, size) => all + size, 0)).toBeLessThan(100 * 1024);
});
