/** How many globs one path, or one cookie’s name, may have to be walked through: else many cheap ones are a slow policy. */
import { globCost, nameGlobCost } from './glob.ts';
import type { Conditions, OriginCachePolicy, Policy } from './policy.ts';
import type { Finding, Path } from './policy-fault.ts';

/** Steps for each character of a path of up to 8 KiB: a tenth of a second or two at the worst. */
export const mostGlobSteps = 4_000;

/** The same of all cookies’ names together, which have up to 32 KiB. */
export const mostNameGlobSteps = 1_000;

/** Empty unless there are so many globs with wildcards that a path could be made for them. */
export const globLimitFindings = (policy: Policy): readonly Finding[] => [
  ...pathFindings(pathGlobs(policy)),
  ...nameFindings(policy.originCache),
];

interface Placed {
  readonly glob: string;
  readonly at: Path;
}

const pathGlobs = ({ publications, plans, articles, rules }: Policy): readonly Placed[] => [
  ...publications.flatMap(({ paths }, index) => placed(paths, ['publications', index, 'paths'])),
  ...plans.flatMap(({ offeredAt }, index) => conditional(offeredAt, ['plans', index, 'offeredAt'])),
  ...placed(articles.paths, ['articles', 'paths']),
  ...placed(articles.ignore, ['articles', 'ignore']),
  ...articles.json.flatMap(({ paths }, index) => placed(paths, ['articles', 'json', index, 'paths'])),
  ...articles.feeds.flatMap(({ paths }, index) => placed(paths, ['articles', 'feeds', index, 'paths'])),
  ...rules.flatMap(({ when }, index) => conditional(when, ['rules', index, 'when'])),
];

const placed = (globs: readonly string[] = [], at: Path): readonly Placed[] =>
  globs.map((glob, index) => ({ glob, at: [...at, index] }));

const conditional = (when: Conditions | undefined, at: Path): readonly Placed[] =>
  placed(when?.path, [...at, 'path']);

/**
 * A path is walked through the globs whose plain beginning it begins with. In the order of their beginnings, those that
 * one path can have in common stand on a stack: each is a beginning of the next.
 */
const pathFindings = (globs: readonly Placed[]): readonly Finding[] => {
  const costly = globs
    .map(({ glob, at }) => ({ ...globCost(glob), at }))
    .filter(({ steps }) => steps > 0)
    .sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
  const stack: { readonly prefix: string; readonly total: number }[] = [];
  for (const { prefix, steps, at } of costly) {
    while (stack.length > 0 && !prefix.startsWith(stack.at(-1)?.prefix ?? '')) stack.pop();
    const total = (stack.at(-1)?.total ?? 0) + steps;
    if (total > mostGlobSteps)
      return [tooMany(at, `paths that begin with ${JSON.stringify(prefix.slice(0, 60))}`)];
    stack.push({ prefix, total });
  }
  return [];
};

const nameFindings = ({ personalCookies, harmlessCookies }: OriginCachePolicy): readonly Finding[] => {
  const placed = [
    ...personalCookies.map((glob, index) => ({ glob, at: ['originCache', 'personalCookies', index] })),
    ...harmlessCookies.map((glob, index) => ({ glob, at: ['originCache', 'harmlessCookies', index] })),
  ];
  let total = 0;
  for (const { glob, at } of placed) {
    total += nameGlobCost(glob);
    if (total > mostNameGlobSteps) return [tooMany(at, 'the names of cookies')];
  }
  return [];
};

const tooMany = (at: Path, what: string): Finding => ({
  code: 'glob-limit',
  at,
  message: `${what} would have to be compared with too many globs that have wildcards`,
  instead: 'fewer of them, with fewer braces, or each beginning with a folder of its own',
});
