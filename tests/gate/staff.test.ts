/** Staff are those whom the origin itself knows: what they get, and that nobody else is taken for one of them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  sendAs,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { type Asking, accessOf, ask } from '../support/raw-client.ts';
import {
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../support/start-gateway.ts';
import {
  adminCookies,
  applicationPassword,
  nonceOf,
  siteCookies,
  startWordpressOrigin,
  type WordpressOrigin,
} from '../support/wordpress-origin.ts';

const locked = testPolicy.replace('own-or-metered', 'locked');
const post = '/wp-json/wp/v2/posts/4';
const minute = 60_000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const opened = async <Thing extends { stop(): Promise<void> }>(thing: Promise<Thing>): Promise<Thing> => {
  const made = await thing;
  closing.push(() => made.stop());
  return made;
};

/** The cookie that an editor’s browser is given in WordPress’s administration. */
const sealedFor = async (site: RunningGateway): Promise<string> => {
  const answer = await site.ask('/wp-admin/edit.php', { headers: { Cookie: adminCookies('editor') } });
  const [line = ''] = answer.headers['set-cookie'] ?? [];
  expect(line).toMatch(/^gf_staff=[\w-]+; .*Path=\/; HttpOnly; SameSite=Lax$/);
  return /^gf_staff=([\w-]+)/.exec(line)?.[1] ?? '';
};

describe('with WordPress, and a policy that says nothing of staff', () => {
  let wordpress: WordpressOrigin;
  let origin: ArticleOrigin;
  let site: RunningGateway;
  beforeEach(async () => {
    wordpress = await startWordpressOrigin();
    origin = wordpress.origin;
    closing.push(() => origin.stop());
    site = await opened(startGateway({ originUrl: origin.url, policy: locked }));
  });

  const asEditor = (asking: Asking = {}): Asking => ({
    ...asking,
    headers: { Cookie: siteCookies('editor'), 'X-WP-Nonce': nonceOf('editor'), ...asking.headers },
  });

  test('an editor’s pages and calls are the origin’s, byte for byte and method for method', async () => {
    const admin = { headers: { Cookie: adminCookies('editor') } };
    for (const [target, asking] of [
      ['/wp-admin/edit.php', admin],
      ['/wp-admin/post.php', admin],
      [`${post}?context=edit`, asEditor()],
      [post, asEditor({ method: 'POST', body: '{}' })],
      ['/?rest_route=/wp/v2/posts/4&context=edit', asEditor()],
    ] as const) {
      const [through, alone] = [await site.ask(target, asking), await ask(origin.url, target, asking)];
      expect([target, through.status, through.text]).toEqual([target, alone.status, alone.text]);
    }
  });

  test('what WordPress is told by X-HTTP-Method-Override reaches it', async () => {
    const asking = { method: 'POST', headers: { 'X-HTTP-Method-Override': 'DELETE' }, body: '{}' };
    expect((await site.ask(post, asEditor(asking))).text).toContain('"method":"DELETE"');
  });

  test('their own stories are whole, cost nothing and say staff', async () => {
    const Cookie = `${siteCookies('editor')}; gf_staff=${await sealedFor(site)}`;
    const story = await site.ask('/tidewater/story', { headers: { Cookie } });
    expect(story.text).toContain(withheldText('story'));
    expect(accessOf(story)).toEqual({ outcome: 'full', reason: 'staff' });
    expect(story.headers['cache-control']).toContain('private');
    expect(story.headers['set-cookie']).toBeUndefined();
    const draft = await site.ask('/?p=9&preview=true', { headers: { Cookie } });
    expect(draft.text).toContain(withheldText('draft'));
  });

  test('nothing of what they got is kept for others', async () => {
    const headers = { Authorization: applicationPassword('editor') };
    for (let time = 0; time < 2; time += 1) {
      await site.ask(post, { headers });
      const visitor = await site.ask(post, { headers: { Accept: 'application/json' } });
      expect(visitor.text).not.toContain(withheldText('story'));
    }
  });

  test('an application password is known by the REST API', async () => {
    const answer = await site.ask(`${post}?context=edit`, {
      headers: { Authorization: applicationPassword('editor') },
    });
    expect(answer.text).toContain(withheldText('story'));
  });

  test.each([
    ['a member', { Cookie: siteCookies('member'), 'X-WP-Nonce': nonceOf('member') }, 403],
    ['a member’s application password', { Authorization: applicationPassword('member') }, 403],
    ['a forged cookie', { Cookie: 'wordpress_logged_in_00=editor%7C1999999999%7Ctoken%7Chmac' }, 401],
    ['an editor’s cookie with its end changed', { Cookie: `${siteCookies('editor')}x` }, 401],
    ['a made-up password', { Authorization: 'Basic ZWRpdG9yOm5v' }, 401],
    ['nobody', {}, 401],
  ])('%s gets what a stranger gets, and the origin’s own refusal as it comes', async (_, headers, status) => {
    const json = { ...headers, Accept: 'application/json' };
    const refused = await site.ask(`${post}?context=edit`, { headers: json });
    expect([refused.status, refused.text]).toEqual([status, '{"code":"rest_forbidden_context"}']);
    for (const target of [
      post,
      `${post}?context=edit&context=view`,
      '/?rest_route=/wp/v2/posts/4',
      '/?rest.route=/wp/v2/posts/4',
      '/tidewater/story',
    ])
      expect((await site.ask(target, { headers: json })).text).not.toContain(withheldText('story'));
  });

  test('an editor’s cookies are asked about once, however many wait, and again after a minute', async () => {
    const askEightTimes = () =>
      Promise.all(
        Array.from({ length: 8 }, () =>
          site.ask('/wp-admin/post.php', { headers: { Cookie: adminCookies('editor') } }),
        ),
      );
    await askEightTimes();
    // Once as the editor, and once as a stranger: what strangers get as well proves nothing.
    expect(wordpress.probes()).toBe(2);
    await askEightTimes();
    expect(wordpress.probes()).toBe(2);
    site.time.now += minute;
    await askEightTimes();
    expect(wordpress.probes()).toBe(3);
  });

  test('nobody is asked about who brings no credentials of the origin’s', async () => {
    const { cookie } = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
    for (const headers of [
      {},
      cookie,
      { Cookie: '_ga=GA1.1.1; gf_visitor=x; wordpress_test_cookie=WP%20Cookie%20check' },
      { Authorization: `Bearer ${cookie.Cookie.slice('gf_reader='.length)}` },
      // Of no use to WordPress but at its API.
      { Authorization: 'Basic c3RhZ2luZzpzZWNyZXQ=' },
    ])
      await site.ask('/tidewater/story', { headers });
    expect(wordpress.probes()).toBe(0);
  });

  test('who signs out at WordPress is staff for a minute at most', async () => {
    const opens = () => site.ask(`${post}?context=edit`, asEditor());
    expect((await opens()).status).toBe(200);
    wordpress.signEverybodyOut();
    site.time.now += minute;
    expect((await opens()).status).toBe(401);
  });

  test('forged cookies of one network are asked about so many times a minute and no more', async () => {
    const forged = (number: number) =>
      site.ask('/tidewater/story', {
        headers: { Cookie: `wordpress_logged_in_00=forged-${number}`, Accept: 'text/html' },
      });
    const answers = [];
    for (let number = 0; number < 250; number += 1) answers.push(await forged(number));
    expect(answers.every(({ status, text }) => status === 200 && !text.includes(withheldText('story')))).toBe(
      true,
    );
    expect(wordpress.probes()).toBe(240);
    // What might be cut on its way to an editor isn't sent while nobody knows.
    const unknown = await site.ask(post, { headers: { Cookie: 'wordpress_logged_in_00=forged-999' } });
    expect([unknown.status, unknown.headers['gatefold-error']]).toEqual([503, 'staff-unknown']);
    expect(unknown.headers['retry-after']).toBe('3');
    site.time.now += minute;
    await forged(1_000);
    expect(wordpress.probes()).toBe(241);
  });
});

describe('WordPress’s cookie for /wp-admin, sealed for the rest of the site', () => {
  let site: RunningGateway;
  let sealed: string;
  beforeEach(async () => {
    const { origin } = await startWordpressOrigin();
    closing.push(() => origin.stop());
    site = await opened(startGateway({ originUrl: origin.url, policy: locked }));
    sealed = await sealedFor(site);
  });

  const read = async (cookie: string): Promise<boolean> =>
    (await site.ask('/tidewater/story', { headers: { Cookie: cookie } })).text.includes(
      withheldText('story'),
    );

  test('opens beside the session it came with', async () => {
    expect(await read(`${siteCookies('editor')}; gf_staff=${sealed}`)).toBe(true);
  });

  test('opens beside nothing else, and proves nothing by itself', async () => {
    expect(await read(`gf_staff=${sealed}`)).toBe(false);
    expect(await read(`${siteCookies('member')}; gf_staff=${sealed}`)).toBe(false);
    expect(await read(`${siteCookies('editor').replace('the-site', 'elsewhere')}; gf_staff=${sealed}`)).toBe(
      false,
    );
    expect(await read(`${siteCookies('editor')}; gf_staff=${sealed.slice(0, -2)}AA`)).toBe(false);
    expect(await read(`${siteCookies('editor')}; gf_staff=${'A'.repeat(3_500)}`)).toBe(false);
  });

  test('isn’t sealed again for whoever has it, nor for who isn’t staff', async () => {
    const again = await site.ask('/wp-admin/edit.php', {
      headers: { Cookie: `${adminCookies('editor')}; gf_staff=${sealed}` },
    });
    expect(again.headers['set-cookie']).toBeUndefined();
    const member = await site.ask('/wp-admin/edit.php', { headers: { Cookie: adminCookies('member') } });
    expect(member.headers['set-cookie']?.join() ?? '').not.toContain('gf_staff');
  });
});

describe('by a probe of the publisher’s own', () => {
  let origin: ArticleOrigin;
  let answerProbe: (cookie: string) => number;
  beforeEach(async () => {
    origin = await opened(startArticleOrigin());
    answerProbe = (cookie) => (cookie.includes('desk=anna') ? 204 : 403);
    origin.on('/desk/me', (req, res) => {
      const status = answerProbe(req.headers.cookie ?? '');
      res.writeHead(status, status === 302 ? { Location: '/desk/me?signed-in' } : {}).end();
    });
  });
  const gatewayWith = (staff: string): Promise<RunningGateway> =>
    opened(startGateway({ originUrl: origin.url, policy: `${locked}\nstaff: ${staff}\n` }));
  const isWhole = async (site: RunningGateway, cookie: string, target = '/tidewater/story') =>
    (await site.ask(target, { headers: { Cookie: cookie } })).text.includes(withheldText('story'));

  test('whoever is answered with success is staff, at every address', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    for (const target of ['/tidewater/story', '/tidewater/story.json', '/tidewater/story/print'])
      expect([target, await isWhole(site, 'desk=anna', target)]).toEqual([target, true]);
    expect(await isWhole(site, 'desk=bea')).toBe(false);
  });

  test('several probes: one of them is enough', async () => {
    const site = await gatewayWith('{ probe: [wordpress, /nowhere, /desk/me] }');
    expect(await isWhole(site, 'desk=anna')).toBe(true);
  });

  test('with cookies named, other cookies are neither asked about nor sent along', async () => {
    const site = await gatewayWith('{ probe: /desk/me, cookies: desk }');
    expect(await isWhole(site, 'cart=1; desk=anna')).toBe(true);
    expect(origin.seen.filter(({ url }) => url === '/desk/me').map(({ headers }) => headers.cookie)).toEqual([
      'desk=anna',
      undefined,
    ]);
    origin.seen.length = 0;
    await isWhole(site, 'cart=2');
    expect(origin.count('/desk/me')).toBe(0);
  });

  test('with no cookies named, those of statistics aren’t asked about', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    await isWhole(site, '_ga=GA1.2.3; _fbp=fb.1; OptanonConsent=x');
    expect(origin.count('/desk/me')).toBe(0);
  });

  test.each([
    ['a redirect', 302],
    ['a refusal', 401],
    ['nothing there', 404],
  ])('%s makes nobody staff, and isn’t followed', async (_, status) => {
    const site = await gatewayWith('{ probe: /desk/me }');
    answerProbe = () => status;
    expect(await isWhole(site, 'desk=anna')).toBe(false);
    expect(origin.count('/desk/me?signed-in')).toBe(0);
  });

  test('a probe that strangers get too proves nothing of anybody', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    answerProbe = () => 200;
    expect(await isWhole(site, 'desk=anna')).toBe(false);
    // It is asked as a stranger again only much later.
    site.time.now += minute;
    answerProbe = (cookie) => (cookie === '' ? 403 : 200);
    expect(await isWhole(site, 'desk=anna')).toBe(false);
    site.time.now += 10 * minute;
    expect(await isWhole(site, 'desk=anna')).toBe(true);
  });

  test('an origin in trouble makes nobody staff; pages are shown as to strangers, and asked about again soon', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    answerProbe = () => 500;
    expect(await isWhole(site, 'desk=anna')).toBe(false);
    const json = await site.ask('/tidewater/story.json', { headers: { Cookie: 'desk=anna' } });
    expect([json.status, json.headers['gatefold-error']]).toEqual([503, 'staff-unknown']);
    answerProbe = (cookie) => (cookie.includes('desk=anna') ? 204 : 403);
    site.time.now += 3_000;
    expect(await isWhole(site, 'desk=anna')).toBe(true);
  });

  test('[] means that nobody is staff, and nobody is asked about', async () => {
    const site = await gatewayWith('{ probe: [] }');
    expect(await isWhole(site, 'wordpress_logged_in_0=x; desk=anna')).toBe(false);
    expect(origin.seen.map(({ url }) => url)).toEqual(['/tidewater/story']);
  });

  test('who was staff a moment ago is asked about, whatever forged cookies come from the same network', async () => {
    const site = await gatewayWith('{ probe: /desk/me, cookies: desk }');
    expect(await isWhole(site, 'desk=anna')).toBe(true);
    for (let number = 0; number < 250; number += 1) await isWhole(site, `desk=${number}`);
    site.time.now += minute - 1;
    for (let number = 0; number < 250; number += 1) await isWhole(site, `desk=again-${number}`);
    site.time.now += 1;
    expect(await isWhole(site, 'desk=anna')).toBe(true);
  });

  test('their pages are kept by no shared cache, whatever the origin says; pictures are', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    const headers = { Cookie: 'desk=anna' };
    const cacheControl = async (target: string) =>
      (await site.ask(target, { headers })).headers['cache-control'];
    for (const [path, stated, sent] of [
      ['/a', undefined, 'private'],
      ['/b', 'public, max-age=60, s-maxage=600', 'private, max-age=60'],
      ['/c', 'no-cache', 'private, no-cache'],
      ['/d', 'no-store', 'no-store'],
      ['/e', 'private="set-cookie", max-age=1', 'private, max-age=1'],
    ] as const) {
      origin.on(
        path,
        sendHtml(articlePage('x'), {
          ...(stated === undefined ? {} : { 'Cache-Control': stated }),
          'CDN-Cache-Control': 'max-age=600',
          'Surrogate-Control': 'max-age=600',
        }),
      );
      expect([path, await cacheControl(path)]).toEqual([path, sent]);
    }
    const page = await site.ask('/b', { headers });
    expect(page.headers['cdn-cache-control']).toBeUndefined();
    expect(page.headers['surrogate-control']).toBeUndefined();
    origin.on('/p.png', sendAs('image/png', 'x', { 'Cache-Control': 'public, max-age=9' }));
    expect(await cacheControl('/p.png')).toBe('public, max-age=9');
  });

  test('conditions and ranges of staff’s are the origin’s to answer', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    origin.on('/tidewater/story', (req, res) => {
      if (req.headers['if-none-match'] === '"1"') res.writeHead(304, { ETag: '"1"' }).end();
      else if (req.headers.range) res.writeHead(206, { 'Content-Range': 'bytes 0-1/9' }).end('ab');
      else res.writeHead(200, { 'Content-Type': 'text/html', ETag: '"1"' }).end(articlePage('story'));
    });
    const asked = (headers: Record<string, string>) =>
      site.ask('/tidewater/story', { headers: { Cookie: 'desk=anna', ...headers } });
    expect((await asked({ 'If-None-Match': '"1"' })).status).toBe(304);
    expect((await asked({ Range: 'bytes=0-1' })).text).toBe('ab');
    expect((await site.ask('/tidewater/story', { headers: { 'If-None-Match': '"1"' } })).status).toBe(200);
  });

  test('the origin being down for staff is told as to anybody', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    expect(await isWhole(site, 'desk=anna')).toBe(true);
    await origin.down();
    const answer = await site.ask('/tidewater/story', { headers: { Cookie: 'desk=anna' } });
    expect([answer.status, answer.headers['gatefold-error']]).toEqual([502, 'origin-unreachable']);
  });

  test('a story read by staff teaches nothing: the next visitor’s is asked for and cut', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    await isWhole(site, 'desk=anna', '/meta/unseen');
    await isWhole(site, 'desk=anna', '/meta/unseen');
    expect(origin.count('/meta/unseen')).toBe(2);
    expect((await site.ask('/meta/unseen')).text).not.toContain(withheldText('unseen'));
    expect(await isWhole(site, 'desk=anna')).toBe(true);
  });

  test('the access API says staff of whoever’s cookies come along, and counts nothing', async () => {
    const site = await gatewayWith('{ probe: /desk/me }');
    const access = async (
      headers: Record<string, string>,
      target = '/-/access?url=/tidewater/story&count=true',
    ) => site.ask(target, { headers });
    const staff = await access({ Cookie: 'desk=anna' });
    expect(JSON.parse(staff.text)).toMatchObject({ access: 'full', reason: 'staff' });
    expect(accessOf(staff)).toEqual({ outcome: 'full', reason: 'staff' });
    const forwarded = { Cookie: 'desk=anna', 'X-Original-URL': '/feed.xml' };
    expect((await access(forwarded, '/-/access')).status).toBe(200);
    expect((await access({ ...forwarded, Cookie: 'desk=bea' }, '/-/access')).status).toBe(403);
    expect(JSON.parse((await access({ Cookie: 'desk=bea' })).text)).toMatchObject({ access: 'preview' });
  });
});

describe('Ghost', () => {
  test('its session is known in its admin, and an integration by its token', async () => {
    const origin = await opened(startArticleOrigin());
    const json = (pass: (cookie: string, authorization: string) => boolean) =>
      ((req, res) => {
        const { cookie = '', authorization = '' } = req.headers;
        const status = pass(cookie, authorization) ? 200 : 403;
        res.writeHead(status, { 'Content-Type': 'application/json' });
        res.end(
          JSON.stringify({ posts: [{ url: '/tidewater/story', html: withheldText('story').repeat(20) }] }),
        );
      }) as Parameters<ArticleOrigin['on']>[1];
    const isSession = (cookie: string) => cookie.includes('ghost-admin-api-session=s%3Aanna');
    const isToken = (authorization: string) => authorization === 'Ghost a.b.c';
    origin.on('/ghost/api/admin/users/me/', json(isSession));
    origin.on(
      '/ghost/api/admin/posts/',
      json((cookie, authorization) => isSession(cookie) || isToken(authorization)),
    );
    const policy = `${locked.replace('json: [', 'json: [{ paths: /ghost/api/**, body: /posts/*/html }, ')}\n`;
    const site = await opened(startGateway({ originUrl: origin.url, policy }));
    const posts = '/ghost/api/admin/posts/?formats=html';
    for (const headers of [
      { Cookie: 'ghost-admin-api-session=s%3Aanna.sig' },
      { Authorization: 'Ghost a.b.c' },
    ])
      expect((await site.ask(posts, { headers })).text).toContain(withheldText('story'));
    const forged = await site.ask(posts, { headers: { Cookie: 'ghost-admin-api-session=s%3Aeve' } });
    expect(forged.status).toBe(403);
  });
});
