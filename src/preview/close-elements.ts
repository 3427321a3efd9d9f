/** Finds what is open where a page is cut, and writes the tags that close it again. */
import type { Element } from 'domhandler';
import { parsePage } from '../article/parse-page.ts';
import { outwards, type Place, startOffsetOf } from '../article/parsed-page.ts';
import type { Body } from './find-body.ts';

export interface Closing {
  /** Closes the preview's elements, up to the one that the prompt goes into. */
  readonly endTags: string;
  /** Comes before the page's tail: leaves that element and enters again what the tail's first end tags close. */
  readonly bridge: string;
  /** Where the page's tail begins in the source. */
  readonly tailStart: number;
  /** Names of the elements around the prompt, outermost first: what the finished preview must have there. */
  readonly around: readonly string[] | undefined;
}

/**
 * @param beginning the page from its start to the cut, as the source has it.
 * Undefined when the parser doesn't see the body open there, so that no tags can be trusted to close it.
 */
export const closeElements = (source: string, beginning: string, body: Body): Closing | undefined => {
  const { openAtEnd, whole } = parsePage(beginning);
  if (!whole) return undefined;
  const open = inwards(openAtEnd.place);
  const last = body.sections.at(-1);
  if (!last) return undefined;
  const lastPath = inwards(last.place);
  const shared = sharedLength(open, lastPath);
  const depth = containerDepth(open, body, shared);
  if (depth === 0) return undefined;
  const remaining = open.slice(0, depth);
  const endTags = closing(open.slice(depth)) + formattingEnds(openAtEnd.formatting, open, body.start);
  const around = remaining.map(({ element }) => element.name);
  if (shared === lastPath.length && depth === shared) return { endTags, around, ...insideLast(body) };
  const reopened = lastPath.slice(shared, -1).map(({ element }) => startTagOf(source, element));
  const bridge = closing(open.slice(shared, depth)) + reopened.join('');
  return { endTags, around, bridge, tailStart: Math.max(last.outerEnd, body.reach) };
};

const inwards = (place: Place | undefined): Place[] => [...outwards(place)].reverse();

const sharedLength = (one: readonly Place[], other: readonly Place[]): number => {
  let length = 0;
  while (length < one.length && sameElement(one[length]?.element, other[length]?.element)) length += 1;
  return length;
};

const sameElement = (one: Element | undefined, other: Element | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.name === other.name &&
  startOffsetOf(one) === startOffsetOf(other);

/** The innermost section that is open; between two sections, what both stand in. 0 when neither is to be found. */
const containerDepth = (open: readonly Place[], { sections }: Body, shared: number): number => {
  const starts = new Set(sections.map(({ tagStart }) => tagStart));
  for (let depth = open.length; depth > 0; depth -= 1) {
    const element = open[depth - 1]?.element;
    if (element && starts.has(startOffsetOf(element) ?? -1)) return depth;
  }
  return sections.length > 1 ? shared : 0;
};

const closing = (places: readonly Place[]): string =>
  places
    .map(({ element }) => `</${element.name}>`)
    .reverse()
    .join('');

/** Formatting that isn't open now, and never was closed, would be reopened by the parser for all that follows. */
const formattingEnds = (formatting: readonly Element[], open: readonly Place[], start: number): string => {
  const closed = new Set(open.map(({ element }) => element));
  return formatting
    .filter((element) => !closed.has(element) && (startOffsetOf(element) ?? -1) >= start)
    .map(({ name }) => `</${name}>`)
    .join('');
};

const insideLast = ({ sections, end, reach }: Body): Pick<Closing, 'bridge' | 'tailStart'> => {
  const name = sections.at(-1)?.element.name ?? '';
  return reach > end ? { bridge: `</${name}>`, tailStart: reach } : { bridge: '', tailStart: end };
};

const startTagOf = (source: string, { sourceCodeLocation }: Element): string => {
  const tag = (sourceCodeLocation as { startTag?: { startOffset: number; endOffset: number } } | undefined)
    ?.startTag;
  return tag ? source.slice(tag.startOffset, tag.endOffset) : '';
};
