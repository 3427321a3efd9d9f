/** What no body may hold, whatever the call: looked for before a schema walks through it. */

interface ShapeFault {
  readonly in: 'body';
  readonly at: string;
  readonly message: string;
}

/** A policy is some ten deep. */
const maxDepth = 64;

/** Empty: nothing is amiss. Walks without calling itself: a mebibyte of brackets is deeper than any stack. */
export const misshapen = (body: unknown): readonly ShapeFault[] => {
  let level: readonly Place[] = [{ value: body, at: '' }];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return [{ in: 'body', at: '', message: `Nested deeper than ${maxDepth} levels.` }];
    const below = level.flatMap(inside);
    const unsafe = below.filter(({ at }) => /(?:^|\.)__proto__$/.test(at));
    if (unsafe.length > 0)
      return unsafe.map(({ at }) => ({ in: 'body', at, message: 'No field may have this name.' }));
    level = below;
  }
  return [];
};

interface Place {
  readonly value: unknown;
  readonly at: string;
}

const inside = ({ value, at }: Place): readonly Place[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([key, inner]) => ({ value: inner, at: at === '' ? key : `${at}.${key}` }))
    : [];
