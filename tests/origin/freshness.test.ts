/** What may be kept for other readers, and for how long, by HTTP's own rules. */
import { describe, expect, test } from '@jest/globals';
import { freshened, freshness, isPrivate, withoutSetCookie } from '../../src/origin/freshness.ts';
import type { HeaderPairs } from '../../src/origin/origin.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const DEFAULTS = { seconds: 30, staleSeconds: 300 };
const of = (headers: HeaderPairs, status = 200, defaults = DEFAULTS, request: HeaderPairs = []) =>
  freshness({ method: 'GET', headers: request }, { status, headers }, NOW, defaults);

/** Seconds fresh, and seconds stale after that; undefined: not storable. */
const times = (headers: HeaderPairs, ...rest: [number?, typeof DEFAULTS?, HeaderPairs?]) => {
  const { storable, freshUntil, staleUntil } = of(headers, ...rest);
  return storable ? [(freshUntil - NOW) / 1000, (staleUntil - freshUntil) / 1000] : undefined;
};

describe('how long', () => {
  test.each<[string, HeaderPairs, number[] | undefined]>([
    ['nothing stated: the publisher’s defaults', [], [30, 300]],
    [
      'only Last-Modified: nothing is guessed from it',
      [['Last-Modified', 'Mon, 23 Nov 2020 12:00:00 GMT']],
      [30, 300],
    ],
    ['max-age', [['Cache-Control', 'public, max-age=60']], [60, 300]],
    [
      'an Age larger than any number of seconds',
      [
        ['Cache-Control', 'max-age=3600'],
        ['Age', '99999999999'],
      ],
      undefined,
    ],
    [
      'an Age with something after it',
      [
        ['Cache-Control', 'max-age=3600'],
        ['Age', '7200a'],
      ],
      undefined,
    ],
    ['an Expires that is no date of HTTP’s', [['Expires', 'Mon, 23 Nov 2026 13:00:00 UTC']], undefined],
    ['an Expires in the future', [['Expires', 'Mon, 23 Nov 2026 13:00:00 GMT']], [3600, 300]],
    [
      'a CDN-Cache-Control whose time is in quotes is none',
      [
        ['Cache-Control', 'no-store'],
        ['CDN-Cache-Control', 'max-age="600"'],
      ],
      undefined,
    ],
    [
      'CDN-Cache-Control before Cache-Control',
      [
        ['Cache-Control', 'private, no-store'],
        ['CDN-Cache-Control', 'Max-Age=600'],
        ['Expires', 'Mon, 23 Nov 2020 12:00:00 GMT'],
      ],
      [600, 300],
    ],
    [
      'CDN-Cache-Control that forbids what Cache-Control allows',
      [
        ['Cache-Control', 'max-age=60'],
        ['CDN-Cache-Control', 'no-store'],
      ],
      undefined,
    ],
    [
      'CDN-Cache-Control before Surrogate-Control',
      [
        ['Surrogate-Control', 'max-age=50'],
        ['CDN-Cache-Control', 'max-age=40, stale-while-revalidate=7'],
      ],
      [40, 7],
    ],
    [
      'Surrogate-Control with its own word for stale',
      [
        ['Cache-Control', 'no-store'],
        ['Surrogate-Control', 'max-age=300+60, content="ESI/1.0"'],
      ],
      [300, 60],
    ],
    [
      'a CDN-Cache-Control that is no list of directives is none',
      [
        ['Cache-Control', 'max-age=60'],
        ['CDN-Cache-Control', 'max-age=600; =!'],
      ],
      [60, 300],
    ],
    [
      'a Surrogate-Control that says nothing of time is none',
      [
        ['Cache-Control', 'no-store'],
        ['Surrogate-Control', 'content="ESI/1.0"'],
      ],
      undefined,
    ],
    [
      'max-age less Age',
      [
        ['Cache-Control', 'max-age=60'],
        ['Age', '45'],
      ],
      [15, 300],
    ],
    [
      'more Age than max-age',
      [
        ['Cache-Control', 'max-age=60'],
        ['Age', '90'],
      ],
      undefined,
    ],
    ['s-maxage wins and forbids stale use', [['Cache-Control', 'max-age=60, s-maxage=10']], [10, 0]],
    [
      's-maxage with its own stale time',
      [['Cache-Control', 's-maxage=1, stale-while-revalidate=59']],
      [1, 59],
    ],
    ['Expires', [['Expires', 'Mon, 23 Nov 2026 12:01:00 GMT']], [60, 300]],
    ['Expires in the past', [['Expires', '0']], undefined],
    ['stated stale time', [['Cache-Control', 'max-age=60, stale-while-revalidate=5']], [60, 5]],
    ['must-revalidate', [['Cache-Control', 'max-age=60, must-revalidate']], [60, 0]],
    ['max-age=0', [['Cache-Control', 'max-age=0']], undefined],
    ['no-cache', [['Cache-Control', 'No-Cache']], undefined],
    [
      'no-store in any case',
      [
        ['Cache-Control', 'max-age=60'],
        ['cache-control', 'NO-STORE'],
      ],
      undefined,
    ],
    ['private in any case', [['Cache-Control', 'Private, max-age=60']], undefined],
    ['Pragma alone', [['Pragma', 'no-cache']], undefined],
    [
      'Vary: *',
      [
        ['Vary', '*'],
        ['Cache-Control', 'max-age=60'],
      ],
      undefined,
    ],
    [
      'Vary: * among others',
      [
        ['Vary', 'Accept'],
        ['Vary', '*'],
      ],
      undefined,
    ],
    [
      'a cookie changes nothing',
      [
        ['Set-Cookie', 'a=1'],
        ['Cache-Control', 'max-age=60'],
      ],
      [60, 300],
    ],
  ])('%s', (_, headers, expected) => {
    expect(times(headers)).toEqual(expected);
  });

  test('a default of 0 seconds keeps nothing that states nothing', () => {
    expect(times([], 200, { seconds: 0, staleSeconds: 300 })).toBeUndefined();
    expect(times([['Cache-Control', 'max-age=5']], 200, { seconds: 0, staleSeconds: 300 })).toEqual([5, 300]);
  });

  test('defaults are for pages, not for errors, redirects or parts', () => {
    for (const status of [206, 301, 302, 404, 500, 503]) expect(times([], status)).toBeUndefined();
    expect(times([['Cache-Control', 'max-age=60']], 404)).toEqual([60, 300]);
    expect(times([['Cache-Control', 'max-age=60']], 206)).toBeUndefined();
    expect(times([['Cache-Control', 'max-age=60']], 500)).toBeUndefined();
  });

  test('an answer to a request with credentials isn’t kept unless it says it may be', () => {
    expect(
      times([['Cache-Control', 'max-age=60']], 200, DEFAULTS, [['Authorization', 'Basic x']]),
    ).toBeUndefined();
    expect(
      times([['Cache-Control', 'public, max-age=60']], 200, DEFAULTS, [['authorization', 'Basic x']]),
    ).toEqual([60, 300]);
  });
});

test('the names that it varies by come sorted, once, in lower case, without Accept-Encoding', () => {
  expect(
    of([
      ['Vary', 'User-Agent, Accept-Encoding,'],
      ['vary', 'ACCEPT, user-agent'],
    ]).varyNames,
  ).toEqual(['accept', 'user-agent']);
});

test('a stored head has no cookie', () => {
  expect(
    withoutSetCookie([
      ['A', '1'],
      ['SET-COOKIE', 'a=1'],
      ['Set-Cookie', 'b=1'],
    ]),
  ).toEqual([['A', '1']]);
});

test.each<[string, HeaderPairs, boolean]>([
  ['private', [['Cache-Control', 'max-age=0, Private']], true],
  ['private with names of headers', [['Cache-Control', 'private="set-cookie"']], false],
  [
    'a private page that shared caches may keep',
    [
      ['Cache-Control', 'private'],
      ['CDN-Cache-Control', 'max-age=9'],
    ],
    false,
  ],
])('%s is for one reader alone: %#', (_, headers, expected) => {
  expect(isPrivate({ status: 200, headers })).toBe(expected);
});

test('what a 304 says takes the place of what was said before, but for what speaks of the body', () => {
  const before: HeaderPairs = [
    ['Content-Type', 'text/html'],
    ['Content-Length', '12'],
    ['Link', '</a>'],
    ['Link', '</b>'],
    ['Cache-Control', 'max-age=1'],
    ['X-Kept', 'yes'],
  ];
  const said: HeaderPairs = [
    ['content-length', '0'],
    ['Content-Type', 'text/plain'],
    ['cache-control', 'max-age=60'],
    ['link', '</c>'],
    ['Age', '3'],
  ];
  expect(freshened({ status: 200, headers: before }, { headers: said })).toEqual({
    status: 200,
    headers: [
      ['Content-Type', 'text/html'],
      ['Content-Length', '12'],
      ['X-Kept', 'yes'],
      ['cache-control', 'max-age=60'],
      ['link', '</c>'],
      ['Age', '3'],
    ],
  });
});
