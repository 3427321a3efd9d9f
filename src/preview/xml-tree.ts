/** XML as a tree of places in its source: strict, since what one reader mends another may read as text. */

export interface XmlElement {
  readonly kind: 'element';
  readonly name: string;
  /** Name without its prefix. */
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly start: number;
  /** Just after the start tag; the same as `innerEnd` in an empty element. */
  readonly innerStart: number;
  readonly innerEnd: number;
  readonly end: number;
}

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

export type XmlNode = XmlElement | XmlText | XmlAside;

export interface XmlDocument {
  readonly root: XmlElement;
  /** What stands before and after the root. */
  readonly around: readonly XmlAside[];
}

/**
 * Undefined for whatever isn't well-formed, nests absurdly, or brings its own entities. The parsers that other
 * libraries offer don't say where in the source a node stands, which byte-exact changes need.
 */
export const xmlTree = (source: string): XmlDocument | undefined => {
  const open: Building[] = [];
  const around: XmlAside[] = [];
  let root: XmlElement | undefined;
  let at = source.startsWith('\ufeff') ? 1 : 0;
  while (at < source.length) {
    const token = tokenAt(source, at);
    if (!token) return undefined;
    const parent = open.at(-1);
    if (token.kind === 'open') {
      if ((!parent && root) || open.length >= MAX_DEPTH) return undefined;
      const element: Building = {
        ...token,
        kind: 'element',
        children: [],
        innerStart: token.end,
        innerEnd: token.end,
      };
      if (parent) parent.children.push(element);
      else root = element;
      if (!token.closed) open.push(element);
    } else if (token.kind === 'close') {
      if (parent?.name !== token.name) return undefined;
      Object.assign(parent, { innerEnd: token.start, end: token.end });
      open.pop();
    } else if (parent) parent.children.push(token);
    else if (token.kind === 'aside') around.push(token);
    else if (token.value.trim() !== '') return undefined;
    at = token.end;
  }
  return root && open.length === 0 ? { root, around } : undefined;
};

export const childrenNamed = (element: XmlElement, local: string): XmlElement[] =>
  element.children.flatMap((child) => (child.kind === 'element' && child.local === local ? [child] : []));

export const elementsBelow = (element: XmlElement): XmlElement[] =>
  element.children.flatMap((child) => (child.kind === 'element' ? [child, ...elementsBelow(child)] : []));

export const isLeaf = ({ children }: XmlElement): boolean => children.every(({ kind }) => kind !== 'element');

/** The text directly in an element. */
export const textIn = ({ children }: XmlElement): string =>
  children.map((child) => (child.kind === 'text' ? child.value : '')).join('');

/** As character data; characters that XML has no way to write are left out. */
export const xmlEscaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const MAX_DEPTH = 100;

type Building = Omit<XmlElement, 'children' | 'innerEnd' | 'end'> & {
  children: XmlNode[];
  innerEnd: number;
  end: number;
};

type XmlToken =
  | (Pick<XmlElement, 'name' | 'local' | 'attributes' | 'start' | 'end'> & { kind: 'open'; closed: boolean })
  | { kind: 'close'; name: string; start: number; end: number }
  | XmlText
  | XmlAside;

const tokenAt = (source: string, start: number): XmlToken | undefined => {
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
