/** One call of the management API: where it is, who may, what it takes and answers, and what it does. */
import { z } from 'zod';
import type { Action } from '../operators/may.ts';
import type { Operator } from '../operators/operator.ts';
import type { ProblemCode } from './problems.ts';

/** As the documentation groups them, in its order. */
export const callGroups = ['Site', 'Policy', 'Looking', 'Readers', 'Insight', 'Team'] as const;
export type CallGroup = (typeof callGroups)[number];

export interface CallParts<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  /** Its name in the documentation and in generated programs: `publishDraft`. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/-/console/api/v1`: `/policy/versions/:number`. */
  readonly path: string;
  readonly action: Action;
  readonly group: CallGroup;
  /** One sentence. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** What a success answers; `z.string()` with `csv`. */
  readonly answer: Answer;
  /** Answers a table as CSV, under this file name. */
  readonly csv?: string;
  /** Refusals besides those that every call may meet. */
  readonly problems?: readonly ProblemCode[];
  readonly run: (asked: {
    readonly params: z.output<Params>;
    readonly query: z.output<Query>;
    readonly body: z.output<Body>;
    readonly operator: Operator;
    readonly now: number;
  }) => Promise<Answered<z.input<Answer>>>;
}

export type Answered<Answer> =
  | { readonly kind: 'ok'; readonly answer: Answer }
  /** For `csv` alone: a table too long to be held at once. */
  | { readonly kind: 'streamed'; readonly chunks: AsyncIterable<string> }
  /** @property more beside `code` and `detail`: what is there now, faults … */
  | {
      readonly kind: 'problem';
      readonly code: ProblemCode;
      readonly more?: Readonly<Record<string, unknown>>;
    };

export const ok = <Answer>(answer: Answer): Answered<Answer> => ({ kind: 'ok', answer });

export const streamed = (chunks: AsyncIterable<string>): Answered<never> => ({ kind: 'streamed', chunks });

export const problem = (
  code: ProblemCode,
  more?: Readonly<Record<string, unknown>>,
): {
  readonly kind: 'problem';
  readonly code: ProblemCode;
  readonly more?: Readonly<Record<string, unknown>>;
} => ({
  kind: 'problem',
  code,
  ...(more && { more }),
});

/** Any call, as the routes and the documentation see it. */
export interface Call extends Omit<CallParts<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, 'run'> {
  readonly run: (asked: {
    readonly params: unknown;
    readonly query: unknown;
    readonly body: unknown;
    readonly operator: Operator;
    readonly now: number;
  }) => Promise<Answered<unknown>>;
}

/**
 * Checks the parts against each other, then forgets their types: the routes parse before they run. A field that the
 * call doesn't take is refused and not passed over, so that a misspelt one is noticed.
 */
export const call = <
  Answer extends z.ZodType,
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
>(
  parts: CallParts<Params, Query, Body, Answer>,
): Call => {
  const { params, query, body } = parts;
  const strict = {
    ...parts,
    ...(params && { params: exact(params) }),
    ...(query && { query: exact(query) }),
    ...(body && { body: exact(body) }),
  };
  return strict as unknown as Call;
};

const exact = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.strict() : schema;
