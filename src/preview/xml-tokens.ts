/** Reads XML token by token, strictly. */

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface XmlText {
  readonly kind: 'text';
  /** References resolved; of a CDATA section, its content. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A comment or a processing instruction. */
export interface XmlAside {
  readonly kind: 'aside';
  readonly start: number;
  readonly end: number;
}

interface XmlOpen {
  readonly kind: 'open';
  readonly name: string;
  /** Name without its prefix. */
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  /** `<name/>`. */
  readonly closed: boolean;
  readonly start: number;
  readonly end: number;
}

type XmlToken = XmlOpen | { kind: 'close'; name: string; start: number; end: number } | XmlText | XmlAside;

/** Undefined where nothing well-formed begins. */
export const xmlTokenAt = (source: string, start: number): XmlToken | undefined => {
  if (source[start] !== '<') {
    const next = source.indexOf('<', start);
    const end = next < 0 ? source.length : next;
    return { kind: 'text', value: resolved(source.slice(start, end)), start, end };
  }
  if (source.startsWith('<!--', start)) return until(source, start, start + 4, '-->');
  if (source.startsWith('<?', start)) return until(source, start, start + 2, '?>');
  if (source.startsWith('<![CDATA[', start)) {
    const section = until(source, start, start + 9, ']]>');
    return section && { ...section, kind: 'text', value: source.slice(start + 9, section.end - 3) };
  }
  if (source.startsWith('<!DOCTYPE', start)) {
    const type = until(source, start, start + 9, '>');
    return type && !source.slice(start, type.end).includes('[') ? type : undefined;
  }
  return source[start + 1] === '/' ? closeAt(source, start) : openAt(source, start);
};

const until = (source: string, start: number, from: number, mark: string): XmlAside | undefined => {
  const at = source.indexOf(mark, from);
  return at < 0 ? undefined : { kind: 'aside', start, end: at + mark.length };
};

const NAME = /[\p{L}_][\p{L}\p{N}_.:·-]*/uy;
const SPACE = /\s*/y;

const matchAt = (pattern: RegExp, source: string, at: number): string => {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? '';
};

const closeAt = (source: string, start: number): XmlToken | undefined => {
  const name = matchAt(NAME, source, start + 2);
  const end = start + 2 + name.length + matchAt(SPACE, source, start + 2 + name.length).length;
  return name !== '' && source[end] === '>' ? { kind: 'close', name, start, end: end + 1 } : undefined;
};

const openAt = (source: string, start: number): XmlToken | undefined => {
  const name = matchAt(NAME, source, start + 1);
  if (name === '') return undefined;
  const attributes: XmlAttribute[] = [];
  const local = name.slice(name.indexOf(':') + 1);
  let at = start + 1 + name.length;
  for (;;) {
    const space = matchAt(SPACE, source, at);
    at += space.length;
    const closed = source.startsWith('/>', at);
    if (closed || source[at] === '>') {
      return { kind: 'open', name, local, attributes, closed, start, end: at + (closed ? 2 : 1) };
    }
    const attribute = space === '' ? undefined : attributeAt(source, at);
    if (!attribute) return undefined;
    attributes.push(attribute);
    at = attribute.end;
  }
};

const attributeAt = (source: string, start: number): XmlAttribute | undefined => {
  const name = matchAt(NAME, source, start);
  let at = start + name.length + matchAt(SPACE, source, start + name.length).length;
  if (name === '' || source[at] !== '=') return undefined;
  at += 1 + matchAt(SPACE, source, at + 1).length;
  const quote = source[at];
  const close = quote === '"' || quote === "'" ? source.indexOf(quote, at + 1) : -1;
  const raw = close < 0 ? '<' : source.slice(at + 1, close);
  return raw.includes('<') ? undefined : { name, value: resolved(raw), start, end: close + 1 };
};

const NAMED: Readonly<Record<string, string | undefined>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Other names need a document type to mean anything; they stay as they are. */
const resolved = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
        (whole, hex?: string, decimal?: string, name?: string) => {
          if (name !== undefined) return NAMED[name] ?? whole;
          const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
          return code <= 0x10ffff ? String.fromCodePoint(code) : '';
        },
      )
    : text;
