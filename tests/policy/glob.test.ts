/** That globs mean what they meant when picomatch read them, and that no path takes long to compare with them. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { compileGlobs, compileNameGlobs, globFault, nameGlobFault } from '../../src/policy/glob.ts';
import { mostGlobSteps, mostNameGlobSteps } from '../../src/policy/glob-limit.ts';
import { readGlob } from '../../src/policy/glob-parts.ts';
import { statesOf } from '../../src/policy/glob-states.ts';
import { walkOf } from '../../src/policy/glob-walk.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';

const byPicomatch = { dot: true, strictBrackets: true, noextglob: true, nonegate: true } as const;

const letters = ['a', 'b', '.', '-', '+', '1', 'A', '_', '!', '@', '$', '%'];

const joined = (parts: readonly string[], longest: number) =>
  fc.array(fc.constantFrom(...parts), { maxLength: longest }).map((taken) => taken.join(''));

/** Without what picomatch itself reads by accident: dots in a row or a leading + within braces, a dot before a named class. */
const pathGlob = joined(
  [
    ...letters,
    ...['*', '*', '?', '/', '/', '/**/', '/**', '/*', '/.*', '{', '}', ','],
    ...['[ab]', '[a-c]', '[.a]', '[!a]', '[]a]', '[a*]', '[[:alpha:]-]'],
    ...['{a,b}', '{a,}', '{*,b}', '{a.*,b}', '{/**/a,b}', '{1..3}'],
  ],
  8,
)
  .map((glob) => `/${glob}`)
  .filter((glob) => globFault(glob) === undefined && !/\{[^}]*\.\.(?!3\})|\}\.\.|[{,]\+|\[\[:/.test(glob));

const path = fc
  .array(
    joined([...letters, 'c', '*', ','], 4).filter((name) => !['', '.', '..'].includes(name)),
    { maxLength: 4 },
  )
  .map((names) => `/${names.join('/')}`);

const closely = joined(['a', 'b', '.', '/a'], 6)
  .map((text) => `/${text}`.replace(/\/{2,}|\/(?=\.{1,2}(?:\/|$))/g, '/a'))
  .filter((text) => text.length === 1 || !text.endsWith('/'));

describe('a glob matches what it always matched', () => {
  test('of paths', () => {
    const paths = fc.array(fc.oneof(path, closely), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(pathGlob, paths, (glob, some) => {
        const written = glob.length > 1 ? glob.replace(/\/$/, '') : glob;
        fc.pre(!written.endsWith('/') || written === '/');
        const expected = picomatch(written, byPicomatch);
        const matches = compileGlobs([glob]);
        expect(some.filter(matches)).toEqual(some.filter((one) => expected(one)));
      }),
      { numRuns: 3000 },
    );
  });

  test('of names of cookies', () => {
    const names = ['a', 'B', 'b', '_', '.', '-', '1', 'é'];
    const nameGlob = joined([...names, '*', '?', '[ab]', '[a-c]', '{a,b}', '{', '}', ','], 7).filter(
      (glob) => glob !== '' && glob !== '*.*' && nameGlobFault(glob) === undefined && !glob.includes('..'),
    );
    // No cookie is called `.` or `..`, which picomatch reads one way for `.*` and another for every longer glob.
    const name = joined([...names, 'A', 'É', '[ab]'], 5).filter((one) => !['.', '..'].includes(one));
    const some = fc.array(name, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(nameGlob, some, (glob, all) => {
        const expected = picomatch(glob, { ...byPicomatch, nocase: true });
        const matches = compileNameGlobs([glob]);
        expect(all.filter(matches)).toEqual(all.filter((name) => expected(name)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['/news/**', '/news', true],
    ['/news/**', '/news/a/b', true],
    ['/news/**', '/newsletter', false],
    ['/**', '/', true],
    ['/*', '/', false],
    ['/a/**/z', '/a/z', true],
    ['/a/**/z', '/a/b/c/z', true],
    ['/a/**/z', '/a/bz', false],
    ['/{news,sport}/*', '/sport/a', true],
    ['/{a*,b}c', '/bxc', false],
    ['/20[0-2]?/*', '/2019/x', true],
    ['/x[z-a]', '/xz', false],
  ])('%s and %s: %p', (glob, one, expected) => {
    expect(compileGlobs([glob])(one)).toBe(expected);
  });

  test('a bracket that is left open is a fault exactly where it was one', () => {
    const text = joined(['a', '[', ']', '{', '}', ',', '?', '[a-', '-', '.'], 9).map((signs) => `/${signs}`);
    fc.assert(
      fc.property(text, (glob) => {
        const faulty = globFault(glob)?.message.startsWith('a bracket') ?? false;
        if (faulty) expect(() => picomatch.makeRe(glob, byPicomatch)).toThrow();
        else if (!globFault(glob)) expect(() => picomatch.makeRe(glob, byPicomatch)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});

/** Made for regular expressions: every star could end anywhere. */
const hostilePaths = ['-', 'a', 'ab', 'a/', '.a'].map((part) => `/${part.repeat(2000 / part.length)}/x`);

const stepsTaken = (glob: string, one: string): { readonly steps: number; readonly perCharacter: number } => {
  const walk = walkOf(statesOf(readGlob(glob) ?? []));
  const work = { steps: 0 };
  walk.matches(one, work);
  return { steps: work.steps, perCharacter: walk.stepsPerCharacter };
};

describe('comparing', () => {
  test.each([
    '/news/*-*-*',
    '/*-*-*-*-*-*-*-*',
    '/*a*a*a*a*a*a*a*b',
    `/*${'{a,b}'.repeat(95)}`,
    '/**/*a/**/*b/**/*c',
  ])('with %s costs steps by the glob for each character, and no more', (glob) => {
    for (const one of hostilePaths) {
      const { steps, perCharacter } = stepsTaken(glob, one);
      expect(steps).toBeLessThanOrEqual(perCharacter * one.length);
      expect(perCharacter).toBeLessThan(4 + 2 * glob.length);
    }
  });

  test('with any glob that the policy accepts costs no more either', () => {
    const glob = fc.stringMatching(/^\/[a-c*?{},+[\]/.@-]{0,24}$/).filter((text) => !globFault(text));
    fc.assert(
      fc.property(glob, fc.constantFrom(...hostilePaths), (text, one) => {
        const { steps, perCharacter } = stepsTaken(text, one);
        expect(steps).toBeLessThanOrEqual(perCharacter * one.length);
        expect(perCharacter).toBeLessThan(5 + 2 * text.length);
      }),
      { numRuns: 150 },
    );
  });

  test('ends where a path can’t match any more', () => {
    const walk = walkOf(statesOf(readGlob('/news/*-*-*') ?? []));
    const work = { steps: 0 };
    walk.matches(`/culture/${'-'.repeat(8000)}`, work);
    expect(work.steps).toBeLessThanOrEqual(2 * walk.stepsPerCharacter);
  });
});

describe('a policy whose globs would together take long', () => {
  const codesOf = (policy: unknown): readonly string[] => {
    const loaded = loadPolicy(JSON.stringify(policy), 'policy.yaml');
    return loaded.kind === 'ok' ? [] : loaded.faults.map(({ code }) => code);
  };
  const many = (count: number, glob: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => glob(index));
  const perGlob = walkOf(statesOf(readGlob('/*-1') ?? [])).stepsPerCharacter;

  test('is refused, wherever they stand', () => {
    const half = Math.ceil(mostGlobSteps / perGlob / 2) + 1;
    const globs = many(half, () => '/*-1');
    expect(codesOf({ articles: { paths: globs, ignore: globs } })).toEqual(['glob-limit']);
    expect(
      codesOf({
        publications: [{ id: 'a', name: 'A', paths: globs }],
        rules: [{ name: 'r', access: 'open', when: { path: globs } }],
      }),
    ).toEqual(['glob-limit']);
    expect(codesOf({ articles: { paths: globs } })).toEqual([]);
  });

  test('is used where no path can meet them all', () => {
    const apart = many(1000, (index) => `/section-${index}/*/{a,b,c}-*`);
    expect(codesOf({ articles: { paths: apart, ignore: many(1000, (index) => `/plain/${index}`) } })).toEqual(
      [],
    );
    const above = [...apart, ...many(400, () => '/section-7/**')].slice(400);
    expect(codesOf({ articles: { paths: above } })).toEqual([]);
  });

  test('is refused for the names of cookies too', () => {
    const names = many(Math.ceil(mostNameGlobSteps / perGlob) + 1, () => '*a');
    expect(codesOf({ originCache: { personalCookies: names } })).toEqual(['glob-limit']);
    expect(codesOf({ originCache: { personalCookies: many(1000, (index) => `plain${index}`) } })).toEqual([]);
  });
});
