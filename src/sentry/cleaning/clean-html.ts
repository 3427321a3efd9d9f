/** Takes withheld text out of a page that isn't the article's own: a front page, a listing, a search result. */
import type { Element } from 'domhandler';
import type { ArticleId } from '../../article/article.ts';
import { isStructuredData } from '../../article/page-head.ts';
import { parsePage } from '../../article/parse-page.ts';
import {
  outwards,
  type PageToken,
  type ParsedPage,
  type Place,
  type TextToken,
} from '../../article/parsed-page.ts';
import { type Edit, spliced } from '../../preview/splice.ts';
import { BLOCKS } from '../../preview/visibility.ts';
import { GUARANTEED_UNITS } from '../fingerprints.ts';
import type { FindWithheld, WithheldPassage } from '../withheld.ts';
import { cleanJson } from './clean-json.ts';
import { type Stretch, type Touches, touchesOf } from './stretches.ts';

export interface CleanHtmlOptions {
  readonly find: FindWithheld;
  /** What stands in the place of what is taken out, as HTML for the flow of a text. */
  readonly linkTo: (article: ArticleId) => string;
}

/** Undefined: it can't be parsed whole, or something is left. */
export const cleanHtml = (html: string, { find, linkTo }: CleanHtmlOptions): string | undefined => {
  const page = parsePage(html);
  if (!page.whole) return undefined;
  const passages = find(page.source);
  const touches = touchesOf(passages);
  const blocks = blocksOf(page.tokens);
  const gone = withheldBlocks(blocks, passages);
  const edits = [
    ...textEdits(page.source, gone, linkTo),
    ...page.tokens.flatMap((token) => markupEdits(page, token, touches)),
    ...heldEdits(page, touches, find),
  ];
  const cleaned = page.byteOrderMark + spliced(page.source, edits, 0, page.source.length);
  return find(cleaned).length === 0 ? cleaned : undefined;
};

/** A stretch of text between two tags that begin or end a line. */
interface Block {
  readonly tokens: TextToken[];
  start: number;
  end: number;
}

interface GoneBlock {
  readonly block: Block;
  readonly article: ArticleId;
}

/** Elements whose content is one text to the parser. */
const HOLDERS = new Set('script style title textarea noscript iframe noembed noframes xmp'.split(' '));

const isHeld = ({ place }: TextToken): boolean =>
  place !== undefined && HOLDERS.has(place.element.name) && place.element.namespace !== SVG;

const SVG = 'http://www.w3.org/2000/svg';

const blocksOf = (tokens: readonly PageToken[]): Block[] => {
  const blocks: Block[] = [];
  let current: Block | undefined;
  for (const token of tokens) {
    if (token.kind === 'text') {
      if (isHeld(token) || token.chars.trim() === '') continue;
      if (!current) {
        current = { tokens: [], start: token.start, end: token.end };
        blocks.push(current);
      }
      current.tokens.push(token);
      current.end = token.end;
    } else if ((token.kind === 'start' || token.kind === 'end') && BLOCKS.has(token.name))
      current = undefined;
  }
  return blocks;
};

/**
 * Blocks that hold a passage, and short ones between two of the same article: a line of dialogue is too short to be known
 * by itself, and is no less withheld.
 */
const withheldBlocks = (blocks: readonly Block[], passages: readonly WithheldPassage[]): GoneBlock[] => {
  const gone = new Map<number, ArticleId>();
  let next = 0;
  for (const { from, to, article } of passages) {
    while ((blocks[next]?.end ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    for (let index = next; (blocks[index]?.start ?? Number.POSITIVE_INFINITY) < to; index += 1)
      if (!gone.has(index)) gone.set(index, article);
  }
  let last: number | undefined;
  for (const index of [...gone.keys()].sort((one, other) => one - other)) {
    const article = gone.get(index);
    const between = last === undefined ? [] : blocks.slice(last + 1, index);
    if (last !== undefined && article !== undefined && gone.get(last) === article && between.length <= NEAR)
      for (const [offset, block] of between.entries())
        if (isShort(block)) gone.set(last + 1 + offset, article);
    last = index;
  }
  return [...gone]
    .sort(([one], [other]) => one - other)
    .flatMap(([index, article]) => {
      const block = blocks[index];
      return block ? [{ block, article }] : [];
    });
};

const NEAR = 6;

const isShort = ({ tokens }: Block): boolean =>
  tokens.reduce((length, { chars }) => length + chars.length, 0) < GUARANTEED_UNITS;

/** The first block of each stretch makes room for a link to where the article may be read; what is left empty goes. */
const textEdits = (
  source: string,
  gone: readonly GoneBlock[],
  linkTo: CleanHtmlOptions['linkTo'],
): Edit[] => {
  let before: ArticleId | undefined;
  return gone.flatMap(({ block, article }) => {
    const [first, ...others] = block.tokens;
    if (!first) return [];
    const link = article !== before && takesLinks(first.place) ? linkTo(article) : '';
    before = article;
    const whole = link === '' ? emptiedElement(source, block, first) : undefined;
    if (whole) return [{ ...whole, text: '' }];
    const emptied = others.map(({ start, end }) => ({ start, end, text: '' }));
    return [{ start: first.start, end: first.end, text: link }, ...emptied];
  });
};

const LINES = new Set('p li blockquote dd dt h2 h3 h4 h5 h6 pre figcaption'.split(' '));

/** The paragraph that holds these words and nothing else, not even a picture. */
const emptiedElement = (source: string, { tokens }: Block, { place }: TextToken): Stretch | undefined => {
  const element = [...outwards(place)].find((each) => BLOCKS.has(each.element.name))?.element;
  const location = element?.sourceCodeLocation;
  if (!element || !location || !LINES.has(element.name)) return undefined;
  const { startOffset: start, endOffset: end } = location;
  if (tokens.some((token) => token.start < start || token.end > end)) return undefined;
  const blanks = tokens.map((token) => ({ start: token.start - start, end: token.end - start, text: '' }));
  const markup = spliced(source.slice(start, end), blanks, 0, end - start);
  const says = markup.replace(/<[a-z/!][^<>]*>/gi, '').trim() !== '';
  return says || SHOWN.test(markup) ? undefined : { start, end };
};

const SHOWN = /<(?:img|picture|video|audio|iframe|svg|input|button|object|canvas|form)\b/i;

const takesLinks = (place: Place | undefined): boolean =>
  ![...outwards(place)].some(({ element }) => NO_LINKS.has(element.name) || element.namespace === SVG);

const NO_LINKS = new Set('a button select option textarea title script style template math'.split(' '));

const markupEdits = (page: ParsedPage, token: PageToken, touches: Touches): Edit[] => {
  if (token.kind === 'text') return [];
  const { start, end } = token;
  if (!touches(start, end)) return [];
  if (token.kind === 'comment' || token.kind === 'doctype') return [{ start, end, text: '' }];
  if (token.kind === 'end') return [{ start, end, text: `</${token.name}>` }];
  const attributes = token.attributes.filter((each) => touches(each.start, each.end));
  const edits = attributes.map((each) => ({ start: each.start, end: each.end, text: '' }));
  const rest = spliced(page.source, edits, start, end);
  return attributes.length > 0 ? edits : [{ start, end, text: rest }];
};

const heldEdits = (page: ParsedPage, touches: Touches, find: FindWithheld): Edit[] => {
  const stretches = new Map<Element, { start: number; end: number }>();
  for (const token of page.tokens) {
    if (token.kind !== 'text' || !isHeld(token) || !token.place) continue;
    const known = stretches.get(token.place.element);
    if (known) known.end = token.end;
    else stretches.set(token.place.element, { start: token.start, end: token.end });
  }
  return [...stretches].flatMap(([element, { start, end }]) =>
    touches(start, end)
      ? [{ start, end, text: cleanedContent(element, page.source.slice(start, end), find) }]
      : [],
  );
};

/** Data is cleaned as data; code that holds an article does nothing without it. */
const cleanedContent = ({ name, attribs }: Element, content: string, find: FindWithheld): string => {
  const isData = name === 'script' && (isStructuredData(attribs.type) || /json/i.test(attribs.type ?? ''));
  return isData ? (cleanJson(content, find) ?? '') : '';
};
