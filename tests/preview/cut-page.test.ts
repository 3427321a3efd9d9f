/** Where the cut falls, what is taken out of the rest of the page, and what is left as it was. */

import { describe, expect, test } from '@jest/globals';
import type { Cutoff } from '../../src/policy/policy.ts';
import { expectLinear } from '../support/counted-work.ts';
import { characters, cut, expectWellFormed, partsOf, pathTo, sentBytes, visibleText } from './page-checks.ts';

const FIRST = 'The harbour lay still that morning. Nobody on the quay spoke, and nobody looked at the sea.';
const SECOND =
  'Then the boats came in, one after another, with lamps at their masts and nothing in their nets.';
const THIRD =
  'In the evening the council met behind closed doors and decided what everybody had feared for years.';
const ALL = `${FIRST} ${SECOND} ${THIRD}`;

const pageWith = (body: string, { head = '', before = '', after = '' } = {}): string =>
  `<!doctype html><html lang="en"><head><title>Harbour</title>${head}</head><body>${before}<main>${body}</main>${after}<footer id="page-end">Imprint</footer></body></html>`;

const story = `<article id="story"><p>${FIRST}</p>\n<p>${SECOND}</p>\n<p>${THIRD}</p></article>`;

const previewWith = (cutoff: Cutoff, body = story): string =>
  partsOf(cut(pageWith(body), { cutoff })).previewText;

describe('where the cut falls', () => {
  test('exactly as many characters are given as the cutoff says', () => {
    for (const count of [0, 1, 20, 21, 92, 93, 150]) {
      expect(previewWith(characters(count))).toBe(ALL.slice(0, count).trimEnd());
    }
  });

  test('a word ending goes back to the last whole word, never forward', () => {
    expect(previewWith(characters(14, 'word'))).toBe('The harbour');
    expect(previewWith(characters(15, 'word'))).toBe('The harbour lay');
    expect(previewWith(characters(2, 'word'))).toBe('');
  });

  test('a sentence ending goes back to the last whole sentence', () => {
    expect(previewWith(characters(80, 'sentence'))).toBe('The harbour lay still that morning.');
  });

  test('a text without an earlier sentence ends with a whole word', () => {
    expect(previewWith(characters(20, 'sentence'))).toBe('The harbour lay');
  });

  test('a heading is a sentence of its own', () => {
    const body = `<article id="story"><h2>Low water</h2><p>${FIRST}</p></article>`;
    expect(previewWith(characters(20, 'sentence'), body)).toBe('Low water');
  });

  test('words are counted in every script', () => {
    expect(previewWith({ by: 'words', count: 3, ending: 'exact' })).toBe('The harbour lay');
    const chinese = '<article id="story"><p>渔船还没有回来，岸上的人都在等。</p></article>';
    const preview = previewWith({ by: 'words', count: 3, ending: 'exact' }, chinese);
    expect('渔船还没有回来，岸上的人都在等。'.startsWith(preview)).toBe(true);
    expect(preview.length).toBeGreaterThan(2);
    expect(preview.length).toBeLessThan(9);
  });

  test('paragraphs are given whole', () => {
    expect(previewWith({ by: 'paragraphs', count: 2, ending: 'exact' })).toBe(`${FIRST} ${SECOND}`);
    expect(previewWith({ by: 'paragraphs', count: 0, ending: 'exact' })).toBe('');
  });

  test('two line breaks part paragraphs as well', () => {
    const body = `<div id="story">${FIRST}<br><br>${SECOND}<br>${THIRD}</div>`;
    expect(previewWith({ by: 'paragraphs', count: 1, ending: 'exact' }, body)).toBe(FIRST);
  });

  test('a percentage is of the characters', () => {
    expect(previewWith({ by: 'percent', count: 50, ending: 'exact' })).toBe(
      ALL.slice(0, Math.floor(ALL.length / 2)).trimEnd(),
    );
    expect(
      partsOf(cut(pageWith(story), { cutoff: { by: 'percent', count: 100, ending: 'exact' } })).complete,
    ).toBe(true);
  });

  test('an emoji family is one character and stays together', () => {
    const body = `<article id="story"><p>${'👩‍👩‍👧‍👦'.repeat(5)} and more</p></article>`;
    expect(previewWith(characters(2), body)).toBe('👩‍👩‍👧‍👦'.repeat(2));
  });

  const fallback = { by: 'characters', count: 10, ending: 'exact' } as const;

  test("the article's own mark decides, as a comment or as a selector", () => {
    const marked = `<article id="story"><p>${FIRST}</p><!-- More --><p>${SECOND}</p></article>`;
    expect(previewWith({ by: 'marker', marker: '<!--more-->', fallback }, marked)).toBe(FIRST);
    expect(previewWith({ by: 'marker', marker: 'more', fallback }, marked)).toBe(FIRST);
    const ruled = `<article id="story"><p>${FIRST}</p><hr class="wall"><p>${SECOND}</p></article>`;
    expect(previewWith({ by: 'marker', marker: 'hr.wall', fallback }, ruled)).toBe(FIRST);
  });

  test('an article without the mark is cut by the fallback', () => {
    expect(previewWith({ by: 'marker', marker: '<!--more-->', fallback })).toBe('The harbou');
    expect(previewWith({ by: 'marker', marker: '{{not a selector', fallback })).toBe('The harbou');
  });

  test('a mark outside of the body or in hidden text cuts nothing', () => {
    const hidden = `<article id="story"><template><!--more--></template><p>${FIRST}</p></article>`;
    expect(previewWith({ by: 'marker', marker: 'more', fallback }, hidden)).toBe('The harbou');
    expect(previewWith({ by: 'marker', marker: 'footer', fallback })).toBe('The harbou');
  });

  test('block images before the cut stay, later ones leave nothing', () => {
    const body = `<article id="story"><figure><img src="/one.jpg" alt="Quay"></figure><p>${FIRST}</p><img src="/two.jpg" srcset="/three.jpg 2x" alt="Nets"></article>`;
    const sent = sentBytes(cut(pageWith(body)));
    expect(sent).toContain('<img src="/one.jpg" alt="Quay">');
    expect(sent).not.toMatch(/two|three|Nets/);
  });
});

describe('finding the body', () => {
  test('the first selector that finds text wins', () => {
    const html = pageWith(`<div class="empty"></div>${story}`);
    const parts = partsOf(cut(html, { bodySelectors: ['.none', '.empty', 'article', 'main'] }));
    expect(parts.fullText).toBe(ALL);
  });

  test('a selector that is no CSS is passed over and reported', () => {
    const result = cut(pageWith(story), { bodySelectors: ['p:::[', 'article'] });
    expect(result.kind).toBe('parts');
    expect(result.unusableSelectors).toEqual(['p:::[']);
  });

  test("the page's own JSON-LD selectors come after the policy's", () => {
    const head =
      '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":"#story"}}</script>';
    expect(partsOf(cut(pageWith(story, { head }), { bodySelectors: ['.none'] })).fullText).toBe(ALL);
  });

  test('several sections are one text, cut in order', () => {
    const body = `<section class="part"><p>${FIRST}</p></section><aside id="between">Ad</aside><div><section class="part"><p>${SECOND}</p></section><p id="kept">Share</p></div>`;
    const html = `<!doctype html><html><body><main id="story">${body}</main><footer id="page-end">Imprint</footer></body></html>`;
    const result = cut(html, { bodySelectors: ['.part'] });
    const { preview } = partsOf(result);
    expect(sentBytes(result)).not.toContain('boats');
    const served = `${preview.head}<div id="prompt"></div>${preview.tail}`;
    expect(pathTo(served, 'prompt')).toBe(`${pathTo(html, 'story')}/section/div`);
    expect(pathTo(served, 'kept')).toBe(pathTo(html, 'kept'));
    expect(pathTo(served, 'page-end')).toBe(pathTo(html, 'page-end'));
  });

  test('a cut in the last of several sections stays in it', () => {
    const body = `<section class="part"><p>${FIRST}</p></section><section class="part"><p>${SECOND}</p></section>`;
    const { preview, previewText } = partsOf(
      cut(pageWith(body), { bodySelectors: ['.part'], cutoff: characters(120) }),
    );
    expect(previewText).toBe(`${FIRST} ${SECOND}`.slice(0, 120).trimEnd());
    expect(preview.tail.startsWith('</section></main>')).toBe(true);
  });

  test('text after the end of the document is part of a body that is the body', () => {
    const html = `<!doctype html><html><body id="story"><p>${FIRST}</p></body></html><p>${SECOND}</p>`;
    expect(sentBytes(cut(html))).not.toContain('boats');
    expect(partsOf(cut(html)).fullText).toContain('boats');
  });

  test('a body in a template or a drawing is none', () => {
    for (const html of [
      pageWith(`<template>${story}</template>`),
      pageWith(`<svg>${story}</svg>`),
      pageWith('<article id="story"> </article>'),
    ]) {
      expect(cut(html).kind).toBe('no-body');
    }
  });
});

describe('the rest of the page', () => {
  test('is kept byte for byte', () => {
    const before = '<NAV CLASS=top\n data-x=1>Home &copy; caf&eacute;</NAV><IMG SRC=/a.png>';
    const after = '<p>Footer<p>unclosed<script>var a = "<p>" && 1</script>';
    const html = `\ufeff${pageWith(story, { before, after })}`.replaceAll('\n', '\r\n');
    const result = cut(html);
    const at = html.indexOf('<p>The harbour');
    expectWellFormed(html, result, { start: html.slice(0, at), end: html.slice(html.indexOf('</article>')) });
  });

  test('the same page gives the same parts', () => {
    const html = pageWith(story, { head: `<meta name="x" content="${SECOND}">` });
    expect(cut(html)).toEqual(cut(html));
  });

  test('meta descriptions and titles stay', () => {
    const head = `<meta name="description" content="${SECOND}"><meta property="og:description" content="${THIRD}"><meta property="og:title" content="${SECOND}">`;
    expect(partsOf(cut(pageWith(story, { head }))).preview.head).toContain(head);
  });

  test('a description that is the whole article does not', () => {
    const long = `${ALL} `.repeat(6);
    const body = `<article id="story"><p>${long}</p></article>`;
    const head = `<meta name="description" content="${long}">`;
    expect(sentBytes(cut(pageWith(body, { head })))).not.toContain('boats');
  });

  test('a menu that shares a phrase with the article stays', () => {
    const before = '<nav><a href="/boats" class="boats came in">Then the boats came in</a></nav>';
    expect(partsOf(cut(pageWith(story, { before }))).preview.head).toContain(before);
  });

  test('a visible second copy is emptied', () => {
    const after = `<div class="print">${story.replace('id="story"', '')}</div>`;
    const sent = sentBytes(cut(pageWith(story, { after })));
    expect(sent).not.toContain('boats');
    expect(sent).toContain('<div class="print"><article >');
  });

  test('a verse in lines too short to be copies one by one is emptied too', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `Line ${index} of a song about the sea`);
    const body = `<article id="story">${lines.map((line) => `<p>${line}</p>`).join('')}</article>`;
    const after = `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`;
    const result = cut(pageWith(body, { after }), { cutoff: characters(60) });
    expect(visibleText(sentBytes(result))).not.toMatch(/Line (?:[3-9]|1\d)/);
  });

  test('data scripts lose the strings that repeat the article and nothing else', () => {
    const head = `<script type="application/json">{ "big": 12345678901234567890, "a": [${JSON.stringify(ALL)}, "fine"] }</script>`;
    expect(partsOf(cut(pageWith(story, { head }))).preview.head).toContain(
      '<script type="application/json">{ "big": 12345678901234567890, "a": ["", "fine"] }</script>',
    );
  });

  test('code is emptied when it holds the article, and kept when it only shares a phrase with it', () => {
    const kept = '<script>say("one after another")</script>';
    const head = `${kept}<script>window.story=${JSON.stringify({ body: ALL })}</script>`;
    const { preview } = partsOf(cut(pageWith(story, { head })));
    expect(preview.head).toContain(kept);
    expect(preview.head).toContain('<script></script>');
  });

  test('JSON-LD loses the full text whatever its key, and what cannot be read goes as a whole', () => {
    const data = {
      '@type': 'NewsArticle',
      headline: SECOND,
      articleBody: ALL,
      review: { text: 'x' },
      transcript: THIRD,
    };
    const head = `<script type="application/ld+json">${JSON.stringify(data)}</script><script type="application/ld+json">{"articleBody": "${THIRD}",,}</script>`;
    const { preview } = partsOf(cut(pageWith(story, { head })));
    expect(preview.head).toContain(
      `<script type="application/ld+json">{"@type":"NewsArticle","headline":"${SECOND}","review":{},"transcript":""}</script><script type="application/ld+json"></script>`,
    );
  });

  test('a tag that the end of the page broke off leaves nothing', () => {
    expect(sentBytes(cut(`${pageWith(story)}<div data-x="${SECOND}`))).not.toContain('boats');
  });

  test('pictures in base64 are no text', () => {
    const picture = `data:image/png;base64,${Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 7919) % 256)).toString('base64')}`;
    const after = `<img src="${picture}">`;
    expect(partsOf(cut(pageWith(story, { after }))).preview.tail).toContain(after);
  });
});

describe('structured data', () => {
  const marked = (html: string) => partsOf(cut(html, { structuredData: true }));
  const dataIn = (html: string): unknown[] =>
    [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json = '']) =>
      JSON.parse(json),
    );

  const head =
    '<script type="application/ld+json">[{"@type":"WebSite"},{"@graph":[{"@type":["NewsArticle"],"headline":"</script><b>","isAccessibleForFree":"True"}]}]</script>'.replace(
      '</script><b>',
      '\\u003c/script>',
    );

  test('the full page names its restricted part, and the body has the class', () => {
    const { full } = marked(pageWith(story, { head }));
    const part = { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.gatefold-body' };
    const article = {
      '@type': ['NewsArticle'],
      headline: '</script>',
      isAccessibleForFree: false,
      hasPart: part,
    };
    expect(dataIn(full.head)).toEqual([[{ '@type': 'WebSite' }, { '@graph': [article] }]]);
    expect(full.head).toContain('<article class="gatefold-body" id="story">');
  });

  test('the preview says that it is not free and names no part', () => {
    const { preview } = marked(pageWith(story, { head }));
    const article = { '@type': ['NewsArticle'], headline: '</script>', isAccessibleForFree: false };
    expect(dataIn(preview.head)).toEqual([[{ '@type': 'WebSite' }, { '@graph': [article] }]]);
    expect(preview.head).not.toContain('gatefold-body');
  });

  test('a page without any gets a small script of its own before the head ends', () => {
    const { full, preview } = marked(pageWith(story));
    expect(full.head).toContain(
      '"@type":"NewsArticle","headline":"Harbour","isAccessibleForFree":false,"hasPart":',
    );
    expect(preview.head).toContain('"headline":"Harbour","isAccessibleForFree":false}</script></head>');
  });

  test('classes in the source are added to, however they are written', () => {
    for (const [tag, expected] of [
      ['<article id=story class=a>', '<article id=story class="a gatefold-body">'],
      ["<article id='story' class='a \"b'>", `<article id='story' class="a &quot;b gatefold-body">`],
      ['<article id=story class>', '<article id=story class="gatefold-body">'],
      ['<article id=story CLASS = "a">', '<article id=story class="a gatefold-body">'],
    ]) {
      expect(marked(pageWith(story.replace('<article id="story">', tag ?? ''))).full.head).toContain(
        expected,
      );
    }
  });
});

describe('a page that cannot be cut', () => {
  const head = `<meta charset="utf-8"><meta name="description" content="Short"><meta name="fulltext" content="${SECOND}"><link rel="stylesheet" href="/a.css" title="${SECOND}"><style>p { color: red }</style><script>x="${SECOND}"</script><script type="application/ld+json">{"articleBody":"${SECOND}"}</script>`;

  test('keeps its looks, title and summary, and nothing else', () => {
    const result = cut(pageWith(story, { head }), { bodySelectors: ['.nowhere'] });
    expect(result.kind).toBe('no-body');
    const sent = sentBytes(result);
    expect(sent).not.toMatch(/boats|harbour|<script|Imprint/);
    expect(sent).toContain('<title>Harbour</title>');
    expect(sent).toContain('<meta name="description" content="Short">');
    expect(sent).toContain('<link rel="stylesheet" href="/a.css">');
    expect(sent).toContain('<style>p { color: red }</style>');
    expect(sent).toContain('<html lang="en">');
  });

  test('is a page even when there was none', () => {
    for (const html of ['', 'x', '<frameset><frame src="/story"></frameset>', '\0', '<!doctype html>']) {
      const result = cut(html);
      expect(result.kind).toBe('no-body');
      expect(sentBytes(result)).toContain('<main class="gatefold-withheld">');
    }
  });

  test('keeps what an AMP page needs to be drawn', () => {
    const html = `<!doctype html><html ⚡ lang="en"><head><script async src="https://cdn.ampproject.org/v0.js"></script><style amp-boilerplate>body{visibility:hidden}</style></head><body><p>${FIRST}</p></body></html>`;
    const sent = sentBytes(cut(html));
    expect(sent).toContain('<script async="" src="https://cdn.ampproject.org/v0.js"></script>');
    expect(sent).toContain('<html ⚡="" lang="en">');
  });
});

test('a page with its article in every script is cut in work by its length', () => {
  const letters = (index: number): string => (index * 2_654_435_761).toString(36);
  const pageOf = (words: number): string => {
    const text = Array.from({ length: words }, (_, index) => letters(index + 1)).join(' ');
    const head = [
      `<script type="application/ld+json">${JSON.stringify({ '@type': 'Article', articleBody: text })}</script>`,
      `<script type="application/json">${JSON.stringify({ text })}</script>`,
      `<script>x=${JSON.stringify(JSON.stringify({ text }))}</script>`,
    ].join('');
    return pageWith(`<article id="story"><p>${text}</p></article>`, { head });
  };
  expectLinear((words) => expect(sentBytes(cut(pageOf(words)))).not.toContain(letters(words - 100)), 800);
});
