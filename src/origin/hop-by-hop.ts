/** Which headers belong to one connection and so never pass a proxy, in either direction (RFC 9110 section 7.6.1). */
import type { HeaderPairs } from './origin.ts';

/** `name` in lower case. All of `proxy-*` is dropped, and `proxy` itself, which CGI programs read as HTTP_PROXY. */
export const isHopByHop = (name: string): boolean => HOP_BY_HOP.has(name) || name.startsWith('proxy-');

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'http2-settings'],
  ...['expect'],
]);

/** The lower-case names that `Connection` headers declare to be for this connection only; undefined when there are none. */
export function namedByConnection(headers: HeaderPairs): ReadonlySet<string> | undefined {
  let names: Set<string> | undefined;
  for (const [name, value] of headers) {
    if (name.length === 10 && name.toLowerCase() === 'connection') names = addConnectionNames(names, value);
  }
  return names;
}

/** Adds one `Connection` value's names; the ordinary options leave `names` as it was, so most messages cost no set. */
export function addConnectionNames(names: Set<string> | undefined, value: string): Set<string> | undefined {
  if (/^(?:keep-alive|close|upgrade)$/i.test(value)) return names;
  const all = names ?? new Set();
  for (const option of value.split(',')) all.add(option.trim().toLowerCase());
  return all;
}
