/** A whole gateway of these parts between a real client and a real origin: big bodies, slow clients, early answers, broken ones. */
import { createHash } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { canonicalTarget } from '../../src/origin/canonical-target.ts';
import { forwardHeaders } from '../../src/origin/forward-headers.ts';
import { createHttpOrigin } from '../../src/origin/http-origin.ts';
import type { OriginExchange } from '../../src/origin/origin.ts';
import { flatHead } from '../../src/origin/raw-head.ts';
import { returnHeaders } from '../../src/origin/return-headers.ts';
import { eventually, nodeOrigin, pause, type RunningOrigin, rawOrigin } from './raw-origin.ts';

const open: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function gatewayTo(site: RunningOrigin): Promise<{ port: number; server: Server }> {
  const addresses = { originUrl: site.url, publicUrl: 'http://news.example' };
  const origin = createHttpOrigin({ url: site.url, timeouts: { closeMs: 100 } });
  const forward = forwardHeaders(addresses);
  const back = returnHeaders(addresses);
  const server = createServer((req, res) => {
    const target = canonicalTarget(req.url ?? '');
    if (target.kind === 'bad') return void res.writeHead(400).end();
    const hasBody =
      req.headers['content-length'] !== undefined || req.headers['transfer-encoding'] !== undefined;
    const headers = forward(req.rawHeaders, { forwardedFor: '127.0.0.1' });
    const asked = {
      method: req.method ?? '',
      target: target.target,
      headers,
      ...(hasBody ? { body: req } : {}),
    };
    const exchange: OriginExchange = origin.ask(asked, {
      head: ({ status, headers: given }) => void res.writeHead(status, flatHead(back(given))),
      data: (chunk) => {
        if (res.write(chunk)) return true;
        res.once('drain', () => exchange.resume());
        return false;
      },
      end: () => void res.end(),
      fail: (fault) => {
        if (res.headersSent) res.destroy();
        else res.writeHead(fault === 'timeout' ? 504 : 502).end(fault);
      },
    });
    res.on('close', () => exchange.abort());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () => site.close(),
    () => origin.close(),
    () => {
      server.closeAllConnections();
      server.close();
    },
  );
  return { port: (server.address() as AddressInfo).port, server };
}

/** Sends raw bytes and gives back all that comes until the connection closes, or until `enough` of it is there. */
function exchanged(port: number, bytes: string, enough?: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const over = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (enough !== undefined && text.includes(enough)) over();
    });
    socket.on('close', over).on('error', over);
    socket.write(bytes, 'latin1');
  });
}

const get = (port: number, path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    httpRequest({ port, host: '127.0.0.1', path, agent: false }, resolve).on('error', reject).end();
  });

describe('bodies', () => {
  test('200 MB to a slow client: the bytes are right and memory stays flat', async () => {
    const chunk = Buffer.alloc(1_000_000, 'abcdefgh');
    const site = await nodeOrigin((_, res) => {
      let left = 200;
      const more = (): void => {
        while (left > 0) {
          left -= 1;
          if (!res.write(chunk)) return void res.once('drain', more);
        }
        res.end();
      };
      more();
    });
    const { port } = await gatewayTo(site);
    const response = await get(port, '/big');
    const before = process.memoryUsage();
    let size = 0;
    let peak = 0;
    let pauses = 0;
    for await (const part of response) {
      size += (part as Buffer).length;
      if (size > pauses * 10_000_000) {
        pauses += 1;
        await pause(20);
        const now = process.memoryUsage();
        peak = Math.max(peak, now.external + now.heapUsed - before.external - before.heapUsed);
      }
    }
    expect(size).toBe(200_000_000);
    expect(peak).toBeLessThan(80_000_000);
  });

  test('an upload arrives whole, also one that waits for 100 Continue', async () => {
    const site = await nodeOrigin((req, res) => {
      const hash = createHash('sha256');
      req.on('data', (part: Buffer) => hash.update(part));
      req.on('end', () => res.end(`${req.headers.expect} ${hash.digest('hex')}`));
    });
    const { port } = await gatewayTo(site);
    const body = Buffer.alloc(3_000_000, 'upload');
    const hash = createHash('sha256').update(body).digest('hex');
    const answer = await new Promise<string>((resolve, reject) => {
      const options = {
        port,
        host: '127.0.0.1',
        method: 'PUT',
        agent: false,
        headers: { Expect: '100-continue', 'Content-Length': body.length },
      };
      const req = httpRequest(options, (res) => {
        let text = '';
        res.on('data', (part: Buffer) => {
          text += part.toString();
        });
        res.on('end', () => resolve(text));
      });
      req.on('error', reject).on('continue', () => req.end(body));
      req.flushHeaders();
    });
    expect(answer).toBe(`undefined ${hash}`);
  });

  test('an origin that answers before the upload ends is heard by the client', async () => {
    const site = await nodeOrigin((_, res) => void res.writeHead(413).end('too much'));
    const { port } = await gatewayTo(site);
    const text = await exchanged(
      port,
      `POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n${'a'.repeat(300_000)}`,
      'too much',
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain('too much');
  });
});

describe('ends', () => {
  test.each([
    ['Content-Length: 100\r\n\r\nhello'],
    ['Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ['Connection: close\r\n\r\nhello'],
  ])('an origin that dies after %j: the client is cut off, and can tell', async (rest) => {
    const site = await rawOrigin((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${rest}`);
      setTimeout(() => socket.resetAndDestroy(), 30);
    });
    const { port } = await gatewayTo(site);
    // Its connection could be used again for good: only being cut off ends the waiting.
    const text = await exchanged(port, 'GET /a HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(text).toContain('hello');
    expect(text).not.toContain('\r\n0\r\n\r\n');
  });

  test('a client that leaves ends the origin’s work', async () => {
    let ended = false;
    const site = await nodeOrigin((_, res) => {
      res.write('first');
      res.on('close', () => {
        ended = true;
      });
    });
    const { port } = await gatewayTo(site);
    (await get(port, '/a')).destroy();
    expect(await eventually(() => ended)).toBe(true);
  });

  test('the origin’s connection-only headers and forged ones never cross, either way', async () => {
    const heads: string[] = [];
    const site = await rawOrigin((socket, head) => {
      heads.push(head);
      socket.write(
        'HTTP/1.1 200 OK\r\nConnection: X-Hop, close\r\nX-Hop: 1\r\nUpgrade: h2c\r\nAlt-Svc: x\r\nSet-Cookie: gf_reader=1\r\nContent-Length: 2\r\n\r\nok',
      );
    });
    const { port } = await gatewayTo(site);
    const asked =
      'GET /a/../b%2e HTTP/1.1\r\nHost: evil\r\nConnection: close, x-secret\r\nX-Secret: 1\r\nTE: trailers\r\nX_Forwarded_For: 1.1.1.1\r\nCookie: gf_reader=t; a=1\r\n\r\n';
    const text = await exchanged(port, asked);
    expect(text).not.toMatch(/X-Hop|h2c|Alt-Svc|gf_reader/i);
    expect(heads[0]).toMatch(/^GET \/b\. HTTP\/1\.1\r\n/);
    expect(heads[0]).not.toMatch(/secret|evil|trailers|1\.1\.1\.1|gf_reader/i);
    expect(heads[0]).toContain('Cookie: a=1');
  });

  test('a request with both a length and chunks gets one 400 and reaches nobody', async () => {
    const site = await rawOrigin((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    const { port } = await gatewayTo(site);
    const smuggled =
      'POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n';
    expect(await exchanged(port, smuggled)).toMatch(/^HTTP\/1\.1 400 /);
    expect(site.made()).toBe(0);
  });
});
