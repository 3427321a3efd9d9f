/** For any article, any planted copies and any cutoff: well-formed, a true prefix, and no withheld run anywhere. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'parse5';
import type { CountedCutoff, Cutoff } from '../../src/policy/policy.ts';
import { times } from '../support/effort.ts';
import { cut, expectWellFormed, partsOf } from './page-checks.ts';

const RUN = 12;
const CHROME = ['Home', 'Sections', 'Read next', 'Imprint', 'The Evening Courier'];

const word = fc.oneof(
  { weight: 12, arbitrary: fc.stringMatching(/^[a-z]{2,11}$/) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'Zürich',
      'naïve',
      'château',
      '“quoted”',
      'it’s',
      'R&D',
      '2<3',
      'a>b',
      'x"y',
      'A\\B',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('渔船还没有回来', 'الميناء', '👩‍👩‍👧', '🇩🇪🇫🇷', 'กรุงเทพ', '—', '50%', '$1'),
  },
);
const words = (min: number, max: number) =>
  fc.array(word, { minLength: min, maxLength: max }).map((list) => list.join(' '));

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Several spellings of the same characters. */
const spelled = fc.constantFrom(
  escaped,
  (text: string) => text.replace(/[^\w\s]/gu, (character) => `&#${character.codePointAt(0)};`),
  (text: string) => escaped(text).replaceAll(' ', '\r\n '),
);

const inline = fc
  .tuple(
    words(1, 9),
    spelled,
    fc.constantFrom('', '', '', 'em', 'strong', 'a href="/x"', 'span data-k="v"', 'b', 'code'),
  )
  .map(([text, spell, tag]) => (tag === '' ? spell(text) : `<${tag}>${spell(text)}</${tag.split(' ')[0]}>`));

const paragraph = fc
  .tuple(
    fc.array(inline, { minLength: 1, maxLength: 8 }),
    fc.constantFrom('p', 'p', 'p', 'p-open', 'h2', 'li', 'blockquote', 'td', 'pre', 'bare'),
  )
  .map(([parts, tag]) => {
    const text = parts.join(' ');
    if (tag === 'bare') return `${text}\n<br><br>\n`;
    if (tag === 'p-open') return `<p>${text}\n`;
    if (tag === 'li') return `<ul><li>${text}<ul><li>${text.length}</ul></li></ul>`;
    if (tag === 'td') return `<table><tr><td>${text}</td><td>${text.length}</td></tr></table>`;
    return `<${tag}>${text}</${tag}>`;
  });

const filler = fc.constantFrom(
  '<img src="/a.jpg" alt="">',
  '<!-- an ad -->',
  '<script>track("view")</script>',
  '<figure><img src="/b.jpg"><figcaption>Foto</figcaption></figure>',
  '<svg><title>Chart</title><text>1</text></svg>',
  '<hr>',
  '</p>',
  '<div><section>',
  '</section></div>',
  '<b><p>bold</b>',
);

const article = fc
  .array(fc.oneof({ weight: 4, arbitrary: paragraph }, { weight: 1, arbitrary: filler }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((blocks) => blocks.join('\n'));

const unicodeEscaped = (text: string): string =>
  [...text]
    .map((character) =>
      /\w/.test(character)
        ? character
        : [...Array(character.length).keys()]
            .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
            .join(''),
    )
    .join('');

/** Every way of carrying the whole text a second time. */
const CARRIERS: readonly ((text: string, html: string) => string)[] = [
  (text) =>
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Courier', articleBody: text }).replaceAll('<', '\\u003c')}</script>`,
  (text) =>
    `<script type="application/ld+json">[{"@graph":[{"@type":"Article","transcript":${JSON.stringify(text).replaceAll('<', '\\u003c')}}]}]</script>`,
  (_, html) =>
    `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { n: 1, html } }).replaceAll('<', '\\u003c')}</script>`,
  (text) =>
    `<script type="application/json">${JSON.stringify({ blocks: text.split(' ').map((each) => ({ type: 'text', each })) }).replaceAll('<', '\\u003c')}</script>`,
  (text) => `<script>window.__NUXT__={body:"${unicodeEscaped(text)}"}</script>`,
  (text) =>
    `<script>self.__next_f.push([1,${JSON.stringify(JSON.stringify(text)).replaceAll('<', '\\x3c')}])</script>`,
  (text) => `<script>var words=${JSON.stringify(text.split(' ')).replaceAll('<', '\\x3c')}</script>`,
  (text) => `<script>render(atob("${Buffer.from(text).toString('base64')}"))</script>`,
  (_, html) => `<script type="text/x-template">${html.replaceAll('<', '&lt;')}</script>`,
  (text) => `<div data-payload="${escaped(JSON.stringify({ text }))}"></div>`,
  (text) => `<div data-payload='${Buffer.from(JSON.stringify({ text })).toString('base64url')}'></div>`,
  (text) => `<a href="data:text/plain,${encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, ''))}">Save</a>`,
  (text) => `<a href="mailto:?body=${encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, ''))}">Send</a>`,
  (text) => `<meta name="fulltext" content="${escaped(text)}">`,
  (text) => `<img src="/x.jpg" alt="${escaped(text)}" title='fine'>`,
  (text) => `<input value="${escaped(text)}" placeholder="${escaped(text)}">`,
  (_, html) => `<iframe srcdoc="${html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`,
  (text) => `<!-- ${text.replaceAll('>', ' ')} -->`,
  (_, html) => `<div hidden>${html}</div>`,
  (_, html) => `<template>${html}</template>`,
  (_, html) => `<noscript>${html}</noscript>`,
  (text) => `<textarea>${escaped(text)}</textarea>`,
  (text) => `<svg><title>${escaped(text)}</title></svg>`,
  (text) => `<svg><desc><![CDATA[${text.replace(/[\]>]/g, ' ')}]]></desc></svg>`,
  (text) =>
    `<div class="print-only">${text
      .split(' ')
      .map((each) => `<span>${escaped(each)}</span>`)
      .join(' ')}</div>`,
  (_, html) => `<div class="copy">${html}</div>`,
  (text) => `<p title="one" title="${escaped(text)}">Imprint</p data-x="${escaped(text)}">`,
  (text) => (/<|\*\//.test(text) ? '' : `<style>/* ${text} */</style>`),
];

const counted = fc.record({
  by: fc.constantFrom('characters', 'words', 'paragraphs', 'percent'),
  count: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 300 })),
  ending: fc.constantFrom('exact', 'word', 'sentence'),
}) as fc.Arbitrary<CountedCutoff>;

const cutoff: fc.Arbitrary<Cutoff> = fc.oneof(
  { weight: 5, arbitrary: counted },
  {
    weight: 1,
    arbitrary: counted.map((fallback): Cutoff => ({ by: 'marker', marker: '<!-- an ad -->', fallback })),
  },
);

test('nothing withheld is left anywhere, whatever the article, its copies and the cutoff', () => {
  fc.assert(
    fc.property(
      article,
      fc.subarray([...CARRIERS]),
      cutoff,
      fc.boolean(),
      fc.boolean(),
      (body, carriers, chosen, before, structuredData) => {
        const { html, start, end } = pageOf(body, carriers, before);
        const result = cut(html, { cutoff: chosen, structuredData });
        if (result.kind === 'no-body') {
          expect(leftoverRun(result.page.head + result.page.tail, textOf(body), '')).toBeUndefined();
          return;
        }
        const parts = partsOf(result);
        const intact = carriers.length === 0 && !structuredData;
        expectWellFormed(
          html,
          result,
          intact ? { start, end } : { start: '<!doctype html>', end: '</footer></body></html>' },
        );
        const withheld = parts.fullText.slice(parts.previewText.length);
        expect(
          leftoverRun(parts.preview.head + parts.preview.tail, withheld, parts.previewText),
        ).toBeUndefined();
      },
    ),
    { numRuns: times(120) },
  );
});

const pageOf = (
  body: string,
  carriers: readonly ((text: string, html: string) => string)[],
  before: boolean,
) => {
  const planted = carriers.map((carrier) => carrier(textOf(body), balanced(body))).join('¦');
  const start = `<!doctype html>\n<html lang="en"><head><title>The Evening Courier</title></head><body><nav id="page-start">Home Sections ·</nav>${before ? `<div>${planted}</div>` : ''}<main><article id="story">`;
  const end = `</article></main>${before ? '' : `<div>${planted}</div>`}<aside>· Read next ·</aside><footer id="page-end">· Imprint</footer></body></html>`;
  return { html: `${start}${body}${end}`, start, end };
};

type Node = {
  nodeName: string;
  value?: string;
  data?: string;
  attrs?: { value: string }[];
  childNodes?: Node[];
  content?: Node;
};

const nodesOf = (html: string): Node[] => {
  const nodes: Node[] = [];
  const waiting: Node[] = [parse(html) as unknown as Node];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    waiting.push(...[...(node.childNodes ?? []), ...(node.content ? [node.content] : [])].reverse());
  }
  return nodes;
};

const textOf = (body: string): string =>
  nodesOf(body)
    .map((node) =>
      node.nodeName === '#text'
        ? node.value
        : /^(?:p|li|h2|td|tr|br|div|section|blockquote|pre|figure)$/.test(node.nodeName)
          ? ' '
          : '',
    )
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

/** The same text in a copy that stays where it is put. */
const balanced = (body: string): string =>
  body.replace(/<\/?(?:div|section)>/g, '').replaceAll('<b><p>bold</b>', '<p>bold</p>');

/** A run of the withheld text that is neither in the preview nor the page's own and that still stands in what is sent. */
const leftoverRun = (sent: string, withheld: string, preview: string): string | undefined => {
  const known = [preview, ...CHROME, 'Foto Chart 1 bold'].join('¦');
  const strings = nodesOf(sent).flatMap((node) => [
    node.value ?? '',
    node.data ?? '',
    ...(node.attrs ?? []).map(({ value }) => value),
  ]);
  const haystack = [sent, strings.join('¦'), textOf(sent)].map((text) => text.replace(/\s+/g, ' ')).join('¦');
  for (let at = 0; at + RUN <= withheld.length; at += 1) {
    const run = withheld.slice(at, at + RUN);
    // Spaces at its ends may be a tag's doing.
    if (run === run.trim() && !known.includes(run) && haystack.includes(run)) return run;
  }
  return undefined;
};
