/** Looks at a page as a reader would, in the page itself: what of Gatefold's can't be seen, in words, and where it ends. */
import { contrastOf } from './colours.js';
import { coverOf } from './covers.js';
import {
  boxOf,
  flatAncestors,
  flatParent,
  isPlaced,
  lookOf,
  nameOf,
  once,
  textsIn,
  wordsOf,
} from './flat-tree.js';

/** @import { Run } from './flat-tree.js' */

/** Whatever stands in somebody's page: Gatefold's elements, and on AMP pages its plain ones. */
const OURS = 'gatefold-prompt, gatefold-notice, gatefold-more, section.gatefold-prompt, p.gatefold-notice';
const LEAST_OPACITY = 0.95;
const LEAST_FONT_SIZE = 11;
/** WCAG AA, for text of any size. */
const LEAST_CONTRAST = 4.5;
/** Nothing on these pages stands further from what is above it, so more is a hole. */
const WIDEST_GAP = 160;

/** @param {string[]} wanted selectors of what has to be there, somewhere in Gatefold's elements @returns {string[]} */
export const lookAtPage = (wanted) => [
  ...wanted.filter((selector) => !isThere(selector)).map((selector) => `there is no ${selector}`),
  ...[...document.querySelectorAll(OURS)].flatMap(faultsOfOurs),
  ...[...document.querySelectorAll('h1, .article-body, footer')].flatMap(faultsOfTheirs),
  ...faultsOfPage(),
];

/** @param {string} selector */
const isThere = (selector) =>
  [...document.querySelectorAll(OURS)].some((host) =>
    [host, host.shadowRoot].some((tree) => tree?.querySelector(selector)),
  );

/** @param {Element} host @returns {string[]} */
const faultsOfOurs = (host) => {
  const texts = textsIn(host);
  const children = host.shadowRoot ? [...host.childNodes] : [];
  const lost = children.filter((node) => wordsOf(node) !== '' && !isPlaced(node));
  const stopped = [...(host.shadowRoot?.querySelectorAll('style') ?? [])].filter(({ sheet }) => !sheet);
  return [
    ...(texts.length === 0 ? [`${nameOf(host)} says nothing`] : []),
    ...stopped.map(() => `a policy of the page stops a style of ${nameOf(host)}`),
    ...lost.map((node) => `“${wordsOf(node)}” has no place in ${nameOf(host)}`),
    ...texts.flatMap((text) => faultsOfText(text, host)),
    ...overlapsOf(texts),
    ...holesIn(host, texts),
  ];
};

/** Of the site's own words: what is ours must neither push them away nor cover them. @param {Element} part */
const faultsOfTheirs = (part) =>
  textsIn(part)
    .filter(({ element }) => !flatAncestors(element).some((each) => each.matches(OURS)))
    .flatMap((text) => faultsOfText(text, part));

/** The page is as wide as its window and ends where its footer ends, or soon after its last words. */
const faultsOfPage = () => {
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
  const feet = [...document.querySelectorAll('footer')].map((foot) => boxOf(foot).bottom);
  const last = Math.max(...textsIn(document.body).flatMap(({ boxes }) => boxes.map(({ bottom }) => bottom)));
  const end = feet.length > 0 ? Math.max(...feet) : last;
  const farthest = feet.length > 0 ? end + 2 : end + WIDEST_GAP;
  const faults = [];
  if (scrollWidth > clientWidth)
    faults.push(`the page is ${scrollWidth} px wide, its window ${clientWidth} px`);
  if (scrollHeight > Math.max(clientHeight, farthest))
    faults.push(`the page is ${scrollHeight} px high, and ends at ${Math.round(end)}`);
  if (last > end)
    faults.push(`there are words at ${Math.round(last)}, below the footer’s end at ${Math.round(end)}`);
  return faults;
};

/** @param {Run} text @param {Element} within @returns {string[]} */
const faultsOfText = ({ words, element, boxes }, within) => {
  const { visibility, fontSize } = lookOf(element);
  const shown = boxes.filter(({ width, height }) => width >= 1 && height >= 1);
  const height = Math.min(Number.parseFloat(fontSize), ...shown.map((box) => box.height));
  const clipper = flatAncestors(element).find((ancestor) => clips(ancestor, shown));
  const veil = flatAncestors(element).find((ancestor) => isVeiled(lookOf(ancestor)));
  const faults = [];
  if (shown.length === 0) faults.push('takes no room');
  if (visibility !== 'visible') faults.push(`is ${visibility}`);
  if (opacityOf(element) < LEAST_OPACITY) faults.push(`has an opacity of ${opacityOf(element)}`);
  if (height < LEAST_FONT_SIZE) faults.push(`is ${height} px high`);
  if (shown.some((box) => !isInside(box, pageBox))) faults.push('is outside of the page');
  if (veil) faults.push(`is drawn through a filter or a mask of ${nameOf(veil)}`);
  if (clipper) faults.push(`is clipped by ${nameOf(clipper)}`);
  if (contrastOf(element) < LEAST_CONTRAST)
    faults.push(`has a contrast of ${contrastOf(element).toFixed(1)}`);
  if (linesOf(shown) > words.split(/\s+/).length) faults.push('is broken in the middle of its words');
  const cover = faults.length === 0 ? coverOf(shown, element, within) : undefined;
  if (cover) faults.push(`is covered by ${nameOf(cover)}`);
  return faults.map((fault) => `“${words.slice(0, 60)}” in ${nameOf(element)} ${fault}`);
};

const pageBox = new DOMRect(
  0,
  0,
  document.documentElement.clientWidth,
  document.documentElement.scrollHeight,
);

/** @param {DOMRect} box @param {DOMRect} outer */
const isInside = (box, outer) =>
  box.left >= outer.left - 1 &&
  box.right <= outer.right + 1 &&
  box.top >= outer.top - 1 &&
  box.bottom <= outer.bottom + 1;

/** @param {CSSStyleDeclaration} look */
const isVeiled = ({ filter, maskImage, mixBlendMode }) =>
  filter !== 'none' || maskImage !== 'none' || mixBlendMode !== 'normal';

/** @param {Element} ancestor @param {DOMRect[]} boxes */
const clips = (ancestor, boxes) => {
  const { overflowX, overflowY, clipPath, contentVisibility, display } = lookOf(ancestor);
  if (clipPath !== 'none' || contentVisibility === 'hidden') return true;
  if (ancestor === document.documentElement || ancestor === document.body) return false;
  if (display === 'inline' || display === 'contents') return false;
  if (overflowX === 'visible' && overflowY === 'visible') return false;
  return boxes.some((box) => !isInside(box, boxOf(ancestor)));
};

/** Its own and that of all that it stands in. @type {(element: Element) => number} */
const opacityOf = once((element) => {
  const parent = flatParent(element);
  return Number(lookOf(element).opacity) * (parent ? opacityOf(parent) : 1);
});

/** @param {DOMRect[]} boxes */
const linesOf = (boxes) => new Set(boxes.map(({ top }) => Math.round(top / 4))).size;

/** Two lines of words that lie on each other. @param {Run[]} texts */
const overlapsOf = (texts) => {
  const lines = texts.flatMap(({ words, boxes }) => boxes.map((box) => ({ words, box })));
  return lines.flatMap((one, index) =>
    lines
      .slice(index + 1)
      .filter(({ words, box }) => words !== one.words && shareRoom(one.box, box))
      .map(({ words }) => `“${one.words.slice(0, 40)}” lies on “${words.slice(0, 40)}”`),
  );
};

/** Boxes of lines are higher than their letters: a little may be shared. @param {DOMRect} one @param {DOMRect} other */
const shareRoom = (one, other) => {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 2 && height > Math.min(one.height, other.height) / 3;
};

/** Room in which nothing stands. @param {Element} host @param {Run[]} texts */
const holesIn = (host, texts) => {
  const frame = boxOf(host);
  const boxes = texts.flatMap((text) => text.boxes).sort((one, other) => one.top - other.top);
  const faults = [];
  let at = frame.top;
  for (const { top, bottom } of [...boxes, new DOMRect(0, frame.bottom, 0, 0)]) {
    if (top - at > WIDEST_GAP) faults.push(`${nameOf(host)} has a hole of ${Math.round(top - at)} px`);
    at = Math.max(at, bottom);
  }
  return faults;
};
