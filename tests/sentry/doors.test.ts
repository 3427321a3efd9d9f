/** Doors that nobody named: an article's text leaves the origin under addresses, types and shapes that no rule speaks of. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Entitlement, EntitlementId } from '../../src/entitlements/entitlement.ts';
import { composeExplaining } from '../../src/gateway/compose-explaining.ts';
import * as charts from '../../src/insight/charts.ts';
import type { ProductId } from '../../src/policy/policy.ts';
import { type ArticleOrigin, type Route, startArticleOrigin } from '../support/article-origin.ts';
import { type Account, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const sentences = Array.from(
  { length: 40 },
  (_, at) => `Sentence ${at + 1} of the story goes along the quay past ${at + 3} barrels and a sleeping dog.`,
);
const secret = 'the lamplighter hid the brass key under the seventh stair';
const text = [...sentences, secret];
/** Of pictures, which say it nowhere else. */
const [above, below] = [
  'the quay on the morning before it all began, from the mole',
  'a seventh stair of oak, lifted, with a brass key below and initials cut into the wood beside it',
];
const picture = (words: string): string => `<figure><img src="/x.png" alt="${words}"></figure>`;
const html = text.map((each) => `<p>${each}</p>`).join('\n');
const page = (body: string): string =>
  `<!doctype html><html><head><title>Story</title><meta property="og:type" content="article"></head><body><article class="article-body">${body}</article></body></html>`;

const sending =
  (
    type: string | undefined,
    body: string | Buffer,
    headers: Record<string, string> = {},
    status = 200,
  ): Route =>
  (_req, res) => {
    res.writeHead(status, { ...(type ? { 'Content-Type': type } : {}), ...headers });
    res.end(body);
  };

const doors: Readonly<Record<string, Route>> = {
  '/': sending(
    'text/html',
    `<!doctype html><main><h1>Front</h1><div>${html}</div></main><footer>Below</footer>`,
  ),
  '/list': sending(
    'text/html',
    `<!doctype html><main><h1>Front</h1><div hidden data-x="${text.join(' ')}">x</div></main>`,
  ),
  '/search.json': sending(
    'application/json',
    JSON.stringify({ docs: [{ id: 1, body: text.join(' ') }], of: 7 }),
  ),
  '/api/anything': sending('application/vnd.api+json', JSON.stringify({ data: [{ attributes: { html } }] })),
  '/rows': sending('application/x-ndjson', text.map((line) => JSON.stringify({ line })).join('\n')),
  '/packed': sending('application/json', gzipSync(JSON.stringify({ html })), { 'Content-Encoding': 'gzip' }),
  '/odd-label': sending('application/json', JSON.stringify({ html }), { 'Content-Encoding': 'UTF-8' }),
  '/llms-full.txt': sending('text/plain', text.join('\n\n')),
  '/all.md': sending('text/markdown', `# All\n\n${text.join('\n\n')}\n`),
  '/export.csv': sending('text/csv', `id,text\n1,"${text.join(' ')}"\n`),
  '/drawing.svg': sending(
    'image/svg+xml',
    `<svg xmlns="http://www.w3.org/2000/svg"><text>${text.join(' ')}</text></svg>`,
  ),
  '/app.js': sending('text/javascript', `const posts = ${JSON.stringify(html)};`, { ETag: '"1"' }),
  '/styles.css': sending('text/css', `/* ${text.join(' ')} */ body { margin: 0 }`),
  '/flight': sending('text/x-component', `0:["$","div",null,{"children":${JSON.stringify(text)}}]\n`),
  '/untyped': sending(undefined, text.join('\n')),
  '/octets': sending('application/octet-stream', text.join('\n')),
  '/oops': sending('text/plain', `Error: ${text.join(' ')}`, {}, 500),
  '/view': sending('text/html', `<!doctype html><h1>View 3</h1>${picture(below)}<p>${below}</p>`),
  '/media': sending('application/json', JSON.stringify([{ id: 3, alt_text: below }])),
  '/header': sending('text/plain', 'Nothing here.', { 'X-Excerpt-Full': text.slice(30).join(' ') }),
};

let origin: ArticleOrigin;
let site: RunningGateway;
let subscriber: Account;
beforeAll(async () => {
  origin = await startArticleOrigin();
  origin.on('/news/story', sending('text/html', page(picture(above) + html + picture(below))));
  for (const [path, route] of Object.entries(doors)) origin.on(path, route);
  site = await startGateway({
    originUrl: origin.url,
    policy: `
site: { name: The Test Reader }
products: [{ id: all, name: Everything }]
articles: { body: .article-body }
cutoff: { characters: 300 }
otherwise: { access: locked, products: all }
preview: { moreFrom: false, related: false }
sentry: { pass: [/partners/**], stop: [/internal/**], learn: { everyMinutes: 60 } }
`,
  });
  const held: Entitlement = {
    id: 'held' as EntitlementId,
    product: 'all' as ProductId,
    source: 'comp',
    startsAt: 0,
    endsAt: Number.MAX_SAFE_INTEGER,
  };
  subscriber = await site.account('ada@example.com', [held]);
  // Whoever knows the article from its page knows it again everywhere.
  await site.ask('/news/story');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

describe('a stranger', () => {
  test.each(Object.keys(doors))('gets nothing of a locked article’s end at %s', async (path) => {
    const answer = await site.ask(path);
    expect(answer.status).toBeGreaterThan(0);
    expect(answer.text).not.toContain(secret);
    expect(answer.text).not.toContain('Sentence 33 of the story goes along the quay');
    expect(answer.text).not.toContain(below);
    expect(JSON.stringify(answer.headers)).not.toContain(secret);
  });

  test.each(['/', '/search.json', '/api/anything', '/rows', '/packed', '/llms-full.txt', '/all.md', '/oops'])(
    'gets the rest of %s, with the article as far as its preview',
    async (path) => {
      const answer = await site.ask(path);
      expect(answer.status).toBe(path === '/oops' ? 500 : 200);
      expect(answer.text).toContain('Sentence 2 of the story');
      expect(answer.headers['cache-control']).toBe('private, no-store');
    },
  );

  test('finds what describes a picture above the cut wherever it stands', async () => {
    origin.on(
      '/view-above',
      sending('text/html', `<!doctype html><h1>View 1</h1>${picture(above)}<p>${above}</p>`),
    );
    expect((await site.ask('/view-above')).text.split(above)).toHaveLength(3);
  });

  test('finds a link to the article on a page, and everything else where it was', async () => {
    const { text: front } = await site.ask('/');
    expect(front).toContain('href="/news/story"');
    expect(front).toContain('<h1>Front</h1>');
    expect(front).toContain('<footer>Below</footer>');
  });

  test('is told which article it is where nothing can be taken out', async () => {
    const answer = await site.ask('/app.js');
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'article-withheld', article: '/news/story' });
  });

  test('is cut off from a stream of events where the text begins to show', async () => {
    origin.on('/events', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      res.write('data: hello\n\n');
      setTimeout(() => res.write(`data: ${text.join(' ')}\n\n`), 50);
    });
    const answer = await site.ask('/events').catch(() => undefined);
    expect(answer?.text ?? '').not.toContain(secret);
  });
});

describe('a subscriber', () => {
  test.each(Object.keys(doors))(
    'gets the origin’s own bytes at %s, and no cache keeps them for others',
    async (path) => {
      const own = await fetch(`${origin.url}${path}`);
      const answer = await site.ask(path, { headers: subscriber.cookie });
      expect(answer.status).toBe(own.status);
      if (path !== '/packed' && path !== '/odd-label') expect(answer.text).toBe(await own.text());
      // A header's text is left out for everybody, so this answer may be anybody's.
      if (path === '/header') return;
      expect(answer.headers['cache-control']).toBe('private, no-store');
    },
  );
});

test('what holds nothing of the kind passes with its own headers', async () => {
  origin.on(
    '/plain.json',
    sending('application/json', '{"a":1}', { ETag: '"p"', 'Cache-Control': 'public, max-age=60' }),
  );
  const answer = await site.ask('/plain.json');
  expect(answer.text).toBe('{"a":1}');
  expect(answer.headers).toMatchObject({ etag: '"p"', 'cache-control': 'public, max-age=60' });
});

test('the publisher finds every such door counted, with the article that was found and what became of it', async () => {
  await site.gateway.insight.flush();
  const day = new Date(site.time.now).toISOString().slice(0, 10);
  const lines = await charts.doors(site.gateway.stores.insight, { from: day, to: day });
  const search = lines.find(({ path }) => path === '/search.json');
  expect(search).toMatchObject({ article: '/news/story' });
  expect(search?.times.cleaned).toBeGreaterThan(0);
  expect(search?.times.theirs).toBeGreaterThan(0);
  expect(lines.find(({ path }) => path === '/app.js')?.times.withheld).toBeGreaterThan(0);
  expect(lines.find(({ path }) => path === '/plain.json')).toBeUndefined();
  expect(JSON.stringify(lines)).not.toContain('barrels');
});

test('explaining such an address names the article, its level, and about how many letters are there', async () => {
  const { gate, stores, inForce } = site.gateway;
  const explaining = composeExplaining({ gate, stores, meters: stores.meters, inForce, hosts: [] });
  const told = await explaining.explainView({
    address: { url: '/search.json', target: '/search.json', path: '/search.json' },
    reader: { kind: 'visitor', reads: 0 },
    rules: inForce(),
    now: site.time.now,
  });
  expect(told.kind).toBe('not-an-article');
  const [line] = told.kind === 'decided' ? [] : told.held;
  expect(line).toMatch(/^It holds \d,\d{3} letters of \/news\/story \(locked\)\.$/);
});

describe('where the policy says so', () => {
  test('a partner’s API is not read', async () => {
    origin.on('/partners/all.json', sending('application/json', JSON.stringify({ html })));
    expect((await site.ask('/partners/all.json')).text).toContain(secret);
  });

  test('what could be shortened is refused', async () => {
    origin.on('/internal/all.json', sending('application/json', JSON.stringify({ html })));
    expect((await site.ask('/internal/all.json')).status).toBe(403);
  });
});
