/** What came with a request, read by the call's schemas: every fault at once, each with where it stands. */
import { z } from 'zod';
import { misshapen } from './body-shape.ts';
import type { Call } from './call.ts';

export type PartName = 'params' | 'query' | 'body';
export type Parts = Readonly<Record<PartName, unknown>>;

export interface PartFault {
  readonly in: PartName;
  /** `rules.0.id`; empty: the whole part. */
  readonly at: string;
  readonly message: string;
}

export type ReadParts =
  | { readonly kind: 'ok'; readonly parts: Parts }
  | { readonly kind: 'faulty'; readonly faults: readonly PartFault[] };

/** More of them help nobody. */
const maxFaults = 50;

/** Of a part that the call doesn't have. */
const nothing = z.strictObject({});

export const readParts = (call: Call, { params, query, body = {} }: Parts): ReadParts => {
  const early = [...twice(call, query), ...misshapen(body)];
  if (early.length > 0) return { kind: 'faulty', faults: early.slice(0, maxFaults) };
  const given = { params, query, body };
  const faults: PartFault[] = [];
  const read = (name: PartName): unknown => {
    const parsed = (call[name] ?? nothing).safeParse(given[name]);
    if (parsed.success) return parsed.data;
    // A body can have more faults than an argument list has room for.
    faults.push(...parsed.error.issues.slice(0, maxFaults).flatMap((issue) => faultsOf(name, issue)));
    return undefined;
  };
  const parts = { params: read('params'), query: read('query'), body: read('body') };
  return faults.length > 0 ? { kind: 'faulty', faults: faults.slice(0, maxFaults) } : { kind: 'ok', parts };
};

/** Which of two was meant, nobody can tell; only some parameters are lists. */
const twice = (call: Call, query: unknown): readonly PartFault[] =>
  Object.entries(query ?? {}).flatMap(([at, value]) =>
    Array.isArray(value) && !call.query?.shape[at]?.safeParse(value).success
      ? [{ in: 'query' as const, at, message: 'Given more than once.' }]
      : [],
  );

type Issue = z.core.$ZodIssue;

const faultsOf = (part: PartName, issue: Issue, above: readonly PropertyKey[] = []): PartFault[] => {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, maxFaults).map((key) => ({
      in: part,
      at: [...path, key].join('.'),
      message: 'There is no such field here.',
    }));
  const nearest = issue.code === 'invalid_union' ? nearestBranch(issue.errors) : undefined;
  if (nearest) return nearest.slice(0, maxFaults).flatMap((within) => faultsOf(part, within, path));
  return [{ in: part, at: path.join('.'), message: issue.message }];
};

/** Of the shapes that it could have had, the one with the least amiss: that is what was meant. */
const nearestBranch = (branches: readonly Issue[][]): readonly Issue[] | undefined =>
  branches.reduce<readonly Issue[] | undefined>(
    (best, branch) => (best === undefined || branch.length < best.length ? branch : best),
    undefined,
  );
