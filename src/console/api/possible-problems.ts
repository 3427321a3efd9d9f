/** Which refusals a call may meet: at the console's door, in reading the request, and its own. */
import { changesSomething, leastRoleFor, needsPersonFor } from '../operators/may.ts';
import { type RefusalCode, refusals } from '../shell/refusal.ts';
import type { Call } from './call.ts';
import { type ProblemCode, problems } from './problems.ts';

export interface PossibleProblem {
  readonly code: ProblemCode | RefusalCode;
  readonly status: number;
  readonly detail: string;
  /** True: no other call has to do with it. */
  readonly own: boolean;
}

/** By their statuses. */
export const possibleProblems = (call: Call): readonly PossibleProblem[] => {
  const own: readonly string[] = call.problems ?? [];
  const codes = new Set([...atTheDoor(call), ...inReading(call), ...(call.problems ?? []), ...always]);
  return Array.from(codes, (code) => ({ code, ...told(code), own: own.includes(code) })).sort(
    (one, other) => one.status - other.status,
  );
};

const told = (code: ProblemCode | RefusalCode) => {
  const { status, detail } = code in problems ? problems[code as ProblemCode] : refusals[code as RefusalCode];
  return { status, detail };
};

const always: readonly ProblemCode[] = ['store-unavailable'];

const atTheDoor = ({ action, method }: Call): readonly RefusalCode[] => [
  'token-in-address',
  'operator-unknown',
  'sign-in-ended',
  ...(needsPersonFor(action) ? ['person-needed' as const] : (['token-invalid'] as const)),
  ...(leastRoleFor(action) === 'viewer' ? [] : ['role-insufficient' as const]),
  ...(method === 'get' && !changesSomething(action) ? [] : ['other-site' as const]),
  'unavailable',
];

const inReading = ({ method }: Call): readonly ProblemCode[] =>
  method === 'get'
    ? ['address-unreadable', 'request-invalid']
    : ['address-unreadable', 'request-invalid', 'body-unreadable', 'body-not-json', 'body-too-large'];
