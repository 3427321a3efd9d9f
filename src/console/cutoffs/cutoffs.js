/** Lets the picture of a cut follow the number while it is moved; without it the button “Show” does the same. */

/** @typedef {{ says: string, lastWords?: string, characters?: number, words?: number, kind: string }} Preview */

/** @template {HTMLElement} T @param {string} id @param {{ new (): T }} kind @returns {T} */
const byId = (id, kind) => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
};

const form = byId('cutoff', HTMLFormElement);
const count = byId('cutoff-count', HTMLInputElement);
const range = byId('cutoff-range', HTMLInputElement);
const measure = byId('cutoff-by', HTMLSelectElement);
const address = byId('cut-address', HTMLInputElement);
const words = byId('cut-words', HTMLElement);
const last = byId('cut-last', HTMLElement);
const totals = byId('cut-totals', HTMLElement);
const frame = byId('cut-frame', HTMLIFrameElement);
const article = document.getElementById('cut-article');

/** @param {string} name */
const typed = (name) => String(new FormData(form).get(name) ?? '');

/** Where the article's own size isn't known, or doesn't say it. @type {Record<string, number>} */
const usual = { characters: 6000, words: 1200, paragraphs: 30, percent: 100 };

const setRange = () => {
  const known = { characters: totals.dataset.characters, words: totals.dataset.words }[measure.value];
  range.max = String(Number(known) || usual[measure.value] || 100);
  range.value = count.value;
};

const number = () => Number(count.value.replace(/[\s,’']/g, '') || Number.NaN);

const cutoff = () => {
  const share = Number(typed('atMost').replace(/[\s%]/g, '') || Number.NaN);
  const most = Number.isFinite(share) ? { atMost: share } : {};
  const counted = { [measure.value]: number(), ending: typed('ending'), ...most };
  const marker = typed('marker').trim();
  return marker === '' ? counted : { marker, otherwise: counted };
};

const chosen = () => {
  const listed = article instanceof HTMLSelectElement ? article.value : '';
  return listed || address.value.trim();
};

/** @type {AbortController | undefined} */
let asking;

const look = async () => {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  if (chosen() === '') return;
  if (!Number.isFinite(number())) {
    say('Give a number, such as 2000.');
    return;
  }
  const rule = typed('rule');
  try {
    const answer = await fetch('/-/console/api/v1/cutoffs/preview', {
      method: 'POST',
      signal,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ address: chosen(), cutoff: cutoff(), ...(rule ? { rule } : {}) }),
    });
    const told = await answer.json();
    if (signal.aborted) return;
    if (answer.ok) show(told);
    else say(faultOf(told));
  } catch {
    if (!signal.aborted) say('The picture can’t be had just now: try again in a moment.');
  }
};

/** @param {{ error?: { detail?: string, faults?: { message: string, instead?: string }[] } }} told */
const faultOf = ({ error }) => {
  const [fault] = error?.faults ?? [];
  if (!fault) return error?.detail ?? 'The picture can’t be had just now: try again in a moment.';
  const said = `${fault.message.charAt(0).toUpperCase()}${fault.message.slice(1)}`;
  return fault.instead ? `${said}: write ${fault.instead}.` : said;
};

/** @param {string} text */
const say = (text) => {
  words.textContent = text;
  last.hidden = true;
};

/** @param {Preview} told */
const show = (told) => {
  say(told.says);
  const quoted = last.querySelector('bdi');
  if (quoted) quoted.textContent = told.lastWords ?? '';
  last.hidden = !told.lastWords;
  if (told.characters !== undefined) totals.dataset.characters = String(told.characters);
  if (told.words !== undefined) totals.dataset.words = String(told.words);
  setRange();
  const box = frame.parentElement;
  if (box) box.hidden = told.kind === 'nothing';
  if (told.kind !== 'nothing') draw();
};

/** In place of the last picture, so that Back leads to the page before and not through all pictures. */
const draw = () => {
  const query = new URLSearchParams({
    rule: typed('rule'),
    address: chosen(),
    by: measure.value,
    count: count.value,
    ending: typed('ending'),
    atMost: typed('atMost'),
    marker: typed('marker'),
  });
  const to = `/-/console/cutoffs/picture?${query}#gatefold-cut`;
  if (frame.getAttribute('src') === null) frame.src = to;
  else frame.contentWindow?.location.replace(new URL(to, location.href));
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
const lookSoon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 200);
};

range.addEventListener('input', () => {
  count.value = range.value;
});
count.addEventListener('input', () => {
  range.value = count.value;
});
measure.addEventListener('change', setRange);
address.addEventListener('input', () => {
  if (article instanceof HTMLSelectElement) article.value = '';
});
article?.addEventListener('change', () => {
  if (article instanceof HTMLSelectElement && article.value !== '') address.value = '';
});
for (const input of form.querySelectorAll('input[name="width"]'))
  input.addEventListener('change', () => {
    frame.parentElement?.setAttribute('data-width', typed('width'));
  });
form.addEventListener('input', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.name === 'width') return;
  lookSoon();
});

setRange();
range.hidden = false;

// On a phone's own screen a desk's page is too small to read.
const phone = form.querySelector('input[name="width"][value="phone"]');
const saysWidth = new URLSearchParams(location.search).has('width');
if (phone instanceof HTMLInputElement && !saysWidth && matchMedia('(max-width: 40rem)').matches) {
  phone.checked = true;
  frame.parentElement?.setAttribute('data-width', 'phone');
}
