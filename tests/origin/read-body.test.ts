/** Bodies are read as a browser reads them, within bounds, or not at all. */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeBody } from '../../src/origin/decode-body.ts';
import { asUtf8Type, readText } from '../../src/origin/read-text.ts';

const text = Buffer.from('<p>Grüße, 世界</p>'.repeat(50));
const MAX = { maxBytes: 5_000_000 };

describe('content codings', () => {
  test.each<[string | undefined, Buffer]>([
    [undefined, text],
    ['', text],
    ['identity', text],
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['deflate, identity , gzip', gzipSync(deflateSync(text))],
    // No codings at all, and passed over as browsers do.
    ['UTF-8', text],
    ['none', text],
    ['binary, gzip', gzipSync(text)],
  ])('%s is undone', async (coding, body) => {
    expect(await decodeBody(body, coding, MAX)).toEqual(text);
  });

  test.each<[string, string, Buffer]>([
    ['a coding that isn’t known', 'zstd', text],
    ['a dictionary coding', 'dcb', text],
    ['a body that isn’t what it says', 'gzip', text],
    ['not brotli', 'br', text],
    ['not deflate', 'deflate', text],
    ['a body cut short', 'gzip', gzipSync(text).subarray(0, -6)],
    ['more than three codings', 'gzip, gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(gzipSync(text))))],
    ['an empty gzip body', 'gzip', Buffer.alloc(0)],
  ])('%s is undecodable', async (_, coding, body) => {
    expect(await decodeBody(body, coding, MAX)).toBe('undecodable');
  });

  test('a bomb is stopped by size and by ratio, layered too', async () => {
    const zeros = Buffer.alloc(20_000_000);
    for (const [coding, bomb] of [
      ['gzip', gzipSync(zeros)],
      ['br', brotliCompressSync(zeros, { params: {} })],
      ['gzip, gzip', gzipSync(gzipSync(zeros))],
    ] as const) {
      expect(await decodeBody(bomb, coding, MAX)).toBe('too-large');
      expect(await decodeBody(bomb, coding, { maxBytes: 100_000_000 })).toBe('too-large');
    }
    expect(await decodeBody(Buffer.alloc(11), '', { maxBytes: 10 })).toBe('too-large');
  });

  test('any bytes under any name are read or refused, never thrown', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array(),
        fc.constantFrom('gzip', 'br', 'deflate', 'x', 'gzip,br', ','),
        async (bytes, coding) => {
          const outcome = await decodeBody(Buffer.from(bytes), coding, MAX);
          expect(typeof outcome === 'string' || Buffer.isBuffer(outcome)).toBe(true);
        },
      ),
    );
  });
});

describe('text', () => {
  const latin = Buffer.from('<p>caf\xe9</p>', 'latin1');
  test.each<[string, Uint8Array, string | undefined, string]>([
    ['UTF-8 by header', Buffer.from('é'), 'text/html; charset=UTF-8', 'é'],
    ['quoted charset', latin, 'text/html; charset="iso-8859-1"', '<p>café</p>'],
    ['no charset, valid UTF-8', Buffer.from('é'), 'text/html', 'é'],
    ['no charset, not UTF-8', latin, 'text/html', '<p>café</p>'],
    ['no type at all', Buffer.from('é'), undefined, 'é'],
    [
      'meta charset',
      Buffer.from('<meta charset=windows-1251>\xcf', 'latin1'),
      'text/html',
      '<meta charset=windows-1251>П',
    ],
    [
      'meta http-equiv',
      Buffer.from(
        '<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">\x82\xa0',
        'latin1',
      ),
      'text/html',
      '<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">あ',
    ],
    [
      'the header outranks meta',
      Buffer.from('<meta charset=windows-1251>é'),
      'text/html; charset=utf-8',
      '<meta charset=windows-1251>é',
    ],
    [
      'meta in a comment isn’t one',
      Buffer.from('<!--<meta charset=koi8-r>-->é'),
      'text/html',
      '<!--<meta charset=koi8-r>-->é',
    ],
    ['a mark outranks the header', Buffer.from('\ufeffé'), 'text/html; charset=koi8-r', 'é'],
    ['UTF-16 by its mark', Buffer.from('\ufeffé', 'utf16le'), 'text/html', 'é'],
    [
      'meta utf-16 in ASCII-readable text means UTF-8',
      Buffer.from('<meta charset="utf-16">é'),
      'text/html',
      '<meta charset="utf-16">é',
    ],
    ['JSON is UTF-8', Buffer.from('"é"'), 'application/ld+json', '"é"'],
    ['stray bytes', Buffer.from('a\xffb', 'latin1'), 'text/html; charset=utf-8', 'a\ufffdb'],
    ['GB18030', Buffer.from([0xc4, 0xe3]), 'text/plain;charset=gbk', '你'],
    [
      'XML declaration, rewritten',
      Buffer.from('<?xml version="1.0" encoding="koi8-r"?>\xc1', 'latin1'),
      'application/rss+xml',
      '<?xml version="1.0" encoding="utf-8"?>а',
    ],
    [
      'XML declaration that says so already, as it was',
      Buffer.from("<?xml version='1.0' encoding='UTF-8' ?>é"),
      'application/rss+xml',
      "<?xml version='1.0' encoding='UTF-8' ?>é",
    ],
  ])('%s', (_, body, type, expected) => {
    expect(readText(body, type)).toBe(expected);
  });

  test.each(['utf-7', 'iso-2022-kr', 'hz-gb-2312', 'x-user-defined'])(
    'charset %s is undecodable',
    (charset) => {
      expect(readText(Buffer.from('+ADw-p+AD4-'), `text/html; charset=${charset}`)).toBe('undecodable');
      expect(readText(Buffer.from(`<meta charset="${charset}">x`), 'text/html')).toBe('undecodable');
    },
  );

  test.each(['utf8mb4', 'x-made-up', 'utf-8-sig', 'ansi', ''])(
    'a charset that doesn’t exist, such as %j, says nothing',
    (charset) => {
      expect(readText(Buffer.from('<p>pägé'), `text/html; charset=${charset}`)).toBe('<p>pägé');
      expect(readText(Buffer.from('pägé', 'latin1'), `text/html; charset=${charset}`)).toBe('pägé');
      expect(readText(Buffer.from(`<meta charset="${charset}">é`), 'text/html')).toContain('é');
    },
  );

  test('the type is served again as UTF-8, other parameters kept', () => {
    expect(asUtf8Type('text/html; charset=koi8-r')).toBe('text/html; charset=utf-8');
    expect(asUtf8Type('text/html')).toBe('text/html; charset=utf-8');
    expect(asUtf8Type('application/ld+json; profile="x"; Charset = utf-16')).toBe(
      'application/ld+json; profile="x"; charset=utf-8',
    );
  });
});
