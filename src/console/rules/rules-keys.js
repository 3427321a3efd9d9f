/** Moves a rule without dragging: by the handle and the arrow keys, or by Up and Down. */
import { endDrag, endsDrag, isDragging } from './rules-drag.js';
import { find, gripOf, nameOf, placeOf, put, rowOf, rows, say, stepFrom } from './rules-order.js';
import { commit } from './rules-save.js';

/** Taken up by keys. @type {{ row: HTMLElement, before: number } | undefined} */
let grabbed;

/** @param {HTMLElement} row */
const grab = (row) => {
  grabbed = { row, before: placeOf(row) };
  mark(row, true);
  say(
    `${nameOf(row)} is taken up, number ${grabbed.before + 1} of ${rows().length}. Arrow keys move it, Space puts it down, Escape leaves it.`,
  );
};

/** @param {boolean} keep */
export const letGo = (keep) => {
  if (!grabbed) return;
  const { row, before } = grabbed;
  grabbed = undefined;
  mark(row, false);
  if (keep) return placeOf(row) === before ? say(`${nameOf(row)} stays where it was.`) : commit(row, before);
  put(row, before);
  say(`${nameOf(row)} stays where it was, number ${before + 1}.`);
};

/** @param {HTMLElement} row @param {boolean} is */
const mark = (row, is) => {
  row.classList.toggle('rules-taken', is);
  find(row, '.rules-grip', HTMLElement)?.setAttribute('aria-pressed', String(is));
};

/** @type {Record<string, (row: HTMLElement) => number>} */
const keys = {
  ArrowUp: (row) => stepFrom(row, -1, 1),
  ArrowDown: (row) => stepFrom(row, 1, 1),
  PageUp: (row) => stepFrom(row, -1, 10),
  PageDown: (row) => stepFrom(row, 1, 10),
  Home: () => 0,
  End: () => rows().length - 1,
};

/** @param {KeyboardEvent} event */
export const onKey = (event) => {
  if (event.key === 'Escape' && isDragging()) return endDrag(false);
  const grip = gripOf(event.target);
  const place = grabbed && grip ? keys[event.key] : undefined;
  if (!grabbed || !grip || (!place && event.key !== 'Escape')) return;
  event.preventDefault();
  if (!place) {
    letGo(false);
    return;
  }
  const { row } = grabbed;
  const now = put(row, place(row));
  row.scrollIntoView({ block: 'nearest' });
  say(`${nameOf(row)}: number ${now + 1} of ${rows().length}.`);
};

/** Up and Down, and the handle that is pressed. @param {MouseEvent} event */
export const onClick = (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  if (gripOf(event.target)) {
    if (endsDrag()) return;
    if (grabbed) letGo(true);
    else grab(row);
    return;
  }
  const button = event.target instanceof Element ? event.target.closest('.rules-moves button') : null;
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  const before = placeOf(row);
  put(row, stepFrom(row, button.name === 'up' ? -1 : 1, 1));
  if (placeOf(row) === before)
    say(`${nameOf(row)} is the ${button.name === 'up' ? 'first' : 'last'} already.`);
  else commit(row, before);
};
