/** What travels over HTTP: validators, conditions, ranges, codings, and what caches are told. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  metaTags,
  type Route,
  sendAs,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { type Answer, accessOf, type Reader } from '../support/raw-client.ts';
import {
  type Account,
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
} from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
let subscriber: Account;
/** A visitor with no free read left. */
let stopped: Reader;

const openTag = '<meta property="article:content_tier" content="free">';

beforeAll(async () => {
  origin = await startArticleOrigin();
  origin.on('/tidewater/open', sendHtml(articlePage('open', { head: openTag })));
  site = await startGateway({ originUrl: origin.url });
  subscriber = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
  stopped = site.reader();
  for (const slug of ['a', 'b', 'c']) await stopped.ask(`/tidewater/used-${slug}`);
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const asSubscriber = (target: string, headers: Record<string, string> = {}): Promise<Answer> =>
  site.ask(target, { headers: { ...subscriber.cookie, ...headers } });

/** All headers but those of this very connection and moment. */
const stated = ({ rawHeaders }: Answer): readonly string[] => {
  const lines: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (!['date', 'connection', 'keep-alive', 'set-cookie'].includes(name))
      lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  return lines.sort();
};

/** Answers ranges and conditions as a server of files does. */
const file =
  (type: string, content: Buffer): Route =>
  (req, res) => {
    const etag = '"file-1"';
    const range = /^bytes=(\d+)-(\d*)$/.exec(String(req.headers.range ?? ''));
    const common = {
      'Content-Type': type,
      ETag: etag,
      'Accept-Ranges': 'bytes',
      'Last-Modified': 'Mon, 02 Nov 2026 08:00:00 GMT',
    };
    if (req.headers['if-none-match'] === etag) {
      res.writeHead(304, common).end();
      return;
    }
    if (!range) {
      res.writeHead(200, { ...common, 'Content-Length': content.length }).end(content);
      return;
    }
    const from = Number(range[1]);
    const to = range[2] ? Number(range[2]) : content.length - 1;
    res.writeHead(206, { ...common, 'Content-Range': `bytes ${from}-${to}/${content.length}` });
    res.end(content.subarray(from, to + 1));
  };

describe('GET and HEAD', () => {
  test.each([
    ['a subscriber’s article', '/tidewater/one', () => subscriber.cookie],
    ['an open article', '/tidewater/open', () => ({})],
    ['an article’s JSON', '/tidewater/one.json', () => subscriber.cookie],
    ['a page that is no article', '/tidewater/missing', () => ({})],
    ['an asset', '/asset.css', () => ({})],
    ['a feed', '/feed.xml', () => ({})],
    ['a preview', '/tidewater/fourth', () => ({ Cookie: `gf_visitor=${stopped.jar.get('gf_visitor')}` })],
    ['an address that is refused', '/a%2fb', () => ({})],
  ] as const)('agree in every header for %s', async (_what, target, headers) => {
    for (const coding of ['identity', 'gzip', 'br']) {
      const asking = { headers: { ...headers(), 'Accept-Encoding': coding } };
      const head = await site.ask(target, { ...asking, method: 'HEAD' });
      const get = await site.ask(target, asking);
      expect(stated(head)).toEqual(stated(get));
      expect(head.status).toBe(get.status);
      expect(head.body).toHaveLength(0);
    }
  });
});

describe('validators', () => {
  test('differ for full text and preview, for each coding, and from the origin’s', async () => {
    origin.on('/tidewater/tagged', sendHtml(articlePage('tagged'), { ETag: '"origin-1"' }));
    const etags = new Set<string>(['"origin-1"']);
    for (const coding of ['identity', 'gzip', 'br']) {
      etags.add(
        String((await asSubscriber('/tidewater/tagged', { 'Accept-Encoding': coding })).headers.etag),
      );
      const preview = await stopped.ask('/tidewater/tagged', { headers: { 'Accept-Encoding': coding } });
      etags.add(String(preview.headers.etag));
    }
    expect(etags.size).toBe(7);
  });

  test('say nothing about the full page: neither its date, its length nor its digest is in a preview’s headers', async () => {
    const page = articlePage('dated');
    origin.on(
      '/tidewater/dated',
      sendHtml(page, {
        'Last-Modified': 'Mon, 02 Nov 2026 08:00:00 GMT',
        'Content-MD5': 'x',
        Digest: 'sha-256=x',
        'Repr-Digest': 'sha-256=:x:',
        'X-Excerpt': withheldText('dated'),
        'Accept-Ranges': 'bytes',
      }),
    );
    const preview = await stopped.ask('/tidewater/dated');
    for (const name of [
      'last-modified',
      'content-md5',
      'digest',
      'repr-digest',
      'x-excerpt',
      'accept-ranges',
    ])
      expect([name, preview.headers[name]]).toEqual([name, undefined]);
    expect(preview.headers['content-length']).not.toBe(String(Buffer.byteLength(page)));
  });

  test('of the full text, sent by a visitor out of reads, bring the preview and not a 304', async () => {
    const full = await asSubscriber('/tidewater/one');
    const answer = await stopped.ask('/tidewater/one', {
      headers: { 'If-None-Match': String(full.headers.etag) },
    });
    expect(answer.status).toBe(200);
    expect(accessOf(answer).outcome).toBe('preview');
    expect(answer.text).not.toContain(withheldText('one'));
  });

  test('that match bring a 304 with the same validator and no body, for preview, full and open alike', async () => {
    const kinds = [
      () => stopped.ask('/tidewater/one'),
      () => asSubscriber('/tidewater/one'),
      () => site.ask('/tidewater/open'),
    ];
    const again = [
      (etag: string) => stopped.ask('/tidewater/one', { headers: { 'If-None-Match': etag } }),
      (etag: string) => asSubscriber('/tidewater/one', { 'If-None-Match': `"other", W/${etag}` }),
      (etag: string) => site.ask('/tidewater/open', { headers: { 'If-None-Match': etag } }),
    ];
    for (const [place, first] of kinds.entries()) {
      const etag = String((await first()).headers.etag);
      const known = await again[place]?.(etag);
      expect(known?.status).toBe(304);
      expect(known?.body).toHaveLength(0);
      expect(known?.headers.etag).toBe(etag);
      expect(known?.headers['content-length']).toBeUndefined();
      expect(known?.headers['cache-control']).toBeDefined();
      expect(known?.headers.vary).toBeDefined();
    }
  });
});

describe('conditions and ranges never give a stopped visitor withheld text, nor a 304 or 206 of it', () => {
  const page = Buffer.from(articlePage('conditional', { head: metaTags }));
  const conditions: readonly (readonly [string, Record<string, string>])[] = [
    ['If-None-Match: *', { 'If-None-Match': '*' }],
    ['the origin’s own validator', { 'If-None-Match': '"file-1"' }],
    ['If-Modified-Since', { 'If-Modified-Since': 'Tue, 03 Nov 2026 08:00:00 GMT' }],
    ['If-Match', { 'If-Match': '"file-1"' }],
    ['If-Unmodified-Since', { 'If-Unmodified-Since': 'Tue, 03 Nov 2026 08:00:00 GMT' }],
    ['a range', { Range: 'bytes=0-' }],
    ['a range from the middle', { Range: 'bytes=700-900' }],
    ['a range if unchanged', { Range: 'bytes=0-', 'If-Range': '"file-1"' }],
    ['a range if unchanged since', { Range: 'bytes=0-', 'If-Range': 'Mon, 02 Nov 2026 08:00:00 GMT' }],
  ];
  let number = 0;
  for (const where of ['tidewater', 'meta'])
    test.each(conditions)(
      `%s, at an article in /${where}/, seen for the first time and again`,
      async (_, headers) => {
        number += 1;
        const path = `/${where}/conditional-${number}`;
        origin.on(path, file('text/html; charset=utf-8', page));
        for (const method of ['GET', 'HEAD', 'GET']) {
          const answer = await stopped.ask(path, { method, headers });
          expect([method, answer.status]).toEqual([method, 200]);
          expect(accessOf(answer).outcome).toBe('preview');
          expect(answer.text).not.toContain(withheldText('conditional'));
          expect(answer.headers['content-range']).toBeUndefined();
        }
        expect((await asSubscriber(path, headers)).text).toContain(withheldText('conditional'));
      },
    );

  test('several ranges at once, answered by the origin as multipart/byteranges', async () => {
    origin.on('/meta/parts', (req, res) => {
      if (req.headers.range === undefined) return sendHtml(page.toString())(req, res);
      const part = `--b\r\nContent-Type: text/html\r\nContent-Range: bytes 0-${page.length - 1}/${page.length}\r\n\r\n${page}\r\n--b--`;
      res.writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=b' });
      res.end(part);
    });
    const answer = await stopped.ask('/meta/parts', { headers: { Range: 'bytes=0-10,11-' } });
    expect(answer.text).not.toContain(withheldText('conditional'));
    expect(accessOf(answer).outcome).toBe('preview');
  });
});

describe('ranges elsewhere', () => {
  test('are honoured for a video, which the origin answers by itself', async () => {
    origin.on('/film.mp4', file('video/mp4', Buffer.from('0123456789')));
    const part = await site.ask('/film.mp4', { headers: { Range: 'bytes=2-5' } });
    expect(part.status).toBe(206);
    expect(part.text).toBe('2345');
    expect(part.headers['content-range']).toBe('bytes 2-5/10');
    const known = await site.ask('/film.mp4', { headers: { 'If-None-Match': '"file-1"' } });
    expect(known.status).toBe(304);
  });
});

describe('codings', () => {
  test('gzip and br unfold to the very page that is sent without a coding', async () => {
    for (const who of [asSubscriber, (target: string, headers = {}) => stopped.ask(target, { headers })]) {
      const plain = await who('/tidewater/one', {});
      expect(plain.headers['content-encoding']).toBeUndefined();
      for (const coding of ['gzip', 'br']) {
        const coded = await who('/tidewater/one', { 'Accept-Encoding': coding });
        expect(coded.headers['content-encoding']).toBe(coding);
        expect(coded.text).toBe(plain.text);
        expect(coded.headers['content-length']).toBe(String(coded.body.length));
      }
    }
  });

  test.each([
    ['zstd', undefined],
    ['zstd, gzip;q=0', undefined],
    ['gzip;q=0, br;q=0', undefined],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['', undefined],
    ['identity;q=1, gzip;q=0.5', undefined],
    ['zstd, gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1, br;q=0.8', 'gzip'],
    ['*', 'br'],
    ['deflate', undefined],
  ])('Accept-Encoding: %s brings %s', async (accepted, coding) => {
    const answer = await asSubscriber('/tidewater/one', { 'Accept-Encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.text).toContain(withheldText('one'));
  });

  test('the origin may choose its own: gzip, br or none, all are cut', async () => {
    const { gzipSync, brotliCompressSync, deflateSync } = await import('node:zlib');
    const page = Buffer.from(articlePage('coded'));
    const codings = { gzip: gzipSync(page), br: brotliCompressSync(page), deflate: deflateSync(page) };
    for (const [coding, body] of Object.entries(codings)) {
      origin.on(`/tidewater/coded-${coding}`, sendAs('text/html', body, { 'Content-Encoding': coding }));
      const preview = await stopped.ask(`/tidewater/coded-${coding}`);
      expect([coding, preview.status, accessOf(preview).outcome]).toEqual([coding, 200, 'preview']);
      expect(preview.text).not.toContain(withheldText('coded'));
      expect((await asSubscriber(`/tidewater/coded-${coding}`)).text).toContain(withheldText('coded'));
    }
  });

  test('a coding that nobody here can undo is never passed on from an article’s address', async () => {
    origin.on('/tidewater/zstd', sendAs('text/html', 'not really zstd', { 'Content-Encoding': 'zstd' }));
    for (const answer of [await stopped.ask('/tidewater/zstd'), await asSubscriber('/tidewater/zstd')])
      expect(answer.status).toBe(502);
  });
});

describe('what caches are told', () => {
  test('a full text is for one reader and not to be kept; a preview is for one reader and asked for again', async () => {
    const full = await asSubscriber('/tidewater/one');
    const preview = await stopped.ask('/tidewater/one');
    expect(full.headers['cache-control']).toBe('private, no-store');
    expect(preview.headers['cache-control']).toBe('private, no-cache');
    for (const answer of [full, preview])
      expect(answer.headers.vary).toBe('Accept-Encoding, Cookie, Authorization');
  });

  test('the origin’s own generous caching is not passed on with a gated article', async () => {
    origin.on(
      '/tidewater/generous',
      sendHtml(articlePage('generous'), {
        'Cache-Control': 'public, max-age=86400',
        Expires: 'Tue, 24 Nov 2026 12:00:00 GMT',
        'Surrogate-Control': 'max-age=86400',
        'CDN-Cache-Control': 'max-age=86400',
        Age: '5',
      }),
    );
    for (const answer of [
      await asSubscriber('/tidewater/generous'),
      await stopped.ask('/tidewater/generous'),
    ]) {
      expect(answer.headers['cache-control']).toMatch(/^private, no-/);
      for (const name of ['expires', 'surrogate-control', 'cdn-cache-control', 'age'])
        expect(answer.headers[name]).toBeUndefined();
    }
  });

  test('an open article keeps the origin’s Cache-Control, and sets nobody’s cookie', async () => {
    origin.on(
      '/tidewater/open-cached',
      sendHtml(articlePage('open-cached', { head: openTag }), {
        'Cache-Control': 'public, max-age=60',
        'Set-Cookie': '_ga=1; Path=/',
      }),
    );
    for (const headers of [{}, subscriber.cookie, { Cookie: 'gf_visitor=forged; theme=dark' }]) {
      const answer = await site.ask('/tidewater/open-cached', { headers });
      expect(answer.headers['cache-control']).toBe('public, max-age=60');
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.headers.vary).toBe('Accept-Encoding');
      expect(accessOf(answer)).toEqual({ outcome: 'full', reason: 'open' });
    }
  });

  test('an open page that the origin makes for each reader stays what the origin said it is', async () => {
    origin.on('/meta/greeting', (req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'max-age=60', Vary: 'Cookie' });
      res.end(
        articlePage('greeting', { head: openTag, body: `<p>Hello ${req.headers.cookie ?? 'stranger'}</p>` }),
      );
    });
    const hers = await site.ask('/meta/greeting', { headers: { Cookie: 'session_id=ada' } });
    expect(hers.text).toContain('session_id=ada');
    // A cache in front of us may keep it only under her own cookie.
    expect(hers.headers.vary?.toLowerCase().split(/,\s*/)).toContain('cookie');
    const his = await site.ask('/meta/greeting', { headers: { Cookie: 'session_id=bob' } });
    expect(his.text).toContain('session_id=bob');
    const anybody = await site.ask('/meta/greeting');
    expect(anybody.text).toContain('Hello stranger');
  });

  test('the origin’s Set-Cookie goes to whom it was set alone, and never takes a name of ours', async () => {
    let served = 0;
    origin.on('/tidewater/cookies', (req, res) => {
      served += 1;
      sendHtml(articlePage('cookies'), {
        'Set-Cookie': [`session_id=${served}; Path=/`, 'gf_reader=stolen; Path=/'],
      })(req, res);
    });
    const asked = [await asSubscriber('/tidewater/cookies'), await site.ask('/tidewater/cookies')];
    const set = asked.map(({ headers }) =>
      (headers['set-cookie'] ?? []).filter((each) => /session/.test(each)),
    );
    expect(set).toEqual([[`session_id=${served - 1}; Path=/`], [`session_id=${served}; Path=/`]]);
    expect(asked.flatMap(({ headers }) => headers['set-cookie']).join()).not.toContain('stolen');
  });

  test('a page that is no article keeps the origin’s cookies, and never one that takes Gatefold’s name', async () => {
    origin.on(
      '/login',
      sendHtml('<title>Log in</title>', { 'Set-Cookie': ['session_id=1; Path=/', 'gf_reader=stolen'] }),
    );
    const answer = await site.ask('/login');
    expect(answer.headers['set-cookie']).toEqual(['session_id=1; Path=/']);
  });
});

describe('readers whom the origin knows', () => {
  test('get their own page, and none of it is kept for anybody else', async () => {
    origin.on('/tidewater/personal', (req, res) => {
      const name = /session_id=(\w+)/.exec(req.headers.cookie ?? '')?.[1] ?? 'nobody';
      sendHtml(
        articlePage('personal', { body: `<p>Welcome back, ${name}.</p><p>${'More. '.repeat(60)}</p>` }),
      )(req, res);
    });
    const read = (cookie: string) =>
      asSubscriber('/tidewater/personal', { Cookie: `${subscriber.cookie.Cookie}; ${cookie}` });
    const [ada, bob, carol] = await Promise.all([
      read('session_id=ada'),
      read('session_id=bob'),
      read('theme=dark'),
    ]);
    expect(ada?.text).toContain('Welcome back, ada.');
    expect(bob?.text).toContain('Welcome back, bob.');
    expect(carol?.text).toContain('Welcome back, nobody.');
    expect((await read('session_id=ada')).text).toContain('Welcome back, ada.');
    expect((await asSubscriber('/tidewater/personal')).text).toContain('Welcome back, nobody.');
  });

  test('by an Authorization of the origin’s own are asked for alone, while ours never reaches it', async () => {
    origin.on('/tidewater/basic', (req, res) => {
      sendHtml(
        articlePage('basic', {
          body: `<p>${req.headers.authorization ?? 'no authorization'}</p><p>${'More. '.repeat(60)}</p>`,
        }),
      )(req, res);
    });
    const basic = await asSubscriber('/tidewater/basic', { Authorization: 'Basic YTpi' });
    expect(basic.text).toContain('Basic YTpi');
    const bearer = await site.ask('/tidewater/basic', {
      headers: { Authorization: `Bearer ${subscriber.token}` },
    });
    expect(bearer.text).toContain('no authorization');
    expect(accessOf(bearer).reason).toBe('comp');
  });

  test('our own cookies never reach the origin', async () => {
    await site.ask('/meta/seen', {
      headers: { Cookie: `gf_visitor=x; theme=dark; ${subscriber.cookie.Cookie}` },
    });
    const sent = origin.seen
      .filter(({ url }) => url === '/meta/seen')
      .map(({ headers }) => headers.cookie ?? '');
    expect(sent.join()).not.toContain('gf_');
  });
});

describe('one path, one spelling', () => {
  test.each([
    '/%74idewater/spelled',
    '//tidewater//spelled',
    '/tidewater/./spelled',
    '/tidewater/%2e/spelled',
    '/tidewater/x/%2e%2e/spelled',
    '/tidewater/x/../spelled',
    '/./tidewater/spelled',
    '/../tidewater/spelled',
  ])('%s is gated like the plain path, and the origin sees the plain path', async (spelling) => {
    const answer = await stopped.ask(spelling);
    expect(accessOf(answer)).toMatchObject({ outcome: 'preview', reason: 'meter-exhausted' });
    expect(answer.text).not.toContain(withheldText('spelled'));
    expect(
      origin.seen.filter(({ url }) => /spelled/.test(url)).every(({ url }) => url === '/tidewater/spelled'),
    ).toBe(true);
  });

  test.each([
    '/tidewater%2fone',
    '/tidewater;x/one',
    '/tidewater/one%3b',
    '/tidewater\\one',
    '/tidewater%5cone',
    '/a%00',
    '/%',
    '/%zz',
    '/%252e',
  ])('%s is refused with 400', async (target) => {
    const before = origin.seen.length;
    const answer = await stopped.ask(target);
    expect(answer.status).toBe(400);
    expect(answer.headers['gatefold-error']).toMatch(/^bad-address/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(origin.seen).toHaveLength(before);
  });
});

describe('other types at an article’s address', () => {
  test.each([
    ['application/pdf', '%PDF'],
    ['text/plain', ''],
    ['text/markdown', '# '],
    ['application/activity+json', '{"content":"'],
    ['application/json', '{"x":"'],
    ['application/octet-stream', ''],
    ['application/epub+zip', ''],
    ['image/svg+xml', '<svg>'],
    ['application/xml', '<a>'],
    ['audio/mpeg', ''],
    ['', ''],
  ])('%s is given to a subscriber and withheld from a stopped visitor', async (type, start) => {
    const path = `/tidewater/typed-${type.replace(/\W/g, '-')}`;
    origin.on(path, (_req, res) => {
      if (type) res.setHeader('Content-Type', type);
      res.setHeader('ETag', '"origin-typed"');
      res.setHeader('Cache-Control', 'public, max-age=600');
      res.end(`${start}${withheldText('typed')}${type.endsWith('json') ? '"}' : ''}`);
    });
    for (const headers of [
      {},
      { Accept: type || '*/*' },
      { Range: 'bytes=0-' },
      { 'If-None-Match': '"origin-typed"' },
    ]) {
      const refused = await stopped.ask(path, { headers });
      expect(refused.text).not.toContain(withheldText('typed'));
      expect(accessOf(refused).outcome).toBe('preview');
      const full = await asSubscriber(path, headers);
      expect(full.text).toContain(withheldText('typed'));
      expect(full.headers['cache-control']).toMatch(/^private/);
      expect(full.headers.etag).not.toBe('"origin-typed"');
    }
  });
});
