/** The one normalisation of a request's target: the path that the policy's rules match is the path that the origin sees. */

export type CanonicalTarget =
  | {
      readonly kind: 'ok';
      /** What is sent to the origin: `path`, and `?query` where there is one. */
      readonly target: string;
      readonly path: string;
      /** Without its `?`; '' when there is none. */
      readonly query: string;
    }
  | { readonly kind: 'bad'; readonly why: BadTarget };

/** Answer 400 to each: one spelling that two servers read as two paths is how a rule is walked around. */
export type BadTarget =
  /** Longer than 8 KiB, as it came or once encoded. */
  | 'too-long'
  /** `OPTIONS *` asks about the server, not about the site: the gate may answer it, nothing is forwarded. */
  | 'asterisk'
  /** Empty, authority-form (`host:443`), a scheme other than http(s), or credentials before the host. */
  | 'not-a-path'
  /** NUL to US and DEL, raw or encoded: they end strings early and split log lines and headers. */
  | 'control'
  /** Raw or `%5C`: some origins and every browser read it as a slash. */
  | 'backslash'
  /**
   * `%2F` in the path: an origin may take it for a separator or for text, and nobody in front of it can know which. What may pass all
   * the same is in odd-target.ts.
   */
  | 'encoded-slash'
  /** `;` or `%3B` in the path: servlet engines drop `;x` from each segment, so `/premium;x/a` and `/..;/a` are other paths there. See there, too. */
  | 'semicolon'
  /** A target never holds `#`; a server that cuts there sees another path. */
  | 'fragment'
  /** `%` without two hexadecimal digits: decoders disagree on it. */
  | 'percent'
  /** `%25` before two hexadecimal digits: another path to a chain that decodes twice. */
  | 'double-encoding'
  /** Bytes that aren't UTF-8, overlong forms and surrogates included. */
  | 'not-utf-8';

/**
 * RFC 3986 section 6, narrowed until each path has one spelling:
 * - origin-form, or absolute-form of which host and scheme are ignored (the origin's address comes from the settings);
 * - characters that a segment may hold as they are are decoded (`%41`, `%7E`, and `%2C` too, since origins decode it before they
 *   look), all others are encoded, in upper case; raw bytes above 127 are encoded;
 * - runs of slashes become one, then `.` and `..` (however encoded) are resolved; a trailing slash and the letters' case stay;
 * - the query is kept as it came, but for bytes that a target can't hold, which are encoded. An empty query is none;
 * - the session that servlet engines write behind the path (`;jsessionid=…`) is left out: pages are asked for without cookies, so that
 *   it is nobody's in particular, and whoever has one has it in a cookie too.
 *
 * `raw` is what Node gives as `req.url` (one character per byte). A string with characters above U+00FF is taken for text.
 */
export function canonicalTarget(raw: string): CanonicalTarget {
  if (raw.length > MAX_LENGTH) return bad('too-long');
  if (ORDINARY.test(raw)) {
    const mark = raw.indexOf('?');
    if (mark === -1) return { kind: 'ok', target: raw, path: raw, query: '' };
    return { kind: 'ok', target: raw, path: raw.slice(0, mark), query: raw.slice(mark + 1) };
  }
  return unusualTarget(raw);
}

const MAX_LENGTH = 8192;

/** Already canonical: no segment is empty or begins with a dot, nothing needs encoding or decoding. Most requests end here. */
const ORDINARY =
  /^\/(?:[\w~!$&'()*+,=:@-][\w.~!$&'()*+,=:@-]*(?:\/[\w~!$&'()*+,=:@-][\w.~!$&'()*+,=:@-]*)*\/?)?(?:\?[!"$-~]+)?$/;

const bad = (why: BadTarget): CanonicalTarget => ({ kind: 'bad', why });

function unusualTarget(raw: string): CanonicalTarget {
  if (raw === '*') return bad('asterisk');
  const local = withoutAuthority(raw);
  if (local === undefined) return bad('not-a-path');
  if (/[\0-\x1f\x7f]/.test(local)) return bad('control');
  if (local.includes('#')) return bad('fragment');
  const mark = local.indexOf('?');
  const path = canonicalPath(asBytes(mark === -1 ? local : local.slice(0, mark)).replace(SESSION, ''));
  if (path.kind === 'bad') return path;
  const query = mark === -1 ? '' : sendable(asBytes(local.slice(mark + 1)));
  const target = query === '' ? path.path : `${path.path}?${query}`;
  return target.length > MAX_LENGTH ? bad('too-long') : { kind: 'ok', target, path: path.path, query };
}

const SESSION = /;jsessionid=[\w.!~:-]*$/i;

/** As it came, but for bytes that a target can't hold. */
export function sendable(bytes: string): string {
  return bytes.replace(/[\x80-\xff ]/g, encodeByte);
}

export function withoutAuthority(raw: string): string | undefined {
  if (raw.startsWith('/')) return raw;
  const absolute = /^https?:\/\/[\w.~%!$&'()*+,;=:[\]-]+(?=[/?]|$)/i.exec(raw);
  if (absolute === null) return undefined;
  const rest = raw.slice(absolute[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** One character per byte, as Node reads targets; text becomes its UTF-8 bytes. */
export function asBytes(part: string): string {
  return /[^\0-\xff]/.test(part) ? Buffer.from(part, 'utf8').toString('latin1') : part;
}

type CanonicalPath =
  | { readonly kind: 'ok'; readonly path: string }
  | Extract<CanonicalTarget, { kind: 'bad' }>;

function canonicalPath(bytes: string): CanonicalPath {
  const why = refusal(bytes);
  if (why !== undefined) return { kind: 'bad', why };
  const spelled = inOneSpelling(bytes);
  if (/%25[0-9A-Fa-f]{2}/.test(spelled)) return { kind: 'bad', why: 'double-encoding' };
  if (/%[89A-F]/.test(spelled) && !isUtf8(spelled)) return { kind: 'bad', why: 'not-utf-8' };
  return { kind: 'ok', path: withoutDotSegments(spelled) };
}

/** Characters that a segment may hold as they are stand as they are, all others are encoded, in upper case. */
export function inOneSpelling(bytes: string): string {
  return bytes
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      encodeByte(String.fromCharCode(Number.parseInt(hex, 16))),
    )
    .replace(/[^\w.~!$&'()*+,=:@/%-]/g, encodeByte);
}

function refusal(bytes: string): BadTarget | undefined {
  if (/%(?![0-9a-f]{2})/i.test(bytes)) return 'percent';
  if (/%(?:[01][0-9a-f]|7f)/i.test(bytes)) return 'control';
  if (/\\|%5c/i.test(bytes)) return 'backslash';
  if (/%2f/i.test(bytes)) return 'encoded-slash';
  if (/;|%3b/i.test(bytes)) return 'semicolon';
  return undefined;
}

/** The byte itself where a segment may hold it, else its upper-case percent form. */
function encodeByte(byte: string): string {
  if (/[\w.~!$&'()*+,=:@-]/.test(byte)) return byte;
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function isUtf8(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Slashes are merged before `..` is resolved, as file systems do; `..` above the root stays at the root. */
export function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const last = segments.at(-1);
  const folder = kept.length > 0 && (last === '' || last === '.' || last === '..');
  return `/${kept.join('/')}${folder ? '/' : ''}`;
}
