/** What scripts of data and code keep of an article: long prose, or what stands under a name that means an article's text. */
import { jsonStrings } from './json-strings.ts';
import { type JsonNode, jsonTree, stringsBelow } from './json-tree.ts';
import { A_PARAGRAPH, A_SENTENCE, isProse, type ProseMeasure, proseIn } from './prose.ts';

export interface HeldText {
  readonly text: string;
  /** As far as its place tells it is this page's article's, and not one of a list of others. */
  readonly isOwn: boolean;
  /** A framework wrote it down, perhaps of its own: a single sentence of it says nothing. */
  readonly ofFramework?: true;
}

/** @param within the article: a script there keeps nothing else */
export const textsInScript = (content: string, type: string, within: boolean): HeldText[] => {
  if (DATA.test(type)) {
    const root = jsonTree(content.trim());
    return root ? textsInData(root, within) : textsInCode(content, within);
  }
  if (type === '' || CODE.test(type)) return textsInCode(content, within);
  const prose = proseIn(content, within ? A_SENTENCE : A_PARAGRAPH);
  return prose === undefined ? [] : [{ text: prose, isOwn: true }];
};

const DATA = /json/i;
const CODE =
  /^\s*(?:module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma|live|j)script\S*)\s*(?:;|$)/i;

/** Rich text is kept as many short strings: below a name, or in one list, they count together. */
const textsInData = (root: JsonNode, within: boolean): HeldText[] => {
  const found: HeldText[] = [];
  const visit = (node: JsonNode, named: boolean, isOwn: boolean): void => {
    if (node.kind === 'other') return;
    if (node.kind === 'string') {
      const prose = proseIn(node.value, within || named ? A_SENTENCE : A_PARAGRAPH);
      if (prose !== undefined) found.push({ text: prose, isOwn: isOwn && (within || named) });
      return;
    }
    const scattered =
      named || within || node.kind === 'array' ? scatteredText(node, named || within) : undefined;
    if (scattered !== undefined) {
      found.push({ text: scattered, isOwn: isOwn && (within || named) && !isListOfOthers(node) });
      return;
    }
    if (node.kind === 'array')
      for (const item of node.items) visit(item, named, isOwn && !isListOfOthers(node));
    else if (!isDictionary(node))
      for (const { key, node: inner } of node.members) visit(inner, named || CONTENT.test(key), isOwn);
  };
  visit(root, false, true);
  return found;
};

const CONTENT =
  /^(?:article_?(?:body|text|html|content)?|(?:post|page|story|main|full|rich|raw|html|text|md|markdown)?_?(?:body|content|contents|html|text|story|markdown|mdx)(?:_?(?:html|text|raw|rendered|md|markdown|blocks?))?|paragraphs?|blocks|rendered)$/i;

/** All strings below a node that together read as prose: sentences of one text, not the names in a menu. */
const scatteredText = (node: JsonNode, named: boolean): string | undefined => {
  const pieces = stringsBelow(node)
    .map(({ node: { value } }) => value)
    .filter((value) => value.length < longestPiece && /\s|[^\x00-\x7f]/.test(value));
  if (pieces.length < 2) return undefined;
  const text = pieces.join(' ');
  if (!named && text.length < pieces.length * averagePiece) return undefined;
  return isProse(text, named ? A_FEW_SENTENCES : A_PARAGRAPH) ? text : undefined;
};

/** Longer ones are found by themselves. */
const longestPiece = 2_000;
const averagePiece = 40;
const A_FEW_SENTENCES: ProseMeasure = { letters: 64, words: 12 };

/** Things with titles or addresses of their own: other articles, whatever of them is kept. */
const isListOfOthers = (node: JsonNode): boolean =>
  node.kind === 'array' &&
  node.items.some((item) => item.kind === 'object' && item.members.some(({ key }) => OF_ITS_OWN.test(key)));

const OF_ITS_OWN = /^(?:title|headline|slug|url|link|href|permalink|uri)$/i;

/** Messages by name, as translations are kept: many strings, side by side. */
const isDictionary = ({ members }: JsonNode & { kind: 'object' }): boolean =>
  members.length >= 20 && members.filter(({ node }) => node.kind === 'string').length >= members.length * 0.9;

/** Literals, and what those hold in turn: frameworks push their pages' data as strings. */
const textsInCode = (content: string, within: boolean): HeldText[] => {
  const found: HeldText[] = [];
  const least = within ? A_SENTENCE : A_PARAGRAPH;
  const look = (text: string, depth: number): void => {
    const data = depth < deepest ? jsonIn(text) : [];
    for (const root of data) found.push(...textsInData(root, within));
    if (data.length > 0) return;
    for (const value of literalsIn(text)) {
      if (depth > 0 && isRows(value)) {
        found.push(...textsInRows(value));
        continue;
      }
      const prose = proseIn(value, least);
      if (prose !== undefined) found.push({ text: prose, isOwn: true });
      else if (depth > 0 && /["'[{]/.test(value)) look(value, depth - 1);
    }
  };
  look(content, deepest);
  return found;
};

const deepest = 2;

/** A literal that is JSON. */
const jsonIn = (text: string): JsonNode[] => {
  const whole = /^\s*[[{]/.test(text) ? jsonTree(text) : undefined;
  return whole ? [whole] : [];
};

/** The text that a script pushes onto a list and does nothing else: pieces of what a framework sends while it makes the page. */
export const pushedPiece = (content: string): string | undefined => {
  const start = /^[^"']{1,200}\.push\(\s*(?:\[\s*\d+\s*,\s*)?(?=")/.exec(content.slice(0, 300))?.[0];
  if (start === undefined) return undefined;
  const [first] = jsonStrings(content, start.length);
  return first && /^[\s\])};]*$/.test(content.slice(first.end, first.end + 50)) ? first.value : undefined;
};

/** As React's server sends a page: `1f:["$","p",null,{"children":"…"}]`, `2:T4d2,A long text`. */
export const isRows = (text: string): boolean =>
  /^[0-9a-f]{0,8}:(?:[A-Z]{0,2}[[{"]|T[0-9a-f]{1,8},)/m.test(text.slice(0, 20_000)) || text.includes('["$",');

/**
 * Row by row, and string by string: most of them are the framework's own, which stands in its scripts as well.
 */
export const textsInRows = (text: string): HeldText[] =>
  text.split('\n').flatMap((row): HeldText[] => {
    const [start = ''] = /^[0-9a-f]{0,8}:(?:T[0-9a-f]{1,8},|[A-Z]{0,2}(?=[[{"]))/.exec(row) ?? [];
    const rest = row.slice(start.length);
    const root = /^[[{]/.test(rest) ? jsonTree(rest) : undefined;
    if (root) return sentencesIn(root);
    const texts = /["'[{]\$|":/.test(rest) ? [...literalsIn(`"${rest}"`), ...literalsIn(rest)] : [rest];
    return [...new Set(texts)].flatMap((each) => ownSentences(each, true));
  });

/** What the page itself says, whatever it is called; how it looks, and what it lists of others, isn't its own. */
const sentencesIn = (node: JsonNode, isOwn = true): HeldText[] => {
  switch (node.kind) {
    case 'string':
      return ownSentences(node.value, isOwn);
    case 'array':
      return node.items.flatMap((item) => sentencesIn(item, isOwn && !isListOfOthers(node)));
    case 'object':
      return node.members.flatMap(({ key, node: inner }) =>
        LOOKS.test(key) ? [] : sentencesIn(inner, isOwn),
      );
    case 'other':
      return [];
    default:
      return node satisfies never;
  }
};

const LOOKS = /^(?:style|class(?:Name)?|\w*(?:Styles|Scripts|Class))$/;

const ownSentences = (text: string, isOwn: boolean): HeldText[] => {
  const prose = proseIn(text, A_SENTENCE);
  return prose === undefined ? [] : [{ text: prose, isOwn, ofFramework: true }];
};

function* literalsIn(text: string): Generator<string> {
  for (const { value, isKey } of jsonStrings(text))
    if (!isKey && value.length >= shortestLiteral) yield value;
  for (const quote of ["'", '`']) yield* quotedIn(text, quote);
}

const shortestLiteral = 20;

/** Single quotes end with their line. */
function* quotedIn(text: string, quote: string): Generator<string> {
  for (let start = text.indexOf(quote); start >= 0; ) {
    let end = start + 1;
    while (end < text.length && text[end] !== quote && (quote === '`' || text[end] !== '\n'))
      end += text[end] === '\\' ? 2 : 1;
    if (end - start > shortestLiteral) yield text.slice(start + 1, end);
    start = text.indexOf(quote, end + (text[end] === quote ? 1 : 0));
  }
}
