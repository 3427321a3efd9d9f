/** Header pairs, and the flat lists of them that Node gives and takes. */
import type { HeaderPairs } from './origin.ts';

/** The flat list that `writeHead` takes. */
export function flatHead(pairs: HeaderPairs): string[] {
  const flat: string[] = [];
  for (const [name, value] of pairs) flat.push(name, value);
  return flat;
}

/** From Node's flat `rawHeaders`. */
export function headPairs(raw: readonly string[]): HeaderPairs {
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return pairs;
}
