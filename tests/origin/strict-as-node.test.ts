/** Our reader of responses beside Node's own: whatever Node refuses is refused here, and what both take means the same. */
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHttpOrigin } from '../../src/origin/http-origin.ts';
import { createResponseReader } from '../../src/origin/http1/response-reader.ts';
import type { Origin } from '../../src/origin/origin.ts';
import { hear, type RunningOrigin, rawOrigin, request } from './raw-origin.ts';

let said: Buffer = Buffer.alloc(0);
let site: RunningOrigin;
let origin: Origin;
beforeAll(async () => {
  site = await rawOrigin((socket) => socket.end(said));
  origin = createHttpOrigin({ url: site.url });
});
afterAll(async () => {
  await origin.close();
  await site.close();
});

interface Meaning {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** What Node's client makes of it; undefined where it reports an error. */
const byNode = (method: string): Promise<Meaning | undefined> =>
  new Promise((resolve) => {
    const asking = httpRequest(
      { host: '127.0.0.1', port: site.port, method, path: '/', agent: false },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', () => resolve(undefined));
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            headers: res.rawHeaders,
            body: Buffer.concat(chunks).toString('latin1'),
          }),
        );
      },
    );
    asking.on('error', () => resolve(undefined));
    asking.end();
  });

const byOurs = async (method: string): Promise<Meaning | undefined> => {
  const { outcome, head, body } = await hear(origin, request('/', { method }));
  if (outcome !== 'end' || head === undefined) return undefined;
  return { status: head.status, headers: head.headers.flat(), body: body.toString('latin1') };
};

/** Without what stands behind the response’s end: Node fails on it, and here the connection is closed. */
const withoutSurplus = (bytes: Buffer, method: string): Buffer => {
  for (let length = 1; length < bytes.length; length += 1) {
    const reader = createResponseReader(32_768);
    reader.begin(method, { interim: () => {}, head: () => {}, data: () => {} });
    if (reader.feed(bytes.subarray(0, length)) === 'complete') return bytes.subarray(0, length);
  }
  return bytes;
};

const lines = fc.constantFrom(
  ...[
    'Content-Length: 5',
    'Content-Length: 3',
    'content-length:05',
    'Content-Length: 5 ',
    'Content-Length: -1',
  ],
  ...['Transfer-Encoding: chunked', 'transfer-encoding:\tCHUNKED', 'Transfer-Encoding: chunked, chunked'],
  ...['Transfer-Encoding: identity', 'Transfer-Encoding: gzip', 'Transfer-Encoding: chunked;a=1'],
  ...[
    'Connection: close',
    'Connection: keep-alive',
    'X-A: caf\xe9',
    'X-A:',
    'X-A: a\tb',
    ' folded',
    'X A: 1',
    'X-A : 1',
  ],
);
const bodies = fc.constantFrom(
  ...['', 'hello', 'hello and more', '5\r\nhello\r\n0\r\n\r\n', '5;a=b\r\nhello\r\n0\r\nT: 1\r\n\r\n'],
  ...['5\r\nhello\r\n', '5\nhello\n0\n\n', '05\r\nhello\r\n0\r\n\r\n', 'x\r\n', '5 \r\nhello\r\n0\r\n\r\n'],
);
const statusLines = fc.constantFrom(
  ...[
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200',
    'HTTP/1.0 200 OK',
    'HTTP/1.1 204 No',
    'HTTP/1.1 304 N',
    'HTTP/1.1 404 ',
  ],
  ...['HTTP/1.2 200 OK', 'HTTP/1.1 20x', 'HTTP/1.1 100 Go on', 'http/1.1 200 OK', 'HTTP/1.1 200 caf\xe9'],
);
/** One byte of it made another, or taken out. */
const slips = fc.option(
  fc.record({
    at: fc.nat(400),
    by: fc.constantFrom('\r', '\n', ' ', '\t', ':', '\0', '\x7f', '\xff', '0', ''),
  }),
);

test('whatever Node’s strict parser refuses is refused, and what both take means the same', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'GET', 'HEAD'),
      statusLines,
      fc.array(lines, { maxLength: 3 }),
      bodies,
      slips,
      async (method, statusLine, headers, body, slip) => {
        let text = `${[statusLine, ...headers].join('\r\n')}\r\n\r\n${body}`;
        if (slip) text = text.slice(0, slip.at) + slip.by + text.slice(slip.at + 1);
        said = withoutSurplus(Buffer.from(text, 'latin1'), method);
        const ours = await byOurs(method);
        if (ours === undefined) return;
        taken += 1;
        expect({ text, meaning: ours }).toEqual({ text, meaning: await byNode(method) });
      },
    ),
    { numRuns: 1_500 },
  );
  expect(taken).toBeGreaterThan(300);
});
