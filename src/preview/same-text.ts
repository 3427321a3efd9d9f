/** Whether the text of one page stands in another: a print view's does, the next page of an article doesn't. */
import type { ParsedPage } from '../article/parsed-page.ts';
import { bodyTextOf } from './body-text.ts';
import { findBody } from './find-body.ts';

/**
 * True when the page holds next to nothing beyond what the other shows. Where no body is found, all that the page shows
 * counts.
 * @param selectors CSS selectors of an article's body
 */
export const holdsNoMoreThan = (
  page: ParsedPage,
  other: ParsedPage,
  selectors: readonly string[],
): boolean => {
  const { body } = findBody(page, selectors);
  const blocks = sampled(blocksIn(body?.text.text ?? shownText(page)));
  const known = blocksIn(shownText(other));
  const whole = known.join('\n');
  const exact = new Set(known);
  let total = 0;
  let found = 0;
  for (const block of blocks) {
    total += block.length;
    if (exact.has(block) || whole.includes(block)) found += block.length;
  }
  return total > 0 && found >= total * ENOUGH;
};

/** A print view has a line or two of its own. */
const ENOUGH = 0.9;
/** In letters: shorter ones occur anywhere. */
const SHORTEST = 12;
const MOST_BLOCKS = 200;

const shownText = ({ tokens }: ParsedPage): string => bodyTextOf(tokens, new Set()).text;

const blocksIn = (text: string): string[] =>
  text
    .split('\n')
    .map((block) =>
      block
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ''),
    )
    .filter((block) => block.length >= SHORTEST);

/** Each block may be looked for in all of the other text. */
const sampled = (blocks: readonly string[]): readonly string[] => {
  if (blocks.length <= MOST_BLOCKS) return blocks;
  const step = blocks.length / MOST_BLOCKS;
  return Array.from({ length: MOST_BLOCKS }, (_, index) => blocks[Math.floor(index * step)] ?? '');
};
