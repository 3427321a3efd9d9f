/** No server reads an odd address in a way that isn't among its readings. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalTarget } from '../../src/origin/canonical-target.ts';
import { oddTarget } from '../../src/origin/odd-target.ts';
import { expectLinear } from '../support/counted-work.ts';

describe('an odd address is asked for as it was written', () => {
  test.each([
    ['/img/unsafe/300x200/https%3A%2F%2Fpictures.example%2Fa.jpg?w=1', undefined],
    ['/tag/caf%E9', undefined],
    ['/tag/caf\xe9?q=\xe9', '/tag/caf%E9?q=%E9'],
    ['/a;v=1/b', undefined],
    ['/a%252Fb', undefined],
    ['/x%2Fy//z/', undefined],
  ])('%j', (raw, target = raw) => {
    expect(oddTarget(raw)?.target).toBe(target);
  });
});

describe('it is read in every way that servers read it', () => {
  test.each([
    ['/a%2Fb', ['/a%2Fb', '/a/b']],
    ['/a%2fb', ['/a%2Fb', '/a/b']],
    ['/news;x/a', ['/news%3Bx/a', '/news/a']],
    ['/news%3Bx/a', ['/news%3Bx/a', '/news/a']],
    ['/news;jsessionid=1/a', ['/news%3Bjsessionid=1/a', '/news/a']],
    ['/news;x%2Fa', ['/news%3Bx%2Fa', '/news%3Bx/a', '/news', '/news/a', '/news%2Fa']],
    ['/news%252Fa', ['/news%252Fa', '/news%2Fa', '/news/a']],
    ['/%2565dit%2Fa', ['/%2565dit%2Fa', '/edit%2Fa', '/edit/a']],
    ['/caf%E9', ['/caf%E9', '/caf%C3%A9']],
    ['//news%2Fa', ['/news%2Fa', '/news/a']],
  ])('%j', (raw, readings) => {
    const found = oddTarget(raw)?.readings ?? [];
    expect(found[0]).toBe(readings[0]);
    for (const reading of readings) expect(found).toContain(reading);
  });

  const pieces = [
    '/',
    'a',
    'news',
    '..',
    '.',
    ';x',
    '%2F',
    '%252f',
    '%2e',
    '%E9',
    '%3b',
    '%25',
    '%5C',
    '%00',
  ];
  const written = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => `/${parts.join('')}`);
  const once = (path: string): string => path.replace(/%([0-9a-f]{2})/gi, (_, hex) => unescaped(hex));
  const unescaped = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));
  const withoutParameters = (path: string): string => path.replace(/;[^/]*/g, '');

  test('what a chain of servers decodes, and strips of parameters, is among them', () => {
    fc.assert(
      fc.property(
        written,
        fc.array(fc.constantFrom(once, withoutParameters), { minLength: 1, maxLength: 3 }),
        (raw, chain) => {
          const odd = oddTarget(raw);
          if (odd === undefined) return;
          const seen = canonicalTarget(chain.reduce((path, read) => read(path), raw));
          if (seen.kind === 'ok') expect(odd.readings).toContain(seen.path);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('what is refused stays refused', () => {
  test.each([
    ['', 'no path'],
    ['/a/b', 'an ordinary address'],
    ['/a;jsessionid=0A1B', 'an ordinary address with a session'],
    ['/a%2Fb%5C', 'a backslash'],
    ['/a%2Fb\\', 'a backslash as it is'],
    ['/a%2Fb%00', 'a control character'],
    ['/a%2Fb%', 'no escape'],
    ['/img/..%2Fnews/a', 'one that climbs'],
    ['/img/%2e%2e%2fnews/a', 'one that climbs, encoded'],
    ['/img/..;/news/a', 'one that climbs past a parameter'],
    ['/%252e', 'a dot, decoded twice'],
    ['/a%2Fb%255C', 'a backslash, decoded twice'],
    ['/a%2Fb%2500', 'a control character, decoded twice'],
    ['/a%2Fb#c', 'a fragment'],
    [`/${'a'.repeat(2_000)}%2F`, 'one that is too long'],
    [`/${';a%2F%25252525252F%E9'.repeat(9)}`, 'one with too many readings'],
  ])('%s', (raw) => {
    expect(oddTarget(raw)).toBeUndefined();
  });

  test('in work by the length', () => {
    for (const piece of ['%2F', ';', '%25', '%E9', ';%2F', '/..;'])
      expectLinear((times) => oddTarget(`/${piece.repeat(times)}`), 60);
  });
});
