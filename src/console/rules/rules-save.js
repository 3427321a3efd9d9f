/** Saves a move, one after the other, and brings the page up to what was saved. */
import { find, nameOf, placeOf, rowOf, rows, say, section } from './rules-order.js';

/** @typedef {{ revision: number, notice?: string, differs: boolean, draft: string, shadowed: { rule: string, words: string }[] }} Moved */

const revision = () => find(document, '#rules-form input[name="revision"]', HTMLInputElement);

/** One move after the other: each names the draft as the one before left it. */
let moves = Promise.resolve();

/** @param {HTMLElement} row where it stands now @param {number} before where it stood */
export const commit = (row, before) => {
  if (placeOf(row) === before) return;
  const name = nameOf(row);
  const place = placeOf(row);
  say(`${name} is number ${place + 1} of ${rows().length}. Saving…`);
  moves = moves
    .then(() => send(name, place))
    .catch(() => lost('The move couldn’t be saved: the server didn’t answer.'));
};

/** @param {string} name @param {number} place */
const send = async (name, place) => {
  const body = new URLSearchParams({ revision: revision()?.value ?? '', name, to: String(place + 1) });
  const answer = await fetch('/-/console/rules/move', {
    method: 'POST',
    body,
    headers: { Accept: 'application/json' },
  });
  if (answer.ok) return moved(name, place, await answer.json());
  const { fault, error } = await answer.json().catch(() => ({}));
  await lost(fault ?? error?.detail ?? 'The move couldn’t be saved.');
};

/** @param {string} name @param {number} place @param {Moved} now */
const moved = (name, place, now) => {
  const field = revision();
  if (field) field.value = String(now.revision);
  for (const other of document.querySelectorAll('.rules-far input[name="revision"]'))
    if (other instanceof HTMLInputElement) other.value = String(now.revision);
  const bar = find(document, '#rules-draft', HTMLElement);
  if (bar) bar.innerHTML = now.draft;
  for (const mark of document.querySelectorAll('.rules-list .rules-shadow')) mark.remove();
  for (const { rule, words } of now.shadowed) {
    const mark = document.createElement('p');
    mark.className = 'rules-shadow';
    mark.textContent = words;
    document.getElementById(`rule-${rule}`)?.querySelector('.rules-figures')?.before(mark);
  }
  section()?.toggleAttribute('data-differs', now.differs);
  say(`${name} is number ${place + 1} of ${rows().length}. ${now.notice ?? ''}`);
  document.dispatchEvent(new Event('rules-moved'));
};

/** The list as the server has it, and why it isn't as it was wanted. @param {string} fault */
const lost = async (fault) => {
  const focused = rowOf(document.activeElement);
  const answer = await fetch('/-/console/rules', { headers: { Accept: 'text/html' } }).catch(() => undefined);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined;
  for (const id of ['rules-draft', 'rules']) {
    const [mine, theirs] = [document.getElementById(id), page?.getElementById(id)];
    if (mine && theirs) mine.replaceWith(document.adoptNode(theirs));
  }
  if (page) document.dispatchEvent(new Event('rules-replaced'));
  if (focused) find(document, `#rule-${CSS.escape(nameOf(focused))} .rules-grip`, HTMLElement)?.focus();
  say(fault, true);
};
