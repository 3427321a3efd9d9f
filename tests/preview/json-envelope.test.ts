/** JSON is found in whatever it is sent in, and the rest keeps its bytes. */
import { describe, expect, test } from '@jest/globals';
import { jsonEnvelope } from '../../src/preview/json-envelope.ts';

const json = '{"a":[1,"two) ;"]}';

describe('JSON', () => {
  test.each([
    ['', ''],
    ['\ufeff\n ', ' \n'],
    [")]}',\n", ''],
    ['while(1);', ''],
    ['for (;;); ', ''],
    ['/**/show(', ')'],
    ['show(', ');\n'],
    ["typeof show === 'function' && show(", ');'],
    ['/**/ jQuery1_2["x"](', ' ) ; '],
    ['window.__DATA__ = ', ';'],
    ['export default ', ''],
    ['const data=', ';'],
  ])('is found between %j and %j', (before, after) => {
    expect(jsonEnvelope(before + json + after)).toEqual({ before, json, after });
  });

  test.each([
    '',
    '"text"',
    '17',
    'show()',
    'show({a:1})',
    '<p>{}</p>',
    `${json}${json}`,
    'x'.repeat(100_000),
  ])('isn’t in %j', (text) => {
    expect(jsonEnvelope(text)).toBeUndefined();
  });
});
