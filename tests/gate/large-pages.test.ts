/** Large pages, feeds and documents: cut as small ones are, by threads beside, while everybody else is answered. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ThreadBounds } from '../../src/ops/threads.ts';
import { type ArticleOrigin, sendAs, startArticleOrigin } from '../support/article-origin.ts';
import { accessOf } from '../support/raw-client.ts';
import {
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../support/start-gateway.ts';

const policy = testPolicy.replace('visitor: 3', 'visitor: 0');

const withheld = (slug: string): string =>
  `The last lamp of ${slug} went out before anybody had read so far.`;

const paragraphs = (slug: string, length: number): string => {
  const written: string[] = [];
  for (let size = 0, at = 1; size < length; at += 1) {
    const each = `<p>Of ${slug}, in its paragraph ${at}: the tide came ${at % 97} times and went ${at % 89} times.</p>`;
    written.push(each);
    size += each.length;
  }
  return written.join('\n');
};

const largePage = (slug: string, length = 300_000): string =>
  `<!doctype html><html lang="en"><head><title>The ${slug}</title>
<meta property="og:type" content="article"></head><body><nav><a href="/">Home</a></nav>
<div class="article-body">${paragraphs(slug, length)}<p>${withheld(slug)}</p></div><footer>End</footer></body></html>`;

let origin: ArticleOrigin;
beforeAll(async () => {
  origin = await startArticleOrigin();
});
afterAll(() => origin?.stop());

let site: RunningGateway;
const open = async (threads: ThreadBounds = { seconds: 60 }, terms = policy): Promise<void> => {
  site = await startGateway({ originUrl: origin.url, policy: terms, threads });
};
afterEach(() => site?.stop());

const serve = (path: string, content: string, type = 'text/html; charset=utf-8'): void =>
  origin.on(path, sendAs(type, content));

/** How many tasks of a name ended so. */
const tasks = async (name: string, ended = 'done'): Promise<number> => {
  const line = `gatefold_thread_tasks_total{task="${name}",ended="${ended}"} `;
  const text = await site.gateway.metrics.text();
  return Number(
    text
      .split('\n')
      .find((each) => each.startsWith(line))
      ?.slice(line.length) ?? 0,
  );
};

describe('a large article', () => {
  test('is cut for those who may not read it, and sent whole to those who may', async () => {
    await open();
    serve('/tidewater/book', largePage('book'));
    const stranger = await site.ask('/tidewater/book');
    expect(accessOf(stranger)).toMatchObject({ outcome: 'preview', reason: 'meter-exhausted' });
    expect(stranger.text).toContain('Of book, in its paragraph 1:');
    expect(stranger.text).not.toContain('paragraph 20:');
    expect(stranger.text).not.toContain(withheld('book'));
    const { cookie } = await site.account('ada@example.org', [comp('all', noon - dayMs, noon + dayMs)]);
    const subscriber = await site.ask('/tidewater/book', { headers: cookie });
    expect(accessOf(subscriber).outcome).toBe('full');
    expect(subscriber.text).toContain(withheld('book'));
    expect(await tasks('cutPage')).toBe(1);
  });

  test('is read and cut once, however many ask at once, and under however many queries', async () => {
    await open();
    const page = largePage('chapter');
    serve('/tidewater/chapter', page);
    const asked = Array.from({ length: 12 }, (_, at) => site.ask(`/tidewater/chapter?part=${at % 4}`));
    for (const answer of await Promise.all(asked)) expect(answer.text).not.toContain(withheld('chapter'));
    expect(await tasks('cutPage')).toBe(1);
    expect(await tasks('readPage')).toBe(1);
  });

  test('that fits in its preview is open where the policy lets previews be whole articles', async () => {
    const whole = policy.replace('characters: 200', 'characters: 200, atMost: 100');
    await open({ seconds: 60 }, whole);
    const short = largePage('short', 20).replace(`<p>${withheld('short')}</p>`, '');
    serve('/tidewater/short', short.replace('<nav>', `<!--${'-x'.repeat(60_000)}--><nav>`));
    const answer = await site.ask('/tidewater/short');
    expect(accessOf(answer)).toMatchObject({ outcome: 'full', reason: 'open' });
    // Once more without the marks of what isn't free.
    expect(await tasks('cutPage')).toBe(2);
  });

  test('keeps nobody waiting: who comes while it is cut is answered before it is', async () => {
    await open();
    serve('/tidewater/kept', largePage('kept', 2_000));
    await site.ask('/tidewater/kept');
    const page = sendAs('text/html; charset=utf-8', largePage('long', 4_000_000));
    const sent = new Promise<void>((resolve) => {
      origin.on('/tidewater/long', (req, res) => {
        res.once('finish', resolve);
        page(req, res);
      });
    });
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const long = site.ask('/tidewater/long').then(note('the long article'));
    await sent;
    // From here on its bytes are with the gate; nothing has to be waited for but its own work.
    for (let round = 0; round < 3; round += 1) {
      await site.ask('/-/health/live').then(note('health'));
      await site.ask('/tidewater/kept').then(note('another article'));
    }
    await long;
    expect(order).toEqual([
      ...['health', 'another article', 'health', 'another article', 'health', 'another article'],
      'the long article',
    ]);
  });
});

describe('a small article', () => {
  test('starts no thread', async () => {
    await open();
    serve('/tidewater/small', largePage('small', 20_000));
    const answer = await site.ask('/tidewater/small');
    expect(answer.text).not.toContain(withheld('small'));
    expect(await tasks('cutPage')).toBe(0);
    expect(await tasks('readPage')).toBe(0);
  });
});

describe('a page that takes too long', () => {
  test('is withheld at an article’s path, and the subscriber gets it all', async () => {
    // No thread is even started in so short a time.
    await open({ seconds: 0.001 });
    serve('/tidewater/endless', largePage('endless'));
    const stranger = await site.ask('/tidewater/endless');
    expect(stranger.status).toBe(403);
    expect(accessOf(stranger)).toMatchObject({ outcome: 'preview', reason: 'uncuttable' });
    expect(stranger.text).not.toContain('Of endless');
    const { cookie } = await site.account('ada@example.org', [comp('all', noon - dayMs, noon + dayMs)]);
    const subscriber = await site.ask('/tidewater/endless', { headers: cookie });
    expect(subscriber.text).toContain(withheld('endless'));
    expect(await tasks('readPage', 'too-slow')).toBe(1);
  });

  test('is unavailable where nobody knows what it is', async () => {
    await open({ seconds: 0.001 });
    serve('/front', largePage('front'));
    const answer = await site.ask('/front');
    expect(answer.status).toBe(503);
    expect(answer.headers['gatefold-error']).toMatch(/^unreadable/);
    expect(answer.text).not.toContain('Of front');
    expect((await site.ask('/-/health/live')).status).toBe(200);
  });

  test('is not tried again for each who asks', async () => {
    await open({ seconds: 0.001 });
    serve('/tidewater/again', largePage('again'));
    for (let at = 0; at < 5; at += 1) await site.ask(`/tidewater/again?q=${at}`);
    expect(await tasks('readPage', 'too-slow')).toBe(1);
  });
});

describe('a page that takes too much memory', () => {
  test('is withheld, and other pages are cut after it', async () => {
    await open({ seconds: 60, heapMib: 48 });
    serve('/tidewater/heavy', largePage('heavy', 6_000_000));
    const heavy = await site.ask('/tidewater/heavy');
    expect(heavy.status).toBe(403);
    expect(heavy.text).not.toContain('Of heavy');
    serve('/tidewater/light', largePage('light', 100_000));
    const light = await site.ask('/tidewater/light');
    expect(light.text).toContain('Of light, in its paragraph 1:');
    expect(light.text).not.toContain(withheld('light'));
  });
});

/** What is learnt of a page, once it was sent, is work for the thread as well. */
const askUntilFree = async (path: string) => {
  for (;;) {
    const answer = await site.ask(path);
    if (!/^busy/.test(String(answer.headers['gatefold-error']))) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test('more large pages than may wait are told to come again, and then are cut', async () => {
  await open({ seconds: 60, mostThreads: 1, mostWaiting: 0 });
  for (const at of [1, 2, 3]) serve(`/tidewater/rush-${at}`, largePage(`rush-${at}`, 1_000_000));
  const answers = await Promise.all([1, 2, 3].map((at) => site.ask(`/tidewater/rush-${at}`)));
  const busy = answers.filter(({ status }) => status === 503);
  expect(busy.length).toBeGreaterThan(0);
  for (const { headers, text } of busy) {
    expect(headers['gatefold-error']).toMatch(/^busy/);
    expect(headers['retry-after']).toBe('3');
    expect(text).not.toContain('Of rush');
  }
  for (const at of [1, 2, 3]) {
    const answer = await askUntilFree(`/tidewater/rush-${at}`);
    expect(answer.text).toContain(`Of rush-${at}, in its paragraph 1:`);
    expect(answer.text).not.toContain(withheld(`rush-${at}`));
  }
});

describe('a large feed', () => {
  test('is cut entry by entry', async () => {
    await open();
    serve('/tidewater/told', largePage('told'));
    const item = (slug: string): string =>
      `<item><title>${slug}</title><link>${origin.url}/tidewater/${slug}</link><description><![CDATA[${paragraphs(slug, 90_000)}<p>${withheld(slug)}</p>]]></description></item>`;
    const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>All</title>${item('told')}${item('untold')}</channel></rss>`;
    serve('/feed.xml', feed, 'application/rss+xml');
    origin.on('/tidewater/untold', (_req, res) => res.writeHead(404).end());
    const answer = await site.ask('/feed.xml');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Of told, in its paragraph 1:');
    expect(answer.text).not.toContain(withheld('told'));
    // No page says whose that is.
    expect(answer.text).not.toContain('Of untold, in its paragraph 4:');
    expect(await tasks('cutFeed')).toBe(1);
  });
});

describe('a large document of JSON', () => {
  test('is cut at its pointers', async () => {
    await open();
    serve('/tidewater/data', largePage('data'));
    const document = {
      url: `${origin.url}/tidewater/data`,
      content_html: `${paragraphs('data', 200_000)}<p>${withheld('data')}</p>`,
      notes: Array.from({ length: 2_000 }, (_, at) => ({ at })),
    };
    serve('/tidewater/data.json', JSON.stringify(document), 'application/json');
    const answer = await site.ask('/tidewater/data.json');
    expect(answer.status).toBe(200);
    const sent = JSON.parse(answer.text);
    expect(sent.notes).toEqual(document.notes);
    expect(sent.content_html).toContain('Of data, in its paragraph 1:');
    expect(answer.text).not.toContain(withheld('data'));
    expect(await tasks('cutJson')).toBe(1);
  });
});

describe('a large answer that holds an article', () => {
  const filler = (length: number): string[] => {
    const lines: string[] = [];
    for (let size = 0; size < length; size += lines.at(-1)?.length ?? 0)
      lines.push(`Lamp ${lines.length} of the shop, with ${lines.length % 89} metres of cord.`);
    return lines;
  };
  const list = (body: string): string =>
    JSON.stringify({ lamps: filler(200_000), posts: [{ title: 'The held', body }], more: filler(200_000) });
  const front = (body: string): string =>
    `<!doctype html><html><head><title>Front</title></head><body><ul>${filler(300_000)
      .map((line) => `<li>${line}</li>`)
      .join('')}</ul><main>${body}</main><footer>The end</footer></body></html>`;

  test.each([
    ['a list', '/search', 'application/json', list],
    ['a front page', '/front', 'text/html; charset=utf-8', front],
  ] as const)(
    '%s is cleaned beside, and whole for those who may read it',
    async (_, path, type, answerOf) => {
      await open();
      const body = `${paragraphs('held', 30_000)}<p>${withheld('held')}</p>`;
      serve('/tidewater/held', largePage('held', 30_000));
      serve(path, answerOf(body), type);
      await site.ask('/tidewater/held');
      while (site.gateway.knowing.known.size().articles === 0)
        await new Promise((resolve) => setTimeout(resolve, 20));
      const stranger = await site.ask(path);
      expect(stranger.status).toBe(200);
      expect(stranger.text).not.toContain(withheld('held'));
      expect(stranger.text).not.toContain('in its paragraph 90:');
      expect(stranger.text).toContain(filler(200_000).at(-1));
      if (path === '/search') {
        const sent = JSON.parse(stranger.text);
        expect(sent.posts[0].body).toContain('in its paragraph 1:');
        expect(sent.more).toEqual(filler(200_000));
      } else expect(stranger.text).toContain('<footer>The end</footer>');
      expect(await tasks('cleanAnswer')).toBe(1);
      const { cookie } = await site.account('ada@example.org', [comp('all', noon - dayMs, noon + dayMs)]);
      const subscriber = await site.ask(path, { headers: cookie });
      expect(subscriber.text).toBe(answerOf(body));
    },
  );

  test('is withheld where cleaning it takes too long', async () => {
    await open({ seconds: 0.001 });
    serve('/tidewater/held', largePage('held', 30_000));
    serve('/search', list(paragraphs('held', 30_000)), 'application/json');
    await site.ask('/tidewater/held');
    while (site.gateway.knowing.known.size().articles === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const stranger = await site.ask('/search');
    expect(stranger.status).toBe(403);
    expect(stranger.text).not.toContain('Of held');
  });
});
