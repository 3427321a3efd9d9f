/** A page after its one parse: the tree for selectors, and every token with its exact place in the source. */
import type { Document, Element } from 'domhandler';

export interface ParsedPage {
  /** The text that all offsets count in: as received, without a leading byte order mark. */
  readonly source: string;
  readonly byteOrderMark: string;
  readonly document: Document;
  /** In source order, never overlapping. What lies between two tokens was dropped by the tokenizer. */
  readonly tokens: readonly PageToken[];
  /** False when a bound was reached (length, depth, number of elements): tree and tokens then cover a beginning only. */
  readonly whole: boolean;
  /** What is still open where the source ends. */
  readonly openAtEnd: OpenElements;
}

/**
 * One open element and what it stands in, as the parser's stack had it at that token. The tree alone can't tell this:
 * foster parenting and the adoption agency move nodes away from where their source stands.
 */
export interface Place {
  readonly element: Element;
  readonly below: Place | undefined;
  /** 1 for the outermost. */
  readonly depth: number;
}

interface Spanned {
  readonly start: number;
  readonly end: number;
  /** The innermost open element around the token. */
  readonly place: Place | undefined;
}

export interface TextToken extends Spanned {
  readonly kind: 'text';
  /** Character references resolved, line ends as `\n`. */
  readonly chars: string;
  /** `chars` equals the source, so that offsets into both agree. */
  readonly exact: boolean;
}

export interface StartToken extends Spanned {
  readonly kind: 'start';
  readonly name: string;
  /** First of each name; later ones of the same name are in the source only. */
  readonly attributes: readonly PageAttribute[];
  /** The element it made, unless it made none that stays open (void elements, ignored tags). */
  readonly element: Element | undefined;
}

export interface PageAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface EndToken extends Spanned {
  readonly kind: 'end';
  readonly name: string;
}

interface CommentToken extends Spanned {
  readonly kind: 'comment';
  readonly data: string;
}

interface DoctypeToken extends Spanned {
  readonly kind: 'doctype';
}

export type PageToken = TextToken | StartToken | EndToken | CommentToken | DoctypeToken;

export interface OpenElements {
  readonly place: Place | undefined;
  /** Formatting elements (`<b>`, `<a>`…) that the parser would reopen for following text, newest first. */
  readonly formatting: readonly Element[];
}

/** Places from the innermost outwards. */
export function* outwards(place: Place | undefined): Generator<Place> {
  for (let at = place; at; at = at.below) yield at;
}

export const startOffsetOf = (element: Element): number | undefined =>
  element.sourceCodeLocation?.startOffset;

/** '' when the tag hasn't got it. */
export const attributeOf = ({ attributes }: StartToken, wanted: string): string =>
  attributes.find(({ name }) => name === wanted)?.value ?? '';

/** Where the text directly after a start tag stands, all that a script, style or title holds; and what comes next. */
export const heldText = (
  tokens: readonly PageToken[],
  index: number,
): { start: number; end: number; next: PageToken | undefined } => {
  const start = tokens[index]?.end ?? 0;
  let end = start;
  let at = index + 1;
  for (; tokens[at]?.kind === 'text'; at += 1) end = tokens[at]?.end ?? end;
  return { start, end, next: tokens[at] };
};

/** Whether an element around a place is such a one. Looks at each place once, however many tokens stand in it. */
export const anyAround = (isSuch: (element: Element) => boolean): ((place: Place | undefined) => boolean) => {
  const known = new Map<Place, boolean>();
  return (place) => {
    const unknown: Place[] = [];
    let at = place;
    while (at && !known.has(at)) {
      unknown.push(at);
      at = at.below;
    }
    let found = at !== undefined && known.get(at) === true;
    for (const next of unknown.reverse()) {
      found ||= isSuch(next.element);
      known.set(next, found);
    }
    return found;
  };
};
