/** Empties second copies of the article among a page's own text, shown or hidden. */
import type { Element } from 'domhandler';
import type { PageToken, TextToken } from '../article/parsed-page.ts';
import { boundIn, SHOWN_RUN, UNSHOWN_RUN } from './carriers.ts';
import type { Edit } from './splice.ts';
import { type PieceRun, pieceRuns } from './stream-runs.ts';
import { BLOCKS, concealmentOf } from './visibility.ts';
import type { WithheldRuns } from './withheld-runs.ts';

/**
 * @param tokens the page's tokens without the article's own; text in scripts and the like is passed over.
 * @param around elements that the article stands in: whether those are hidden doesn't count.
 */
export const textEdits = (
  tokens: readonly PageToken[],
  runs: WithheldRuns,
  around: ReadonlySet<Element>,
  isPassedOver: (token: TextToken) => boolean,
): Edit[] => {
  const segments = segmentsOf(tokens, around, isPassedOver);
  const found = pieceRuns(
    segments.map(({ token }) => token.chars),
    segments.map(({ joint }) => joint),
    runs,
  );
  const blocks = copiedBlocks(segments, found, boundIn(runs, SHOWN_RUN));
  return segments
    .filter(({ block }) => blocks.has(block))
    .map(({ token: { start, end } }) => ({ start, end, text: '' }));
};

/**
 * Shown blocks that carry a long run are copies, and so are those close by that carry any: a copy is broken up where
 * the article repeats itself or where the copy was edited.
 */
const copiedBlocks = (
  segments: readonly Segment[],
  found: readonly PieceRun[],
  shownRun: number,
): Set<number> => {
  const copied = new Set<number>();
  const suspect = new Set<number>();
  for (const run of found) {
    for (const { index, overlap } of run.pieces) {
      const segment = segments[index];
      // A run may reach a few characters into the neighbour by chance.
      if (!segment || (overlap < MIN_OVERLAP && overlap < segment.token.chars.trim().length)) continue;
      if (run.length >= (segment.hidden ? UNSHOWN_RUN : shownRun)) copied.add(segment.block);
      else suspect.add(segment.block);
    }
  }
  const ordered = [...suspect].sort((one, other) => one - other);
  const isNear = (block: number): boolean => {
    for (let near = block - NEAR; near <= block + NEAR; near += 1) if (copied.has(near)) return true;
    return false;
  };
  for (const direction of [ordered, ordered.toReversed()]) {
    for (const block of direction) if (isNear(block)) copied.add(block);
  }
  return copied;
};

/** In block boundaries: a paragraph has two, and a picture or a heading may stand between two paragraphs. */
const NEAR = 8;
const MIN_OVERLAP = 4;

interface Segment {
  readonly token: TextToken;
  readonly hidden: boolean;
  /** Segments of one block go together. */
  readonly block: number;
  readonly joint: string;
}

const segmentsOf = (
  tokens: readonly PageToken[],
  around: ReadonlySet<Element>,
  isPassedOver: (token: TextToken) => boolean,
): Segment[] => {
  const segments: Segment[] = [];
  const visibilityOf = concealmentOf(around);
  let block = 0;
  let joint = '';
  for (const token of tokens) {
    if (token.kind === 'text') {
      if (token.chars.trim() === '' || isPassedOver(token)) {
        joint = joint || (token.chars === '' ? '' : ' ');
        continue;
      }
      const { hidden, atom } = visibilityOf(token.place);
      segments.push({ token, hidden: hidden || atom !== undefined, block, joint });
      joint = '';
    } else if (token.kind === 'start' || token.kind === 'end') {
      if (BLOCKS.has(token.name)) block += 1;
      if (BLOCKS.has(token.name) || token.name === 'br' || token.name === 'td' || token.name === 'th')
        joint = ' ';
    }
  }
  return segments;
};
