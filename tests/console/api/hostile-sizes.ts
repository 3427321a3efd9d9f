/** Bodies and queries of hostile size for any call of the management API, made from what the call says it takes. */
import { z } from 'zod';
import type { Call } from '../../../src/console/api/call.ts';

export interface Hostile {
  /** For the test's own words. */
  readonly what: string;
  readonly path: string;
  readonly body?: string;
}

type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly default?: unknown;
};

/** Far longer than any field may be; all that is longer still is refused before it is read. */
const longText = 300_000;
const longList = 60_000;
/** As long as an address may be, or nearly. */
const longValue = 7_000;

export const hostileRequests = (call: Call): readonly Hostile[] => [
  ...hostilePaths(call),
  ...hostileQueries(call),
  ...hostileBodies(call),
];

const hostilePaths = ({ path }: Call): readonly Hostile[] =>
  path.includes(':')
    ? ['x'.repeat(longValue), '%F0%9F%92%A9'.repeat(500), '9'.repeat(longValue), '..%2F'.repeat(1000)].map(
        (value) => ({ what: `a path of ${value.slice(0, 6)}…`, path: path.replace(/:\w+/g, value) }),
      )
    : [];

const hostileQueries = ({ path, query }: Call): readonly Hostile[] => {
  if (query === undefined) return [];
  const { properties = {} } = schemaOf(query);
  const plain = path.replace(/:\w+/g, '1');
  return Object.keys(properties).flatMap((name) =>
    [`${name}=${'x'.repeat(longValue)}`, `${name}=${'9'.repeat(longValue)}`, `${name}=x&`.repeat(500)].map(
      (value) => ({ what: `a query of ${value.slice(0, 20)}…`, path: `${plain}?${value}` }),
    ),
  );
};

const hostileBodies = ({ path, body }: Call): readonly Hostile[] => {
  if (body === undefined) return [];
  const plain = path.replace(/:\w+/g, '1');
  const schema = schemaOf(body);
  const variants = [...alternatives(schema)].flatMap((each) => {
    const whole = exampleOf(each);
    return leaves(each, []).flatMap(({ at, type }) =>
      (hostileValues[type] ?? []).map((value) => ({
        what: `${at.join('.')} as ${JSON.stringify(value).slice(0, 12)}…`,
        path: plain,
        body: JSON.stringify(withValue(whole, at, value)),
      })),
    );
  });
  return [
    ...variants,
    { what: 'brackets', path: plain, body: '['.repeat(longText) },
    { what: 'unknown keys', path: plain, body: JSON.stringify(Object.fromEntries(manyKeys())) },
    { what: 'a list', path: plain, body: JSON.stringify(Array(longList).fill({})) },
  ];
};

const manyKeys = (): readonly (readonly [string, number])[] =>
  Array.from({ length: 30_000 }, (_, n) => [`key${n}`, n] as const);

const hostileValues: Readonly<Record<string, readonly unknown[]>> = {
  string: ['x'.repeat(longText), 'a: [\n'.repeat(60_000)],
  array: [Array(longList).fill({})],
  object: [Object.fromEntries(manyKeys())],
  number: [1e308, -1, 0.1],
  integer: [1e308, -1, 0.1],
};

const schemaOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema;

/** A union has an example for each of its members. */
function* alternatives(schema: Schema): Generator<Schema> {
  const members = schema.anyOf ?? schema.oneOf;
  if (members === undefined) yield schema;
  else for (const member of members) yield* alternatives(member);
}

const exampleOf = (schema: Schema): unknown => {
  const [first = schema] = alternatives(schema);
  if (first.const !== undefined) return first.const;
  if (first.enum) return first.enum[0];
  if (first.default !== undefined) return first.default;
  switch (first.type) {
    case 'object':
      return Object.fromEntries(
        (first.required ?? []).map((name) => [name, exampleOf(first.properties?.[name] ?? {})]),
      );
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return first.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return 'x';
  }
};

interface Leaf {
  readonly at: readonly string[];
  readonly type: string;
}

const deepest = 5;

const leaves = (schema: Schema, at: readonly string[]): readonly Leaf[] => {
  if (at.length > deepest) return [];
  return [...alternatives(schema)].flatMap((each) => {
    if (each.const !== undefined || each.enum) return [];
    if (each.type === 'object')
      return [
        { at, type: 'object' },
        ...Object.entries(each.properties ?? {}).flatMap(([name, inner]) => leaves(inner, [...at, name])),
      ];
    return typeof each.type === 'string' ? [{ at, type: each.type }] : [{ at, type: 'string' }];
  });
};

const withValue = (whole: unknown, [name, ...rest]: readonly string[], value: unknown): unknown => {
  if (name === undefined) return value;
  const before = typeof whole === 'object' && whole !== null ? whole : {};
  return { ...before, [name]: withValue((before as Record<string, unknown>)[name], rest, value) };
};
