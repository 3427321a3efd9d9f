/** Bodies: what Markdown and HTML become, and what is never let through. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFragment, serialize } from 'parse5';
import { firstCharacters } from '../../src/origin/folder/first-characters.ts';
import { renderBody } from '../../src/origin/folder/render-body.ts';
import { elementsOf } from './support.ts';

const md = (source: string) => renderBody(source, 'markdown', '/articles/tidewater/').html;
const html = (source: string) => renderBody(source, 'html', '/').html;

describe('Markdown', () => {
  test('headings have ids of their own, in any script, and never a second h1', () => {
    expect(md('# Top\n\n## A *part*\n\n## A part\n\n## 海')).toBe(
      '<h2 id="top">Top</h2>\n<h2 id="a-part">A <em>part</em></h2>\n<h2 id="a-part-2">A part</h2>\n<h2 id="海">海</h2>',
    );
  });

  test('the <!--more--> mark stays a comment, and other comments go', () => {
    expect(md('One.\n\n<!--more-->\n\nTwo.<!-- private -->')).toBe('<p>One.</p>\n<!--more-->\n<p>Two.</p>');
    expect(html('<p>One.</p><!-- MORE --><p title="<!--more-->">Two.</p>')).toMatch(
      /^<p>One\.<\/p><!--more--><p title="[^>]*">Two\.<\/p>$/,
    );
  });

  test('tables keep their alignment and scroll by themselves', () => {
    const table = md('| a | b |\n|---|--:|\n| 1 | 2 |');
    expect(table).toMatch(/^<div class="table-scroll" tabindex="0"><table>/);
    expect(table).toContain('<td style="text-align:right">2</td>');
  });

  test('an image beside the article is found from the article’s address', () => {
    expect(md('![Boat](boat.png)')).toContain('src="/articles/tidewater/boat.png"');
    expect(md('![Boat](../boat.png)')).toContain('src="/articles/boat.png"');
    expect(md('![Boat](../../../../etc/boat.png)')).toContain('src="/etc/boat.png"');
    expect(md('![Boat](/boat.png)')).toContain('src="/boat.png"');
  });

  test('figures and captions may be written as HTML', () => {
    expect(md('<figure><img src="/a.png" alt="A"><figcaption>Cap</figcaption></figure>')).toContain(
      '<figcaption>Cap</figcaption>',
    );
  });

  test('quotes are set as a printer would', () => {
    expect(md('"Quote" -- and...')).toContain('“Quote” – and…');
  });
});

describe('text', () => {
  test('has one entry for each block, whitespace collapsed', () => {
    const source = 'One\ntwo.\n\n- a\n- b\n\n> Quote\n\n| x | y |\n|--|--|\n| 1 | 2 |\n';
    expect(renderBody(source, 'markdown', '/').paragraphs).toEqual([
      'One two.',
      'a',
      'b',
      'Quote',
      'x y',
      '1 2',
    ]);
  });

  test('the first characters are counted as a person counts them', () => {
    expect(firstCharacters('abc', 250)).toBe('abc');
    expect(firstCharacters('👩‍👩‍👧x', 1)).toBe('👩‍👩‍👧');
    expect(firstCharacters('a'.repeat(300), 250)).toBe('a'.repeat(250));
    expect(firstCharacters('标题'.repeat(300), 250)).toHaveLength(250);
  });
});

const HOSTILE = [
  '<script>alert(1)</script>text',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="jav&#x09;ascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<form action=//evil.example><button>Go</button></form>',
  '<style>body{display:none}</style>',
  '<p style="position:fixed;inset:0">x</p>',
  '<td style="text-align:right;background:url(//evil.example)">x</td>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><script>alert(1)</script></template>',
  '<base href="//evil.example">',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '<img src="//evil.example/a.png">',
  '<object data=x></object><embed src=x>',
  '</div></article></body><script>alert(1)</script>',
  '<!--><script>alert(1)</script>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<xmp><script>alert(1)</script></xmp>',
  '<textarea></textarea><script>alert(1)</script>',
];

describe('hostile bodies', () => {
  test.each(HOSTILE)('nothing in %s can run, load or break out', (source) => {
    for (const body of [md(source), html(source)]) expectHarmless(body);
  });

  test('any mixture of them is harmless, and parses to what it says', () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ maxLength: 12 }),
      fc.constantFrom('<table>', '<p>', '</p>', '<li>', '<b>', '`', '> ', '\n\n', '<a href="/">'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        for (const body of [md(pieces.join('')), html(pieces.join(''))]) {
          expectHarmless(body);
          expect(serialize(parseFragment(`<div>${body}</div>`))).toBe(`<div>${body}</div>`);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function expectHarmless(body: string): void {
  for (const { tagName, attrs } of elementsOf(body)) {
    expect([
      'script',
      'style',
      'iframe',
      'object',
      'embed',
      'form',
      'base',
      'meta',
      'svg',
      'math',
      'template',
      'noscript',
    ]).not.toContain(tagName);
    for (const { name, value } of attrs) {
      expect(name).not.toMatch(/^on/);
      if (name === 'href' || name === 'src')
        expect(value).not.toMatch(/^\s*(javascript|data|vbscript):|^\/\/|^\\/i);
      if (name === 'style') expect(value).toMatch(/^text-align:(left|right|center)$/);
    }
  }
}
