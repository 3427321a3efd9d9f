/** What no body may hold, whatever the call: looked for before a schema walks through it. */

interface ShapeFault {
  readonly in: 'body';
  readonly at: string;
  readonly message: string;
}

/** A policy is some ten deep. */
const maxDepth = 64;
/** A rule's lists have some thousands; to tell of a million faults would take seconds. */
const maxValues = 100_000;

/** Empty: nothing is amiss. Walks without calling itself: a mebibyte of brackets is deeper than any stack. */
export const misshapen = (body: unknown): readonly ShapeFault[] => {
  let level: readonly Place[] = [{ value: body, key: '', above: undefined }];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return [{ in: 'body', at: '', message: `Nested deeper than ${maxDepth} levels.` }];
    const below = level.flatMap(inside);
    const unsafe = below.find(({ key }) => key === '__proto__');
    if (unsafe) return [{ in: 'body', at: pathTo(unsafe), message: 'No field may have this name.' }];
    values += below.length;
    if (values > maxValues) return [{ in: 'body', at: '', message: `More than ${maxValues} values.` }];
    level = below;
  }
  return [];
};

/** Its path is made only for who is told of it: a long name above a million values would be copied as often. */
interface Place {
  readonly value: unknown;
  readonly key: string;
  readonly above: Place | undefined;
}

const inside = (place: Place): readonly Place[] => {
  const { value } = place;
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, inner]) => ({ value: inner, key, above: place }));
};

const pathTo = ({ key, above }: Place): string =>
  above === undefined || above.key === '' ? key : `${pathTo(above)}.${key}`;
