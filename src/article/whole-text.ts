/** Has the tokenizer read on to the end of a text at once, where it would go a character at a time and deliver each word by itself. */
import { Token, TokenizerMode } from 'parse5';
import type { PageParser } from './open-stack.ts';

/** What of the library's tokenizer is used that it keeps to itself; a test holds that it still is as it is believed to be here. */
interface TokenizerInside {
  state: number;
  inForeignNode: boolean;
  currentCharacterToken: { readonly type: Token.TokenType; readonly chars: string } | null;
  /** Where the text ends that isn't in `chars` yet, since it can be taken from the input as it is. */
  runEnd: number;
  readonly preprocessor: { readonly html: string; pos: number };
  _emitCodePoint(codePoint: number): void;
  _extendRun(codePoint: number): void;
}

/**
 * Tree and places are the same as without it. A text is delivered together as far as it stands in the source as it is; a
 * reference, and all that is written in any other way, ends its token with its word, as it always does.
 */
export const takeTextWhole = (parser: PageParser): void => {
  const tokenizer = parser.tokenizer as unknown as TokenizerInside;
  const { preprocessor } = tokenizer;
  const emit = tokenizer._emitCodePoint;

  /** A space goes on with the text before it, where the parser makes no difference between the two. */
  const goesOn = (text: TokenizerInside['currentCharacterToken'], codePoint: number): boolean =>
    text !== null &&
    isSpace(codePoint) &&
    text.chars === '' &&
    tokenizer.runEnd === preprocessor.pos &&
    preprocessor.html.charCodeAt(preprocessor.pos) === codePoint &&
    !tokenizer.inForeignNode &&
    ALIKE.has(parser.insertionMode);

  const readAhead = (withSpaces: boolean): void => {
    const { html, pos } = preprocessor;
    let at = pos + 1;
    for (; at < html.length; at += 1) {
      const code = html.charCodeAt(at);
      if (code < 128 ? !(PLAIN[code] === 1 || (withSpaces && isSpace(code))) : (code & 0xf800) === SURROGATE)
        break;
    }
    preprocessor.pos = at - 1;
    tokenizer.runEnd = at;
  };

  tokenizer._emitCodePoint = (codePoint) => {
    const before = tokenizer.currentCharacterToken;
    const isText = before?.type === Token.TokenType.CHARACTER;
    if (isText && goesOn(before, codePoint)) tokenizer._extendRun(codePoint);
    else emit.call(tokenizer, codePoint);
    const text = tokenizer.currentCharacterToken;
    if (text?.type !== Token.TokenType.CHARACTER || !IN_TEXT.has(tokenizer.state)) return;
    if (tokenizer.runEnd !== preprocessor.pos + 1) return;
    readAhead(text.chars === '' && !tokenizer.inForeignNode && ALIKE.has(parser.insertionMode));
  };
};

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0c;

const SURROGATE = 0xd800;

/** Of ASCII, what nothing begins with in any kind of text: no tag, no reference, no line end that is written in two characters. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) =>
  code === 0 || code === 0x0d || code === 0x3c || code === 0x26 || isSpace(code) ? 0 : 1,
);

/** The states in which all of that is text. */
const IN_TEXT: ReadonlySet<number> = new Set<number>([
  TokenizerMode.DATA,
  TokenizerMode.RCDATA,
  TokenizerMode.RAWTEXT,
  TokenizerMode.SCRIPT_DATA,
  TokenizerMode.PLAINTEXT,
]);

/** "in body", "text", "in caption", "in cell" and "in template": a space between two words is one more character there. */
const ALIKE: ReadonlySet<number> = new Set([6, 7, 11, 14, 17]);
