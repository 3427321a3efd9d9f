/** Watches the parser's stack of open elements, and stops a parse that grows out of all proportion. */
import { type Element, isTag, type Text } from 'domhandler';
import type { Parser } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import type { Place } from './parsed-page.ts';

export type PageParser = Parser<Htmlparser2TreeAdapterMap>;

export class TooMuchToParse extends Error {}

/** Browsers flatten what is nested deeper than 512; pages that do so on purpose are made to cost time. */
const MAX_DEPTH = 500;
/** The largest articles that anybody reads have half of it. */
const MAX_ELEMENTS = 120_000;
/** Open elements, summed over all tags: for some tags the parser walks through them all. A page as large as can be, as deep as pages are, has a fifth. */
const MAX_STEPS = 30_000_000;

export interface PageTreeAdapter {
  readonly adapter: typeof adapter;
  /** When the parse is over: the last text gets what was put aside for it. */
  finish(): void;
}

export const pageTreeAdapter = (): PageTreeAdapter => {
  let elements = 0;
  const texts = createTextGatherer();
  const own: typeof adapter = {
    ...adapter,
    insertText: texts.insert,
    // It may be the one that grows: what a table leaves before it comes after what stood there.
    insertTextBefore: (parent, text, next) => {
      texts.finish();
      adapter.insertTextBefore(parent, text, next);
    },
    createElement: (tagName, namespace, attributes) => {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw new TooMuchToParse();
      const element = adapter.createElement(tagName, namespace, attributes);
      if (ADOPTING.has(tagName)) return element;
      element['x-attribsNamespace'] = NOTHING;
      element['x-attribsPrefix'] = NOTHING;
      if (attributes.length === 0) element.attribs = NOTHING;
      return element;
    },
    setNodeSourceCodeLocation: (node, location) => {
      node.sourceCodeLocation = location && isTag(node) ? spanOf(location) : location && ELSEWHERE;
    },
    // Called at each word of a text and at each end tag. The library's own makes a new object each time.
    updateNodeSourceCodeLocation: (node, { endOffset, endTag }) => {
      if (!isTag(node)) return;
      const known = node.sourceCodeLocation as ElementSpan | null | undefined;
      if (!known) return;
      if (endOffset !== undefined) known.endOffset = endOffset;
      if (endTag !== undefined)
        known.endTag = { startOffset: endTag.startOffset, endOffset: endTag.endOffset };
    },
  };
  return { adapter: own, finish: texts.finish };
};

type Location = NonNullable<Element['sourceCodeLocation']>;
type Span = Pick<Location, 'startOffset' | 'endOffset'>;

/** What of an element's place anybody asks for: the lines and columns, and each attribute's place, would be most of a page's memory. */
interface ElementSpan extends Span {
  readonly startTag: Span;
  endTag: Span | undefined;
}

const spanOf = ({ startOffset, endOffset }: Span): Location => {
  const span: ElementSpan = {
    startOffset,
    endOffset,
    startTag: { startOffset, endOffset },
    endTag: undefined,
  };
  return span as unknown as Location;
};

/** Of texts and comments only their tokens' places are asked for; the parser wants to see that there is one. */
const ELSEWHERE = { startOffset: -1, endOffset: -1 } as Location;

/** Shared by all that have no attributes (and nobody asks for namespaces), since a table for each is not small. */
const NOTHING: Record<string, string> = Object.freeze(Object.create(null) as Record<string, string>);
/** They take attributes from tags that are written again. */
const ADOPTING = new Set(['html', 'body']);

/** The parser brings a text word by word. Put together at once when it grows no more, it takes a tenth of the memory. */
const createTextGatherer = () => {
  let growing: Text | undefined;
  let words: string[] = [];
  const finish = (): void => {
    if (growing) growing.data += words.join('');
    growing = undefined;
    words = [];
  };
  const insert: (typeof adapter)['insertText'] = (parent, text) => {
    const last = parent.children.at(-1);
    if (last === growing && growing) words.push(text);
    else {
      finish();
      adapter.insertText(parent, text);
      const child = parent.children.at(-1);
      if (child?.type === 'text') growing = child as Text;
    }
  };
  return { insert, finish };
};

export interface StackReader {
  /**
   * The open elements now; the same `Place` as long as the stack doesn't change.
   * @param reordered the last token may have changed the middle of the stack, and not only its top.
   */
  read(reordered?: boolean): Place | undefined;
  /** Before a tag is handed to the parser. */
  countSteps(): void;
}

export const stackReader = (parser: PageParser): StackReader => {
  const places: Place[] = [];
  const push = (element: Element): void => {
    places.push({ element, below: places.at(-1), depth: places.length + 1 });
  };
  /** Nearly every token changes the top alone, and walking the whole stack for each would double the parse. */
  const readTop = (): boolean => {
    const { openElements } = parser;
    const { current, depth, stackTop } = openElements;
    if (depth === 0 || places[depth - 1]?.element === current) {
      if (depth < places.length) places.length = depth;
      return true;
    }
    if (depth > places.length + 1) return false;
    // One more, or another in the place of the last one that was read.
    const below = openElements.slotBelow(stackTop);
    if (below >= 0 && openElements.items[below] !== places[depth - 2]?.element) return false;
    places.length = depth - 1;
    push(current as Element);
    return true;
  };
  /** Kept between looks: on a page of many small tags, a list for each would cost more than the parse. */
  const open: Element[] = [];
  const readAll = (): void => {
    const { openElements } = parser;
    let depth = 0;
    for (let slot = openElements.stackTop; slot >= 0; slot = openElements.slotBelow(slot)) {
      open[depth] = openElements.items[slot] as Element;
      depth += 1;
    }
    let same = 0;
    while (same < depth && places[same]?.element === open[depth - same - 1]) same += 1;
    places.length = same;
    for (let at = depth - same - 1; at >= 0; at -= 1) push(open[at] as Element);
  };
  let steps = 0;
  const countSteps = (): void => {
    steps += parser.openElements.depth;
    if (steps > MAX_STEPS) throw new TooMuchToParse();
  };
  const read = (reordered = false): Place | undefined => {
    if (parser.openElements.depth > MAX_DEPTH) throw new TooMuchToParse();
    if (reordered || !readTop()) readAll();
    return places.at(-1);
  };
  return { read, countSteps };
};

/**
 * Whether a start tag, not yet handed to the parser, may take elements out of the middle of the stack. Walking through
 * all of it for each small tag would cost more than the parse where tags stand deep.
 */
export const startReorders = (parser: PageParser, name: string): boolean =>
  name === 'a' ? formattingEntry(parser, name) !== null : REORDERING.has(name);

/** The same of an end tag: one that closes the innermost element takes away that alone. */
export const endReorders = (parser: PageParser, name: string): boolean => {
  if (REORDERING.has(name)) return true;
  if (!FORMATTING.has(name)) return false;
  const { current } = parser.openElements;
  const entry = formattingEntry(parser, name);
  return (
    current === undefined ||
    !isTag(current) ||
    current.name !== name ||
    (entry !== null && entry.element !== current)
  );
};

const formattingEntry = (parser: PageParser, name: string) =>
  parser.activeFormattingElements.getElementEntryInScopeWithTagName(name);

const REORDERING = new Set('nobr form frameset body html head'.split(' '));
const FORMATTING = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '));

/** The elements that the parser would reopen for following text, newest first. */
export const formattingOf = (parser: PageParser): Element[] => {
  const elements: Element[] = [];
  for (let entry = parser.activeFormattingElements.newest; entry; entry = entry.older) {
    if ('element' in entry) elements.push(entry.element);
  }
  return elements;
};
