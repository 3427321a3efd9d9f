/** A text that can be cut by its length as readers see it, whether it is plain or HTML. */
import { parsePage } from '../article/parse-page.ts';
import type { Cutoff } from '../policy/policy.ts';
import { offsetInToken } from './body-text.ts';
import { carrierEdits } from './clean-carriers.ts';
import { closeElements } from './close-elements.ts';
import { cutPointOf, pointAt } from './cut-point.ts';
import { findBody } from './find-body.ts';
import { findCut } from './find-cut.ts';
import { spliced } from './splice.ts';
import type { WithheldRuns } from './withheld-runs.ts';

export interface Cuttable {
  /** Whitespace collapsed, `\n` between blocks. */
  readonly text: string;
  /** How much of it the cutoff gives away. */
  cutLength(cutoff: Cutoff): number;
  /** Where the cutoff's own mark is, if it has one and it is there. */
  markedLength(marker: string): number | undefined;
  /**
   * The source of the first `length` characters of `text`, closed properly. '' when it can't be cut safely.
   * @param runs what else to take out of it: copies in attributes and the like.
   */
  cutAt(length: number, runs: WithheldRuns): string;
}

export const looksLikeHtml = (source: string): boolean =>
  /<[a-z!/][^<>]*>|&(?:#\w+|[a-z]+\d*);/i.test(source);

/** Blank lines part paragraphs; where there are none, each line is one. */
const blocksOf = (source: string): readonly string[] => {
  const lines = source.replace(/\r\n?|[\u2028\u2029]/g, '\n');
  const blocks = lines.split(/\n\s*\n/);
  return blocks.filter((block) => block.trim() !== '').length > 1 ? blocks : lines.split('\n');
};

export const cuttableText = (source: string): Cuttable => {
  const text = blocksOf(source)
    .map((block) => block.replace(/\s+/g, ' ').trim())
    .filter((block) => block !== '')
    .join('\n');
  const markedLength = (marker: string): number | undefined => {
    const at = source.indexOf(marker);
    return at < 0 || marker === '' ? undefined : cuttableText(source.slice(0, at)).text.length;
  };
  const token = {
    kind: 'text',
    start: 0,
    end: source.length,
    chars: source,
    exact: true,
    place: undefined,
  } as const;
  return {
    text,
    markedLength,
    cutLength: (cutoff) => lengthOf(text, cutoff, markedLength),
    cutAt: (length) =>
      length >= text.length
        ? source
        : source.slice(
            0,
            length === 0 ? 0 : offsetInToken({ token, start: 0, end: text.length, atom: undefined }, length),
          ),
  };
};

/** Around an HTML fragment, so that its own stray end tags can't end anything. */
const PAGE_START = '<!doctype html><body>';

export const cuttableHtml = (source: string): Cuttable => {
  const page = parsePage(PAGE_START + source);
  const { body } = findBody(page, ['body']);
  const text = body?.text.text ?? '';
  const markedLength = (marker: string): number | undefined => {
    if (!body) return undefined;
    const unreachable = { by: 'characters', count: Number.POSITIVE_INFINITY, ending: 'exact' } as const;
    const { length, complete } = cutPointOf(page, body, { by: 'marker', marker, fallback: unreachable });
    return complete ? undefined : length;
  };
  const cutAt = (length: number, runs: WithheldRuns): string => {
    if (!body || !page.whole) return '';
    const point = pointAt(body, length);
    const closing = point.complete
      ? { endTags: '' }
      : closeElements(page.source, page.source.slice(0, point.offset) + point.rest, body);
    if (!closing) return '';
    const edits = carrierEdits({
      page,
      runs,
      around: body.around,
      preview: { start: body.start, end: point.offset },
      dropped: { start: point.offset, end: page.source.length },
    });
    return spliced(page.source, edits, PAGE_START.length, point.offset) + point.rest + closing.endTags;
  };
  return { text, markedLength, cutLength: (cutoff) => lengthOf(text, cutoff, markedLength), cutAt };
};

const lengthOf = (
  text: string,
  cutoff: Cutoff,
  markedLength: (marker: string) => number | undefined,
): number => findCut(text, cutoff, cutoff.by === 'marker' ? { marked: markedLength(cutoff.marker) } : {});
