/** What the client is told: public addresses, cookies it can keep, nothing that leads past the gate or imitates it. */
import { describe, expect, test } from '@jest/globals';
import { returnHeaders } from '../../src/origin/return-headers.ts';

const toPublic = returnHeaders({
  originUrl: 'http://origin.internal:3000',
  publicUrl: 'https://news.example',
});

const returned = (name: string, value: string): string | undefined => toPublic([[name, value]])[0]?.[1];

describe('addresses', () => {
  test.each([
    ['http://origin.internal:3000/a?b#c', 'https://news.example/a?b#c'],
    ['HTTP://Origin.Internal:3000/a', 'https://news.example/a'],
    ['https://origin.internal:3000/a', 'https://news.example/a'],
    ['//origin.internal:3000/a', 'https://news.example/a'],
    ['http://origin.internal:3000', 'https://news.example'],
    ['http://origin.internal:3000?x', 'https://news.example/?x'],
    ['http://news.example/a', 'https://news.example/a'],
    ['http://news.example:80/a', 'https://news.example/a'],
    ['/a', '/a'],
    ['a', 'a'],
    ['', ''],
    ['http://origin.internal/a', 'http://origin.internal/a'],
    ['http://origin.internal:3000.evil.example/a', 'http://origin.internal:3000.evil.example/a'],
    ['http://origin.internal:3000@evil.example/a', 'http://origin.internal:3000@evil.example/a'],
    [
      'https://elsewhere.example/http://origin.internal:3000/',
      'https://elsewhere.example/http://origin.internal:3000/',
    ],
  ])('Location %j is %j', (location, mapped) => {
    expect(returned('Location', location)).toBe(mapped);
    expect(returned('content-location', location)).toBe(mapped);
  });

  test.each([
    ['Refresh', '5; url=http://origin.internal:3000/a', '5; url=https://news.example/a'],
    ['Refresh', "0;URL='http://origin.internal:3000/a'", "0;URL='https://news.example/a'"],
    ['Refresh', '5', '5'],
    [
      'Link',
      '<http://origin.internal:3000/a>; rel=next, </b>; rel=prev',
      '<https://news.example/a>; rel=next, </b>; rel=prev',
    ],
    ['Access-Control-Allow-Origin', 'http://origin.internal:3000', 'https://news.example'],
    ['Access-Control-Allow-Origin', '*', '*'],
  ])('%s %j is %j', (name, value, mapped) => {
    expect(returned(name, value)).toBe(mapped);
  });
});

describe('cookies', () => {
  test.each([
    ['a=1; Path=/; Secure; HttpOnly', 'a=1; Path=/; Secure; HttpOnly'],
    ['a=1; Domain=origin.internal; Path=/', 'a=1; Path=/'],
    ['a=1; domain = .origin.internal', 'a=1'],
    ['a=1; Domain=internal; Secure', 'a=1; Secure'],
    ['a=1; Domain=news.example', 'a=1; Domain=news.example'],
    ['a=1; Domain=.example; Path=/', 'a=1; Domain=.example; Path=/'],
    ['a=1; Domain=ews.example', 'a=1'],
    ['a=1; Domain=', 'a=1'],
  ])('%j is %j', (cookie, mapped) => {
    expect(returned('Set-Cookie', cookie)).toBe(mapped);
  });

  test.each([
    'gf_reader=x',
    '__Host-gf_reader=x',
    'GF_visitor=x',
    ' gf_reader=x',
    '=gf_reader=x',
    '= =gf_reader',
    '__secure-gf_a=1',
    'gf_new',
  ])('the origin can’t set %j', (cookie) => {
    expect(toPublic([['Set-Cookie', `${cookie}; Path=/`]])).toEqual([]);
  });
});

test('hop-by-hop headers, Alt-Svc and Gatefold’s own names are dropped; the rest stays in order', () => {
  const headers: [string, string][] = [
    ['Server', 'x'],
    ['Connection', 'X-Hop, close'],
    ['X-Hop', '1'],
    ['Keep-Alive', 'timeout=5'],
    ['Transfer-Encoding', 'chunked'],
    ['Trailer', 'x'],
    ['Upgrade', 'h2c'],
    ['Proxy-Authenticate', 'x'],
    ['Alt-Svc', 'h3=":443"'],
    ['gatefold-access', 'full'],
    ['Gatefold_Access', 'full'],
    ['Gatefold-Article', '{}'],
    ['Strict-Transport-Security', 'max-age=1'],
    ['Content-Type', 'text/html'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ];
  expect(toPublic(headers)).toEqual([
    ['Server', 'x'],
    ['Strict-Transport-Security', 'max-age=1'],
    ['Content-Type', 'text/html'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ]);
});
