/** One spelling for each path, and no spelling that another server could read as another path. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalTarget } from '../../src/origin/canonical-target.ts';
import { expectLinear } from '../support/counted-work.ts';

const okTarget = (raw: string): string => {
  const result = canonicalTarget(raw);
  if (result.kind !== 'ok') throw new Error(`${JSON.stringify(raw)} refused: ${result.why}`);
  return result.target;
};

describe('equivalent spellings become one', () => {
  test.each([
    ['/', '/'],
    ['/a/b', '/a/b'],
    ['/a/b/', '/a/b/'],
    ['/A/b', '/A/b'],
    ['/a?x=1&y=%2f', '/a?x=1&y=%2f'],
    ['/a?', '/a'],
    ['/?q', '/?q'],
    ['/%61rticle', '/article'],
    ['/%7Eme', '/~me'],
    ['/a%2Cb,c', '/a,b,c'],
    ['/a%2bb', '/a+b'],
    ['/caf%c3%a9', '/caf%C3%A9'],
    ['/caf\xc3\xa9', '/caf%C3%A9'],
    ['/中', '/%E4%B8%AD'],
    ['/a%20b', '/a%20b'],
    ['/a"b<c>', '/a%22b%3Cc%3E'],
    ['/[id]', '/%5Bid%5D'],
    ['/why%3f', '/why%3F'],
    ['/c%23', '/c%23'],
    ['/100%25-true', '/100%25-true'],
    ['//a', '/a'],
    ['//evil.example/a', '/evil.example/a'],
    ['/a//b///c', '/a/b/c'],
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/a/%2e%2e/b', '/b'],
    ['/a/.%2E/b', '/b'],
    ['/a/%2e/b', '/a/b'],
    ['/../../b', '/b'],
    ['/a//../b', '/b'],
    ['/a/..', '/'],
    ['/a/b/..', '/a/'],
    ['/a/b/.', '/a/b/'],
    ['/.well-known/x', '/.well-known/x'],
    ['/...', '/...'],
    ['/a..b', '/a..b'],
    ['http://evil.example/a?b', '/a?b'],
    ['HTTPS://evil.example', '/'],
    ['http://evil.example:8080?b', '/?b'],
    ['http://evil.example//a', '/a'],
    ['/a?q=100%', '/a?q=100%'],
    ['/a?u=http://b//..\\c', '/a?u=http://b//..\\c'],
    ['/a?q=\xe9 b', '/a?q=%E9%20b'],
    ['/a?b?c', '/a?b?c'],
    ['/a;jsessionid=0A1B.node-2?b', '/a?b'],
    ['/a/;JSESSIONID=0A1B!7', '/a/'],
    ['/a?b;jsessionid=1', '/a?b;jsessionid=1'],
    ['/a/..;jsessionid=1', '/'],
  ])('%j is %j', (raw, target) => {
    expect(okTarget(raw)).toBe(target);
  });
});

describe('what two servers could read as two paths is refused', () => {
  test.each([
    ['', 'not-a-path'],
    ['a', 'not-a-path'],
    ['*', 'asterisk'],
    ['host:443', 'not-a-path'],
    ['ftp://host/a', 'not-a-path'],
    ['http:///a', 'not-a-path'],
    ['http://me@host/a', 'not-a-path'],
    ['http://a\\b/c', 'not-a-path'],
    ['/a%2fb', 'encoded-slash'],
    ['/a%2Fb', 'encoded-slash'],
    ['/..%2fb', 'encoded-slash'],
    ['/a\\b', 'backslash'],
    ['/a%5cb', 'backslash'],
    ['/..;/a', 'semicolon'],
    ['/premium;x/a', 'semicolon'],
    ['/premium;jsessionid=1/a', 'semicolon'],
    ['/a;jsessionid=1;x', 'semicolon'],
    ['/a%3Bjsessionid=1', 'semicolon'],
    ['/premium%3bx/a', 'semicolon'],
    ['/a%00', 'control'],
    ['/a\0', 'control'],
    ['/a%0d%0ab', 'control'],
    ['/a\r\nb', 'control'],
    ['/a\tb', 'control'],
    ['/a%7f', 'control'],
    ['/a?b\x01', 'control'],
    ['/a#b', 'fragment'],
    ['/a?b#c', 'fragment'],
    ['/a%', 'percent'],
    ['/a%2', 'percent'],
    ['/a%zz', 'percent'],
    ['/a%u0041', 'percent'],
    ['/a%252fb', 'double-encoding'],
    ['/a%25%32%66b', 'double-encoding'],
    ['/%25%32e%25%32e/b', 'double-encoding'],
    ['/a%c0%af', 'not-utf-8'],
    ['/a%c0%ae%c0%ae/', 'not-utf-8'],
    ['/a%e0%80%af', 'not-utf-8'],
    ['/a%ff', 'not-utf-8'],
    ['/a%ed%a0%80', 'not-utf-8'],
    ['/a\xe9', 'not-utf-8'],
    [`/${'a'.repeat(8192)}`, 'too-long'],
    [`/${'"'.repeat(4000)}`, 'too-long'],
    [`/a?${'\xff'.repeat(4000)}`, 'too-long'],
  ])('%.60j: %s', (raw, why) => {
    expect(canonicalTarget(raw)).toEqual({ kind: 'bad', why });
  });
});

const pieces = fc.constantFrom(
  ...[
    '/',
    '//',
    '.',
    '..',
    '%2e',
    '%2E',
    '%41',
    '%2f',
    '%5C',
    '\\',
    ';',
    '%3b',
    '%',
    '%25',
    '25',
    '2f',
    'a',
    'B',
  ],
  ...[
    '?',
    '#',
    '\0',
    '\x7f',
    '\xc3',
    '\xa9',
    '%c3%a9',
    '%C0',
    '中',
    '😀',
    ' ',
    '+',
    '%2B',
    ',',
    '~',
    '-',
    '_',
    '"',
    '[',
    'http://h',
  ],
);
const rawTargets = fc.oneof(
  fc.array(pieces, { maxLength: 14 }).map((parts) => `/${parts.join('')}`),
  fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `/${text}`),
);

describe('for any target', () => {
  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(rawTargets, (raw) => {
        const once = canonicalTarget(raw);
        fc.pre(once.kind === 'ok');
        if (once.kind === 'ok') expect(canonicalTarget(once.target)).toEqual(once);
      }),
      { numRuns: 3000 },
    );
  });

  test('the path holds no empty segment, dot segment, backslash, semicolon or control character, in any encoding', () => {
    fc.assert(
      fc.property(rawTargets, (raw) => {
        const result = canonicalTarget(raw);
        if (result.kind === 'bad') return;
        expect(result.path).toMatch(/^\/[!-~]*$/);
        expect(result.path).not.toMatch(/\/\/|[\\;#?"<>^`{|}]|%(?:2F|5C|3B|7F|[01][0-9A-F])|%[0-9A-F]?[a-f]/);
        expect(result.path.split('/').some((segment) => segment === '.' || segment === '..')).toBe(false);
        expect(() => decodeURIComponent(result.path)).not.toThrow();
        expect(result.target).toBe(result.query === '' ? result.path : `${result.path}?${result.query}`);
      }),
      { numRuns: 3000 },
    );
  });

  test('percent-encoding any character of a path, in either case, gives the same path', () => {
    const segments = fc.array(fc.stringMatching(/^[\w~!$&'()*+,=:@-][\w.~!$&'()*+,=:@-]{0,8}$/), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(segments, fc.infiniteStream(fc.nat(2)), (parts, choices) => {
        const plain = `/${parts.join('/')}`;
        const spelled = [...plain].map((character) => {
          const choice = choices.next().value;
          if (character === '/' || choice === 0) return character;
          const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
          return `%${choice === 1 ? hex : hex.toUpperCase()}`;
        });
        expect(okTarget(spelled.join(''))).toBe(plain);
      }),
    );
  });

  test('the work grows with the length of whatever comes, and no faster', () => {
    for (const unit of ['/', '/.', '/..', '%2e', 'a', '/a', '%25', '?', '"', '\xc3\xa9', '/-.'])
      expectLinear((size) => canonicalTarget(`/${unit.repeat(size)}\x80`), 500);
  });
});
