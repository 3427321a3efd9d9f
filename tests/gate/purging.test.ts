/** What the site says has changed is asked for anew, at every instance: by the console's API, by a signed webhook, by a comment. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { compilePurge, purgeOf, tagsIn } from '../../src/gate/purge.ts';
import { signatureFault } from '../../src/gate/purge-signature.ts';
import type { Kept } from '../../src/gate/shelf.ts';
import { type ArticleOrigin, articlePage, startArticleOrigin } from '../support/article-origin.ts';
import { operatorAt } from '../support/console-browser.ts';
import type { Answer } from '../support/raw-client.ts';
import { type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

const secret = 'a-secret-that-the-site-knows-too';
let origin: ArticleOrigin;
let here: RunningGateway;
let there: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
  const policy = testPolicy.replace('own-or-metered', 'open');
  here = await startGateway({ originUrl: origin.url, policy, purgeSecret: `other-${secret},${secret}` });
  const { dataDir } = here;
  there = await startGateway({ originUrl: origin.url, policy, dataDir, publicUrl: here.url });
});
afterAll(async () => {
  await there?.stop();
  await here?.stop();
  await origin?.stop();
});

let path: string;
let number = 0;
beforeEach(async () => {
  number += 1;
  path = `/tidewater/purged-${number}`;
  let answers = 0;
  origin.on(path, (req, res) => {
    if (req.method === 'POST') {
      res.writeHead(303, { Location: path }).end();
      return;
    }
    answers += 1;
    const tags = { 'Cache-Tag': `post-${number}, section-a`, 'Surrogate-Key': `key-${number} all-posts` };
    res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=3600', ...tags });
    res.end(articlePage(`purged-${number}`, { body: `<p>answer ${answers}</p>` }));
  });
  for (const site of [here, there]) expect((await site.ask(path)).text).toContain('answer');
});

const shown = async (site: RunningGateway): Promise<number> =>
  Number(/answer (\d+)/.exec((await site.ask(path)).text)?.[1]);

/** Until both show something newer than was kept. */
const expectPurged = async (): Promise<void> => {
  expect(await shown(here)).toBeGreaterThan(2);
  await until(async () => (await shown(there)) > 2, 'the other instance');
};

let laterAnswers = 0;
/** Purges are heard of in order: once this one is, so are all before it. */
const everybodyHasHeard = async (): Promise<void> => {
  const later = '/tidewater/purged-later';
  origin.on(later, (_req, res) => {
    laterAnswers += 1;
    res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=3600' });
    res.end(articlePage('purged-later', { body: `<p>answer ${laterAnswers}</p>` }));
  });
  const shownLater = async (): Promise<number> =>
    Number(/answer (\d+)/.exec((await there.ask(later)).text)?.[1]);
  const before = await shownLater();
  expect((await send(JSON.stringify({ addresses: [later] }))).status).toBe(200);
  await until(async () => (await shownLater()) !== before, 'the other instance to hear of a later purge');
};

const expectKept = async (): Promise<void> => {
  expect([await shown(here), await shown(there)]).toEqual([1, 2]);
};

const signed = (body: string, { key = secret, at = here.time.now } = {}): Record<string, string> => {
  const seconds = Math.floor(at / 1000);
  const v1 = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  return { 'Gatefold-Signature': `t=${seconds},v1=${v1}` };
};

const send = (body: string, headers: Record<string, string> = signed(body)): Promise<Answer> =>
  here.ask('/-/purge', { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });

describe('a signed purge', () => {
  test.each<[string, () => object]>([
    ['its address', () => ({ addresses: [path] })],
    ['its address with a slash', () => ({ addresses: [`${path}/`] })],
    ['its whole address', () => ({ addresses: [`${here.url}${path}?utm_source=x`] })],
    ['the origin’s own', () => ({ addresses: [`${origin.url}${path}`] })],
    ['what it begins with', () => ({ prefixes: ['/tidewater/'] })],
    ['a tag', () => ({ tags: [`post-${number}`] })],
    ['a key', () => ({ tags: ['all-posts'] })],
    ['everything', () => ({ all: true })],
  ])('of %s', async (_, purge) => {
    const answer = await send(JSON.stringify(purge()));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { code: 'purged' }]);
    await expectPurged();
  });

  test.each<[string, () => object]>([
    ['another address', () => ({ addresses: [`${path}0`] })],
    ['another beginning', () => ({ prefixes: ['/elsewhere/', '/tidewater/purged-0'] })],
    ['another tag', () => ({ tags: ['post', `post-${number}0`] })],
  ])('of %s leaves it', async (_, purge) => {
    expect((await send(JSON.stringify(purge()))).status).toBe(200);
    await everybodyHasHeard();
    await expectKept();
  });

  test('as Ghost sends it', async () => {
    const body = JSON.stringify({ post: { current: { id: '1', url: `${here.url}${path}` }, previous: {} } });
    const at = String(here.time.now);
    const hex = createHmac('sha256', secret).update(`${body}${at}`).digest('hex');
    expect((await send(body, { 'X-Ghost-Signature': `sha256=${hex}, t=${at}` })).status).toBe(200);
    await expectPurged();
  });

  test.each<[string, number, string, () => Promise<Answer>]>([
    ['without a signature', 401, 'signature-missing', () => send('{"all":true}', {})],
    [
      'under another secret',
      401,
      'signature-wrong',
      () => send('{"all":true}', signed('{"all":true}', { key: 'x' })),
    ],
    ['of another body', 401, 'signature-wrong', () => send('{"all":true}', signed('{}'))],
    ['in no form', 401, 'signature-wrong', () => send('{"all":true}', { 'Gatefold-Signature': 'v1=00' })],
    [
      'of an hour ago',
      401,
      'signature-old',
      () => send('{"all":true}', signed('{"all":true}', { at: here.time.now - 3_600_000 })),
    ],
    ['of nothing', 400, 'request-invalid', () => send('{}')],
    ['with a misspelt field', 400, 'request-invalid', () => send('{"adresses":["/a"]}')],
    ['that is no JSON', 400, 'request-invalid', () => send('all')],
    ['of another site', 422, 'address-foreign', () => send('{"addresses":["https://elsewhere.example/a"]}')],
    ['that is endless', 413, 'too-large', () => send(' '.repeat(2_100_000))],
    ['by GET', 405, 'method-not-allowed', () => here.ask('/-/purge')],
    ['where no secret is set', 404, 'purge-not-set-up', () => there.ask('/-/purge', { method: 'POST' })],
  ])('%s is refused', async (_, status, code, ask) => {
    const answer = await ask();
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
    await expectKept();
  });
});

test('an operator purges by the management API, and it is in the audit log', async () => {
  const editor = await operatorAt(here, 'editor');
  expect(await editor.api('post', '/purge', { addresses: [path] })).toMatchObject({
    status: 200,
    body: { purged: true },
  });
  await expectPurged();
  const { lines } = await here.gateway.stores.audit.auditPage({ limit: 1 });
  expect(lines).toMatchObject([{ what: 'purge', about: [path] }]);
  const foreign = await editor.api('post', '/purge', { addresses: ['https://elsewhere.example/'] });
  expect([foreign.status, foreign.body.error.code]).toEqual([422, 'address-foreign']);
});

test('whoever comments at one instance is shown it by every other, and the site is asked once more by each', async () => {
  await here.ask(path, { method: 'POST' });
  await expectPurged();
  const asked = origin.count(path);
  await everybodyHasHeard();
  await shown(here);
  await shown(there);
  expect(origin.count(path)).toBe(asked);
});

describe('which copies are meant', () => {
  const kept = (id: string, headers: [string, string][] = []): Kept =>
    ({ found: { kind: 'article', article: { id } }, head: { status: 200, headers } }) as unknown as Kept;

  test('those of an article at whatever address', () => {
    const isMeant = compilePurge(purgeOf(['/news/a']));
    expect(isMeant('/news/a/amp', kept('/news/a'))).toBe(true);
    expect(isMeant('/news/a?page=2', kept('/other'))).toBe(true);
    expect(isMeant('/news/ab', kept('/news/ab'))).toBe(false);
  });

  test('one query of an address alone, where it is named', () => {
    const isMeant = compilePurge(purgeOf(['/?p=1']));
    expect(isMeant('/?p=1', kept('/?p=1'))).toBe(true);
    expect(isMeant('/?p=2', kept('/?p=2'))).toBe(false);
  });

  test('what comes meanwhile, where only the answer tells', () => {
    expect(compilePurge({ ...purgeOf([]), tags: ['a'] })('/any')).toBe(true);
    expect(compilePurge(purgeOf(['/a']))('/any')).toBe(false);
  });

  test('tags in every spelling', () => {
    expect(
      tagsIn([
        ['Cache-Tag', 'a, b c'],
        ['surrogate-key', 'd  e'],
        ['Cache-Tag', 'f'],
        ['xkey', 'g,h'],
      ]),
    ).toEqual(['a', 'b c', 'f', 'd', 'e', 'g', 'h']);
  });
});

test('a signature that is no signature is refused whatever it looks like', () => {
  const body = Buffer.from('{}');
  for (const own of [
    '',
    't=,v1=',
    `t=1,v1=${'0'.repeat(64)}`,
    `t=${'9'.repeat(400)},v1=${'0'.repeat(64)}`,
    't=1,v1=zz',
  ])
    expect(signatureFault({ body, own, ghost: undefined }, [secret], 1000)).toBe('signature-wrong');
});
