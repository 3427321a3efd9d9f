/** Every path that some server could take an odd address for: one with an encoded slash, a parameter, or bytes of another encoding. */
import {
  asBytes,
  type BadTarget,
  canonicalTarget,
  inOneSpelling,
  sendable,
  withoutAuthority,
  withoutDotSegments,
} from './canonical-target.ts';

export interface OddTarget {
  /** To be asked for just as it was written: image proxies take a whole address as one part of a path. */
  readonly target: string;
  /** With its signs left as they are. */
  readonly path: string;
  /** That path and all others, without dots, double slashes and needless escapes. */
  readonly readings: readonly string[];
}

/** Undefined for an ordinary address, and for one that is refused wherever it leads. */
export function oddTarget(raw: string): OddTarget | undefined {
  const canonical = canonicalTarget(raw);
  if (canonical.kind === 'ok' || !ODD.has(canonical.why)) return undefined;
  const local = withoutAuthority(raw);
  if (local === undefined || /[\0-\x1f\x7f#]/.test(local)) return undefined;
  const mark = local.indexOf('?');
  const written = asBytes(mark === -1 ? local : local.slice(0, mark));
  const readings = readingsOf(written);
  const [path] = readings ?? [];
  if (readings === undefined || path === undefined) return undefined;
  const query = mark === -1 ? '' : sendable(asBytes(local.slice(mark + 1)));
  const target = query === '' ? sendable(written) : `${sendable(written)}?${query}`;
  return target.length > MAX_LENGTH ? undefined : { target, path, readings };
}

const ODD: ReadonlySet<BadTarget> = new Set([
  'encoded-slash',
  'semicolon',
  'double-encoding',
  'not-utf-8',
] as const);
/** Each reading is held against the whole policy: that an address can be read in many ways mustn't make it take long. */
const MAX_LENGTH = 2_000;
const MAX_READINGS = 8;

/** What servers do with such a path, in any order and number; the path as it was written comes first. */
const readers: readonly ((path: string) => string)[] = [
  (path) => path.replace(/%2f/gi, '/'),
  (path) => path.replace(/(?:;|%3b)[^/]*/gi, ''),
  (path) => path.replace(/(?:;|%3b)(?:(?!%2f)[^/])*/gi, ''),
  (path) => path.replace(/%25/gi, '%'),
  inUtf8,
];

/** Undefined where one of them is no path at all, or climbs: nobody writes that but to get around something. */
function readingsOf(written: string): readonly string[] | undefined {
  const found = new Set([written]);
  for (const path of found) {
    if (/%(?![0-9a-f]{2})|%(?:[01][0-9a-f]|7f)|\\|%5c/i.test(path)) return undefined;
    if (path !== written && DOT_SEGMENT.test(inOneSpelling(path))) return undefined;
    for (const read of readers) found.add(read(path));
    if (found.size > MAX_READINGS) return undefined;
  }
  return [...new Set([...found].map((path) => withoutDotSegments(inOneSpelling(path))))];
}

const DOT_SEGMENT = /\/\.\.?(?:\/|$)/;

/** Bytes that aren't UTF-8 are Latin letters to servers that read anything. */
function inUtf8(path: string): string {
  try {
    decodeURIComponent(path);
    return path;
  } catch {
    return path.replace(/%([89a-f][0-9a-f])|[\x80-\xff]/gi, (sign, hex?: string) =>
      encodeURIComponent(hex === undefined ? sign : String.fromCharCode(Number.parseInt(hex, 16))),
    );
  }
}
