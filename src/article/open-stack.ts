/** Watches the parser's stack of open elements, and stops a parse that grows out of all proportion. */
import type { Element, Text } from 'domhandler';
import type { Parser, Token } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import type { Place } from './parsed-page.ts';

export type PageParser = Parser<Htmlparser2TreeAdapterMap>;

export class TooMuchToParse extends Error {}

/** Browsers flatten what is nested deeper than 512; pages that do so on purpose are made to cost time. */
const MAX_DEPTH = 500;
/** The largest articles that anybody reads have a third of it. */
const MAX_ELEMENTS = 200_000;
/** Open elements, summed over all tags: for some tags the parser walks through them all. A page as large as can be, as deep as pages are, has a tenth. */
const MAX_STEPS = 100_000_000;

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
    createElement: (...facts) => {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw new TooMuchToParse();
      return adapter.createElement(...facts);
    },
    // Called at each word of a text and at each end tag. The library's own makes a new object each time, and nobody asks where a text ends.
    updateNodeSourceCodeLocation: (node, end) => {
      if (node.type === 'text') return;
      const known = node.sourceCodeLocation as (typeof end & Token.Location) | null | undefined;
      if (!known) {
        adapter.updateNodeSourceCodeLocation(node, end);
        return;
      }
      if (end.endOffset !== undefined) known.endOffset = end.endOffset;
      if (end.endTag !== undefined) known.endTag = end.endTag;
    },
  };
  return { adapter: own, finish: texts.finish };
};

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
  const readAll = (): void => {
    const { openElements } = parser;
    const elements: Element[] = [];
    for (let slot = openElements.stackTop; slot >= 0; slot = openElements.slotBelow(slot)) {
      elements.push(openElements.items[slot] as Element);
    }
    elements.reverse();
    let same = 0;
    while (same < elements.length && places[same]?.element === elements[same]) same += 1;
    places.length = same;
    for (const element of elements.slice(same)) push(element);
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

/** Tags that can take elements out of the middle of the stack. */
export const REORDERING = new Set(
  'a b big code em font i nobr s small strike strong tt u form frameset body html head'.split(' '),
);

/** The elements that the parser would reopen for following text, newest first. */
export const formattingOf = (parser: PageParser): Element[] => {
  const elements: Element[] = [];
  for (let entry = parser.activeFormattingElements.newest; entry; entry = entry.older) {
    if ('element' in entry) elements.push(entry.element);
  }
  return elements;
};
