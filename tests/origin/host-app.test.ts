/** A host application's own responses, captured: whatever way it writes, the receiver gets it and the client doesn't. */
import { createReadStream, mkdtempSync, writeFileSync } from 'node:fs';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import { captureHostResponse, type HostAsk } from '../../src/origin/host-app.ts';
import type { HostCapture } from '../../src/origin/host-capture.ts';
import type { OriginHead } from '../../src/origin/origin.ts';
import { eventually, pause } from './raw-origin.ts';

const FULL = `<p>${'the whole text '.repeat(3000)}CANARY</p>`;
const directory = mkdtempSync(join(tmpdir(), 'gatefold-host-'));
const file = join(directory, 'article.html');
writeFileSync(file, FULL);

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Told {
  head?: OriginHead;
  body: string;
  outcome?: string;
  chunks: number;
}

/** Collects, and answers each captured response with a preview of its own. */
function collecting(told: Told[], ask: HostAsk = { decodable: true, unconditional: true }) {
  return (req: IncomingMessage, res: ServerResponse, next: () => void): void => {
    const one: Told = { body: '', chunks: 0 };
    told.push(one);
    captureHostResponse(
      req,
      res,
      next,
      (capture) => ({
        head: (head) => {
          one.head = head;
        },
        data: (chunk) => {
          one.body += Buffer.from(chunk).toString();
          one.chunks += 1;
          return true;
        },
        end: () => {
          one.outcome = 'end';
          preview(capture, one.head?.status ?? 0);
        },
        fail: (fault) => {
          one.outcome = fault;
        },
      }),
      ask,
    );
  };
}

function preview({ client }: HostCapture, status: number): void {
  client.writeHead(status, [
    'Content-Type',
    'text/plain',
    'X-Gate',
    '1',
    'Set-Cookie',
    'a=1',
    'Set-Cookie',
    'b=2',
  ]);
  client.write(Buffer.from('pre'));
  client.end(Buffer.from('view'));
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

async function served(
  app: Express | ((req: IncomingMessage, res: ServerResponse) => void),
): Promise<(path: string, options?: object) => Promise<Answer>> {
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return (path, options = {}) =>
    new Promise((resolve, reject) => {
      const req = httpRequest({ port, host: '127.0.0.1', path, agent: false, ...options }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () =>
          resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }),
        );
        res.on('error', reject);
      });
      req.on('error', reject);
      req.end();
    });
}

function hostRoutes(app: Express): Express {
  app.set('view engine', 'txt');
  app.set('views', directory);
  app.engine('txt', (_path, _options, done) => done(null, FULL));
  writeFileSync(join(directory, 'article.txt'), '');
  app.get('/send', (_req, res) => void res.set('X-Host', 'h').send(FULL));
  app.get('/json', (_req, res) => void res.json({ text: FULL }));
  app.get('/render', (_req, res) => res.render('article'));
  app.get('/file', (_req, res) => res.sendFile(file));
  app.get(
    '/pipe',
    (_req, res) => void createReadStream(file, { highWaterMark: 1000 }).pipe(res.type('html')),
  );
  app.get('/pipeline', async (_req, res) => pipeline(Readable.from([FULL.slice(0, 9), FULL.slice(9)]), res));
  app.get('/bare', (_req, res) => void res.end(FULL));
  app.get('/writes', (_req, res) => {
    res.writeHead(203, 'Fine', { 'Content-Type': 'text/html', 'x-list': ['1', '2'] });
    res.write(Buffer.from(FULL.slice(0, 9)), () => res.end(FULL.slice(9), 'utf8', () => {}));
  });
  app.get(
    '/list',
    (_req, res) => void res.setHeader('X-A', '0').writeHead(200, ['X-A', '1', 'x-b', '2']).end(FULL),
  );
  app.get('/flush', (_req, res) => {
    res.flushHeaders();
    setTimeout(() => res.end(FULL), 10);
  });
  app.get('/error', (_req, _res, next) => next(new Error(FULL)));
  app.get('/throw', async () => {
    throw new Error(FULL);
  });
  app.get('/late', (_req, res) => {
    res.send(FULL);
    setTimeout(() => {
      res.end(FULL);
      res.write(FULL);
    });
  });
  app.get('/twice', (_req, res) => {
    res.send(FULL);
    expect(() => res.json({ FULL })).toThrow(/Headers/);
    res.end(FULL);
  });
  return app;
}

describe('collected', () => {
  test.each([
    ...[
      '/send',
      '/json',
      '/render',
      '/file',
      '/pipe',
      '/pipeline',
      '/bare',
      '/writes',
      '/list',
      '/flush',
      '/error',
      '/throw',
      '/late',
    ],
    ...['/twice', '/nowhere'],
  ])('%s reaches the receiver whole, and the client gets only the gate’s answer', async (path) => {
    const told: Told[] = [];
    const app = express();
    app.use((_req, res, next) => {
      res.setHeader('X-Outer', 'outer');
      next();
    });
    app.use(collecting(told));
    app.set('env', 'test');
    const ask = await served(hostRoutes(app));
    const answer = await ask(path, { headers: { 'Accept-Encoding': 'gzip' } });
    await pause(30);
    const [one] = told;
    expect(one?.outcome).toBe('end');
    expect(one?.head?.status).toBe(
      path === '/writes' ? 203 : path === '/nowhere' ? 404 : ['/error', '/throw'].includes(path) ? 500 : 200,
    );
    if (path !== '/nowhere') expect(one?.body).toContain('CANARY');
    expect(answer.status).toBe(one?.head?.status);
    expect(answer.body.toString()).toBe('preview');
    expect(answer.headers).toMatchObject({
      'x-gate': '1',
      'set-cookie': ['a=1', 'b=2'],
      'content-type': 'text/plain',
    });
    expect(answer.headers).not.toHaveProperty('etag');
    expect(answer.headers).not.toHaveProperty('x-host');
    expect(Object.fromEntries(one?.head?.headers ?? [])).toMatchObject({ 'x-outer': 'outer' });
  });

  test('writeHead’s headers replace those set before, in each of its forms', async () => {
    const told: Told[] = [];
    const app = express();
    app.use(collecting(told));
    const ask = await served(hostRoutes(app));
    await ask('/list');
    await ask('/writes');
    expect(told[0]?.head?.headers.filter(([name]) => /^x-[ab]$/i.test(name))).toEqual([
      ['X-A', '1'],
      ['x-b', '2'],
    ]);
    expect(told[1]?.head?.headers.filter(([name]) => name === 'x-list')).toEqual([
      ['x-list', '1'],
      ['x-list', '2'],
    ]);
  });

  test('a condition or range can’t make the host answer for the full text', async () => {
    const told: Told[] = [];
    const app = express();
    app.use(collecting(told));
    const ask = await served(hostRoutes(app));
    const plain = await served(hostRoutes(express()));
    const etag = String((await plain('/send')).headers.etag);
    expect((await plain('/send', { headers: { 'If-None-Match': etag } })).status).toBe(304);
    expect((await ask('/send', { headers: { 'If-None-Match': etag } })).body.toString()).toBe('preview');
    expect((await ask('/file', { headers: { Range: 'bytes=0-9' } })).status).toBe(200);
    expect(told[1]?.body).toBe(FULL);
  });

  test('HEAD: without a body, or asked as GET so that the body is known; the client gets none', async () => {
    const told: Told[] = [];
    const app = express();
    app.use((req, res, next) => collecting(told, { asGet: req.url === '/file' })(req, res, next));
    const ask = await served(hostRoutes(app));
    expect((await ask('/send', { method: 'HEAD' })).body.length).toBe(0);
    expect((await ask('/file', { method: 'HEAD' })).body.length).toBe(0);
    expect(told.map(({ body }) => body.length)).toEqual([0, FULL.length]);
  });

  test('compression around the gate compresses the gate’s answer; inside it, the host’s is left plain', async () => {
    const compress = (_req: IncomingMessage, res: ServerResponse, next: () => void): void =>
      compressing(_req, res, next);
    const told: Told[] = [];
    const outside = express().use(compress).use(collecting(told));
    const answer = await (await served(hostRoutes(outside)))('/send', {
      headers: { 'Accept-Encoding': 'gzip' },
    });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(answer.body).toString()).toBe('preview');
    const inside = express().use(collecting(told)).use(compress);
    expect(
      (
        await (
          await served(hostRoutes(inside))
        )('/send', { headers: { 'Accept-Encoding': 'gzip' } })
      ).body.toString(),
    ).toBe('preview');
    expect(told.map(({ body }) => body.includes('CANARY'))).toEqual([true, true]);
  });

  test('given up in the middle, the host may write on and nobody hears it', async () => {
    const app = express();
    app.use((req, res, next) => {
      captureHostResponse(req, res, next, (capture) => ({
        head: () => {},
        data: () => {
          capture.abort();
          preview(capture, 200);
          return false;
        },
        end: () => {
          throw new Error('not after abort');
        },
        fail: () => {
          throw new Error('not after abort');
        },
      }));
    });
    const answer = await (await served(hostRoutes(app)))('/pipe');
    expect(answer.body.toString()).toBe('preview');
  });

  test('the receiver sets the pace of what is piped', async () => {
    let held: HostCapture | undefined;
    let chunks = 0;
    const app = express();
    app.use((req, res, next) => {
      held = captureHostResponse(req, res, next, (capture) => ({
        head: () => {},
        data: () => {
          chunks += 1;
          return chunks > 3;
        },
        end: () => preview(capture, 200),
        fail: () => {},
      }));
    });
    const answer = (await served(hostRoutes(app)))('/pipe');
    await eventually(() => chunks === 1);
    await pause(50);
    expect(chunks).toBe(1);
    for (const expected of [2, 3]) {
      held?.resume();
      expect(await eventually(() => chunks === expected)).toBe(true);
    }
    held?.resume();
    expect((await answer).body.toString()).toBe('preview');
  });

  test('a client that leaves, or a host that destroys the response, is broken-off', async () => {
    const told: Told[] = [];
    const app = express();
    app.use(collecting(told));
    app.get('/never', (_req, res) => void res.write('x'));
    app.get('/destroy', (_req, res) => {
      res.write('x');
      res.destroy();
    });
    const ask = await served(app);
    await expect(ask('/never', { timeout: 100, signal: AbortSignal.timeout(100) })).rejects.toThrow();
    await expect(ask('/destroy', { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    expect(
      await eventually(() => told.length === 2 && told.every(({ outcome }) => outcome === 'broken-off')),
    ).toBe(true);
  });
});

describe('let through', () => {
  const through = (heads: OriginHead[]) => (req: IncomingMessage, res: ServerResponse, next: () => void) => {
    captureHostResponse(req, res, next, (capture) => ({
      head: (head) => {
        heads.push(head);
        capture.letThrough();
      },
      data: () => {
        throw new Error('let through');
      },
      end: () => {
        throw new Error('let through');
      },
      fail: () => {
        throw new Error('let through');
      },
    }));
  };

  test.each([
    '/send',
    '/json',
    '/render',
    '/file',
    '/pipe',
    '/pipeline',
    '/bare',
    '/writes',
    '/list',
    '/flush',
    '/late',
    '/nowhere',
  ])('%s is byte for byte what it is without the gate', async (path) => {
    const heads: OriginHead[] = [];
    const plain = await (await served(hostRoutes(express())))(path);
    const gated = await (await served(hostRoutes(express().use(through(heads)))))(path);
    expect({ ...gated, headers: { ...gated.headers, date: '' } }).toEqual({
      ...plain,
      headers: { ...plain.headers, date: '' },
    });
    expect(heads.map(({ status }) => status)).toEqual([plain.status]);
  });

  test('the host’s own 304, HEAD and compression work', async () => {
    const ask = await served(hostRoutes(express().use(through([])).use(compressing)));
    const first = await ask('/send', { headers: { 'Accept-Encoding': 'gzip' } });
    expect(gunzipSync(first.body).toString()).toBe(FULL);
    const plain = await served(hostRoutes(express().use(through([]))));
    const { etag } = (await plain('/send')).headers;
    expect((await plain('/send', { headers: { 'If-None-Match': String(etag) } })).status).toBe(304);
    expect(Number((await plain('/send', { method: 'HEAD' })).headers['content-length'])).toBe(FULL.length);
  });
});

/** What compression middleware does: wraps `writeHead`, `write` and `end`, and decides when the head is written. */
function compressing(req: IncomingMessage, res: ServerResponse, next: () => void): void {
  const { writeHead, write, end } = res;
  if (req.headers['accept-encoding'] !== 'gzip') {
    next();
    return;
  }
  const gzip = createGzip();
  gzip.on('data', (chunk) => void write.call(res, chunk, 'utf8'));
  gzip.on('end', () => void Reflect.apply(end, res, []));
  let begun = false;
  const begin = (): void => {
    if (!begun) res.writeHead(res.statusCode);
  };
  Object.assign(res, {
    writeHead: (...args: unknown[]) => {
      if (!begun) {
        begun = true;
        res.setHeader('Content-Encoding', 'gzip');
        res.removeHeader('Content-Length');
      }
      return Reflect.apply(writeHead, res, args);
    },
    write: (chunk: unknown) => {
      begin();
      return gzip.write(chunk);
    },
    end: (chunk: unknown) => {
      begin();
      if (chunk !== undefined) gzip.write(chunk);
      gzip.end();
      return res;
    },
  });
  next();
}
