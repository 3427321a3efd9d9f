import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localPath } from '../../src/readers/local-path.ts';
import { publicUrl } from './support.ts';

const hostile = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\\/evil.example',
  'https://evil.example/',
  'https:evil.example',
  'https:/evil.example',
  '//paper.example@evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/ok\r\nSet-Cookie: gf_reader=x',
  '/\u0000/evil.example',
  '/%2fevil.example',
  '/%2Fevil.example',
  '/%5cevil.example',
  '/%5Cevil.example',
  '/%252fevil.example',
  '/%25252fevil.example',
  '/%25255cevil.example',
  '/%09/evil.example',
  '/%0d%0aSet-Cookie:x',
  '/%00',
  '/%c0%afevil.example',
  '/%C1%9Cevil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/././/evil.example',
  '/%2e%2e//evil.example',
  '/%2e%2e%2f%2fevil.example',
  '/a/..//evil.example',
  '/a/../\\evil.example',
  '/a/%2e%2e//evil.example',
  '/a\\..\\evil.example',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'evil.example',
  '@evil.example',
  '.evil.example',
  '?x',
  '#x',
  '',
  '\u2028//evil.example',
  '/\u2028',
  `/${'a'.repeat(3000)}`,
];

describe('where a reader is sent after signing in', () => {
  test.each(hostile)('%j leads to the front page', (candidate) => {
    expect(localPath(candidate, publicUrl)).toBe('/');
  });

  test.each([undefined, null, 7, {}, ['/a', '/b'], true])('%j leads to the front page', (candidate) => {
    expect(localPath(candidate, publicUrl)).toBe('/');
  });

  test.each([
    ['/', '/'],
    ['/a/story', '/a/story'],
    ['/a/story?page=2&x=%2F%2F#note-3', '/a/story?page=2&x=%2F%2F#note-3'],
    ['/?next=//evil.example', '/?next=//evil.example'],
    ['/a%2Fb', '/a%2Fb'],
    ['/100%25-wool', '/100%25-wool'],
    ['/caf%C3%A9', '/caf%C3%A9'],
    ['/café', '/caf%C3%A9'],
    ['/a//b', '/a//b'],
    ['/a/../b', '/b'],
    ['/@writer', '/@writer'],
  ])('%s stays on the site', (candidate, expected) => {
    expect(localPath(candidate, publicUrl)).toBe(expected);
  });

  test('always stays on the site, as a browser reads it, and stays put when asked again', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5c',
      '%25',
      '%2e',
      '\t',
      '\n',
      '@',
      ':',
      'evil.example',
      'a',
      '?',
      '#',
      '%',
      '%c0%af',
      'https:',
    );
    const candidate = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(candidate, (text) => {
        const path = localPath(text, publicUrl);
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(new URL(path, publicUrl).origin).toBe(publicUrl);
        expect(localPath(path, publicUrl)).toBe(path);
      }),
      { numRuns: 2000 },
    );
  });
});
