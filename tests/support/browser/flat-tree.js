/** What of a page is shown, in the tree and the order in which it is shown: through shadow trees and their slots. */

const UNSPOKEN = new Set(['STYLE', 'SCRIPT', 'TEMPLATE', 'NOSCRIPT']);

/**
 * @typedef {object} Run words that stand together, where they are shown
 * @property {string} words
 * @property {Element} element the element whose looks they have
 * @property {DOMRect[]} boxes in the page; one for each line, or part of a line in one direction
 */

/**
 * Remembers what was found of each element: a page is looked at while it stands still.
 * @template Found
 * @param {(element: Element) => Found} find
 * @returns {(element: Element) => Found}
 */
export const once = (find) => {
  /** @type {WeakMap<Element, { found: Found }>} */
  const known = new WeakMap();
  return (element) => {
    const entry = known.get(element) ?? { found: find(element) };
    known.set(element, entry);
    return entry.found;
  };
};

/** @param {Node} node @returns {Run[]} */
export const textsIn = (node) => {
  if (node instanceof Text) {
    const words = wordsOf(node);
    const element = flatParent(node);
    if (words === '' || !element) return [];
    const range = document.createRange();
    range.selectNodeContents(node);
    return [{ words, element, boxes: [...range.getClientRects()].map(inPage) }];
  }
  if (!(node instanceof Element) || UNSPOKEN.has(node.tagName)) return [];
  return flatChildren(node).flatMap(textsIn);
};

/** @param {Element} element @returns {Node[]} */
const flatChildren = (element) => {
  if (element.shadowRoot) return [...element.shadowRoot.childNodes];
  const assigned = element instanceof HTMLSlotElement ? element.assignedNodes({ flatten: true }) : [];
  return assigned.length > 0 ? assigned : [...element.childNodes];
};

/** @param {Node} node @returns {Element | undefined} */
export const flatParent = (node) => {
  const slot = node instanceof Element || node instanceof Text ? node.assignedSlot : null;
  const parent = slot ?? node.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : undefined;
};

/** From the element itself outwards. @type {(element: Element) => Element[]} */
export const flatAncestors = once((element) => {
  const parent = flatParent(element);
  return [element, ...(parent ? flatAncestors(parent) : [])];
});

/** Whether a shadow tree shows it. @param {Node} node */
export const isPlaced = (node) =>
  (node instanceof Element || node instanceof Text) && node.assignedSlot !== null;

/** @param {Node} node */
export const wordsOf = (node) =>
  node instanceof Element && UNSPOKEN.has(node.tagName)
    ? ''
    : (node.textContent ?? '').replace(/\s+/g, ' ').trim();

/** @param {Element} element */
export const nameOf = (element) => {
  const slot = element.getAttribute('slot');
  const name = slot === null ? [...element.classList].map((each) => `.${each}`).join('') : `[slot=${slot}]`;
  return element.tagName.toLowerCase() + name;
};

export const lookOf = once((element) => getComputedStyle(element));

export const boxOf = once((element) => inPage(element.getBoundingClientRect()));

/** @param {DOMRect} box as it is seen in the window */
const inPage = ({ left, top, width, height }) => new DOMRect(left + scrollX, top + scrollY, width, height);
