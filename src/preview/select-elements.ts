/** The elements of a page that a CSS selector finds, unless finding them takes out of all proportion long. */
import { type Options, selectAll } from 'css-select';
import { type AnyNode, type Element, hasChildren, isTag, isText } from 'domhandler';
import {
  getAttributeValue,
  getChildren,
  getName,
  getParent,
  getSiblings,
  hasAttrib,
  prevElementSibling,
  removeSubsets,
} from 'domutils';
import type { ParsedPage } from '../article/parsed-page.ts';

/** How many more looks at a page its selectors may take, all together: at a node, a neighbour or an attribute. */
export interface SelectorWork {
  left: number;
}

/**
 * A plain selector looks four or five times at each node. Chains of descendants, `~`, `:has()` and the like can look at
 * each node from each node, and at each way to get there: that a publisher writes by mistake, and a long page shows it.
 */
export const selectorWorkFor = ({ tokens }: ParsedPage): SelectorWork => ({
  left: 200_000 + 300 * tokens.length,
});

/** `not-css`: it isn't a selector. `too-much`: the work that was left isn't enough. */
export const selectElements = (
  { document }: ParsedPage,
  selector: string,
  work: SelectorWork,
): readonly Element[] | 'not-css' | 'too-much' => {
  try {
    const nodes = document.children as AnyNode[];
    return selectAll<AnyNode, Element>(selector, nodes, { adapter: countingAdapter(work) });
  } catch (error) {
    return error instanceof TooMuchToSelect ? 'too-much' : 'not-css';
  }
};

class TooMuchToSelect extends Error {}

type Adapter = NonNullable<Options<AnyNode, Element>['adapter']>;

/** Whatever the library looks at, it looks at through this. */
const countingAdapter = (work: SelectorWork): Adapter => {
  const spend = (looks: number): void => {
    work.left -= looks;
    if (work.left < 0) throw new TooMuchToSelect();
  };
  const counted =
    <Asked extends unknown[], Answer>(look: (...asked: Asked) => Answer) =>
    (...asked: Asked): Answer => {
      spend(1);
      return look(...asked);
    };
  const listed = (nodes: AnyNode[]): AnyNode[] => {
    spend(1 + nodes.length / nodesForOneLook);
    return nodes;
  };
  return {
    isTag: (node): node is Element => {
      spend(1);
      return isTag(node);
    },
    getAttributeValue: (element, name) => {
      const value = getAttributeValue(element, name);
      spend(1 + (value?.length ?? 0) / lettersForOneLook);
      return value;
    },
    getChildren: (node) => listed(getChildren(node)),
    getSiblings: (node) => listed(getSiblings(node)),
    getText: (node) => textOf(node, spend),
    getName: counted(getName),
    getParent: counted(getParent),
    hasAttrib: counted(hasAttrib),
    prevElementSibling: counted(prevElementSibling),
    equals: counted((a, b) => a === b),
    removeSubsets,
  };
};

/** What is copied or compared in one go takes less time than a look at each. */
const nodesForOneLook = 16;
const lettersForOneLook = 32;

const textOf = (node: AnyNode, spend: (looks: number) => void): string => {
  const pieces: string[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    spend(1);
    if (isText(next)) {
      spend(next.data.length / lettersForOneLook);
      pieces.push(next.data);
    } else if (isTag(next) && next.name === 'br') pieces.push('\n');
    else if (hasChildren(next)) for (const child of next.children.toReversed()) waiting.push(child);
  }
  return pieces.join('');
};
