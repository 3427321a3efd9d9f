/** An article as JSON is cut where the policy points, and nowhere else may it repeat what is withheld. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutJson } from '../../src/preview/cut-json.ts';
import { characters } from './page-checks.ts';

const FIRST = 'The harbour lay still that morning, and nobody spoke.';
const SECOND = 'Then the boats came in, one after another, with lamps at their masts.';
const THIRD = 'In the evening the council met behind closed doors.';

const cutOf = (data: unknown, pointers: string[], count = 40) => {
  const result = cutJson(typeof data === 'string' ? data : JSON.stringify(data), pointers, characters(count));
  if (result === 'uncuttable') throw new Error('uncuttable');
  return { ...result, data: JSON.parse(result.json) };
};

describe('what the pointers name', () => {
  test('HTML is cut as HTML and stays well-formed', () => {
    const { data, previewText } = cutOf(
      { id: 1, content: { html: `<p><b>${FIRST}</b></p><p>${SECOND}</p>` } },
      ['/content/html'],
    );
    expect(data.content.html).toBe(`<p><b>${FIRST.slice(0, 39)}</b></p>`);
    expect(previewText).toBe(FIRST.slice(0, 39));
  });

  test('stray end tags in an HTML string end nothing', () => {
    const { json } = cutOf({ html: `</div></body></html><p>${FIRST}</p></body><p>${SECOND}</p>` }, ['/html']);
    expect(json).not.toContain('boats');
  });

  test('plain text is cut as text', () => {
    expect(cutOf({ text: `${FIRST}\n\n${SECOND}` }, ['/text'], 60).data.text).toBe(`${FIRST}\n\nThen t`);
  });

  test('blocks of one text share one measure', () => {
    const blocks = [FIRST, SECOND, THIRD].map((text) => ({ type: 'p', text }));
    const { data } = cutOf({ blocks }, ['/blocks/*/text'], 60);
    expect(data.blocks.map(({ text }: { text: string }) => text)).toEqual([FIRST, 'Then t', '']);
  });

  test('two renderings of one text are each cut', () => {
    const { data } = cutOf(
      { html: `<p>${FIRST}</p><p>${SECOND}</p>`, text: `${FIRST}\n\n${SECOND}` },
      ['/html', '/text'],
      60,
    );
    expect(data).toEqual({ html: `<p>${FIRST}</p><p>Then t</p>`, text: `${FIRST}\n\nThen t` });
  });

  test('two parts of one text share its measure', () => {
    expect(cutOf({ lead: FIRST, text: SECOND }, ['/lead', '/text'], 60).data).toEqual({
      lead: FIRST,
      text: 'Then t',
    });
  });

  test('what is no string is removed, and an editor document in a string is withheld whole', () => {
    const { data } = cutOf(
      { body: { ops: [SECOND] }, raw: JSON.stringify({ ops: [{ insert: SECOND }] }), n: 1 },
      ['/body', '/raw'],
    );
    expect(data).toEqual({ raw: '', n: 1 });
  });

  test('a doubled key is cut both times', () => {
    expect(cutOf(`{"t": "${FIRST} ${SECOND}", "t": "${FIRST} ${SECOND}"}`, ['/t']).json).not.toContain(
      'boats',
    );
  });
});

describe('everything else', () => {
  test('loses strings that repeat withheld text, in every disguise', () => {
    const copies = [
      SECOND,
      `x ${SECOND} y`,
      Buffer.from(`${FIRST} ${SECOND}`).toString('base64'),
      encodeURIComponent(SECOND),
      JSON.stringify(JSON.stringify({ a: SECOND })),
      `<p>${SECOND.replaceAll(' ', ' <i></i>')}</p>`,
    ];
    const { data } = cutOf({ text: `${FIRST} ${SECOND}`, title: 'Harbour', copies, url: '/boats' }, [
      '/text',
    ]);
    expect(data).toEqual({
      text: FIRST.slice(0, 39),
      title: 'Harbour',
      copies: copies.map(() => ''),
      url: '/boats',
    });
  });

  test('loses a copy that is scattered over many strings', () => {
    const { json } = cutOf({ text: `${FIRST} ${SECOND}`, words: SECOND.split(' ') }, ['/text']);
    expect(json).not.toMatch(/boats|masts/);
  });

  test('keeps its bytes', () => {
    const json = `{ "n" : 12345678901234567890,\n "e":1.50, "text": "${FIRST}", "s":"\\u00e9" }`;
    expect(cutOf(json, ['/text'], 11).json).toBe(json.replace(FIRST, 'The harbour'));
  });
});

describe('what cannot be cut', () => {
  test.each([
    ['broken JSON', '{"text": "a', ['/text']],
    ['nothing that the pointers name', '{"a": 1}', ['/text', '/a/b', '/*/x', 'text']],
    ['no pointers', '{"a": 1}', []],
    ['absurd depth', `${'['.repeat(5000)}${']'.repeat(5000)}`, ['/0']],
    ['an empty answer', '', ['/text']],
  ])('%s is uncuttable', (_, json, pointers) => {
    expect(cutJson(json, pointers, characters(10))).toBe('uncuttable');
  });

  test('pointers with escapes, numbers and prototype names are only names', () => {
    expect(cutOf('{"a/b":{"~":["x", "longer text"]}}', ['/a~1b/~0/1'], 6).data).toEqual({
      'a/b': { '~': ['x', 'longer'] },
    });
    expect(cutJson('{"a": 1}', ['/__proto__', '/constructor/name', '/toString'], characters(1))).toBe(
      'uncuttable',
    );
  });
});

test('any JSON comes out as JSON without the withheld text', () => {
  const text = `${FIRST} ${SECOND} ${THIRD}`;
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.integer({ min: 0, max: 200 }), (one, other, count) => {
      const { data, json, previewText } = cutOf({ one, text, other, copy: [text] }, ['/text'], count);
      expect(data.text).toBe(text.slice(0, count).trimEnd());
      expect(text.startsWith(previewText)).toBe(true);
      if (count < text.length - 12) expect(json).not.toContain(text.slice(-12));
    }),
  );
});
