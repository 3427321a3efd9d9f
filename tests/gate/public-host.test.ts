/** PRESERVE_HOST: an origin that wants the public host gets it, and one that would send readers in circles is told of. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { loopCause } from '../../src/gate/notice-loop.ts';
import { lookAtOrigin } from '../../src/gateway/look-at-origin.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import {
  type ArticleOrigin,
  articlePage,
  metaTags,
  type Route,
  sendHtml,
  startArticleOrigin,
} from '../support/article-origin.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

const home = 'news.example.test';
const publicUrl = `http://${home}`;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A site that sends every host but its public one away, as WordPress does. */
const openSite = async (): Promise<ArticleOrigin> => {
  const origin = await startArticleOrigin();
  closing.push(() => origin.stop());
  const strict =
    (path: string): Route =>
    (req, res) => {
      if (req.headers.host !== home)
        res.writeHead(301, { Location: `http://${home}${req.url}`, 'X-Redirect-By': 'WordPress' }).end();
      else
        sendHtml(path === '/strict' ? articlePage('strict', { head: metaTags }) : '<title>A page</title>', {
          'Set-Cookie': 'seen=1; Domain=.elsewhere.test; Path=/',
        })(req, res);
    };
  for (const path of ['/', '/strict', '/form']) origin.on(path, strict(path));
  return origin;
};
const before = async (origin: ArticleOrigin, preserveHost?: string): Promise<RunningGateway> => {
  const site = await startGateway({
    originUrl: origin.url,
    publicUrl,
    ...(preserveHost === undefined ? {} : { preserveHost }),
  });
  closing.push(() => site.stop());
  return site;
};

test('with PRESERVE_HOST=true the origin is asked by the public host, and what browsers say of where they are stays', async () => {
  const origin = await openSite();
  const site = await before(origin, 'true');
  const said = { Origin: publicUrl, Referer: `${publicUrl}/form` };
  expect((await site.ask('/strict')).status).toBe(200);
  const sent = await site.ask('/form', { method: 'POST', body: 'a=1', headers: said });
  expect(sent.status).toBe(200);
  expect(sent.headers['set-cookie']?.join()).toContain('Domain=.elsewhere.test');
  const [seen] = origin.seen.slice(-1);
  expect(seen?.headers).toMatchObject({ host: home, origin: said.Origin, referer: said.Referer });
  // Whatever the client calls itself.
  await site.ask('/asset.css', { headers: { Host: 'evil.example' } });
  expect([...new Set(origin.seen.map(({ headers }) => headers.host))]).toEqual([home]);
});

test('without it, or with false, by its own, and what browsers say agrees with that', async () => {
  const origin = await openSite();
  for (const preserveHost of [undefined, 'false']) {
    origin.seen.length = 0;
    const site = await before(origin, preserveHost);
    await site.ask('/asset.css', { headers: { Referer: `${publicUrl}/x` } });
    expect(origin.seen.map(({ headers }) => [headers.host, headers.referer])).toEqual([
      [new URL(origin.url).host, `${origin.url}/x`],
    ]);
  }
});

describe('a redirect to the very address that was asked for', () => {
  const cause = (location: string, more: { cookie?: true; preserveHost?: true; origin?: string } = {}) =>
    loopCause(
      '/a?b=1',
      {
        status: 301,
        headers: [['Location', location], ...(more.cookie ? [['Set-Cookie', 'a=1'] as const] : [])],
      },
      {
        originUrl: more.origin ?? 'http://127.0.0.1:3000',
        publicUrl: 'https://news.example',
        preserveHost: more.preserveHost ?? false,
      },
    );

  test.each([
    ['https://news.example/a?b=1', {}, 'host'],
    ['http://news.example/a?b=1', {}, 'host'],
    ['https://news.example/a?b=1', { preserveHost: true }, 'scheme'],
    ['https://127.0.0.1:3000/a?b=1', {}, 'scheme'],
    ['https://127.0.0.1:3000/a?b=1', { origin: 'https://127.0.0.1:3000' }, undefined],
    ['https://news.example/a', {}, undefined],
    ['https://news.example/a/?b=1', {}, undefined],
    ['https://www.news.example/a?b=1', {}, undefined],
    ['https://news.example/a?b=1', { cookie: true }, undefined],
    ['/a?b=1', {}, undefined],
    ['not an address', {}, undefined],
  ] as const)('%s %j: %s', (location, more, expected) => {
    expect(cause(location, more)).toBe(expected);
  });
});

describe('gatefold check --origin', () => {
  const look = async (origin: { url: string }, policy: string, preserveHost = false) => {
    const loaded = loadPolicy(policy, 'policy.yaml');
    if (loaded.kind === 'faulty') throw new Error('The policy has faults.');
    return lookAtOrigin(
      { publicUrl, origin: { kind: 'http', url: origin.url, preserveHost } },
      loaded.policy,
    );
  };

  test('says what to set where readers would be sent in circles', async () => {
    const origin = await openSite();
    expect(await look(origin, '{}')).toEqual([expect.stringMatching(/^\/: .*set PRESERVE_HOST=true$/)]);
    expect(await look(origin, '{}', true)).toEqual([]);
  });

  test('says which probe strangers are answered with success', async () => {
    const origin = await openSite();
    origin.on('/desk/me', (_req, res) => res.writeHead(204).end());
    const found = await look(origin, 'staff: { probe: [/desk/me, /desk/you], cookies: desk }', true);
    expect(found).toEqual([expect.stringMatching(/^the site answers \/desk\/me with success to strangers/)]);
  });

  test('says that the site doesn’t answer', async () => {
    const origin = await openSite();
    await origin.down();
    expect(await look(origin, '{}')).toEqual(['the site doesn’t answer at ORIGIN_URL']);
  });
});
