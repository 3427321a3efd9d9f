/** Parses a page once, as browsers do, and keeps each token's exact place in the source beside the tree. */
import type { Document, Element } from 'domhandler';
import { Parser, type Token } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import type { OpenElements, PageAttribute, PageToken, ParsedPage, Place, TextToken } from './parsed-page.ts';

/** Browsers flatten what is nested deeper than 512; pages that do so on purpose are made to cost time. */
const MAX_DEPTH = 500;
const MAX_ELEMENTS = 60_000;
const MAX_LENGTH = 8_000_000;
/** Of a page that is too long, this much is read for its metadata. */
const SKIMMED_LENGTH = 500_000;

/** Never throws. Time and depth are bounded: what goes beyond comes back with `whole: false`. */
export const parsePage = (html: string): ParsedPage => {
  const byteOrderMark = html.startsWith('\ufeff') ? '\ufeff' : '';
  const source = html.slice(byteOrderMark.length);
  const fits = source.length <= MAX_LENGTH;
  const recorder = createRecorder(source);
  const completed = recorder.run(fits ? source : source.slice(0, SKIMMED_LENGTH));
  const { document, tokens, openAtEnd } = recorder;
  return { source, byteOrderMark, document, tokens, whole: completed && fits, openAtEnd: openAtEnd() };
};

type PageParser = Parser<Htmlparser2TreeAdapterMap>;

class TooMuchToParse extends Error {}

const createRecorder = (source: string) => {
  const parser = new Parser<Htmlparser2TreeAdapterMap>({
    treeAdapter: countingAdapter(),
    sourceCodeLocationInfo: true,
  });
  const tokens: PageToken[] = [];
  const stack = stackReader(parser);
  let atEnd: OpenElements = { place: undefined, formatting: [] };
  const once = createOnce();
  listenToText(parser, source, tokens, stack, once);
  listenToTags(parser, tokens, stack, once);
  listenToTheRest(parser, tokens, stack, once);
  const onEof = parser.onEof;
  parser.onEof = (token) => {
    // Before the parser closes what is left open.
    if (!parser.stopped) atEnd = { place: stack.read(), formatting: formattingOf(parser) };
    onEof.call(parser, token);
  };
  const run = (html: string): boolean => {
    try {
      parser.tokenizer.write(html, true);
      return true;
    } catch (error) {
      if (error instanceof TooMuchToParse) return false;
      throw error;
    }
  };
  return { run, document: parser.document as Document, tokens, openAtEnd: () => atEnd };
};

const countingAdapter = (): typeof adapter => {
  let elements = 0;
  return {
    ...adapter,
    createElement: (...facts) => {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw new TooMuchToParse();
      return adapter.createElement(...facts);
    },
  };
};

interface StackReader {
  /**
   * The open elements now; the same `Place` as long as the stack doesn't change.
   * @param reordered the last token may have changed the middle of the stack, and not only its top.
   */
  read(reordered?: boolean): Place | undefined;
}

const stackReader = (parser: PageParser): StackReader => {
  let places: Place[] = [];
  const push = (element: Element): void => {
    places.push({ element, below: places.at(-1), depth: places.length + 1 });
  };
  /** Nearly every token changes the top alone, and walking the whole stack for each would double the parse. */
  const readTop = (): boolean => {
    const { openElements } = parser;
    const { current, depth, stackTop } = openElements;
    if (depth <= places.length) {
      if (places[depth - 1]?.element !== current) return depth === 0;
      if (depth < places.length) places = places.slice(0, depth);
      return true;
    }
    if (depth > places.length + 1) return false;
    const below = openElements.slotBelow(stackTop);
    if (below >= 0 && openElements.items[below] !== places.at(-1)?.element) return false;
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
    places = places.slice(0, same);
    for (const element of elements.slice(same)) push(element);
  };
  const read = (reordered = false): Place | undefined => {
    if (parser.openElements.depth > MAX_DEPTH) throw new TooMuchToParse();
    if (reordered || !readTop()) readAll();
    return places.at(-1);
  };
  return { read };
};

/** Tags that can take elements out of the middle of the stack. */
const REORDERING = new Set(
  'a b big code em font i nobr s small strike strong tt u form frameset body html head'.split(' '),
);

/**
 * Wraps what the tokenizer calls, so that each token is seen once: in some modes the parser hands a token to itself
 * again.
 */
const createOnce = () => {
  let within = false;
  return <T>(deliver: (token: T) => void, record: (token: T, deliver: () => void) => void) =>
    (token: T): void => {
      if (within) return deliver(token);
      within = true;
      try {
        record(token, () => deliver(token));
      } finally {
        within = false;
      }
    };
};

type Once = ReturnType<typeof createOnce>;

const listenToText = (
  parser: PageParser,
  source: string,
  tokens: PageToken[],
  stack: StackReader,
  once: Once,
): void => {
  const record = ({ location, chars }: Token.CharacterToken, deliver: () => void): void => {
    deliver();
    if (!location || location.endOffset <= location.startOffset) return;
    const { startOffset: start, endOffset: end } = location;
    addText(tokens, source, { kind: 'text', start, end, chars, exact: false, place: stack.read() });
  };
  const { onCharacter, onWhitespaceCharacter, onNullCharacter } = parser;
  parser.onCharacter = once((token) => onCharacter.call(parser, token), record);
  parser.onWhitespaceCharacter = once((token) => onWhitespaceCharacter.call(parser, token), record);
  parser.onNullCharacter = once(
    (token) => onNullCharacter.call(parser, token),
    (token, deliver) => record({ ...token, chars: '' }, deliver),
  );
};

type Growing = { -readonly [Key in 'end' | 'chars' | 'exact']: TextToken[Key] };

const addText = (tokens: PageToken[], source: string, text: TextToken): void => {
  const last = tokens.at(-1);
  const before = last?.kind === 'text' && last.end === text.start ? last : undefined;
  const start = before ? repairedBoundary(source, before) : text.start;
  const exact = start === text.start && isExact(source, text);
  // The tokenizer splits at every space; one token per stretch keeps the list short.
  if (exact && before?.exact && before.place === text.place) {
    const growing: Growing = before;
    growing.end = text.end;
    growing.chars += text.chars;
    return;
  }
  tokens.push({ ...text, start, exact });
};

/**
 * Where a character reference comes first after a space, the tokenizer has the two texts meet inside of it (`&am|p;`).
 * Cutting there would make another reference of its beginning, so the boundary moves to before it.
 */
const repairedBoundary = (source: string, before: TextToken): number => {
  const { start, end } = before;
  const ampersand = source.lastIndexOf('&', end - 1);
  if (ampersand <= start - 1 || end - ampersand > MAX_REFERENCE_LENGTH) return end;
  const reference = /^&(?:#x[0-9a-f]+|#\d+|[a-z][a-z0-9]*);?/i.exec(
    source.slice(ampersand, end + MAX_REFERENCE_LENGTH),
  );
  if (!reference || ampersand + reference[0].length <= end) return end;
  const growing: Growing = before;
  growing.end = ampersand;
  growing.exact = isExact(source, before);
  return ampersand;
};

/** The longest named one has 33 characters; leading zeros can make a number longer, and then nothing is repaired. */
const MAX_REFERENCE_LENGTH = 64;

const isExact = (
  source: string,
  { start, end, chars }: Pick<TextToken, 'start' | 'end' | 'chars'>,
): boolean => end - start === chars.length && source.startsWith(chars, start);

const listenToTags = (parser: PageParser, tokens: PageToken[], stack: StackReader, once: Once): void => {
  const { onStartTag, onEndTag } = parser;
  parser.onStartTag = once(
    (token) => onStartTag.call(parser, token),
    (token, deliver) => {
      deliver();
      const top = stack.read(REORDERING.has(token.tagName));
      if (!token.location) return;
      const { startOffset: start, endOffset: end, attrs } = token.location;
      const opened = top?.element.sourceCodeLocation?.startOffset === start ? top : undefined;
      const place = opened ? opened.below : top;
      const attributes = attributesOf(token, attrs);
      tokens.push({
        kind: 'start',
        start,
        end,
        name: token.tagName,
        attributes,
        element: opened?.element,
        place,
      });
    },
  );
  parser.onEndTag = once(
    (token) => onEndTag.call(parser, token),
    (token, deliver) => {
      const { location, tagName: name } = token;
      if (location)
        tokens.push({
          kind: 'end',
          start: location.startOffset,
          end: location.endOffset,
          name,
          place: stack.read(),
        });
      deliver();
      if (REORDERING.has(name)) stack.read(true);
    },
  );
};

const attributesOf = (
  token: Token.TagToken,
  spans: Record<string, Token.Location> | undefined,
): PageAttribute[] =>
  token.attrs.flatMap(({ name, prefix, value }) => {
    // The parser renames some attributes in SVG and MathML after having noted their place.
    const span = spans?.[name] ?? spans?.[name.toLowerCase()] ?? spans?.[`${prefix}:${name}`];
    return span ? [{ name, value, start: span.startOffset, end: span.endOffset }] : [];
  });

const listenToTheRest = (parser: PageParser, tokens: PageToken[], stack: StackReader, once: Once): void => {
  const { onComment, onDoctype } = parser;
  parser.onComment = once(
    (token) => onComment.call(parser, token),
    ({ location, data }, deliver) => {
      if (location) tokens.push({ kind: 'comment', ...spanOf(location), data, place: stack.read() });
      deliver();
    },
  );
  parser.onDoctype = once(
    (token) => onDoctype.call(parser, token),
    ({ location }, deliver) => {
      if (location) tokens.push({ kind: 'doctype', ...spanOf(location), place: stack.read() });
      deliver();
    },
  );
};

const spanOf = ({ startOffset, endOffset }: Token.Location): { start: number; end: number } => ({
  start: startOffset,
  end: endOffset,
});

const formattingOf = (parser: PageParser): Element[] => {
  const elements: Element[] = [];
  for (let entry = parser.activeFormattingElements.newest; entry; entry = entry.older) {
    if ('element' in entry) elements.push(entry.element);
  }
  return elements;
};
