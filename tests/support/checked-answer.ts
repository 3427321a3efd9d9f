/** That every answer of the management API is what its call says: whoever calls in a test, checks it. */
import type { Call } from '../../src/console/api/call.ts';
import { possibleProblems } from '../../src/console/api/possible-problems.ts';

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: unknown;
}

/** @throws Error where the answer isn't exactly what the documentation says. @param path below the API's base, with its query */
export const checkAnswer = (
  calls: readonly Call[],
  method: string,
  path: string,
  { status, headers, body }: Answered,
): void => {
  const call = callAt(calls, method, path);
  const fail = (why: string): never => {
    throw new Error(`${method} ${path} (${call?.id ?? 'no call'}): ${why}`);
  };
  if (headers['cache-control'] !== 'private, no-store') fail('may be kept by a cache');
  if (headers['x-content-type-options'] !== 'nosniff') fail('has no nosniff');
  if (headers.etag !== undefined) fail('has an ETag');
  const foreign = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  if (foreign.length > 0) fail(`says ${foreign.join()} to other sites`);
  if (!call) return;
  if (status === 200) {
    if (call.csv === undefined) expectExact(call, body, fail);
    return;
  }
  const code = codeIn(body);
  const known = possibleProblems(call).find((problem) => problem.code === code);
  if (!known) fail(`answers ${status} ${code}, which the call doesn’t name among its problems`);
  else if (known.status !== status) fail(`answers ${code} with ${status} and not ${known.status}`);
};

const expectExact = (call: Call, body: unknown, fail: (why: string) => never): void => {
  const parsed = call.answer.safeParse(body);
  if (!parsed.success) fail(`isn’t what its schema says: ${parsed.error.message}`);
  // A schema passes over fields that it doesn't know: what it kept tells them.
  if (ordered(parsed.data) !== ordered(body))
    fail(`has more than its schema says: ${ordered(body)}, of which it knows ${ordered(parsed.data)}`);
};

/** The same for the same value, however its fields are ordered. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  ) ?? 'nothing';

const codeIn = (body: unknown): unknown =>
  (body as { readonly error?: { readonly code?: unknown } } | undefined)?.error?.code;

/** A named address goes before one with a parameter, as in the routes. */
export const callAt = (calls: readonly Call[], method: string, path: string): Call | undefined => {
  const segments = path.replace(/\?.*$/s, '').split('/');
  const fits = calls.filter((call) => {
    const pattern = call.path.split('/');
    return (
      call.method === method.toLowerCase() &&
      pattern.length === segments.length &&
      pattern.every((part, at) => part.startsWith(':') || part === segments[at])
    );
  });
  return fits.sort((one, other) => parametersIn(one) - parametersIn(other))[0];
};

const parametersIn = ({ path }: Call): number => path.split(':').length;
