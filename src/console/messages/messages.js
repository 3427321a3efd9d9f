/** Lets the picture of a message follow its text while it is typed; without it the picture shows what is saved. */

const frame = document.getElementById('messages-frame');
const chooser = document.getElementById('messages-picture');

/** @param {HTMLTextAreaElement} [typed] */
const draw = (typed) => {
  if (!(frame instanceof HTMLIFrameElement) || !(chooser instanceof HTMLFormElement)) return;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(chooser)) query.set(name, String(value));
  const key = typed?.closest('form')?.dataset.message;
  if (typed && key) {
    query.set('key', key);
    query.set('text', typed.value);
  }
  const to = new URL(`/-/console/messages/picture?${query}`, location.href);
  // In place of the last picture, so that Back leads to the page before.
  frame.contentWindow?.location.replace(to);
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
/** @param {HTMLTextAreaElement} [typed] */
const drawSoon = (typed) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => draw(typed), 250);
};

for (const text of document.querySelectorAll('.messages-form textarea'))
  if (text instanceof HTMLTextAreaElement) text.addEventListener('input', () => drawSoon(text));
chooser?.addEventListener('input', () => drawSoon());
