/** The console explains every decision by the same lines as the command, and says plainly where there is nothing to explain. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { explainAddress } from '../../../src/cli/explain.ts';
import { whyNothingToSee } from '../../../src/console/shell/send-seen-page.ts';
import {
  type ArticleOrigin,
  articlePage,
  sendHtml,
  startArticleOrigin,
} from '../../support/article-origin.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import {
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';

const policy = testPolicy.replace(
  'otherwise:',
  'rules: [{ name: sport, when: { section: Sport }, access: locked, products: all }]\notherwise:',
);

let origin: ArticleOrigin;
let site: RunningGateway;
let viewer: OperatorBrowser;
beforeAll(async () => {
  origin = await startArticleOrigin();
  origin.on('/tidewater/sport', sendHtml(articlePage('sport'), { 'Gatefold-Article': 'section=Sport' }));
  site = await startGateway({ originUrl: origin.url, policy });
  viewer = await operatorAt(site, 'viewer');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

/** By the policy file, which is a version too. */
const publish = async (text: string): Promise<void> => {
  const before = site.gateway.inForce();
  site.writePolicy(text);
  await until(() => site.gateway.inForce() !== before, 'the new version');
};

/** A visitor who has read those, and their number. */
const visitorAfter = async (...slugs: string[]): Promise<string> => {
  const reader = site.reader();
  for (const slug of slugs) await reader.ask(`/tidewater/${slug}`);
  return (reader.jar.get('gf_visitor') ?? '').split('.').slice(0, 2).join('.');
};

const explain = (query: Record<string, string>) =>
  viewer.api('GET', `/explain?${new URLSearchParams(query)}`);
const page = (query: Record<string, string>) =>
  viewer.get(`/-/console/explain?${new URLSearchParams(query)}`);

/** What the page shows, without its tags. */
const wordsOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

/** What the command prints, in this process. */
const printed = async (
  ...[address, options, at = site]: [...Parameters<typeof explainAddress>, at?: RunningGateway]
): Promise<readonly string[]> => {
  const before = { ...process.env };
  const { log, error } = console;
  const out: string[] = [];
  Object.assign(process.env, at.environment);
  console.log = (text: string) => void out.push(text);
  console.error = () => undefined;
  try {
    await explainAddress(address, options);
  } finally {
    Object.assign(console, { log, error });
    for (const name of Object.keys(at.environment)) delete process.env[name];
    Object.assign(process.env, before);
  }
  return out.join('\n').split('\n');
};

describe('a named reader', () => {
  test('is found by the number from their page: the rule, why not those above, and the articles that counted', async () => {
    const number = await visitorAfter('a', 'b', 'c');
    const { status, body } = await explain({ address: '/tidewater/d', number });
    expect(status).toBe(200);
    expect(body.facts).toMatchObject({
      rules: [
        { rule: 'sport', matched: false, whyNot: expect.any(String) },
        { rule: 'otherwise', matched: true },
      ],
      meter: {
        reading: { used: 3, outcome: 'exhausted' },
        counted: [
          { article: '/tidewater/a', readAt: new Date(noon).toISOString() },
          { article: '/tidewater/b', readAt: new Date(noon).toISOString() },
          { article: '/tidewater/c', readAt: new Date(noon).toISOString() },
        ],
      },
      decision: { outcome: 'preview', reason: 'meter-exhausted' },
    });
    expect(body.policyNumber).toBe(1);
    expect(body.lines).toContain(`Meter main: 3 of 3 used, exhausted; resets 2026-12-01 00:00.`);
    const shown = wordsOf((await page({ address: '/tidewater/d', number })).text);
    for (const line of body.lines) expect(shown).toContain(line.trim().replace(/\s+/g, ' '));
    expect(shown).toContain('no free read is left in this window');
    expect(shown).toContain('23 Nov 2026, 12:00');
    expect(shown).toContain('version 1');
  });

  test('is found by email: the source and the dates of what they hold', async () => {
    await site.account('ann@example.org', [comp('all', noon - dayMs, noon + dayMs)]);
    const { body } = await explain({ address: '/tidewater/sport', reader: ' Ann@example.org ' });
    expect(body.facts.entitlements.list).toMatchObject([{ product: 'all', source: 'comp', active: true }]);
    expect(body.facts.decision).toMatchObject({ outcome: 'full', reason: 'comp', rule: 'sport' });
    const sent = await viewer.post('/-/console/explain', {
      address: '/tidewater/sport',
      as: 'named',
      who: 'Ann@Example.org',
    });
    expect(sent.status).toBe(303);
    const { location = '' } = sent.headers;
    expect(location).toMatch(/^\/-\/console\/explain\?address=%2Ftidewater%2Fsport&number=reader\.[\w-]+$/);
    const shown = wordsOf((await viewer.get(location)).text);
    expect(shown).toContain('For ann@example.org');
    expect(shown).toContain('all by comp, from 22 Nov 2026, 12:00 to 24 Nov 2026, 12:00');
  });

  test('named by email in an address is sent on to the address with their number', async () => {
    await site.account('bo@example.org');
    const { status, headers } = await page({ address: '/tidewater/d', reader: 'bo@example.org' });
    expect(status).toBe(303);
    expect(headers.location).not.toContain('bo');
  });
});

describe('the lines', () => {
  test.each([
    ['a new visitor', {}, {}],
    ['a visitor after two reads', { as: 'visitor', reads: '2' }, { reads: '2' }],
    ['a visitor after more reads than there are', { as: 'visitor', reads: '9' }, { reads: '9' }],
  ])('for %s are those of `gatefold explain`', async (_who, query, options) => {
    const { body } = await explain({ address: '/tidewater/d', ...query });
    expect(atNoon(await printed('/tidewater/d', options))).toEqual(atNoon(body.lines));
  });

  test('for somebody’s own state are those of `gatefold explain`, the counted articles among them', async () => {
    // The command goes by the machine's clock, and so has this gateway to.
    const live = await startGateway({ originUrl: origin.url, ticking: true });
    try {
      const reader = live.reader();
      for (const slug of ['e', 'f']) await reader.ask(`/tidewater/${slug}`);
      const number = (reader.jar.get('gf_visitor') ?? '').split('.').slice(0, 2).join('.');
      const operator = await operatorAt({ ...live, time: { now: Date.now() } }, 'viewer');
      const { body } = await operator.api('GET', `/explain?address=/tidewater/d&number=${number}`);
      const lines = await printed('/tidewater/d', { visitor: number }, live);
      expect(lines).toEqual(body.lines);
      expect(lines.filter((line) => /\/tidewater\/[ef]$/.test(line))).toHaveLength(2);
    } finally {
      await live.stop();
    }
  });
});

/** The command goes by the machine's clock, which moves windows and not decisions. */
const atNoon = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/resets .*/, 'resets'));

describe('a reference from a prompt', () => {
  const referenceOf = (html: string): string =>
    /\b([2-9b-z]{4}-[2-9b-z]{4}-[2-9b-z]{4})\b/.exec(html)?.[1] ?? '';

  test('names the article, the rule, the reason and the policy, and what such a reader gets now', async () => {
    const served = await site.ask('/tidewater/sport');
    const code = referenceOf(served.text);
    expect(code).not.toBe('');
    const { status, body } = await explain({ code: code.toUpperCase().replaceAll('-', ' ') });
    expect(status).toBe(200);
    expect(body.reference).toMatchObject({
      code,
      article: '/tidewater/sport',
      rule: 'sport',
      reason: 'locked',
      audience: 'visitor',
      by: 'its-own',
    });
    expect(body.facts.header).toBe(served.headers['gatefold-access']);
    expect(body.lines[0]).toBe(`Reference ${code}: preview, because only an entitlement opens it (locked).`);
    const shown = wordsOf((await page({ code })).text);
    expect(shown).toContain(`Reference ${code}`);
    expect(shown).toContain('it doesn’t say which');
    await site.gateway.gate.codes.flush();
    expect(atNoon(await printed(undefined, { code }))).toEqual(atNoon(body.lines));
  });

  test('of an earlier policy is explained by that policy, whatever is in force now', async () => {
    const reader = site.reader();
    for (const slug of ['g', 'h', 'i']) await reader.ask(`/tidewater/${slug}`);
    const code = referenceOf((await reader.ask('/tidewater/j')).text);
    await publish(policy.replace('visitor: 3', 'visitor: 30'));
    const { body } = await explain({ code });
    expect(body.reference).toMatchObject({
      reason: 'meter-exhausted',
      by: 'its-own',
      standing: { left: 0, of: 3 },
    });
    expect(body.facts.decision).toMatchObject({ reason: 'meter-exhausted', standing: { of: 3 } });
    expect(body.policyNumber).toBe(1);
  });

  test('that nobody was shown is told so', async () => {
    const { status, body } = await explain({ code: '2222-3333-4444' });
    expect([status, body.error.code]).toEqual([404, 'reference-unknown']);
    const shown = await page({ code: '2222-3333-4444' });
    expect(shown.status).toBe(404);
    expect(shown.text).toContain('id="code-fault"');
  });
});

describe('where there is nothing to explain', () => {
  test.each([
    ['a plain page', '/asset.css', whyNothingToSee({ kind: 'not-an-article' })],
    ['a feed', '/feed.xml', whyNothingToSee({ kind: 'feed' })],
  ])('%s is said to be so', async (_what, address, sentence) => {
    const { status, body } = await explain({ address });
    expect([status, body]).toEqual([200, { lines: [sentence], facts: null }]);
    const shown = await page({ address });
    expect([shown.status, wordsOf(shown.text).includes(sentence)]).toEqual([200, true]);
  });

  test.each([
    ['another site’s address', { address: 'https://elsewhere.example/x' }, 422, 'address-foreign', 'address'],
    ['nobody’s number', { address: '/tidewater/a', number: 'no number' }, 404, 'reader-unknown', 'who'],
    [
      'a product there isn’t',
      { address: '/tidewater/a', as: 'gift', product: 'x' },
      422,
      'product-unknown',
      'product',
    ],
  ])('%s is answered with what to do, at its field', async (_what, query, status, code, field) => {
    const { status: answered, body } = await explain(query as Record<string, string>);
    expect([answered, body.error.code]).toEqual([status, code]);
    const shown = await page(query as Record<string, string>);
    expect(shown.status).toBe(status);
    expect(shown.text).toContain(`aria-describedby="${field}-fault`);
    expect(wordsOf(shown.text)).toContain(body.error.detail);
  });

  test('an email that nobody has is answered so, and isn’t put into an address', async () => {
    const fields = { address: '/tidewater/a', as: 'named', who: 'nobody@example.org' };
    const { status, text, headers } = await viewer.post('/-/console/explain', fields);
    expect([status, headers.location]).toEqual([404, undefined]);
    expect(text).toContain('value="nobody@example.org"');
    expect((await explain({ address: '/tidewater/a', reader: 'nobody@example.org' })).body.error.code).toBe(
      'reader-unknown',
    );
  });

  test('a draft there isn’t', async () => {
    const { status, body } = await explain({ address: '/tidewater/a', policy: 'draft' });
    expect([status, body.error.code]).toEqual([404, 'draft-missing']);
  });

  test('questions that nobody’s form asks are refused with 400', async () => {
    for (const query of [
      { address: '/a', reads: '-1' },
      { address: '/a', as: 'everybody' },
    ] as const) {
      expect((await explain(query)).status).toBe(400);
      expect((await page(query)).status).toBe(400);
    }
    expect((await viewer.post('/-/console/explain', { as: 'everybody' })).status).toBe(400);
    expect((await viewer.post('/-/console/explain', { address: '' })).status).toBe(422);
    expect((await viewer.post('/-/console/explain', { address: '/a', reads: 'many' })).status).toBe(422);
  });

  test('an origin that is down is said to be down', async () => {
    await origin.down();
    try {
      const { status, body } = await explain({ address: '/tidewater/never-seen' });
      expect([status, body.error.code]).toEqual([503, 'origin-unavailable']);
      const shown = await page({ address: '/tidewater/never-seen' });
      expect([shown.status, shown.text.includes('doesn’t answer')]).toEqual([200, true]);
    } finally {
      await origin.up();
    }
  });
});
