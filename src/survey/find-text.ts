/** Finds where the text of articles is: the fewest selectors that hold all of it on every page, and little else. */
import type { Element, ParentNode } from 'domhandler';
import { isTag, isText } from 'domhandler';
import type { ParsedPage } from '../article/parsed-page.ts';
import { findBody } from '../preview/find-body.ts';

export interface TextPlace {
  readonly selectors: readonly string[];
  /** Of the pages, how many have their text there. */
  readonly pages: number;
  readonly of: number;
  /** Letters beside the text, of a hundred that the selectors hold, on the worst page. */
  readonly beside: number;
}

export interface TextPage {
  readonly page: ParsedPage;
  /** What the page says of itself. */
  readonly stated: readonly string[];
}

/** Each page is gone through once for every selector that might do. */
const mostPages = 8;
const mostCandidates = 40;
const mostSelectors = 3;
const mostParagraphs = 2_000;
/** Less than all of it: a caption or a pulled quote may stand outside. */
const enough = 0.92;
/** More than this beside the text is another place. */
const mostBeside = 0.6;

/** @param usual selectors that are tried before what the pages' own classes offer, the likeliest first. */
export const findText = (given: readonly TextPage[], usual: readonly string[]): TextPlace | undefined => {
  const pages = given.slice(0, mostPages).flatMap(({ page, stated }) => {
    const main = mainText(page);
    return main === undefined ? [] : [{ page, stated, main }];
  });
  if (pages.length === 0) return undefined;
  const stated = pages.flatMap((each) => each.stated);
  const own = pages.flatMap(({ main }) => selectorsFor(main.element));
  const candidates = [...new Set([...stated, ...usual, ...byCount(own)])].slice(0, mostCandidates);
  const tried = candidates.map((selector, at) => ({
    selector,
    at,
    fits: pages.map((each) => fitOf(selector, each)),
  }));
  // `article` holds the headline and the byline as well: names that somebody gave to the text come first, if they do for all pages.
  const named = chosen(
    tried.filter(({ selector }) => isNamed(selector)),
    pages.length,
  );
  return named?.pages === pages.length ? named : chosen(tried, pages.length);
};

interface Tried {
  readonly selector: string;
  /** Its place in the order of liking. */
  readonly at: number;
  /** Of each page: how many letters it holds for each that is the text; undefined: not the text. */
  readonly fits: readonly (number | undefined)[];
}

const chosen = (tried: readonly Tried[], pageCount: number): TextPlace | undefined => {
  const selectors: string[] = [];
  let open = Array.from({ length: pageCount }, (_, at) => at);
  let worst = 1;
  while (open.length > 0 && selectors.length < mostSelectors) {
    const ranked = tried
      .map((each) => ({ ...each, on: open.filter((at) => each.fits[at] !== undefined) }))
      .filter(({ on }) => on.length > 0)
      .map((each) => ({ ...each, size: mean(each.on.map((at) => each.fits[at] ?? 1)) }));
    const most = Math.max(0, ...ranked.map(({ on }) => on.length));
    const full = ranked.filter(({ on }) => on.length === most);
    const tightest = Math.min(...full.map(({ size }) => size));
    // A few letters more or less are no reason to take the stranger name.
    const best = full.filter(({ size }) => size <= tightest + 0.03).sort((a, b) => a.at - b.at)[0];
    if (!best) break;
    selectors.push(best.selector);
    worst = Math.max(worst, ...best.on.map((at) => best.fits[at] ?? 1));
    open = open.filter((at) => best.fits[at] === undefined);
  }
  if (selectors.length === 0) return undefined;
  return {
    ...{ selectors, pages: pageCount - open.length, of: pageCount },
    beside: Math.round(100 * (1 - 1 / worst)),
  };
};

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);

const isNamed = (selector: string): boolean => /[.#[]/.test(selector);

const byCount = (names: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
};

const fitOf = (
  selector: string,
  { page, main }: { page: ParsedPage; main: MainText },
): number | undefined => {
  const { body } = findBody(page, [selector]);
  if (!body) return undefined;
  const held = lettersIn(body.text.text);
  const texts = new Set(body.sections.map(({ element }) => element));
  const share = main.paragraphs.reduce(
    (sum, { element, letters }) => sum + (isIn(element, texts) ? letters : 0),
    0,
  );
  if (share < enough * main.letters) return undefined;
  const size = held / Math.max(1, main.letters);
  return size <= 1 + mostBeside / (1 - mostBeside) ? size : undefined;
};

const isIn = (element: Element, around: ReadonlySet<Element>): boolean => {
  for (let at: ParentNode | null = element; at; at = at.parent) if (isTag(at) && around.has(at)) return true;
  return false;
};

interface Paragraph {
  readonly element: Element;
  readonly letters: number;
}

export interface MainText {
  /** The innermost that holds nearly all of it. */
  readonly element: Element;
  readonly letters: number;
  readonly paragraphs: readonly Paragraph[];
}

/** Undefined: there is no text to speak of. */
export const mainText = ({ document }: ParsedPage): MainText | undefined => {
  const paragraphs = paragraphsIn(document.children.filter(isTag));
  const letters = paragraphs.reduce((sum, each) => sum + each.letters, 0);
  if (letters < 200) return undefined;
  const held = new Map<Element, number>();
  for (const { element, letters: own } of paragraphs)
    for (let at = element.parent; at; at = at.parent) if (isTag(at)) held.set(at, (held.get(at) ?? 0) + own);
  let best: Element | undefined;
  for (const [element, own] of held)
    if (own >= 0.85 * letters && (best === undefined || depthOf(element) > depthOf(best))) best = element;
  if (!best) return undefined;
  const inside = paragraphs.filter(({ element }) => isIn(element, new Set([best])));
  return { element: best, letters: inside.reduce((sum, each) => sum + each.letters, 0), paragraphs: inside };
};

const depthOf = (element: Element): number => {
  let depth = 0;
  for (let at = element.parent; at; at = at.parent) depth += 1;
  return depth;
};

/** Those of the page's matter; what surrounds it is left out by what it is, or by what it is called. */
const paragraphsIn = (roots: readonly Element[]): readonly Paragraph[] => {
  const found: Paragraph[] = [];
  const waiting = [...roots];
  for (let next = waiting.pop(); next && found.length < mostParagraphs; next = waiting.pop()) {
    if (APART.has(next.name) || isApart(next)) continue;
    if (PARAGRAPHS.has(next.name)) {
      const letters = lettersIn(textIn(next));
      if (letters >= 20) found.push({ element: next, letters });
      continue;
    }
    for (const child of next.children) if (isTag(child)) waiting.push(child);
  }
  return found;
};

const PARAGRAPHS = new Set(['p', 'blockquote', 'pre', 'ul', 'ol', 'dl', 'table']);
const APART = new Set(
  'head header footer nav aside form script style template noscript iframe svg math select textarea button'.split(
    ' ',
  ),
);

const isApart = ({ attribs }: Element): boolean =>
  /(?:^|[\s_-])(?:comments?|commentlist|respond|sidebar|related|share|sharing|newsletter|cookie|breadcrumbs?|author-bio|more-from|menu|widget|pagination)(?:$|[\s_-])/i.test(
    `${attribs.class ?? ''} ${attribs.id ?? ''}`,
  );

const textIn = (element: Element): string => {
  const pieces: string[] = [];
  const waiting: Element['children'] = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (isText(next)) pieces.push(next.data);
    else if (isTag(next) && !APART.has(next.name)) for (const child of next.children) waiting.push(child);
  }
  return pieces.join('');
};

const lettersIn = (text: string): number => text.replace(/\s+/g, '').length;

/** Of the element itself and a few around it, the nearest first. */
const selectorsFor = (element: Element): readonly string[] => {
  const selectors: string[] = [];
  let at: ParentNode | null = element;
  for (let steps = 0; at && steps < 4; steps += 1, at = at.parent) {
    if (!isTag(at) || OUTER.has(at.name)) break;
    const { attribs, name } = at;
    if (attribs.itemprop === 'articleBody') selectors.push('[itemprop="articleBody"]');
    for (const word of (attribs.class ?? '').split(/\s+/).slice(0, 8))
      if (isName(word)) selectors.push(`.${word}`);
    if (attribs.id !== undefined && isName(attribs.id)) selectors.push(`#${attribs.id}`);
    if (name === 'article' || name === 'main') selectors.push(name);
  }
  return selectors;
};

const OUTER = new Set(['body', 'html']);

/** A name that somebody gave, and no tool: those change with the next build, and numbers with the article. */
const isName = (word: string): boolean =>
  /^[a-z][a-z_-]{2,40}$/i.test(word) &&
  !/^(?:svelte|css|sc|jsx|astro|chakra|mui)-/i.test(word) &&
  !UTILITY.test(word);

const UTILITY =
  /^(?:flex|grid|block|inline|hidden|relative|absolute|sticky|container|wrapper|row|col|clearfix|has-|is-|alignwide|alignfull|wp-container|wp-block-group|post|page|hentry|type-|status-|format-|category-|tag-|max-w|mx-|my-|px-|py-|text-(?:sm|lg|xl|left|center|right|base)|prose-)/i;
