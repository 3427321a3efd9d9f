/** What costs a free read and what doesn't, asked of the real server over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  sendAs,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { type Answer, accessOf, type Reader } from '../support/raw-client.ts';
import { dayMs, noon, type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';

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

const isFull = (answer: Answer, slug: string): boolean => answer.text.includes(withheldText(slug));

/** Somebody whose free reads are used up to that number, known by a cookie. */
const visitorAfter = async (reads: number): Promise<Reader> => {
  const reader = site.reader();
  if (reads === 0) await reader.ask('/-/access?url=/tidewater/one');
  for (let read = 0; read < reads; read += 1) await reader.ask(`/tidewater/earlier-${read}`);
  return reader;
};

/** What a look says is left; it costs nothing itself. */
const leftFor = async (reader: Reader): Promise<number | undefined> => {
  const answer = await reader.ask('/-/access?url=/tidewater/never-read');
  const { reason, left } = accessOf(answer);
  // A look at an unread article tells what is left once it is read.
  return reason === 'free-read' ? (left ?? 0) + 1 : left;
};

describe('a new visitor', () => {
  test('reads three articles in full and gets a preview of the fourth', async () => {
    const reader = site.reader();
    const answers = [];
    for (const slug of ['one', 'two', 'three', 'four']) answers.push(await reader.ask(`/tidewater/${slug}`));
    expect(answers.map((answer) => answer.headers['gatefold-access'])).toEqual([
      'full; reason=free-read; left=2; of=3',
      'full; reason=free-read; left=1; of=3',
      'full; reason=free-read; left=0; of=3',
      'preview; reason=meter-exhausted; left=0; of=3',
    ]);
    const [one, , three, four] = answers;
    expect(one && isFull(one, 'one')).toBe(true);
    expect(three && isFull(three, 'three')).toBe(true);
    expect(four && isFull(four, 'four')).toBe(false);
    expect(four?.text).toContain('You’re reading a preview, subscribe to read more.');
    expect(four?.status).toBe(200);
  });

  test('rereads a counted article as often as they like, even when nothing is left', async () => {
    const reader = await visitorAfter(3);
    for (let again = 0; again < 5; again += 1) {
      const answer = await reader.ask('/tidewater/earlier-0');
      expect(answer.headers['gatefold-access']).toBe('full; reason=already-read; left=0; of=3');
      expect(isFull(answer, 'earlier-0')).toBe(true);
    }
  });

  test('gets three again when the month turns, and not a millisecond earlier', async () => {
    const reader = await visitorAfter(3);
    const december = Date.UTC(2026, 11, 1);
    try {
      site.time.now = december - 1;
      expect(accessOf(await reader.ask('/tidewater/four')).reason).toBe('meter-exhausted');
      site.time.now = december;
      expect(accessOf(await reader.ask('/tidewater/four'))).toMatchObject({ reason: 'free-read', left: 2 });
    } finally {
      site.time.now = noon;
    }
  });

  test('is told in the page what the header says', async () => {
    const reader = site.reader();
    const [first, second, third] = [
      await reader.ask('/tidewater/one'),
      await reader.ask('/tidewater/two'),
      await reader.ask('/tidewater/three'),
    ];
    expect(first.text).toMatch(/2 of 3 free articles left/);
    expect(second.text).toMatch(/1 of 3 free articles? left/);
    expect(third.text).not.toMatch(/[123] of 3 free articles? left/);
    expect([first, second, third].map((answer) => accessOf(answer).left)).toEqual([2, 1, 0]);
  });
});

describe('costs no free read', () => {
  test('HEAD, which says what GET would', async () => {
    const reader = await visitorAfter(1);
    for (let again = 0; again < 3; again += 1) {
      const head = await reader.ask('/tidewater/fresh', { method: 'HEAD' });
      expect(head.headers['gatefold-access']).toBe('full; reason=free-read; left=1; of=3');
      expect(head.body).toHaveLength(0);
    }
    expect(await leftFor(reader)).toBe(2);
  });

  test.each([
    ['Sec-Purpose', 'prefetch'],
    ['Sec-Purpose', 'prefetch;prerender'],
    ['Purpose', 'prefetch'],
    ['X-Moz', 'prefetch'],
    ['X-Purpose', 'preview'],
  ])('a look ahead by %s: %s, and it gets nothing that the reader hasn’t seen', async (name, value) => {
    const reader = await visitorAfter(1);
    const ahead = await reader.ask('/tidewater/unseen', { headers: { [name]: value } });
    expect(accessOf(ahead)).toMatchObject({ outcome: 'preview', reason: 'prefetch', left: 2 });
    // Whoever then clicks is to ask again: nothing that came ahead of time may stand for the article.
    expect([ahead.status, ahead.headers['cache-control']]).toEqual([503, 'no-store']);
    expect([ahead.headers['retry-after'], ahead.headers['set-cookie']]).toEqual([undefined, undefined]);
    expect(isFull(ahead, 'unseen')).toBe(false);
    const seen = await reader.ask('/tidewater/earlier-0', { headers: { [name]: value } });
    expect(isFull(seen, 'earlier-0')).toBe(true);
    expect(await leftFor(reader)).toBe(2);
  });

  test('a look ahead at thirty links, and none of them makes a visitor', async () => {
    const ahead = { headers: { 'Sec-Purpose': 'prefetch' } };
    const answers = [];
    for (let link = 0; link < 30; link += 1) answers.push(await site.ask(`/tidewater/link-${link}`, ahead));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(answers.filter(({ headers }) => headers['set-cookie'])).toEqual([]);
  });

  test('a look ahead at another form of an unseen article', async () => {
    const reader = await visitorAfter(1);
    origin.on('/tidewater/unseen.txt', sendAs('text/plain', withheldText('unseen')));
    const headers = { RSC: '1', 'Next-Router-Prefetch': '1' };
    const ahead = await reader.ask('/tidewater/unseen.txt', { headers });
    // Next.js asks again after this as it does after 503, and nothing stands in the browser's console.
    expect([ahead.status, accessOf(ahead).reason]).toEqual([204, 'prefetch']);
    expect(ahead.text).not.toContain(withheldText('unseen'));
    expect(await leftFor(reader)).toBe(2);
  });

  test('a look ahead at what the click would end before: its preview, for that click alone', async () => {
    const reader = await visitorAfter(3);
    const ahead = await reader.ask('/tidewater/unseen', { headers: { 'Sec-Purpose': 'prefetch' } });
    expect([ahead.status, accessOf(ahead).reason]).toEqual([200, 'meter-exhausted']);
    expect(ahead.text).toContain('You’re reading a preview, subscribe to read more.');
    // A subscription may be bought before it is looked at.
    expect(ahead.headers['cache-control']).toBe('private, no-store');
    const clicked = await reader.ask('/tidewater/unseen');
    expect(clicked.headers['cache-control']).toBe('private, no-cache');
  });

  test('a 304', async () => {
    const reader = await visitorAfter(1);
    const preview = await site.ask('/tidewater/unseen', {
      method: 'POST',
      headers: { 'Content-Length': '0' },
    });
    const full = await reader.ask('/tidewater/earlier-0');
    const etag = String(full.headers.etag);
    const known = await reader.ask('/tidewater/earlier-0', { headers: { 'If-None-Match': etag } });
    expect(known.status).toBe(304);
    expect(known.body).toHaveLength(0);
    // The page it holds is the preview; what it may read now is another page.
    const other = await reader.ask('/tidewater/unseen', {
      headers: { 'If-None-Match': String(preview.headers.etag) },
    });
    expect(other.status).toBe(200);
    expect(await leftFor(reader)).toBe(1);
  });

  test('an answer of the origin that isn’t a success, whatever its type', async () => {
    const reader = await visitorAfter(1);
    for (const status of [404, 410, 500, 503])
      for (const type of ['text/html', 'text/plain', 'application/json', 'application/problem+json']) {
        origin.on(`/tidewater/fault-${status}`, (_req, res) => {
          res.writeHead(status, { 'Content-Type': type });
          res.end(type.endsWith('json') ? '{"error":"no"}' : 'No such story');
        });
        const answer = await reader.ask(`/tidewater/fault-${status}`);
        expect([type, answer.status]).toEqual([type, status]);
      }
    expect(await leftFor(reader)).toBe(2);
  });

  test('an error page that carries an article’s metadata', async () => {
    const reader = await visitorAfter(1);
    origin.on('/meta/gone', (_req, res) => {
      res.writeHead(410, { 'Content-Type': 'text/html' });
      res.end(articlePage('gone', { head: '<meta property="og:type" content="article">' }));
    });
    const answer = await reader.ask('/meta/gone');
    expect(answer.status).toBe(410);
    expect(isFull(answer, 'gone')).toBe(false);
    expect(await leftFor(reader)).toBe(2);
  });

  test('an origin that can’t be reached', async () => {
    const broken = await startArticleOrigin();
    await broken.down();
    const other = await startGateway({ originUrl: broken.url });
    const reader = other.reader();
    expect((await reader.ask('/tidewater/one')).status).toBe(502);
    await broken.up();
    expect(accessOf(await reader.ask('/tidewater/one'))).toMatchObject({ reason: 'free-read', left: 2 });
    await other.stop();
    await broken.stop();
  });

  test('a feed', async () => {
    const reader = await visitorAfter(1);
    const feed = await reader.ask('/feed.xml');
    expect(feed.status).toBe(200);
    expect(feed.text).not.toContain(withheldText('one'));
    expect(feed.text).toContain('Story one');
    expect(await leftFor(reader)).toBe(2);
  });

  test('sending a form to the article’s address', async () => {
    const reader = await visitorAfter(1);
    const sent = await reader.ask('/tidewater/unseen', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'comment=well+said',
    });
    expect(isFull(sent, 'unseen')).toBe(false);
    expect(await leftFor(reader)).toBe(2);
  });

  test('asking the access API, once or in a batch, without count=true', async () => {
    const reader = await visitorAfter(1);
    await reader.ask('/-/access?url=/tidewater/unseen');
    await reader.ask('/-/access', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ urls: ['/tidewater/unseen', '/tidewater/other'] }),
    });
    expect(await leftFor(reader)).toBe(2);
  });
});

describe('one article', () => {
  test('is one free read in all its forms: page, AMP, print and JSON, with and without tracking parameters', async () => {
    const reader = site.reader();
    const forms = ['', '/amp', '/print', '.json', '?utm_source=mail', '/amp?fbclid=x'];
    const answers = [];
    for (const form of forms) answers.push(await reader.ask(`/tidewater/many${form}`));
    expect(answers.map((answer) => accessOf(answer).reason)).toEqual([
      'free-read',
      ...forms.slice(1).map(() => 'already-read'),
    ]);
    expect(answers.every((answer) => isFull(answer, 'many'))).toBe(true);
    expect(await leftFor(reader)).toBe(2);
  });

  test('is withheld in all its forms from a visitor out of reads', async () => {
    const reader = await visitorAfter(3);
    for (const form of ['', '/amp', '/print', '.json']) {
      const answer = await reader.ask(`/tidewater/many${form}`);
      expect([form, accessOf(answer).outcome]).toEqual([form, 'preview']);
      expect(isFull(answer, 'many')).toBe(false);
    }
  });
});

describe('who is counted', () => {
  test('a cookie that wasn’t made here, was changed, or names another visitor, is a new visitor’s', async () => {
    const known = await visitorAfter(3);
    const cookie = known.jar.get('gf_visitor') ?? '';
    const [tag = '', id = '', signature = ''] = cookie.split('.');
    const changed = (text: string): string => text.slice(0, -1) + (text.endsWith('A') ? 'E' : 'A');
    const forged = [
      'x',
      `${tag}.${id}`,
      `${tag}.${id}.${changed(signature)}`,
      `${tag}.${changed(id)}.${signature}`,
      `aaaaaaaaaa.${id}.${signature}`,
    ];
    for (const value of forged) {
      const answer = await site.ask('/tidewater/fourth', { headers: { Cookie: `gf_visitor=${value}` } });
      expect(accessOf(answer)).toMatchObject({ reason: 'free-read', left: 2 });
      expect(answer.headers['set-cookie']?.[0]).toMatch(/^gf_visitor=/);
      expect(answer.headers['set-cookie']?.[0]).not.toContain(`=${value};`);
    }
  });

  test('a cookie rolled back to an earlier moment is the same visitor, with the same reads', async () => {
    const reader = site.reader();
    await reader.ask('/tidewater/earlier-0');
    const early = new Map(reader.jar);
    await reader.ask('/tidewater/earlier-1');
    await reader.ask('/tidewater/earlier-2');
    reader.jar.clear();
    for (const [name, value] of early) reader.jar.set(name, value);
    expect(accessOf(await reader.ask('/tidewater/fourth')).reason).toBe('meter-exhausted');
  });

  test('an account made after three reads as a visitor has used three', async () => {
    const reader = await visitorAfter(3);
    const visitor = (reader.jar.get('gf_visitor') ?? '').split('.').slice(0, 2).join('.');
    const account = await site.account('merged@example.com');
    await site.gateway.readers.mergeReads(visitor as never, account.id);
    const [five, four, preview] = [
      await site.ask('/tidewater/four', { headers: account.cookie }),
      await site.ask('/tidewater/five', { headers: account.cookie }),
      await site.ask('/tidewater/six', { headers: account.cookie }),
    ];
    expect([five, four, preview].map((answer) => answer.headers['gatefold-access'])).toEqual([
      'full; reason=free-read; left=1; of=5',
      'full; reason=free-read; left=0; of=5',
      'preview; reason=meter-exhausted; left=0; of=5',
    ]);
    const reread = await site.ask('/tidewater/earlier-0', { headers: account.cookie });
    expect(accessOf(reread).reason).toBe('already-read');
  });

  test('a forged reader token is a visitor’s, and is taken away', async () => {
    const answer = await site.ask('/tidewater/one', { headers: { Cookie: 'gf_reader=e30.e30.e30' } });
    expect(accessOf(answer).reason).toBe('free-read');
    expect(answer.headers['set-cookie']?.some((line) => /^gf_reader=;.*Max-Age=0/.test(line))).toBe(true);
  });
});

describe('at the same moment', () => {
  test('fifty first reads of fifty articles by one visitor give exactly three in full', async () => {
    const reader = await visitorAfter(0);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, place) => reader.ask(`/tidewater/crowd-${place}`)),
    );
    const full = answers.filter((answer, place) => isFull(answer, `crowd-${place}`));
    expect(full).toHaveLength(3);
    expect(answers.filter((answer) => accessOf(answer).outcome === 'full')).toEqual(full);
    expect(full.map((answer) => accessOf(answer).left).sort()).toEqual([0, 1, 2]);
  });

  test('twenty requests for one article charge it once', async () => {
    const reader = await visitorAfter(0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => reader.ask('/tidewater/together')));
    expect(answers.every((answer) => isFull(answer, 'together'))).toBe(true);
    expect(answers.filter((answer) => accessOf(answer).reason === 'free-read')).toHaveLength(1);
    expect(await leftFor(reader)).toBe(2);
  });
});

describe('a network allowance', () => {
  const policy = testPolicy.replace('registered: 5', 'registered: 5, networkAllowance: 4');
  let networked: RunningGateway;
  beforeAll(async () => {
    networked = await startGateway({ originUrl: origin.url, policy, trustProxy: '127.0.0.1' });
  });
  afterAll(() => networked?.stop());
  const visit = (address: string) =>
    networked.ask('/tidewater/one', { headers: { 'X-Forwarded-For': address } });

  test('stops the first new visitor too many of one network, and nobody of another', async () => {
    const early = networked.reader({ 'X-Forwarded-For': '192.0.2.9' });
    expect(accessOf(await early.ask('/tidewater/one')).reason).toBe('free-read');
    const reasons = [];
    for (let visitor = 0; visitor < 5; visitor += 1)
      reasons.push(accessOf(await visit(`192.0.2.${visitor}`)).reason);
    expect(reasons).toEqual([
      'free-read',
      'free-read',
      'free-read',
      'network-exhausted',
      'network-exhausted',
    ]);
    expect(accessOf(await visit('198.51.100.1')).reason).toBe('free-read');
    // Who was counted in time keeps the rest of their reads.
    expect(accessOf(await early.ask('/tidewater/two'))).toMatchObject({ reason: 'free-read', left: 1 });
  });

  test('holds for visitors who come all at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => visit(`203.0.113.${n}`)));
    expect(answers.filter((answer) => isFull(answer, 'one'))).toHaveLength(4);
  });

  test('does not stop readers with an account', async () => {
    for (let visitor = 0; visitor < 5; visitor += 1) await visit(`192.0.3.${visitor}`);
    const account = await networked.account('office@example.com');
    const answer = await networked.ask('/tidewater/one', {
      headers: { ...account.cookie, 'X-Forwarded-For': '192.0.3.77' },
    });
    expect(accessOf(answer)).toMatchObject({ reason: 'free-read', of: 5 });
  });

  test('is not widened by a client’s own X-Forwarded-For when no proxy is trusted', async () => {
    const direct = await startGateway({ originUrl: origin.url, policy });
    const reasons = [];
    for (let visitor = 0; visitor < 5; visitor += 1)
      reasons.push(
        accessOf(await direct.ask('/tidewater/one', { headers: { 'X-Forwarded-For': `10.${visitor}.0.1` } }))
          .reason,
      );
    await direct.stop();
    expect(reasons[4]).toBe('network-exhausted');
  });
});

describe('a rolling window', () => {
  test('gives each read back so many days after it was made', async () => {
    const rolling = await startGateway({
      originUrl: origin.url,
      policy: testPolicy.replace('window: month', 'window: 30 days'),
    });
    const reader = rolling.reader();
    await reader.ask('/tidewater/one');
    rolling.time.now = noon + dayMs;
    await reader.ask('/tidewater/two');
    await reader.ask('/tidewater/three');
    expect(accessOf(await reader.ask('/tidewater/four')).reason).toBe('meter-exhausted');
    rolling.time.now = noon + 30 * dayMs;
    expect(accessOf(await reader.ask('/tidewater/four'))).toMatchObject({ reason: 'free-read', left: 0 });
    expect(accessOf(await reader.ask('/tidewater/five')).reason).toBe('meter-exhausted');
    await rolling.stop();
  });
});

describe('documents that can’t be cut', () => {
  test('are counted like pages: a visitor who reads nothing but PDFs gets three', async () => {
    for (let n = 0; n < 5; n += 1)
      origin.on(`/tidewater/paper-${n}`, sendAs('application/pdf', `%PDF-1.7 ${withheldText('paper')}`));
    const reader = site.reader();
    const outcomes = [];
    for (let n = 0; n < 5; n += 1) outcomes.push(accessOf(await reader.ask(`/tidewater/paper-${n}`)).outcome);
    expect(outcomes).toEqual(['full', 'full', 'full', 'preview', 'preview']);
  });
});
