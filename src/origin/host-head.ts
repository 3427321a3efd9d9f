/** The head that a host application is about to send, from the arguments of its `writeHead` and the headers it set before. */
import type { ServerResponse } from 'node:http';
import type { OriginHead } from './origin.ts';

/** As Node has them: status, then a reason phrase or not, then an object or a list of headers or not. */
export type HeadArguments = [status: number, reasonOrHeaders?: unknown, headers?: unknown];

/** Headers given to `writeHead` replace those set before under the same name, in any case. */
export function headOf(
  res: Pick<ServerResponse, 'getHeader' | 'getHeaderNames'>,
  args: HeadArguments,
): OriginHead {
  const [status, reasonOrHeaders, headers] = args;
  const given = pairsOf(typeof reasonOrHeaders === 'string' ? headers : (headers ?? reasonOrHeaders));
  const replaced = new Set(given.map(([name]) => name.toLowerCase()));
  const pairs: [string, string][] = [];
  for (const name of res.getHeaderNames()) {
    if (!replaced.has(name)) pairs.push(...valuesOf(name, res.getHeader(name)));
  }
  return { status, headers: [...pairs, ...given] };
}

function pairsOf(headers: unknown): [string, string][] {
  if (Array.isArray(headers)) {
    if (headers.every((entry) => Array.isArray(entry)))
      return headers.flatMap(([name, value]) => valuesOf(String(name), value));
    return headers.flatMap((name, at) => (at % 2 === 0 ? valuesOf(String(name), headers[at + 1]) : []));
  }
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers).flatMap(([name, value]) => valuesOf(name, value));
}

function valuesOf(name: string, value: unknown): [string, string][] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map((one) => [name, String(one)]) : [[name, String(value)]];
}
