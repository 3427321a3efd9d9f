/** A page whose answer sets a cookie is its reader's: the forms on it work, and nobody else is shown it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, articlePage, startArticleOrigin } from '../support/article-origin.ts';
import type { Reader } from '../support/raw-client.ts';
import { type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
let tolerant: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url, policy: testPolicy });
  const policy = `${testPolicy}\noriginCache: { harmlessCookies: [visit, PHPSESSID], vary: [X-Edition] }\n`;
  tolerant = await startGateway({ originUrl: origin.url, policy });
});
afterAll(async () => {
  await site?.stop();
  await tolerant?.stop();
  await origin?.stop();
});

const openTag = '<meta property="article:content_tier" content="free">';
const lockedTag = '<meta property="article:content_tier" content="locked">';

interface Forms {
  readonly cookie?: string;
  readonly tag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As Django, Rails and ASP.NET do: a cookie for whoever has none, a token that belongs to it, and the form taken with both. */
const serveForm = (path: string, { cookie = 'csrf', tag = openTag, headers = {} }: Forms = {}): void => {
  let given = 0;
  origin.on(path, (req, res) => {
    const known = new RegExp(`(?:^|; )${cookie}=(\\w+)`).exec(req.headers.cookie ?? '')?.[1];
    if (req.method === 'POST') {
      req.once('data', (sent: Buffer) => {
        const taken = known !== undefined && String(sent) === `token=${known}`;
        res.writeHead(taken ? 200 : 403, { 'Content-Type': 'text/html' }).end('<p>Answer');
      });
      return;
    }
    given += known ? 0 : 1;
    const token = known ?? `t${given}x`;
    const set = known ? {} : { 'Set-Cookie': `${cookie}=${token}; Path=/` };
    res.writeHead(200, { 'Content-Type': 'text/html', ...set, ...headers });
    const form = `<form method="post"><input name="token" value="${token}"></form>`;
    res.end(articlePage(path.split('/').at(-1) ?? '', { head: tag }).replace('<footer>', `${form}<footer>`));
  });
};

const tokenIn = (text: string): string => /name="token" value="(\w+)"/.exec(text)?.[1] ?? 'none';

const sendForm = async (reader: Reader, path: string): Promise<number> => {
  const token = tokenIn((await reader.ask(path)).text);
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return (await reader.ask(path, { method: 'POST', headers: form, body: `token=${token}` })).status;
};

describe.each([
  ['open', openTag],
  ['locked', lockedTag],
])('the form of an article that is %s', (level, tag) => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['says nothing of it', {}],
    ['says Vary: Cookie', { Vary: 'Cookie' }],
    ['says it is private', { 'Cache-Control': 'max-age=0, private, must-revalidate' }],
    ['says no-store', { 'Cache-Control': 'no-cache, no-store' }],
    ['says how long it lasts', { 'Cache-Control': 'max-age=600' }],
  ])('works where the origin %s', async (words, headers) => {
    const path = `/tidewater/form-${level}-${words.replaceAll(/\W+/g, '-')}`;
    serveForm(path, { tag, headers });
    for (let turn = 0; turn < 3; turn += 1) {
      const reader = site.reader();
      expect(await sendForm(reader, path)).toBe(200);
      // With the cookie that they have by now.
      expect(await sendForm(reader, path)).toBe(200);
    }
  });
});

test('two readers who come at the same time get two cookies', async () => {
  serveForm('/tidewater/at-once');
  const readers = [site.reader(), site.reader(), site.reader()];
  expect(await Promise.all(readers.map((reader) => sendForm(reader, '/tidewater/at-once')))).toEqual([
    200, 200, 200,
  ]);
  const tokens = await Promise.all(
    readers.map(async (reader) => tokenIn((await reader.ask('/tidewater/at-once')).text)),
  );
  expect(new Set(tokens).size).toBe(3);
});

test('a page that depends on cookies is shared by those who have but harmless ones', async () => {
  const path = '/tidewater/by-cookie';
  origin.on(path, (req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/html', Vary: 'Cookie' });
    res.end(articlePage('by-cookie', { head: openTag, body: `<p>[${req.headers.cookie ?? 'nobody'}]</p>` }));
  });
  const shown = async (cookie?: string) =>
    /\[(.*?)\]/.exec((await site.ask(path, cookie ? { headers: { Cookie: cookie } } : {})).text)?.[1];
  expect(await shown('theme=dark')).toBe('theme=dark');
  expect(await shown('theme=light')).toBe('theme=light');
  const before = origin.count(path);
  expect(await shown()).toBe('nobody');
  expect(await shown('_ga=GA1.1; _fbp=fb.1')).toBe('nobody');
  expect(await shown('_hjSessionUser_12=x')).toBe('nobody');
  expect(origin.count(path)).toBe(before);
});

test.each(['visit', 'PHPSESSID'])(
  'a page that sets %s, which the policy calls harmless, is shared',
  async (cookie) => {
    const path = `/tidewater/harmless-${cookie.toLowerCase()}`;
    serveForm(path, { cookie });
    const before = origin.count(path);
    for (const headers of [{}, { Cookie: `${cookie}=abc` }, {}]) {
      const answer = await tolerant.ask(path, { headers });
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(tokenIn(answer.text)).toBe('t1x');
    }
    expect(origin.count(path)).toBe(before + 1);
  },
);

test('the policy names headers that the origin keeps to itself', async () => {
  const path = '/tidewater/editions';
  origin.on(path, (req, res) => {
    const edition = String(req.headers['x-edition'] ?? 'world');
    res.writeHead(200, { 'Content-Type': 'text/html' });
    res.end(articlePage('editions', { head: openTag, body: `<p>[${edition}]</p>` }));
  });
  for (const edition of ['north', 'south', 'north', 'world']) {
    const answer = await tolerant.ask(path, { headers: { 'X-Edition': edition } });
    expect(answer.text).toContain(`[${edition}]`);
    expect(answer.headers.vary).toBe('Accept-Encoding, X-Edition');
  }
  expect(origin.count(path)).toBe(3);
});

test('an article of readers’ own pages goes on being known, and forms elsewhere of it cost no question each', async () => {
  const path = '/tidewater/own-and-known';
  serveForm(path, { tag: lockedTag, headers: { 'Cache-Control': 'max-age=60' } });
  await site.ask(path);
  const before = origin.count(path);
  for (let turn = 0; turn < 3; turn += 1) await site.ask(`${path}/print`);
  expect(origin.count(path)).toBe(before);
  site.time.now += 3_600_000;
  await site.ask(path);
  // This reader's, and one for nobody: the text may have changed.
  expect(origin.count(path)).toBe(before + 2);
});
