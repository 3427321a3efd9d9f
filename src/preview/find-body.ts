/** Finds the article's body in a page by selectors, and where it begins and ends in the source. */
import type { Element } from 'domhandler';
import { anyAround, outwards, type PageToken, type ParsedPage, type Place } from '../article/parsed-page.ts';
import { type BodyText, bodyTextOf } from './body-text.ts';
import { selectElements, selectorWorkFor } from './select-elements.ts';

export interface Body {
  /** The elements that hold the article, outermost only, in source order. */
  readonly sections: readonly Section[];
  /** Just inside the first section. */
  readonly start: number;
  /** Just inside the last section's end; what is withheld may go further, see `reach`. */
  readonly end: number;
  /**
   * Where the last token stands that the parser put into the body. Beyond `end` in broken pages only: text after
   * `</body>` still belongs to the body.
   */
  readonly reach: number;
  readonly tokens: readonly PageToken[];
  readonly text: BodyText;
  /** The body's elements and everything that they stand in. */
  readonly around: ReadonlySet<Element>;
}

interface Section {
  readonly element: Element;
  readonly place: Place;
  readonly tagStart: number;
  readonly start: number;
  readonly end: number;
  /** Just after its end tag, or `end` where it has none. */
  readonly outerEnd: number;
}

interface BodySearch {
  readonly body: Body | undefined;
  /** Selectors that aren't CSS, or took too long on this page; they were passed over. */
  readonly unusable: readonly string[];
}

/** The first selector that finds any text wins. One that takes too long leaves nothing for those after it. */
export const findBody = (page: ParsedPage, selectors: readonly string[]): BodySearch => {
  const unusable: string[] = [];
  const work = selectorWorkFor(page);
  for (const selector of selectors) {
    const elements = selectElements(page, selector, work);
    if (typeof elements === 'string') unusable.push(selector);
    const body = typeof elements === 'string' ? undefined : bodyOf(page, elements);
    if (body) return { body, unusable };
    if (elements === 'too-much') break;
  }
  return { body: undefined, unusable };
};

const HTML = 'http://www.w3.org/1999/xhtml';
/** Elements whose inside isn't a flow of text that can be cut. */
const UNUSABLE = new Set(
  'html head script style template noscript iframe textarea select title xmp plaintext'.split(' '),
);

const bodyOf = (page: ParsedPage, elements: readonly Element[]): Body | undefined => {
  const usable = elements.filter((element) => element.namespace === HTML && !UNUSABLE.has(element.name));
  const sections = outermost(page, new Set(usable));
  const [first, last] = [sections[0], sections.at(-1)];
  if (!first || !last) return undefined;
  // Formatting elements that match may have been copied by the parser; the copies hold withheld text as well.
  const matched = new Set([...usable, ...sections.map(({ element }) => element)]);
  const reach = reachOf(page.tokens, matched, last.end);
  const tokens = page.tokens.filter(({ start, end }) => start >= first.start && end <= reach);
  const around = elementsAround(sections);
  const text = bodyTextOf(tokens, around);
  if (text.text === '') return undefined;
  return { sections, start: first.start, end: last.end, reach, tokens, text, around };
};

const outermost = ({ tokens }: ParsedPage, matched: ReadonlySet<Element>): Section[] => {
  const sections: Section[] = [];
  const isApart = anyAround((element) => matched.has(element) || element.name === 'template');
  for (const token of tokens) {
    if (token.kind !== 'start' || !token.element || !matched.has(token.element)) continue;
    if (isApart(token.place)) continue;
    const { element } = token;
    const { endTag, endOffset } = (element.sourceCodeLocation ?? {}) as ElementEnd;
    const end = endTag?.startOffset ?? endOffset ?? token.end;
    if (end < token.end || token.start < (sections.at(-1)?.outerEnd ?? 0)) continue;
    const place: Place = { element, below: token.place, depth: (token.place?.depth ?? 0) + 1 };
    sections.push({
      element,
      place,
      tagStart: token.start,
      start: token.end,
      end,
      outerEnd: endTag?.endOffset ?? end,
    });
  }
  return sections;
};

/** Sections of one page stand in the same elements for the most part: each place is walked through once. */
const elementsAround = (sections: readonly Section[]): Set<Element> => {
  const elements = new Set<Element>();
  const walked = new Set<Place>();
  for (const section of sections) {
    for (const place of outwards(section.place)) {
      if (walked.has(place)) break;
      walked.add(place);
      elements.add(place.element);
    }
  }
  return elements;
};

interface ElementEnd {
  readonly endTag?: { readonly startOffset: number; readonly endOffset: number };
  readonly endOffset?: number;
}

const reachOf = (tokens: readonly PageToken[], matched: ReadonlySet<Element>, end: number): number => {
  const isWithin = anyAround((element) => matched.has(element));
  let reach = end;
  for (const token of tokens) {
    if (token.start < end || !isSubstance(token) || !isWithin(token.place)) continue;
    reach = Math.max(reach, token.end);
  }
  return reach;
};

const isSubstance = (token: PageToken): boolean =>
  token.kind === 'start' || (token.kind === 'text' && /\S/.test(token.chars));
