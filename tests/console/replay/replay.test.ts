/** Replay in the console: what a draft would change, told before it is published, by the page and by the management API alike. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin } from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import { draft, logViews, policyWith, someReaders, versionsOf } from '../insight/logged.ts';

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

const page = '/-/console/replay';
const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

const ran = async (address: string): Promise<string> => {
  let text = '';
  await until(async () => {
    const { status, text: html } = await viewer.get(address);
    expect(status).toBe(200);
    text = textOf(html);
    return !text.includes('Replaying the log') && !html.includes('data-replay=');
  }, 'the replay');
  return text;
};

test('an empty log says what to do, and there is nothing to run', async () => {
  const { status, text } = await viewer.get(page);
  expect(status).toBe(200);
  expect(textOf(text)).toContain('The log is empty');
  expect(text).not.toContain('name="run"');
});

test('a viewer sees what the draft would change before it is published, and looking changes nothing', async () => {
  await logViews(site, someReaders(site, 10));
  await draft(site, policyWith(1));
  const { stores } = site.gateway;
  const before = [
    await stores.decisionLog.size(),
    await versionsOf(site).desk(),
    (await stores.audit.auditPage({ limit: 9 })).lines,
  ];
  // Readers 0 to 9 read 1 to 10 articles: with three free reads those from 3 on are stopped, with one all but the first.
  const text = await ran(`${page}?policy=draft&against=published&run=1`);
  expect(text).toContain('With the draft 9 of 10 readers would be stopped, now 7.');
  expect(text).toContain('Newly stopped: 17 views, and 2 readers who meet no stop now.');
  expect(text).toMatch(/World 10 55 views 7 28 views 9 45 views/);
  expect([
    await stores.decisionLog.size(),
    await versionsOf(site).desk(),
    (await stores.audit.auditPage({ limit: 9 })).lines,
  ]).toEqual(before);
});

test('the management API and the CSV say what the page says, and name no reader', async () => {
  const query = '?policy=draft&against=published';
  const { status, body } = await viewer.api('GET', `/replay${query}`);
  expect(status).toBe(200);
  expect(body.state).toBe('done');
  expect(body.total).toEqual({
    views: 55,
    readers: 10,
    stoppedBefore: { views: 28, readers: 7 },
    stoppedAfter: { views: 45, readers: 9 },
  });
  expect(body.newlyStopped).toEqual({ views: 17, readers: 2 });
  expect(body.readers).toHaveLength(9);
  const csv = await viewer.api('GET', `/replay.csv${query}`);
  expect(csv.headers['content-type']).toMatch(/^text\/csv/);
  expect(csv.text).toContain('all,,55,55,28,45,7,9,10\r\n');
  const file = await viewer.get(`${page}.csv${query}`);
  expect(file.text).toBe(csv.text);
  expect(file.headers['content-disposition']).toBe('attachment; filename="replay.csv"');
  for (const each of [JSON.stringify(body), csv.text, (await viewer.get(`${page}${query}`)).text])
    expect(each).not.toContain('reader-');
});

test('without a draft two versions are compared, by their numbers', async () => {
  const versions = versionsOf(site);
  const { draft: now } = await versions.desk();
  await versions.publishDraft({ revision: now.revision, author: 'test', note: '' });
  const plain = textOf((await viewer.get(page)).text);
  expect(plain).toContain('There is no draft at the moment');
  expect(await ran(`${page}?policy=2&against=1&run=1`)).toContain(
    'With version 2 9 of 10 readers would be stopped, with version 1 7.',
  );
  expect(await ran(`${page}?policy=1&against=published&run=1`)).toContain(
    'With version 1 7 of 10 readers would be stopped, now 9.',
  );
  expect((await viewer.api('GET', '/replay')).body).toMatchObject({ policy: 'published', against: 1 });
});

test('what can’t be run is told in a sentence, by page and API, whatever stands in the address', async () => {
  const asked: readonly (readonly [string, number, number, string])[] = [
    ['policy=7', 404, 404, 'version-unknown'],
    ['policy=draft', 409, 409, 'draft-absent'],
    ['policy=0', 400, 400, 'request-invalid'],
    ['policy=everything', 400, 400, 'request-invalid'],
    ['policy=1&policy=2', 400, 400, 'request-invalid'],
    ['policy[a]=1&since=soon', 400, 400, 'request-invalid'],
    ['since=-1', 400, 400, 'request-invalid'],
    ['policy=9007199254740993', 400, 400, 'request-invalid'],
  ];
  for (const [query, onPage, byApi, code] of asked) {
    const shown = await viewer.get(`${page}?${query}&run=1`);
    expect([query, shown.status]).toEqual([query, onPage]);
    expect(shown.text).toContain('role="alert"');
    const answer = await viewer.api('GET', `/replay?${query}`);
    expect([query, answer.status, answer.body.error.code]).toEqual([query, byApi, code]);
    expect((await viewer.get(`${page}.csv?${query}`)).status).toBeLessThan(500);
  }
});

test('a draft with faults is not run, and the page says where they are', async () => {
  await draft(site, `${policyWith(2)}\nrules: [{ name: x }]\n`);
  const { status, text } = await viewer.get(`${page}?run=1`);
  expect(status).toBe(422);
  expect(textOf(text)).toContain('The draft has faults');
  expect((await viewer.api('GET', '/replay')).body.error).toMatchObject({
    code: 'policy-unusable',
    policy: 'draft',
  });
});

test('estimates are called so', async () => {
  await draft(site, policyWith(2));
  await logViews(
    site,
    someReaders(site, 5, 'Sampled').map((view) => ({
      ...view,
      reader: `s-${view.reader}` as never,
      weight: 4,
    })),
  );
  const text = await ran(`${page}?run=1&since=${site.time.now + 1}`);
  expect(text).toMatch(/With the draft about \d+ of about 30 readers would be stopped, now about/);
  expect(text).toContain('These are estimates');
});
