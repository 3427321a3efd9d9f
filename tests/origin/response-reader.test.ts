/** Reading responses: the same whatever pieces they come in, and nothing read that could be read in two ways. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createResponseReader, type Progress } from '../../src/origin/http1/response-reader.ts';

interface Read {
  readonly interim: number[];
  readonly status: number | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly keeps: boolean | undefined;
  /** How it ended, and whether the end was the connection's. */
  readonly end: string;
}

const maxHeadBytes = 4_096;

/** All that is told of `pieces`, and of the connection's end after them. */
function readAll(pieces: readonly Buffer[], method = 'GET'): Read {
  const reader = createResponseReader(maxHeadBytes);
  const interim: number[] = [];
  let status: number | undefined;
  let headers: Read['headers'] = [];
  let keeps: boolean | undefined;
  const body: Buffer[] = [];
  reader.begin(method, {
    interim: (head) => void interim.push(head.status),
    head: (head, framing) => {
      status = head.status;
      headers = head.headers;
      keeps = framing.keepsConnection;
    },
    data: (bytes) => void body.push(bytes),
  });
  let progress: Progress = 'more';
  let end = '';
  const scratch = Buffer.alloc(65_536);
  for (const [at, piece] of pieces.entries()) {
    piece.copy(scratch);
    progress = reader.feed(scratch.subarray(0, piece.length));
    // Whoever reads the socket uses the same memory again.
    scratch.fill('#');
    if (progress === 'more') continue;
    const rest = pieces.slice(at + 1).some(({ length }) => length > 0);
    end = typeof progress === 'string' ? (rest ? 'overrun' : progress) : progress.problem;
    break;
  }
  if (end === '') end = `closed: ${reader.finish()}`;
  return { interim, status, headers, body: Buffer.concat(body).toString('latin1'), keeps, end };
}

const read = (text: string, method?: string): Read => readAll([Buffer.from(text, 'latin1')], method);

const split = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...cuts].map((from, at) => bytes.subarray(from, cuts[at] ?? bytes.length));
};

const responses = [
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=1;b="x;\\"y"\r\nhello\r\n00A\r\n0123456789\r\n0\r\nX-T: 1\r\n\r\n',
  'HTTP/1.0 200 OK\r\nX: \xe9\t\r\n\r\nuntil the end\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 200\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n',
  '\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n',
];

describe('a response', () => {
  test('is read the same in whatever pieces it comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...responses),
        fc.array(fc.nat(1_000), { maxLength: 12 }),
        (text, places) => {
          const bytes = Buffer.from(text, 'latin1');
          const whole = readAll([bytes]);
          const pieces = readAll(split(bytes, places));
          // Where one is over, what follows in a later piece is the next read's business.
          expect(pieces).toEqual(whole);
        },
      ),
    );
  });

  test('ends where its framing says, and says whether more came than was asked for', () => {
    expect(read(responses[0] ?? '')).toMatchObject({
      status: 200,
      body: 'hello',
      end: 'complete',
      keeps: true,
    });
    expect(read(responses[1] ?? '')).toMatchObject({ body: 'hello0123456789', end: 'complete', keeps: true });
    expect(read(responses[2] ?? '')).toMatchObject({
      body: 'until the end\r\n\r\n',
      end: 'closed: complete',
    });
    expect(read(responses[3] ?? '')).toMatchObject({ interim: [103, 100], status: 200, end: 'complete' });
    expect(read(responses[4] ?? '')).toMatchObject({ body: '', end: 'complete' });
    expect(read(responses[5] ?? '')).toMatchObject({ body: 'ok', end: 'overrun' });
    expect(read(responses[6] ?? '')).toMatchObject({ body: 'hel', end: 'closed: cut-short' });
    expect(read(responses[0]?.replace('hello', '') ?? '', 'HEAD')).toMatchObject({ end: 'complete' });
    expect(read(responses[0] ?? '', 'HEAD')).toMatchObject({ body: '', end: 'overrun' });
  });

  test.each<[string, string, boolean]>([
    ['HTTP/1.1', 'Content-Length: 0', true],
    ['HTTP/1.1', 'Content-Length: 0\r\nConnection: Close', false],
    ['HTTP/1.1', 'Content-Length: 0\r\nConnection: x, close', false],
    ['HTTP/1.1', 'Content-Length: 0\r\nConnection: closed', true],
    ['HTTP/1.1', 'X: 1', false],
    ['HTTP/1.0', 'Content-Length: 0', false],
    ['HTTP/1.0', 'Content-Length: 0\r\nConnection: keep-alive', true],
    ['HTTP/1.0', 'Content-Length: 0\r\nConnection: keep-alive, close', false],
    ['HTTP/1.0', 'Transfer-Encoding: chunked\r\nConnection: keep-alive', false],
  ])('in %s with %j keeps its connection: %s', (version, headers, keeps) => {
    expect(read(`${version} 200 OK\r\n${headers}\r\n\r\n`).keeps).toBe(keeps);
  });

  test.each([
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
    ['no version', '200 OK\r\n\r\n'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
    ['two spaces', 'HTTP/1.1  200 OK\r\n\r\n'],
    ['a line that ends in LF', 'HTTP/1.1 200 OK\r\nA: 1\nB: 2\r\n\r\n'],
    ['a bare CR', 'HTTP/1.1 200 OK\r\nA: 1\rB: 2\r\n\r\n'],
    ['a folded line', 'HTTP/1.1 200 OK\r\nA: 1\r\n 2\r\n\r\n'],
    ['a blank before the colon', 'HTTP/1.1 200 OK\r\nA : 1\r\n\r\n'],
    ['a line without a name', 'HTTP/1.1 200 OK\r\n: 1\r\n\r\n'],
    ['a line without a colon', 'HTTP/1.1 200 OK\r\nA\r\n\r\n'],
    ['a NUL', 'HTTP/1.1 200 OK\r\nA: \0\r\n\r\n'],
    ['a signed length', 'HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello'],
    ['a list of lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello'],
    ['one length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['chunks twice', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['another coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['no coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\n\r\n'],
    ['an unasked switch', 'HTTP/1.1 101 S\r\nUpgrade: h2c\r\n\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(maxHeadBytes)}`],
    ['interim heads without end', 'HTTP/1.1 102 P\r\n\r\n'.repeat(60)],
    ['a beginning that is no HTTP', 'SSH-2.0'],
  ])('with %s is told as a problem, and never as a response', (_, text) => {
    const { status, end } = read(text);
    expect(status).toBeUndefined();
    expect(end).not.toMatch(/^(complete|overrun|closed)/);
    // The log gets it.
    expect(end).toMatch(/^[a-z’ A-Z/1.-]+$/);
  });

  test.each([
    ['a chunk longer than its size', '5\r\nhello!\r\n'],
    ['a size that is none', 'zz\r\n'],
    ['a size with a blank', '5 \r\nhello\r\n'],
    ['a size with a sign', '-5\r\n'],
    ['a size beyond counting', 'fffffffffffffff0\r\n'],
    ['an extension that is none', '5;=\r\nhello\r\n'],
    ['a line that ends in LF', '5\nhello\r\n'],
    ['a line without end', `5;a=${'b'.repeat(9_000)}`],
    ['a trailer that is none', '0\r\nX\r\n\r\n'],
    ['trailers without end', `0\r\n${'X: 1\r\n'.repeat(1_000)}`],
  ])('whose chunks have %s is given up', (_, chunks) => {
    const { status, end } = read(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`);
    expect(status).toBe(200);
    expect(end).not.toMatch(/^(complete|overrun|closed)/);
  });

  test('keeps a value’s bytes, and only the blanks round it go', () => {
    expect(
      read('HTTP/1.1 200 OK\r\nA:\t \xa0 b\tc \xa0 \r\nB:\r\nContent-Length: 0\r\n\r\n').headers,
    ).toEqual([
      ['A', '\xa0 b\tc \xa0'],
      ['B', ''],
      ['Content-Length', '0'],
    ]);
  });
});
