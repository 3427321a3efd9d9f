/** XML as a tree of places in its source: strict, since what one reader mends another may read as text. */
import { type XmlAside, type XmlAttribute, type XmlText, xmlTokenAt } from './xml-tokens.ts';

export type { XmlAside, XmlAttribute, XmlText };

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

export type XmlNode = XmlElement | XmlText | XmlAside;

interface XmlDocument {
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
    const token = xmlTokenAt(source, at);
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

/** In source order. */
export const elementsBelow = (element: XmlElement): XmlElement[] => {
  const found: XmlElement[] = [];
  const visit = ({ children }: XmlElement): void => {
    for (const child of children) {
      if (child.kind !== 'element') continue;
      found.push(child);
      visit(child);
    }
  };
  visit(element);
  return found;
};

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
