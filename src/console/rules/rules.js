/** The list of rules with script: moved by a drag or by keys, filtered, and told what a draft would match. All of it works without. */
import { endDrag, onPointerDown, onPointerMove } from './rules-drag.js';
import { letGo, onClick, onKey } from './rules-keys.js';
import { find, isShifting, nameOf, rows, say, section } from './rules-order.js';

/** @typedef {{ views: number, all: boolean, rules: { name: string, views: number }[] }} Would */

/** @type {ReturnType<typeof setTimeout> | undefined} */
let counting;

const countLater = () => {
  clearTimeout(counting);
  counting = setTimeout(() => void count().catch(() => undefined), 700);
};

const count = async () => {
  const part = section();
  if (!part?.hasAttribute('data-differs')) return fill(new Map(), '');
  const answer = await fetch('/-/console/api/v1/rules/would-match');
  if (!answer.ok) return;
  /** @type {Would} */
  const { rules, views, all } = await answer.json();
  const of = `${all ? '' : 'newest '}${views.toLocaleString('en-GB')} ${views === 1 ? 'view' : 'views'}`;
  fill(
    new Map(rules.map(({ name, views: many }) => [name, many])),
    `The draft’s rules aren’t those that readers meet: each says how many it would match of the ${of} that the decision log has of the last 7 days.`,
  );
};

/** @param {Map<string, number>} counts @param {string} words */
const fill = (counts, words) => {
  for (const place of document.querySelectorAll('#rules [data-would]')) {
    const name = place.closest('.rules-row')?.getAttribute('data-rule') ?? '';
    const many = counts.get(name);
    place.textContent =
      many === undefined
        ? ''
        : ` Would match ${many.toLocaleString('en-GB')} ${many === 1 ? 'view' : 'views'}.`;
  }
  const summary = find(document, '#rules-would', HTMLElement) ?? document.createElement('p');
  summary.id = 'rules-would';
  summary.className = 'note';
  summary.textContent = words;
  if (words === '') summary.remove();
  else if (!summary.isConnected) document.getElementById('rules-said')?.before(summary);
};

/** @param {HTMLInputElement} field */
const filter = (field) => {
  const wanted = field.value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows()) {
    row.hidden = wanted !== '' && !(row.textContent ?? '').toLowerCase().includes(wanted);
    if (!row.hidden) shown += 1;
  }
  say(wanted === '' ? '' : `${shown} of ${rows().length} rules shown.`);
};

/** What only script can do, put into the page as it came. */
const enhance = () => {
  const part = section();
  if (!part) return;
  const mayMove = part.querySelector('.rules-moves') !== null;
  if (mayMove)
    for (const row of rows()) {
      const grip = document.createElement('button');
      grip.type = 'button';
      grip.className = 'rules-grip';
      grip.setAttribute('aria-label', `Move ${nameOf(row)}`);
      grip.setAttribute('aria-pressed', 'false');
      grip.setAttribute('aria-describedby', 'rules-how');
      row.prepend(grip);
    }
  for (const id of ['rules-how', 'rules-filter']) {
    const hidden = document.getElementById(id);
    if (hidden && (mayMove || id === 'rules-filter')) hidden.hidden = false;
  }
  const wanted = find(part, '#rules-wanted', HTMLInputElement);
  wanted?.addEventListener('input', () => filter(wanted));
  part.addEventListener('click', onClick);
  part.addEventListener('pointerdown', onPointerDown);
  part.addEventListener('pointermove', onPointerMove);
  part.addEventListener('pointerup', () => endDrag(true));
  part.addEventListener('pointercancel', () => endDrag(false));
  part.addEventListener('focusout', () => {
    if (!isShifting()) letGo(false);
  });
  void count().catch(() => undefined);
};

document.addEventListener('keydown', onKey);
document.addEventListener('rules-moved', countLater);
document.addEventListener('rules-replaced', enhance);
enhance();
