/** From a parser's header buffers to text, one character per byte, names as the origin spelled them. */
import type { HeaderPairs } from './origin.ts';

/** `raw` alternates names and values, as undici's parser gives them. */
export function rawHead(raw: readonly Buffer[]): HeaderPairs {
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at];
    const value = raw[at + 1];
    if (name !== undefined && value !== undefined)
      pairs.push([name.toString('latin1'), value.toString('latin1')]);
  }
  return pairs;
}

/** The flat list that undici and `writeHead` take. */
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
