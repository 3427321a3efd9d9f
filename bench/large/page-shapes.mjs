/** Articles of any size, in the shapes that cost a parser and a cutter most; the same name and size, the same bytes. */

const vocabulary = (
  'water stone morning letter harbour window the a of and in by under garden salt paper evening bridge long narrow ' +
  'river clock it was had been kept carried counted lamp kitchen weather map coast quiet field with for seven winter'
).split(' ');

/** @typedef {{ words: (count: number) => string, fill: (size: number, piece: (at: number) => string) => string }} Pen */

/** @type {Readonly<Record<string, (pen: Pen, size: number) => { head?: string, body: string, tail?: string }>>} */
const shapes = {
  paragraphs: ({ fill, words }, size) => ({ body: fill(size, () => `<p>${words(60)}.</p>\n`) }),
  'one-paragraph': ({ fill, words }, size) => ({ body: `<p>${fill(size, () => `${words(12)}. `)}</p>` }),
  'inline-tags': ({ fill, words }, size) => ({
    body: fill(
      size,
      (at) => `<p>${words(20)} <b>${words(4)}</b> <a href="/${at}">${words(4)}</a> ${words(9)}.</p>`,
    ),
  }),
  attributes: ({ fill, words }, size) => ({
    body: fill(
      size,
      (at) =>
        `<p class="a b" id="i${at}" data-x="${words(3)}" title="${words(3)}" style="margin:0">${words(9)}</p>`,
    ),
  }),
  'one-tag-of-attributes': ({ fill, words }, size) => ({
    body: `${text({ fill, words })}<i ${fill(size, (at) => ` data-${at}="${words(1)}"`)}>x</i>${text({ fill, words })}`,
  }),
  'structured-data': ({ fill, words }, size) => ({
    head: ldJson(
      `{"@type":"NewsArticle","about":[${fill(size, (at) => `${at ? ',' : ''}${nest(words(3))}`)}]}`,
    ),
    body: text({ fill, words }),
  }),
  'many-structured-data': ({ fill, words }, size) => ({
    head: fill(size, () => ldJson(`{"@type":"Person","name":"${words(3)}","description":"${words(20)}"}`)),
    body: text({ fill, words }),
  }),
  scripts: ({ fill, words }, size) => ({
    head: fill(size, (at) => `<script>show(${at}, "${words(12)}")</script>`),
    body: text({ fill, words }),
  }),
  data: ({ fill, words }, size) => {
    const body = fill(size / 2, () => `<p>${words(60)}.</p>\n`);
    return {
      body,
      tail: `<script type="application/json">${JSON.stringify({ body }).replaceAll('<', '\\u003c')}</script>`,
    };
  },
  'deep-then-flat': ({ fill, words }, size) => ({
    body: `${'<div>'.repeat(400)}${fill(size, () => `<i>${words(1)}</i>`)}${'</div>'.repeat(400)}`,
  }),
  references: ({ fill, words }, size) => ({
    body: fill(
      size,
      () => `<p>caf&eacute; &amp; &#8212; ${words(5)} caf&eacute; &amp; &#8212; ${words(5)}</p>`,
    ),
  }),
};

export const shapeNames = Object.keys(shapes);

/** @returns {Buffer} */
export const largePage = (shape, size) => {
  const { head = '', body, tail = '' } = shapes[shape](penFor(`${shape} ${size}`), size);
  return Buffer.from(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A large page</title><meta property="og:type" content="article">${head}</head>
<body><nav><a href="/">Front page</a></nav><article><div class="article-body">${body}</div></article>${tail}</body></html>
`);
};

const text = ({ fill, words }) => fill(20_000, () => `<p>${words(60)}.</p>\n`);
const ldJson = (json) => `<script type="application/ld+json">${json}</script>`;
const nest = (word) => `${'{"a":'.repeat(30)}"${word}"${'}'.repeat(30)}`;

const penFor = (seed) => {
  let state = 1;
  for (const letter of seed) state = (state * 31 + letter.codePointAt(0)) % 2_147_483_647;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return {
    words: (count) => Array.from({ length: count }, () => vocabulary[next() % vocabulary.length]).join(' '),
    fill: (size, piece) => {
      const pieces = [];
      for (let length = 0, at = 0; length < size; at += 1) {
        const each = piece(at);
        pieces.push(each);
        length += each.length;
      }
      return pieces.join('');
    },
  };
};
