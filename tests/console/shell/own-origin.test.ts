/** Two origins, and what each of them answers: the console is at its own and nowhere else, the site is nowhere else either. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ArticleOrigin } from '../../support/article-origin.ts';
import { sendHtml, startArticleOrigin } from '../../support/article-origin.ts';
import { operatorAt, programAt } from '../../support/console-browser.ts';
import { type Answer, type Asking, ask } from '../../support/raw-client.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import { consoleRoutesOf } from './console-router.ts';

let origin: ArticleOrigin;
const running: RunningGateway[] = [];
beforeAll(async () => {
  origin = await startArticleOrigin();
  origin.on('/', sendHtml('<!doctype html><title>The site</title>'));
});
afterAll(async () => {
  for (const site of running) await site.stop();
  await origin?.stop();
});

const start = async (options: GatewayOptions = {}): Promise<RunningGateway> => {
  const site = await startGateway({ originUrl: origin.url, ...options });
  running.push(site);
  return site;
};

/** Host of the address that is asked, as a browser writes it. */
const at = (site: RunningGateway, origin: string, path: string, asking: Asking = {}): Promise<Answer> => {
  const { host, port } = new URL(origin);
  const listening = site.consoleUrl === origin && port !== new URL(site.url).port ? origin : site.url;
  return ask(listening, path, { ...asking, headers: { Host: host, ...asking.headers } });
};

describe.each([
  ['at a port of its own', undefined],
  ['told by its host name', { siteHost: 'news.example', consoleHost: 'console.news.example' }],
] as const)('the console %s', (_, layout) => {
  let site: RunningGateway;
  let siteUrl: string;
  beforeAll(async () => {
    site = await start(layout ? { console: layout } : {});
    siteUrl = layout ? `http://${layout.siteHost}:${new URL(site.url).port}` : site.url;
  });

  test('answers at its own origin, and a bare address leads in', async () => {
    const { secret } = await operatorAt(site, 'owner');
    const Cookie = `gf_operator=${secret}`;
    const front = await at(site, site.consoleUrl, '/');
    expect([front.status, front.headers.location]).toEqual([303, '/-/console']);
    const page = await at(site, site.consoleUrl, '/-/console', { headers: { Cookie, Accept: 'text/html' } });
    expect([page.status, page.text.includes('Overview')]).toEqual([200, true]);
    expect(page.headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    for (const part of [
      "frame-ancestors 'none'",
      "form-action 'self'",
      "connect-src 'self'",
      "frame-src 'self'",
    ])
      expect(page.headers['content-security-policy']).toContain(part);
    expect((await at(site, site.consoleUrl, '/-/health/ready')).status).toBe(200);
  });

  test('no route of it answers at the site, whoever asks; it is told from no page that isn’t there', async () => {
    const { secret } = await operatorAt(site, 'owner');
    const { token } = await programAt(site, 'owner');
    const unknown = await at(site, siteUrl, '/-/nothing-of-that-name', { headers: { Accept: 'text/html' } });
    const before = origin.seen.length;
    const routes = consoleRoutesOf(site.gateway);
    expect(routes.length).toBeGreaterThan(80);
    const asked = routes.map(({ method, path }) => [
      method === 'ALL' ? 'OPTIONS' : method,
      path.replace(/\{\*rest\}/, 'rest').replace(/:\w+/g, 'x'),
    ]);
    for (const [method = '', path = ''] of [...asked, ['GET', '/-/console/'], ['GET', '/-/CONSOLE']])
      for (const proof of [{ Cookie: `gf_operator=${secret}` }, { Authorization: `Bearer ${token}` }]) {
        const own = { Origin: siteUrl, 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' };
        const answer = await at(site, siteUrl, path, { method, headers: { ...own, ...proof } });
        expect([method, path, answer.status]).toEqual([method, path, 404]);
        if (method === 'GET') expect(answer.text).toBe(unknown.text);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    expect(origin.seen.slice(before)).toEqual([]);
  });

  test('nothing of the site’s answers at the console', async () => {
    const before = origin.seen.length;
    const paths = [
      ...['/tidewater/a-story', '/robots.txt', '/asset.css', '/index.html', '//news.example/', '/-'],
      ...['/-/subscribe', '/-/sign-in', '/-/account', '/-/jwks.json', '/-/access?url=/tidewater/a-story'],
      ...['/-/sandbox/', '/-/sandbox', '/-/metrics', '/-/webhooks/stripe', '/-/checkout/return'],
    ];
    for (const path of paths)
      expect([path, (await at(site, site.consoleUrl, path)).status]).toEqual([path, 404]);
    for (const path of ['/', '/-/checkout', '/-/webhooks/stripe', '/-/sign-in', '/-/sandbox/clock'])
      expect([path, (await at(site, site.consoleUrl, path, { method: 'POST' })).status]).toEqual([path, 404]);
    for (const target of [`${siteUrl}/`, `${site.consoleUrl}/-/console`, '*', 'news.example:80'])
      expect([target, (await at(site, site.consoleUrl, target, { method: 'OPTIONS' })).status]).toEqual([
        target,
        400,
      ]);
    expect(origin.seen.slice(before)).toEqual([]);
    expect((await at(site, siteUrl, '/-/subscribe')).status).toBe(200);
  });

  test('an upgrade that is asked of it doesn’t reach the origin', async () => {
    const before = origin.seen.length;
    const { host, port } = new URL(site.consoleUrl);
    const socket = connect(Number(port), '127.0.0.1');
    let told = '';
    socket.on('data', (data) => {
      told += String(data);
    });
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
    socket.write(
      `GET /chat HTTP/1.1\r\nHost: ${host}\r\n${upgrade}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    );
    await until(() => told.includes('\r\n\r\n'), 'an answer');
    socket.destroy();
    expect(told).toMatch(/^HTTP\/1\.1 404 /);
    expect(origin.seen.slice(before)).toEqual([]);
  });

  test('what it mails, prints, links and describes is at the right one of the two', async () => {
    const owner = await operatorAt(site, 'owner');
    const headers = { Cookie: `gf_operator=${owner.secret}`, Accept: 'text/html' };
    const own = { Origin: site.consoleUrl, 'Sec-Fetch-Site': 'same-origin' };
    const sent = await at(site, site.consoleUrl, '/-/console/sign-in', {
      method: 'POST',
      headers: { ...own, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ email: owner.email }).toString(),
    });
    expect(sent.status).toBe(200);
    const outboxAt = async (url: string): Promise<string> =>
      (await ask(url, '/-/outbox', { headers: { Host: 'localhost' } })).text;
    if (layout === undefined) {
      await until(async () => (await outboxAt(site.consoleUrl)).includes(owner.email), 'the mail');
      expect(await outboxAt(site.consoleUrl)).toContain(
        `href="${site.consoleUrl}/-/console/sign-in/link?link=`,
      );
      // A script of the site's may read what is here.
      expect(await outboxAt(site.url)).not.toContain('/-/console');
    }
    const { text } = await at(site, site.consoleUrl, '/-/console', { headers });
    expect(text).toContain(`<a href="${siteUrl}/">${siteUrl}</a>`);
    const signIn = await at(site, site.consoleUrl, '/-/console/sign-in');
    expect(signIn.text).toContain(`href="${siteUrl}/"`);
    const openApi = await at(site, site.consoleUrl, '/-/console/api/openapi.json', { headers });
    expect(JSON.parse(openApi.text).servers).toEqual([{ url: `${site.consoleUrl}/-/console/api/v1` }]);
  });

  test.each<[string, (origins: { site: string; console: string }) => Record<string, string>]>([
    ['the site’s page', ({ site: its }) => ({ Origin: its, 'Sec-Fetch-Site': 'same-site' })],
    ['the site’s page, in an older browser', ({ site: its }) => ({ Origin: its })],
    ['the site’s page that hides where it is', () => ({ Origin: 'null', 'Sec-Fetch-Site': 'same-site' })],
    ['another site’s', () => ({ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' })],
    ['nobody says which', () => ({})],
    [
      'the site’s, which says that it is ours',
      ({ console: its }) => ({ Origin: its, 'Sec-Fetch-Site': 'same-site' }),
    ],
    [
      'the other scheme',
      ({ console: its }) => ({ Origin: its.replace('http:', 'https:'), 'Sec-Fetch-Site': 'same-site' }),
    ],
  ])('takes nothing from a page that isn’t its own: %s', async (_who, says) => {
    const owner = await operatorAt(site, 'owner');
    const headers = {
      Cookie: `gf_operator=${owner.secret}`,
      'Content-Type': 'application/json',
      ...says({ site: siteUrl, console: site.consoleUrl }),
    };
    const body = JSON.stringify({ name: 'stolen', role: 'owner', days: 1 });
    const made = await at(site, site.consoleUrl, '/-/console/api/v1/tokens', {
      method: 'POST',
      headers,
      body,
    });
    expect([made.status, JSON.parse(made.text).error.code]).toEqual([403, 'other-site']);
    const names = (await site.gateway.stores.operators.apiTokens()).map(({ name }) => name);
    expect(names).not.toContain('stolen');
  });

  test.each([
    ['taken in by another origin’s page', { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'script' }, 403],
    ['framed', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }, 403],
    ['fetched', { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }, 403],
    ['an object', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'object' }, 403],
    ['gone to', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }, 200],
  ])('an answer is refused unless it is gone to: %s', async (_how, says, status) => {
    const owner = await operatorAt(site, 'owner');
    for (const from of ['same-site', 'cross-site'])
      for (const [path, whenGoneTo] of goneTo)
        expect([
          path,
          (
            await at(site, site.consoleUrl, path, {
              headers: { Cookie: `gf_operator=${owner.secret}`, 'Sec-Fetch-Site': from, ...says },
            })
          ).status,
        ]).toEqual([path, status === 200 ? whenGoneTo : status]);
  });
});

/** Pages, and what is for programs or is taken along. */
const goneTo = [
  ['/-/console/team', 200],
  ['/-/console/api', 200],
  ['/-/console/api/', 200],
  ['/-/console/sign-in', 303],
  ['/-/console/api/v1/overview', 403],
  ['/-/console/api/v1/readers.csv', 403],
  ['/-/console/api/openapi.json', 403],
  ['/-/console/audit.csv', 403],
  ['/-/console/AUDIT.CSV/?a=b', 403],
] as const;

describe('where one listener answers both', () => {
  let site: RunningGateway;
  beforeAll(async () => {
    site = await start({
      console: { siteHost: 'news.example', consoleHost: 'console.news.example' },
      trustProxy: '127.0.0.1',
    });
  });
  const answers = async (headers: Record<string, string>): Promise<'console' | 'site' | number> => {
    const { status, headers: sent, text } = await ask(site.url, '/', { headers });
    if (status === 303 && sent.location === '/-/console') return 'console';
    return text.includes('The site') ? 'site' : status;
  };
  const name = (host: string): string => `${host}:${new URL(site.url).port}`;

  test('its host alone leads to the console, however it is spelled', async () => {
    expect(await answers({ Host: name('console.news.example') })).toBe('console');
    expect(await answers({ Host: name('CONSOLE.News.Example') })).toBe('console');
  });

  test.each([
    'console.news.example',
    'console.news.example.',
    'console.news.example:1',
    'console.news.example:',
    'xconsole.news.example',
    'news.example',
    'evil.example',
    '127.0.0.1',
    '',
  ])('every other is the site’s: “%s”', async (host) => {
    expect(await answers({ Host: host })).toBe('site');
  });

  test('a header that a script can write leads there neither from a trusted proxy nor from anybody', async () => {
    const console = name('console.news.example');
    for (const header of ['X-Forwarded-Host', 'Forwarded', 'X-Host', 'X-Original-Host', 'X-Forwarded-Server'])
      expect([
        header,
        await answers({
          Host: 'news.example',
          [header]: header === 'Forwarded' ? `host=${console}` : console,
        }),
      ]).toEqual([header, 'site']);
  });

  test('a proxy that speaks https names the host with or without the usual port', async () => {
    const apart = await start({
      publicUrl: 'https://news.example',
      consoleUrl: 'https://console.news.example',
    });
    const led = async (Host: string) => (await ask(apart.url, '/', { headers: { Host } })).headers.location;
    expect(await led('console.news.example')).toBe('/-/console');
    expect(await led('console.news.example:443')).toBe('/-/console');
    expect(await led('console.news.example:80')).toBeUndefined();
    expect(await led('news.example')).toBeUndefined();
  });
});

test('over https the cookie is the host’s alone, and by it alone an operator is known', async () => {
  const apart = await start({
    publicUrl: 'https://news.example',
    consoleUrl: 'https://console.news.example',
  });
  const { secret } = await operatorAt(apart, 'owner');
  const statusOf = async (Cookie: string) =>
    (await ask(apart.url, '/-/console/team', { headers: { Host: 'console.news.example', Cookie } })).status;
  expect(await statusOf(`__Host-gf_operator=${secret}`)).toBe(200);
  expect(await statusOf(`gf_operator=${secret}`)).toBe(401);
});
