/** Drags a rule by its handle: with a mouse, a pen or a finger. */
import { gripOf, list, placeOf, put, rowOf } from './rules-order.js';
import { commit } from './rules-save.js';

/** Drawn by mouse, pen or finger. @type {{ row: HTMLElement, grip: Element, from: number, moving: boolean, y: number, target?: { row: HTMLElement, after: boolean } } | undefined} */
let dragged;
/** A drag ends with a click of its own, which isn't meant. */
let justDragged = false;

export const isDragging = () => dragged !== undefined;

export const endsDrag = () => {
  const ends = justDragged;
  justDragged = false;
  return ends;
};

/** @param {PointerEvent} event */
export const onPointerDown = (event) => {
  const grip = gripOf(event.target);
  const row = rowOf(event.target);
  justDragged = false;
  if (!grip || !row || event.button !== 0) return;
  grip.setPointerCapture(event.pointerId);
  dragged = { row, grip, from: event.clientY, moving: false, y: event.clientY };
};

/** @param {PointerEvent} event */
export const onPointerMove = (event) => {
  if (!dragged) return;
  dragged.y = event.clientY;
  if (!dragged.moving && Math.abs(event.clientY - dragged.from) < 5) return;
  if (!dragged.moving) requestAnimationFrame(scrollAlong);
  dragged.moving = true;
  dragged.row.classList.add('rules-taken');
  aim();
};

/** Shows where it would be put: the row itself stays until then, so that nothing jumps under the pointer. */
const aim = () => {
  if (!dragged) return;
  const box = list()?.getBoundingClientRect();
  const over = box && rowOf(document.elementFromPoint(box.left + box.width / 2, dragged.y));
  unmark();
  if (!over || over === dragged.row) {
    delete dragged.target;
    return;
  }
  const { top, height } = over.getBoundingClientRect();
  const after = dragged.y > top + height / 2;
  over.classList.add(after ? 'rules-below' : 'rules-above');
  dragged.target = { row: over, after };
};

const unmark = () => {
  for (const row of document.querySelectorAll('.rules-above, .rules-below'))
    row.classList.remove('rules-above', 'rules-below');
};

const scrollAlong = () => {
  if (!dragged?.moving) return;
  const edge = 70;
  const by = dragged.y < edge ? dragged.y - edge : Math.max(0, dragged.y - (innerHeight - edge));
  if (by !== 0) {
    scrollBy(0, by / 3);
    aim();
  }
  requestAnimationFrame(scrollAlong);
};

/** @param {boolean} keep */
export const endDrag = (keep) => {
  if (!dragged) return;
  const { row, moving, target } = dragged;
  dragged = undefined;
  unmark();
  row.classList.remove('rules-taken');
  justDragged = moving;
  if (!keep || !target) return;
  const before = placeOf(row);
  const at = placeOf(target.row);
  put(row, at + (target.after ? 1 : 0) - (at > before ? 1 : 0));
  commit(row, before);
};
