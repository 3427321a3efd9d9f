/** What lies over words, so that a reader sees it and not them. */
import { flatAncestors } from './flat-tree.js';

/** Nearer to the window's edge, a rounded pixel may lie outside. */
const SAFE_FROM_EDGE = 20;

/**
 * What is seen in place of them, in the middle of the first or the last of their boxes.
 * @param {DOMRect[]} boxes in the page
 * @param {Element} element whose words they are
 * @param {Element} within the part that it belongs to
 * @returns {Element | undefined}
 */
export const coverOf = (boxes, element, within) =>
  [boxes[0], boxes.at(-1)]
    .flatMap((box) => (box ? [seenAt(box.left + box.width / 2, box.top + box.height / 2)] : []))
    .find((seen) => !flatAncestors(seen).includes(element) && !isGlassOver(seen, element, within));

/** A link may lie over its whole card. What the words stand in is nothing that could lie over them. */
const isGlassOver = (
  /** @type {Element} */ seen,
  /** @type {Element} */ element,
  /** @type {Element} */ within,
) =>
  flatAncestors(seen).includes(within) &&
  !flatAncestors(element).includes(seen) &&
  [undefined, '::before', '::after'].every((pseudo) => isClear(getComputedStyle(seen, pseudo)));

/** @param {CSSStyleDeclaration} look */
const isClear = ({ backgroundColor, backgroundImage }) =>
  backgroundImage === 'none' && /^(transparent|rgba\(\d+, \d+, \d+, 0\))$/.test(backgroundColor);

/** @param {number} x @param {number} y in the page; scrolls there if need be @returns {Element} */
const seenAt = (x, y) => {
  const fromEdge = Math.min(y - scrollY, scrollY + innerHeight - y);
  if (fromEdge < SAFE_FROM_EDGE) scrollTo({ top: y - innerHeight / 3, behavior: 'instant' });
  return deepestAt(document, x - scrollX, y - scrollY) ?? document.documentElement;
};

/** @param {DocumentOrShadowRoot} root @param {number} x @param {number} y @returns {Element | undefined} */
const deepestAt = (root, x, y) => {
  const found = root.elementFromPoint(x, y) ?? undefined;
  return found?.shadowRoot ? (deepestAt(found.shadowRoot, x, y) ?? found) : found;
};
