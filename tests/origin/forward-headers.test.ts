/** What the origin is told: nothing hop-by-hop, nothing of Gatefold's, nothing that the client forged about itself. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodableEncodings } from '../../src/origin/accept-encoding.ts';
import { type ForwardOptions, forwardHeaders } from '../../src/origin/forward-headers.ts';
import { withoutOwnCookies } from '../../src/origin/own-cookies.ts';

const settings = { originUrl: 'http://origin.internal:3000', publicUrl: 'https://news.example' };
const forward = forwardHeaders(settings);

/** What is sent, without the four headers that are always set. */
function sent(raw: string[], options: Partial<ForwardOptions> = {}): Record<string, string> {
  const pairs = forward(raw, { forwardedFor: '192.0.2.1', ...options });
  return Object.fromEntries(pairs.filter(([name]) => !/^(?:Host|X-Forwarded-\w+)$/.test(name)));
}

test('Host and X-Forwarded-* come from the settings and the socket, whatever the client says', () => {
  const pairs = forward(
    [
      'Host',
      'evil.example',
      'X-Forwarded-Host',
      'evil.example',
      'x-forwarded-proto',
      'http',
      'X-FORWARDED-FOR',
      '127.0.0.1',
    ],
    { forwardedFor: '192.0.2.1' },
  );
  expect(pairs).toEqual([
    ['Host', 'origin.internal:3000'],
    ['X-Forwarded-For', '192.0.2.1'],
    ['X-Forwarded-Host', 'news.example'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Port', '443'],
  ]);
});

test('preserveHost sends the public host, which is still not the client’s', () => {
  const pairs = forwardHeaders({ ...settings, preserveHost: true })(['Host', 'evil.example'], {
    forwardedFor: '::1',
  });
  expect(pairs[0]).toEqual(['Host', 'news.example']);
});

test('ordinary headers pass as they were spelled, repeated ones repeatedly', () => {
  const raw = [
    'Accept',
    'text/html',
    'X-Own',
    '1',
    'x-own',
    '2',
    'Content-Type',
    'text/plain',
    'X_Site_Own',
    '3',
  ];
  const pairs = forward(raw, { forwardedFor: '192.0.2.1' });
  expect(pairs.slice(1, 6)).toEqual([
    ['Accept', 'text/html'],
    ['X-Own', '1'],
    ['x-own', '2'],
    ['Content-Type', 'text/plain'],
    ['X_Site_Own', '3'],
  ]);
});

const STRIPPED = [
  ...[
    'Connection',
    'Keep-Alive',
    'Proxy-Connection',
    'Proxy-Authorization',
    'Proxy-Authenticate',
    'Proxy',
    'TE',
    'Trailer',
  ],
  ...[
    'Transfer-Encoding',
    'Upgrade',
    'HTTP2-Settings',
    'Expect',
    'Forwarded',
    'X-Forwarded-For',
    'X-Forwarded-Host',
  ],
  ...[
    'X-Forwarded-Proto',
    'X-Forwarded-Port',
    'X-Forwarded-Uri',
    'X-Forwarded-Method',
    'X-Forwarded-Prefix',
    'X-Forwarded-User',
  ],
  ...[
    'X-Real-IP',
    'X-Client-IP',
    'True-Client-IP',
    'CF-Connecting-IP',
    'X-Original-URL',
    'X-Original-URI',
    'X-Rewrite-URL',
  ],
  ...[
    'X-HTTP-Method-Override',
    'X-HTTP-Method',
    'X-Method-Override',
    'X-Middleware-Subrequest',
    'X-Middleware-Prefetch',
  ],
  ...[
    'X-Invoke-Path',
    'Gatefold-Access',
    'Gatefold-Article',
    'Gatefold-Reader',
    'X-Gatefold-Reader',
    'Gatefold',
    'Host',
  ],
];
const spellings = fc.constantFrom(...STRIPPED).chain((name) =>
  fc
    .array(fc.constantFrom('-', '_', '.'), { minLength: 5, maxLength: 5 })
    .chain((marks) => fc.infiniteStream(fc.boolean()).map((upper) => ({ name, marks, upper })))
    .map(({ name: plain, marks, upper }) => {
      let mark = 0;
      return [...plain]
        .map((letter) =>
          letter === '-'
            ? (marks[mark++] ?? '-')
            : upper.next().value
              ? letter.toUpperCase()
              : letter.toLowerCase(),
        )
        .join('');
    }),
);

test('each such header is stripped in every spelling: any case, "_" or "." for "-"', () => {
  fc.assert(
    fc.property(spellings, (name) => {
      expect(sent([name, 'forged'])).toEqual({});
    }),
    { numRuns: 2000 },
  );
});

test.each([
  'Cookie',
  'Authorization',
  'Content-Length',
  'Accept-Encoding',
  'If-None-Match',
  'Transfer-Encoding',
])('a second spelling of %s can’t walk around its treatment', (name) => {
  for (const mark of ['_', '.']) {
    const spelled = name.includes('-') ? name.replace('-', mark) : undefined;
    if (spelled !== undefined) expect(sent([spelled, 'x'])).toEqual({});
  }
});

describe('Connection', () => {
  test('a header that it names is dropped, before or after it', () => {
    const raw = ['X-One', '1', 'Connection', 'close, X-One , x-two', 'X-Two', '2', 'X-Three', '3'];
    expect(sent(raw)).toEqual({ 'X-Three': '3' });
  });

  test('it can’t take away what Gatefold sets itself', () => {
    const pairs = forward(['Connection', 'host, x-forwarded-for, x-forwarded-host'], {
      forwardedFor: '192.0.2.1',
    });
    expect(pairs.map(([name]) => name)).toEqual([
      ...['Host', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-Port'],
    ]);
  });
});

test.each([
  ['a=1; gf_reader=x; b=2', 'a=1; b=2'],
  ['gf_reader=x', undefined],
  ['__Host-gf_reader=x; gf_visitor=y; __Host-gf_visitor=z', undefined],
  ['GF_READER=x; __host-GF_x=1; a=1', 'a=1'],
  ['a=gf_reader; b=2', 'a=gf_reader; b=2'],
  ['agf_=1', 'agf_=1'],
  ['__Secure-gf_x=1;a=1;', 'a=1'],
  [' gf_reader = x ;a=1', 'a=1'],
  ['=gf_reader=x; a=1', 'a=1'],
  ['\tgf_reader=x; a=1', 'a=1'],
])('of the cookies %j the origin gets %j', (cookie, left) => {
  expect(withoutOwnCookies(cookie)).toBe(left);
  expect(sent(['Cookie', cookie])).toEqual(left === undefined ? {} : { Cookie: left });
});

test('each Cookie header is filtered', () => {
  const pairs = forward(['Cookie', 'a=1; gf_reader=x', 'cookie', 'gf_visitor=y; b=2'], {
    forwardedFor: '::1',
  });
  expect(pairs.slice(1, 3)).toEqual([
    ['Cookie', 'a=1'],
    ['cookie', 'b=2'],
  ]);
});

describe('a token of Gatefold’s', () => {
  const jwt = (head: object): string =>
    `${Buffer.from(JSON.stringify(head)).toString('base64url')}.eyJzdWIiOiJ4In0.c2lnbmF0dXJl`;
  const reader = jwt({ alg: 'HS256', typ: 'gatefold+jwt', kid: 'a-key-that-is-gone' });
  const operator = `gfo_${'Ab-_'.repeat(11)}`;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  test.each([
    ['Authorization', (token: string) => `Bearer ${token}`],
    ['authorization', (token: string) => ` bearer   ${token} `],
    ['Authorization', (token: string) => `Token ${token}`],
    ['Authorization', (token: string) => `Custom realm="x", token="${token}"`],
    ['Authorization', (token: string) => token],
    ['Authorization', (token: string) => `Basic ${base64(`${token}:`)}`],
    ['Authorization', (token: string) => `basic ${base64(`me:${token}`)}`],
    ['Proxy-Authorization', (token: string) => `Bearer ${token}`],
    ['X-Api-Key', (token: string) => token],
    ['Sec-WebSocket-Protocol', (token: string) => `bearer, ${token}`],
    ['Cookie', (token: string) => `theirs=${token}`],
    ['Cookie', (token: string) => `theirs="${token}"`],
    ['Cookie2', (token: string) => `$Version=1; a=${token}`],
    ['Referer', (token: string) => `https://news.example/a?token=${token}`],
    [
      'Referer',
      (token: string) => `https://news.example/a?token=%${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
    ],
  ])('in %s never reaches the origin, whoever signed it', (name, headerWith) => {
    for (const token of [reader, operator]) expect(sent([name, headerWith(token)])).toEqual({});
  });

  test('takes nothing of the site’s with it', () => {
    const theirs = jwt({ alg: 'HS256', typ: 'JWT' });
    expect(sent(['Cookie', `a=1; t=${reader}; b=${theirs}`])).toEqual({ Cookie: `a=1; b=${theirs}` });
    for (const value of [
      `Bearer ${theirs}`,
      'Bearer abc',
      'Basic YWJjOmRlZg==',
      'Bearer gfo_short',
      'Digest x="eyJ."',
    ])
      expect(sent(['Authorization', value])).toEqual({ Authorization: value });
  });

  test('is looked for in linear time', () => {
    const long = 'eyJ.eyJa'.repeat(4_000);
    expect(sent(['X-Long', long, 'Cookie', `a=${long}`])).toEqual({ 'X-Long': long, Cookie: `a=${long}` });
  });
});

test.each([
  ['gzip, deflate, br, zstd', 'gzip, deflate, br'],
  ['zstd', 'identity'],
  ['', 'identity'],
  ['*', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip;q=0.5'],
  ['gzip; q=0.000', 'identity'],
  ['dcb, dcz, GZIP', 'GZIP'],
])('Accept-Encoding %j becomes %j where the body will be read', (asked, sentOn) => {
  expect(decodableEncodings(asked)).toBe(sentOn);
  expect(sent(['Accept-Encoding', asked], { decodable: true })).toEqual({ 'Accept-Encoding': sentOn });
  expect(sent(['Accept-Encoding', asked])).toEqual({ 'Accept-Encoding': asked });
});

test('no condition and no range is sent when the whole current body is wanted', () => {
  const raw = [
    'Range',
    'bytes=0-',
    'If-Range',
    'x',
    'If-None-Match',
    'x',
    'If-Modified-Since',
    'x',
    'If-Match',
    'x',
    'If-Unmodified-Since',
    'x',
  ];
  expect(sent(raw, { unconditional: true })).toEqual({});
  expect(Object.keys(sent(raw))).toHaveLength(6);
});

test('for a response that others will see too, only the listed headers pass', () => {
  const raw = [
    'Accept',
    'text/html',
    'User-Agent',
    'x',
    'Cookie',
    'a=1',
    'X-Poison',
    'x',
    'Authorization',
    'Basic x',
  ];
  expect(sent(raw, { only: new Set(['accept']) })).toEqual({ Accept: 'text/html' });
});

test('Origin and Referer agree with the Host that the origin sees', () => {
  const raw = ['Origin', 'https://news.example', 'Referer', 'https://news.example/a?b'];
  expect(sent(raw)).toEqual({
    Origin: 'http://origin.internal:3000',
    Referer: 'http://origin.internal:3000/a?b',
  });
  expect(sent(['Origin', 'https://news.example.evil.example', 'Referer', 'https://other.example/'])).toEqual({
    Origin: 'https://news.example.evil.example',
    Referer: 'https://other.example/',
  });
});
