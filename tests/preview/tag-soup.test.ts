/** Markup that no author would write: still, what is sent holds no word of the body beyond the preview. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { characters, cut, sentBytes } from './page-checks.ts';

const NAMES =
  'p div span b i a em table tr td tbody caption ul li dl dt dd h1 h2 select option button form svg math title desc foreignObject mi mtext annotation-xml template noscript style script textarea pre blockquote section iframe object nobr ruby rt rp details figure br hr img input head frameset col colgroup plaintext xmp marquee label font u article'.split(
    ' ',
  );

const name = fc.constantFrom(...NAMES);
const piece = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'WORD ',
      'WORD',
      'WORD\r\n',
      'WORD&amp;',
      'WORD &lt; ',
      'WORD\0',
      '渔船 WORD ',
    ),
  },
  { weight: 4, arbitrary: name.map((tag) => `<${tag}>`) },
  { weight: 1, arbitrary: name.map((tag) => `<${tag} title="WORD" hidden>`) },
  { weight: 4, arbitrary: name.filter((tag) => tag !== 'article').map((tag) => `</${tag}>`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<!-- x -->',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '</>',
      '<?x?>',
      '<',
      '</',
      '"',
      '<p class="',
      '<body>',
      '<html>',
    ),
  },
);

const START = '<!doctype html><html><head><title>Courier</title></head><body><nav>Home</nav><main>';
const END = '<footer>Imprint</footer></main></body></html>';

test('no word of the body beyond the preview is sent, whatever the soup', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 2, maxLength: 40 }),
      fc.nat(200),
      fc.boolean(),
      (pieces, count, structuredData) => {
        // Every word is unlike every other, so that each can be looked for.
        const body = pieces
          .map((each, index) => each.replace('WORD', `w${index}abcdefghijk${index}z`))
          .join('');
        const html = `${START}<article id="story">${body}</article>${END}`;
        const result = cut(html, { cutoff: characters(count), structuredData });
        const sent = sentBytes(result);
        if (result.kind === 'no-body') {
          expect(sent).not.toContain('abcdefghijk');
          return;
        }
        const { previewText, fullText } = result.parts;
        expect(fullText.startsWith(previewText)).toBe(true);
        for (const word of fullText.match(/w\d+abcdefghijk\d+z/g) ?? []) {
          if (!previewText.includes(word)) expect(sent).not.toContain(word);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
