/** How long a response of the origin may be kept and shown to others: HTTP's rules for shared caches (RFC 9111). */
import CachePolicy from 'http-cache-semantics';
import type { HeaderPairs, OriginHead } from './origin.ts';

export interface Freshness {
  /** False: it may be used for the request that fetched it, and not kept at all. */
  readonly storable: boolean;
  /** Milliseconds since the epoch; not after `now` when it has to be asked for again each time. */
  readonly freshUntil: number;
  /** Until then it may be shown while a new copy is fetched; equal to `freshUntil` where the origin forbids that. */
  readonly staleUntil: number;
  /** Lower case, in order, without `accept-encoding`: the gate asks with the same codings each time and decodes. */
  readonly varyNames: readonly string[];
}

export interface FreshnessDefaults {
  /** For a 200 or 203 whose origin states no freshness. */
  readonly seconds: number;
  /** Where the origin states no `stale-while-revalidate`. */
  readonly staleSeconds: number;
}

/**
 * `request` is what the origin was sent. Store without `Set-Cookie` (see `withoutSetCookie`): a cookie is one reader's,
 * the page need not be. Nothing is guessed from `Last-Modified`; `defaults` are the publisher's own guess.
 */
export function freshness(
  request: { readonly method: string; readonly headers: HeaderPairs },
  response: OriginHead,
  now: number,
  defaults: FreshnessDefaults,
): Freshness {
  const headers = withReadableDate(forSharedCaches(joinedHeaders(response.headers)));
  const varyNames = namesIn(headers.vary);
  const control = headers['cache-control'] ?? '';
  const policy = new CachePolicy(
    { method: request.method, headers: joinedHeaders(request.headers), url: '' },
    { status: response.status, headers: { ...headers, date: dateOf(headers.date, now) } },
    { shared: true, cacheHeuristic: 0 },
  );
  const stated =
    /(?:^|[\s,])(?:s-maxage|max-age|no-cache|immutable|proxy-revalidate)\b/.test(control) ||
    headers.expires !== undefined;
  const isOrdinary = response.status === 200 || response.status === 203;
  const saysNo = headers['cache-control'] === undefined && /no-cache/i.test(headers.pragma ?? '');
  const seconds = stated || saysNo || !isOrdinary ? policy.maxAge() : defaults.seconds;
  const freshUntil = now + Math.max(0, seconds - (stated ? ageOf(headers.age) : 0)) * 1000;
  const staleUntil =
    freshUntil + staleSecondsOf(control, saysNo, freshUntil > now ? defaults.staleSeconds : 0) * 1000;
  const storable = policy.storable() && !varyNames.includes('*') && staleUntil > now;
  return { storable, freshUntil, staleUntil, varyNames };
}

/**
 * What is said to shared caches before what is said to all (RFC 9213): then neither `Cache-Control` nor `Expires` counts.
 * `Surrogate-Control` is the same in an older spelling. What can't be read as a list of directives wasn't said.
 */
function forSharedCaches(headers: Record<string, string>): Record<string, string> {
  const said = ['cdn-cache-control', 'surrogate-control'].map((name) => headers[name]).find(isDirectives);
  if (said === undefined) return headers;
  const { expires: _, pragma: __, ...others } = headers;
  // `max-age=300+60`: so much longer it may be shown while a new copy is fetched.
  const control = said.replace(/max-age=(\d+)\+(\d+)/, 'max-age=$1, stale-while-revalidate=$2');
  return { ...others, 'cache-control': control };
}

/** An `Expires` in no form of HTTP's is in the past (RFC 9111, 5.3); programs read more into dates than is there. */
function withReadableDate(headers: Record<string, string>): Record<string, string> {
  const { expires } = headers;
  return expires === undefined || httpDate.test(expires) ? headers : { ...headers, expires: '0' };
}

/** RFC 9110, 5.6.7: the form of today, and two that are obsolete. */
const httpDate =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun), \d\d [a-z]{3} \d{4} \d\d:\d\d:\d\d gmt|[a-z]{6,9}, \d\d-[a-z]{3}-\d\d \d\d:\d\d:\d\d gmt|[a-z]{3} [a-z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4})$/i;

/** A dictionary of RFC 9651, as far as directives need it. */
const isDirectives = (value: string | undefined): value is string =>
  value !== undefined &&
  value.length <= 1_000 &&
  // `content="ESI/1.0"` alone says nothing of how long.
  /\b(?:max-age|s-maxage|no-store|no-cache|private)\b/.test(value) &&
  !/\b(?:max-age|s-maxage)=(?!\d)/.test(value) &&
  value.split(',').every((part) => directive.test(part));

const directive =
  /^[\t ]*[a-z*][a-z\d_.*-]*(?:=(?:-?\d{1,15}(?:\+\d{1,9}|\.\d{1,3})?|"[^"]*"|\?[01]|[a-z*][\w./:*-]*))?[\t ]*$/;

/** Whether shared caches are told that it is for one reader alone; with names of headers that speaks of these. */
export const isPrivate = ({ headers }: OriginHead): boolean =>
  /(?:^|[\s,])private(?!\s*=)/.test(forSharedCaches(joinedHeaders(headers))['cache-control'] ?? '');

/** What the origin, or a cache before it, says of its answer's age; 0 where it says nothing. */
export const ageSeconds = ({ headers }: OriginHead): number => ageOf(joinedHeaders(headers).age);

/** What was kept, once the origin has said that it still holds: RFC 9111, 3.2. The date and the age are the newer answer's. */
export const freshened = (kept: OriginHead, { headers }: Pick<OriginHead, 'headers'>): OriginHead => {
  const said = headers.filter(([name]) => !ofBody.test(name));
  const names = new Set([...said.map(([name]) => name.toLowerCase()), 'age', 'date']);
  return {
    status: kept.status,
    headers: [...kept.headers.filter(([name]) => !names.has(name.toLowerCase())), ...said],
  };
};

const ofBody =
  /^(?:content-(?:length|encoding|type|range)|transfer-encoding|connection|keep-alive|trailer)$/i;

export const withoutSetCookie = (headers: HeaderPairs): HeaderPairs =>
  headers.filter(([name]) => name.toLowerCase() !== 'set-cookie');

/**
 * Repeated names joined, cookies left out (the library takes one for "never fresh"). Directives are lower-cased: the library
 * misses `No-Store`.
 */
function joinedHeaders(pairs: HeaderPairs): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of pairs) {
    const lower = name.toLowerCase();
    if (lower === 'set-cookie') continue;
    const text = inOneCase.has(lower) ? value.toLowerCase() : value;
    headers[lower] = headers[lower] === undefined ? text : `${headers[lower]}, ${text}`;
  }
  return headers;
}

const inOneCase = new Set(['cache-control', 'cdn-cache-control', 'surrogate-control', 'vary', 'pragma']);

function namesIn(vary: string | undefined): readonly string[] {
  const names = (vary ?? '').split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== '' && name !== 'accept-encoding'))].sort();
}

/** The library falls back on the process's clock without it. */
const dateOf = (date: string | undefined, now: number): string =>
  date !== undefined && Number.isFinite(Date.parse(date)) ? date : new Date(now).toUTCString();

/** Of what isn't a number the digits that it begins with count: a copy is rather thought too old than too new. */
const ageOf = (age: string | undefined): number =>
  Math.min(Number(/^\s*(\d{1,15})/.exec(age ?? '')?.[1] ?? 0), longestAge);

const longestAge = 2 ** 31;

/** `s-maxage` forbids stale use too, unless the origin itself states how long it may last. */
function staleSecondsOf(control: string, saysNo: boolean, otherwise: number): number {
  if (saysNo || /(?:^|[\s,])(?:no-cache|must-revalidate|proxy-revalidate)\b/.test(control)) return 0;
  const stated = /(?:^|[\s,])stale-while-revalidate\s*=\s*"?(\d{1,9})/.exec(control)?.[1];
  if (stated !== undefined) return Number(stated);
  return /(?:^|[\s,])s-maxage\b/.test(control) ? 0 : otherwise;
}
