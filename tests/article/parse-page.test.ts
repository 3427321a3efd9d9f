/** A page is parsed as browsers parse it, by the library and by what reads on in its place, and each token stands where it says. */
import { describe, expect, test } from '@jest/globals';
import type { ChildNode, ParentNode } from 'domhandler';
import fc from 'fast-check';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { parsePage } from '../../src/article/parse-page.ts';

const treeOf = ({ children }: ParentNode): unknown[] =>
  children.map((node: ChildNode) => {
    if (node.type === 'text' || node.type === 'comment') return [node.type, node.data];
    if ('name' in node && 'attribs' in node) return [node.name, node.attribs, treeOf(node)];
    return 'children' in node ? [node.type, treeOf(node)] : node.type;
  });

const tags =
  '<p> </p> <b> </b> <i> </i> <table> <tr> <td> </td> </table> <caption> <colgroup> <select> <option> </select> <template> ' +
  '</template> <svg> <text> </svg> <math> <mi> </math> <script> </script> <style> </style> <title> </title> <textarea> ' +
  '</textarea> <pre> <plaintext> <noscript> </noscript> <!doctype> <head> </head> <body> </body> </html> <frameset> <br> ' +
  '<div> </div> <ul> <li> <h1> </h2> <ruby> <rt> <nobr> <iframe> </iframe> <object> </object> <form> </form>';
const texts = [
  ...[
    'word',
    'two words',
    'so many '.repeat(100),
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\f',
    '\0',
    'a\0b',
    '日本 語',
  ],
  ...[
    '😀',
    '\ud800',
    '\udc00x',
    '&amp;',
    '&am',
    '&nbsp;',
    '&#32;',
    '&#x20;a',
    '&Tab;',
    '&eacute;t',
    '&notit;',
    '&',
    '& ',
  ],
  ...[
    '<',
    '< ',
    '<3',
    '&fjlig;',
    '&#128;',
    '<![CDATA[ x ]] y ]]>',
    '<!-- a -- b -->',
    '<!--',
    '-->',
    '<pre>\n',
  ],
  ...['<a href="/a?b=1&amp;c">', '</a>', '<script>if (a < b && c) { "<!--" }', "it's"],
];
const pieces = fc.oneof(fc.constantFrom(...tags.split(' ')), fc.constantFrom(...texts));

describe('a page of whatever', () => {
  test('has the tree that the library makes of it by itself', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const html = parts.join('');
        expect(treeOf(parsePage(html).document)).toEqual(treeOf(parse(html, { treeAdapter: adapter })));
      }),
      { numRuns: 500 },
    );
  });

  test('has tokens in order, and those that say so read as the source does', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const { source, tokens } = parsePage(parts.join(''));
        for (const [index, token] of tokens.entries()) {
          expect(token.start).toBeGreaterThanOrEqual(tokens[index - 1]?.end ?? 0);
          if (token.kind === 'text' && token.exact)
            expect(source.slice(token.start, token.end)).toBe(token.chars);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a text', () => {
  const textsIn = (html: string): string[] =>
    parsePage(html).tokens.flatMap((token) =>
      token.kind === 'text' ? [`${token.exact ? '' : 'not '}exact: ${token.chars}`] : [],
    );

  test('is one token as far as it is written as it reads', () => {
    expect(textsIn('<p>One, two and \n three</p>')).toEqual(['exact: One, two and \n three']);
  });

  test('ends at the word that is written in another way, which can’t be cut within', () => {
    expect(textsIn('<p>One caf&eacute;s and two</p>')).toEqual([
      'exact: One ',
      'not exact: cafés',
      'exact:  and two',
    ]);
    expect(textsIn('<p>one &amp; two</p>')).toEqual(['exact: one ', 'not exact: &', 'exact:  two']);
  });
});
