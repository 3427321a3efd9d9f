/** A site's own router asks in a page's place: it gets what its reader may have, and is sent to the page where that ends early. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, sendAs, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import { comp, dayMs, noon, type RunningGateway, startGateway } from '../support/start-gateway.ts';

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

/** SvelteKit's data of a page. */
const dataOf = (slug: string, query = '?x-sveltekit-invalidated=01'): string => {
  const path = `/tidewater/${slug}/__data.json`;
  origin.on(path, sendAs('application/json', JSON.stringify({ type: 'data', text: withheldText(slug) })));
  return path + query;
};

const stopped = async (): Promise<Reader> => {
  const reader = site.reader();
  for (const slug of ['a', 'b', 'c']) await reader.ask(`/tidewater/before-${slug}`);
  return reader;
};

const subscriber = async (): Promise<Record<string, string>> => {
  const { token } = await site.account('ann@example.org', [comp('all', noon - dayMs, noon + 9 * dayMs)]);
  return { Cookie: `gf_reader=${token}` };
};

describe('SvelteKit’s data', () => {
  test('of an unseen article cost nothing, since a hover asks like a click, and lead to the page', async () => {
    const reader = site.reader();
    await reader.ask('/tidewater/first');
    const data = await reader.ask(dataOf('unseen'));
    expect([data.status, data.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(JSON.parse(data.text)).toEqual({
      type: 'redirect',
      location: `/-/open?to=${encodeURIComponent('/tidewater/unseen')}`,
    });
    const opened = await reader.ask('/-/open?to=%2Ftidewater%2Funseen');
    expect([opened.status, opened.headers.location]).toEqual([303, '/tidewater/unseen']);
    expect(accessOf(await reader.ask('/tidewater/unseen'))).toMatchObject({ reason: 'free-read', left: 1 });
  });

  test('of an article that was read, or is subscribed to, come whole', async () => {
    const reader = site.reader();
    await reader.ask('/tidewater/seen');
    const data = await reader.ask(dataOf('seen'));
    expect(data.text).toContain(withheldText('seen'));
    expect(accessOf(data)).toMatchObject({ reason: 'already-read', left: 2 });
    const subscribed = await site.ask(dataOf('other'), { headers: await subscriber() });
    expect(subscribed.text).toContain(withheldText('other'));
  });

  test('lead whoever is stopped to the page with its query, and a slash where it has one', async () => {
    const reader = await stopped();
    const query = '?view=a%26b&x-sveltekit-trailing-slash=1&x-sveltekit-invalidated=1';
    const data = await reader.ask(dataOf('four', query));
    expect(data.text).not.toContain(withheldText('four'));
    const { location } = JSON.parse(data.text);
    expect(location).toBe(`/-/open?to=${encodeURIComponent('/tidewater/four/?view=a%26b')}`);
    expect(accessOf(data)).toMatchObject({ outcome: 'preview', reason: 'meter-exhausted' });
  });
});

test.each([
  ['//elsewhere.example/', '/'],
  ['https://elsewhere.example/', '/'],
  ['/\\elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
  ['', '/'],
  ['/news?a=b', '/news?a=b'],
])('/-/open leads nowhere but into the site: %j', async (to, location) => {
  const answer = await site.ask(`/-/open?to=${encodeURIComponent(to)}`);
  expect([answer.status, answer.headers.location]).toEqual([303, location]);
});

describe('Next.js’s router', () => {
  test('gets its own form of an article, and one free read opens it and the page', async () => {
    origin.on('/tidewater/rsc', (req, res) =>
      req.headers.rsc === '1'
        ? sendAs('text/x-component', `0:${withheldText('rsc')}`)(req, res)
        : sendAs('text/html', `<article class="article-body"><p>${withheldText('rsc')}</p></article>`)(
            req,
            res,
          ),
    );
    const reader = site.reader();
    await reader.ask('/tidewater/first');
    const soft = await reader.ask('/tidewater/rsc?_rsc=1a2b', { headers: { RSC: '1' } });
    expect(soft.headers['content-type']).toContain('text/x-component');
    expect(soft.text).toContain(withheldText('rsc'));
    expect(accessOf(soft)).toMatchObject({ reason: 'free-read', left: 1 });
    expect(accessOf(await reader.ask('/tidewater/rsc')).reason).toBe('already-read');
    // However the address of it is asked.
    expect(accessOf(await reader.ask('/tidewater/rsc?_rsc=9z')).reason).toBe('already-read');
  });

  test('gets nothing where its reader is stopped, and goes to the page, without a fault in the console', async () => {
    const soft = await (await stopped()).ask('/tidewater/rsc?_rsc=1a2b', { headers: { RSC: '1' } });
    expect([soft.status, soft.text.includes(withheldText('rsc'))]).toEqual([204, false]);
  });
});

describe('a link by htmx or Inertia', () => {
  test.each([
    ['htmx', { 'HX-Request': 'true', 'HX-Boosted': 'true' }, 200, 'hx-redirect'],
    ['Inertia', { 'X-Inertia': 'true', 'X-Requested-With': 'XMLHttpRequest' }, 409, 'x-inertia-location'],
  ])('%s leads whoever is stopped to the page, and gives others what the site sends', async (...facts) => {
    const [, headers, status, header] = facts;
    const answer = await (await stopped()).ask('/tidewater/four?x=1', { headers });
    expect([answer.status, answer.headers[header], answer.text]).toEqual([status, '/tidewater/four?x=1', '']);
    const whole = await site.ask('/tidewater/four', { headers: { ...headers, ...(await subscriber()) } });
    expect([whole.status, whole.headers[header]]).toEqual([200, undefined]);
    expect(whole.text).toContain(withheldText('four'));
    expect(origin.seen.at(-1)?.headers[Object.keys(headers)[0]?.toLowerCase() ?? '']).toBe('true');
  });

  test('the next story that htmx loads by itself takes nobody away', async () => {
    const answer = await (await stopped()).ask('/tidewater/four', { headers: { 'HX-Request': 'true' } });
    expect([answer.status, answer.headers['hx-redirect']]).toEqual([200, undefined]);
    expect(answer.text).toContain('You’re reading a preview');
  });

  test('one that is only looked ahead at is refused', async () => {
    const headers = { 'X-Inertia': 'true', Purpose: 'prefetch' };
    expect((await (await stopped()).ask('/tidewater/four', { headers })).status).toBe(503);
  });
});
