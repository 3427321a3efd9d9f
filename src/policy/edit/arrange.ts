/** The text of a list or group put together anew: what is moved takes its comments along, the spacing between stays. */

/** `contents[0] gaps[0] contents[1] …`: always one gap fewer than contents. */
export interface Pieces {
  readonly contents: readonly string[];
  readonly gaps: readonly string[];
}

/** One entry of the new order: an old one by its index, with a text of its own if that changed, or a new one. */
export interface Placed {
  readonly from?: number;
  readonly text: string;
}

/** @param newGap what stands beside a new entry where no gap can serve as an example */
export const arrange = ({ contents, gaps }: Pieces, order: readonly Placed[], newGap: string): string => {
  const staying = new Set(order.map(({ from }) => from));
  const left = gapsWithout(gaps, contents.length, staying);
  const example = gaps.find((gap) => !gap.includes('#')) ?? newGap;
  let text = '';
  let oldOnes = 0;
  for (const [index, { from, text: content }] of order.entries()) {
    if (index > 0) {
      const betweenOld = from !== undefined && oldOnes > 0;
      text += betweenOld ? (left[oldOnes - 1] ?? example) : example;
    }
    if (from !== undefined) oldOnes += 1;
    text += content;
  }
  return text;
};

/** Of the two gaps around something that goes, the one that says something stays. */
const gapsWithout = (
  gaps: readonly string[],
  count: number,
  staying: ReadonlySet<number | undefined>,
): readonly string[] => {
  const left: string[] = [];
  let pending: string | undefined;
  let any = false;
  for (let index = 0; index < count; index += 1) {
    if (staying.has(index)) {
      if (any) left.push(pending ?? '');
      any = true;
      pending = gaps[index];
    } else if (any) {
      const after = gaps[index];
      if (after?.includes('#') && !pending?.includes('#')) pending = after;
    }
  }
  return left;
};
