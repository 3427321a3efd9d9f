/** The list of rules as it stands in the page: which row is where, and putting one elsewhere. */

/** @template {Element} T @param {ParentNode} root @param {string} selector @param {{ new (): T }} kind @returns {T | undefined} */
export const find = (root, selector, kind) => {
  const found = root.querySelector(selector);
  return found instanceof kind ? found : undefined;
};

export const section = () => find(document, '#rules', HTMLElement);
export const list = () => find(document, '#rules-list', HTMLElement);
/** @returns {HTMLElement[]} */
export const rows = () => [...(list()?.children ?? [])].filter((row) => row instanceof HTMLElement);
/** @param {HTMLElement} row */
export const nameOf = (row) => row.dataset.rule ?? '';
/** @param {HTMLElement} row */
export const placeOf = (row) => rows().indexOf(row);
/** @param {EventTarget | null} target */
export const rowOf = (target) => {
  const row = target instanceof Element ? target.closest('.rules-list > .rules-row') : null;
  return row instanceof HTMLElement ? row : undefined;
};
/** @param {EventTarget | null} target */
export const gripOf = (target) => (target instanceof Element ? target.closest('.rules-grip') : null);

/** @param {string} words @param {boolean} [isFault] */
export const say = (words, isFault = false) => {
  const said = find(document, '#rules-said', HTMLElement);
  if (!said) return;
  said.textContent = words;
  said.classList.toggle('fault', isFault);
  said.classList.toggle('note', !isFault && words !== '');
};

/** Before another row, so that what has the focus stays in the document wherever that is possible. @param {HTMLElement} row @param {number} place */
export const put = (row, place) => {
  const all = rows();
  const from = all.indexOf(row);
  const to = Math.max(0, Math.min(place, all.length - 1));
  const focused = row.contains(document.activeElement) ? document.activeElement : undefined;
  if (to === from) return to;
  const other = all[to];
  shifting = true;
  if (to > from) other?.after(row);
  else other?.before(row);
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  shifting = false;
  number(Math.min(from, to), Math.max(from, to));
  return to;
};
let shifting = false;
/** The focus leaves a row that is put elsewhere, and comes back to it. */
export const isShifting = () => shifting;

/** @param {number} from @param {number} to */
const number = (from, to) => {
  rows()
    .slice(from, to + 1)
    .forEach((row, index) => {
      const shown = find(row, '.rules-number', HTMLElement);
      if (shown) shown.textContent = String(from + index + 1);
    });
};

/** Past rows that the filter hides. @param {HTMLElement} row @param {1 | -1} way @param {number} steps */
export const stepFrom = (row, way, steps) => {
  const all = rows();
  let place = all.indexOf(row);
  for (let next = place + way, left = steps; left > 0 && all[next]; next += way)
    if (!all[next]?.hidden) {
      place = next;
      left -= 1;
    }
  return place;
};
