/** Parses a page once, as browsers do, and keeps each token's exact place in the source beside the tree. */
import type { Document } from 'domhandler';
import { Parser, type Token } from 'parse5';
import type { Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { addPieces, settle } from './add-text.ts';
import {
  endReorders,
  formattingOf,
  type PageParser,
  pageTreeAdapter,
  type StackReader,
  stackReader,
  startReorders,
  TooMuchToParse,
} from './open-stack.ts';
import type { OpenElements, PageAttribute, PageToken, ParsedPage } from './parsed-page.ts';
import { takeTextWhole } from './whole-text.ts';

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
  for (const token of recorder.tokens) if (token.kind === 'text') settle(token, source);
  const { document, tokens, openAtEnd } = recorder;
  return { source, byteOrderMark, document, tokens, whole: completed && fits, openAtEnd: openAtEnd() };
};

const createRecorder = (source: string) => {
  const tree = pageTreeAdapter();
  const parser = new Parser<Htmlparser2TreeAdapterMap>({
    treeAdapter: tree.adapter,
    sourceCodeLocationInfo: true,
  });
  takeTextWhole(parser);
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
    } finally {
      tree.finish();
    }
  };
  return { run, document: parser.document as Document, tokens, openAtEnd: () => atEnd };
};

/**
 * Wraps what the tokenizer calls, so that each token is seen once: in some modes the parser hands a token to itself
 * again.
 */
const createOnce = () => {
  let within = false;
  return <T>(deliver: (token: T) => void, record: (token: T, deliver: () => void) => void) =>
    (token: T): void => {
      if (within) {
        deliver(token);
        return;
      }
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
    addPieces(tokens, source, { kind: 'text', start, end, chars, exact: false, place: stack.read() });
  };
  const { onCharacter, onWhitespaceCharacter, onNullCharacter } = parser;
  parser.onCharacter = once((token) => onCharacter.call(parser, token), record);
  parser.onWhitespaceCharacter = once((token) => onWhitespaceCharacter.call(parser, token), record);
  parser.onNullCharacter = once(
    (token) => onNullCharacter.call(parser, token),
    (token, deliver) => record({ ...token, chars: '' }, deliver),
  );
};

const listenToTags = (parser: PageParser, tokens: PageToken[], stack: StackReader, once: Once): void => {
  const { onStartTag, onEndTag } = parser;
  parser.onStartTag = once(
    (token) => onStartTag.call(parser, token),
    (token, deliver) => {
      stack.countSteps();
      const reorders = startReorders(parser, token.tagName);
      deliver();
      const top = stack.read(reorders);
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
      stack.countSteps();
      const { location, tagName: name } = token;
      if (location)
        tokens.push({
          kind: 'end',
          start: location.startOffset,
          end: location.endOffset,
          name,
          place: stack.read(),
        });
      const reorders = endReorders(parser, name);
      deliver();
      if (reorders) stack.read(true);
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
