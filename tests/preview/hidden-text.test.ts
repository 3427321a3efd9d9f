/** A page that shows a teaser and keeps the rest beside it: the teaser is shown, and nothing beside it is sent. */
import { describe, expect, test } from '@jest/globals';
import type { Cutoff } from '../../src/policy/policy.ts';
import { characters, cut, partsOf, sentBytes } from './page-checks.ts';

const TEASER = 'A teaser, and no more of it is shown.';
const SECRET = 'the lamplighter hid the brass key under the seventh stair';
const SENTENCES = Array.from(
  { length: 10 },
  (_, at) => `Rest sentence number ${at + 1} walks along the quay at dusk.`,
);
const REST = [...SENTENCES, SECRET];
const html = REST.map((sentence) => `<p>${sentence}</p>`).join('\n');
const asScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** As React's server sends paragraphs. */
const rows = (texts: readonly string[]): string =>
  `1:"$Sreact.fragment"\n1f:${JSON.stringify(['$', 'div', null, { className: 'text', children: texts.map((text) => ['$', 'p', null, { children: text }]) }])}\n`;
const pushed = (text: string, pieceLength = text.length): string =>
  (text.match(new RegExp(`[^]{1,${pieceLength}}`, 'g')) ?? [])
    .map((piece) => `<script>self.__next_f.push([1,${asScript(piece)}])</script>`)
    .join('');

const WAYS: Readonly<Record<string, string>> = {
  'a template': `<template id="rest">${html}</template>`,
  'display: none': `<div style="display:none">${html}</div>`,
  'visibility: hidden': `<div style="visibility: hidden">${html}</div>`,
  'the hidden attribute': `<section hidden>${html}</section>`,
  noscript: `<noscript>${html}</noscript>`,
  'a comment': `<!-- ${html} -->`,
  'a data attribute': `<div data-rest="${html.replaceAll('"', '&quot;')}"></div>`,
  'a data attribute in base64': `<div data-rest="${Buffer.from(html).toString('base64')}"></div>`,
  'a data attribute in percents': `<div data-rest="${encodeURIComponent(html)}"></div>`,
  'a frame’s document': `<iframe srcdoc="${html}"></iframe>`,
  'an address of data': `<a href="data:text/html,${encodeURIComponent(html)}">Print</a>`,
  'a hidden field': `<input type="hidden" name="rest" value="${html}">`,
  'JSON-LD': `<script type="application/ld+json">${asScript({ '@context': 'https://schema.org', '@graph': [{ '@type': 'NewsArticle', isAccessibleForFree: false, articleBody: `${TEASER} ${REST.join(' ')}` }] })}</script>`,
  'the data of a framework': `<script id="__NEXT_DATA__" type="application/json">${asScript({ props: { pageProps: { html } } })}</script>`,
  'data as blocks': `<script type="application/json">${asScript({ post: { content: REST.map((text) => ({ type: 'paragraph', children: [{ text }] })) } })}</script>`,
  'data as a list of lines': `<script type="application/json">${asScript({ lines: REST })}</script>`,
  'a script’s variable': `<script>window.__STATE__ = ${asScript({ article: { body: html } })};</script>`,
  'a script’s text in single quotes': `<script>var rest = '${html.replaceAll('\n', '\\n')}';</script>`,
  'a script’s text in backticks': `<script>const rest = \`${html}\`;</script>`,
  'rows of React’s server': `<script>self.__next_f.push([1,${asScript(`1f:${JSON.stringify(['$', 'div', null, { children: REST.map((text) => ['$', 'p', null, { children: text }]) }])}\n`)}])</script>`,
  'rows of React’s server, cut into pieces anywhere': pushed(rows(REST), 100),
  'a long text among rows of React’s server': pushed(`2:T4d2,${REST.join(' ')}\n1f:["$","$L2",null,{}]\n`),
  'a script of no known type': `<script type="text/x-template">${html}</script>`,
};

const pageWith = (body: string, after = '', head = ''): string =>
  `<!doctype html><html lang="en"><head><title>A story</title>${head}</head><body><nav>Home</nav><main><article id="story">${body}</article>${after}</main><footer>Imprint of the site</footer></body></html>`;

const limited: Cutoff = { by: 'characters', count: 2000, ending: 'exact', atMost: 50 };

describe.each(Object.entries(WAYS))('the rest in %s', (_way, rest) => {
  test.each([
    ['within the article', pageWith(`<p>${TEASER}</p>${rest}`)],
    ['after it', pageWith(`<p>${TEASER}</p>`, rest)],
    ['in the head or at the end', pageWith(`<p>${TEASER}</p>`, '', rest)],
  ])('%s: isn’t sent, and the teaser alone isn’t the whole article', (_where, page) => {
    for (const cutoff of [limited, characters(2000)]) {
      const result = cut(page, { cutoff });
      for (const text of [
        SECRET,
        'Rest sentence number 3',
        encodeURIComponent(SECRET),
        Buffer.from(SECRET).toString('base64').slice(4, 40),
      ])
        expect(sentBytes(result)).not.toContain(text);
      expect(partsOf(result).complete).toBe(false);
    }
  });
});

test.each(Object.entries(WAYS))('with the rest in %s the teaser is shown whole', (_way, rest) => {
  const result = cut(pageWith(`<p>${TEASER}</p>${rest}`), { cutoff: limited });
  expect(partsOf(result).previewText).toContain(TEASER);
  expect(result.besideText).toContain('Rest sentence number 3');
});

describe('what a page keeps beside an article and isn’t of it', () => {
  const paragraph =
    'We keep what you choose for a year, and ask again when it is over, as the law of this place has it.';
  const shown = `<p>${SENTENCES.join('</p><p>')}</p>`;
  const text = SENTENCES.join(' ');
  test.each([
    [
      'a copy of its text in its metadata',
      `<script type="application/ld+json">${asScript({ '@type': 'Article', articleBody: text })}</script>`,
    ],
    [
      'a copy in its framework’s data',
      `<script type="application/json">${asScript({ body: `<p>${SENTENCES.join('</p>\n<p>')}</p>` })}</script>`,
    ],
    ['a copy for those without scripts', `<noscript>${shown}</noscript>`],
    [
      'a menu',
      `<nav hidden>${'<a href="/x">A place to go to, with a few words about it</a>'.repeat(20)}</nav>`,
    ],
    ['a dialog', `<div role="dialog" hidden><p>${paragraph.repeat(4)}</p></div>`],
    ['a form', `<form style="display:none"><p>${paragraph.repeat(4)}</p><button>Yes</button></form>`],
    ['a notice of consent', `<div id="cookie-consent" hidden><p>${paragraph.repeat(4)}</p></div>`],
    [
      'translations',
      `<script type="application/json">${asScript(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`message.${at}`, `Something that is said to readers, for the ${at}th time.`])))}</script>`,
    ],
    [
      'names of classes',
      `<div data-classes="wp-block-image size-large is-style-rounded has-shadow alignwide with-border"></div>`,
    ],
    [
      'settings',
      `<script>window.settings={"api":"https://api.example.org/v1","flags":["a","b"],"retries":3}</script>`,
    ],
    [
      'a short line for those without scripts',
      '<noscript>Please turn JavaScript on to see the comments.</noscript>',
    ],
    [
      'words that are shown elsewhere',
      '<script type="application/json">{"content":"Imprint of the site"}</script>',
    ],
    [
      'a copy in rows of React’s server, with what the framework says itself',
      pushed(
        `${rows(SENTENCES)}2:${JSON.stringify(['$', '$L5', null, { notFound: [['$', 'div', null, { style: { fontFamily: 'system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif, "Apple Color Emoji"' }, children: ['$', 'h2', null, { children: 'This page could not be found, or it is not there any more.' }] }]] }])}\n3:I[22016,["/_next/static/chunks/08mika.js"],"default"]\n`,
      ),
    ],
    ['marks of an editor', '<!-- wp:paragraph {"align":"center"} --><!--more-->'],
    [
      'the note of a plug-in',
      '<!-- This site is optimized with a plugin v19.3 - https://plugin.example/wordpress/ -->',
    ],
    ['a comment for old browsers', `<!--[if lt IE 9]><p>${paragraph.repeat(4)}</p><![endif]-->`],
  ])('%s makes no difference', (_what, beside) => {
    const result = cut(pageWith(shown, beside), { cutoff: characters(100_000) });
    expect(result.besideText).toBe('');
    expect(partsOf(result).complete).toBe(true);
  });

  test('other articles’ texts in its data are withheld, and give away no more of its own', () => {
    const others = asScript({
      related: REST.map((body, at) => ({ title: `T${at}`, url: `/t/${at}`, body: `${body} ${body}` })),
    });
    const page = pageWith(`<p>${paragraph}</p>`, `<script type="application/json">${others}</script>`);
    const result = cut(page, { cutoff: limited });
    expect(sentBytes(result)).not.toContain(SECRET);
    expect(partsOf(result).previewText.length).toBeLessThanOrEqual(paragraph.length / 2);
  });
});
