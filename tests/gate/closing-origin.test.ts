/** An origin that closes its connection, at whatever moment: each reader gets what is right, and everybody else is served on. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pause, type RunningOrigin, rawOrigin } from '../origin/raw-origin.ts';
import { articlePage } from '../support/article-origin.ts';
import { type Answer, ask } from '../support/raw-client.ts';
import { freePort } from '../support/server-process.ts';
import { comp, dayMs, noon, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { startStaticNginx } from '../support/static-nginx.ts';
import { until } from '../support/until.ts';

type Say = (socket: Socket) => void;

const scripts = new Map<string, Say>();
let origin: RunningOrigin;
let site: RunningGateway;
let always: Readonly<Record<string, string>>;
beforeAll(async () => {
  origin = await rawOrigin((socket, head) => {
    const path = head.split(' ')[1]?.split('?')[0] ?? '';
    const say = scripts.get(path);
    if (say) say(socket);
    else socket.write('HTTP/1.1 404 Not Found\r\nContent-Type: image/png\r\nContent-Length: 0\r\n\r\n');
  });
  site = await startGateway({ originUrl: origin.url });
  const subscriber = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
  always = { ...subscriber.cookie, Accept: '*/*' };
});
afterAll(async () => {
  await site?.stop();
  await origin?.close();
});

/** How the gate takes each: on as it comes, read whole, held for the decision, held to see whether it is an article’s form. */
const kinds = [
  { kind: 'streamed', type: 'image/png', path: '/media/a.png' },
  { kind: 'collected', type: 'text/html', path: '/about' },
  { kind: 'held', type: 'application/pdf', path: '/tidewater/a' },
  { kind: 'probed', type: 'application/json', path: '/data/prices.json' },
] as const;

/** A few bytes, and more than is kept of what is held; a page is parsed, and that is another test's business. */
const sizesOf = (kind: string): readonly number[] => [30, kind === 'collected' ? 90_000 : 900_000];

let number = 0;
/** Every question has an address of its own, so that nothing learnt of one changes another. */
const addressOf = ({ path }: (typeof kinds)[number]): string => {
  number += 1;
  return path.replace(/(\.\w+)?$/, (ending) => `-${number}${ending}`);
};

const got = async (path: string): Promise<Answer> => ask(site.url, path, { headers: always });

const aliveNow = async (): Promise<void> => {
  expect((await ask(site.url, '/-/health/live')).status).toBe(200);
  scripts.set('/still.png', (socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 5\r\n\r\nstill'),
  );
  expect((await got('/still.png')).text).toBe('still');
};

const bodyOf = (size: number): string => 'abcdefghi\n'.repeat(size / 10);
const chunked = (body: string): string =>
  `${body.length.toString(16)}\r\n${body}\r\n0\r\nX-Checksum: 1\r\n\r\n`;

/** Ways in which the whole of a body can come and the connection end. */
const wholes: Readonly<Record<string, (head: string, body: string) => Say>> = {
  'by its length, then the end': (head, body) => (socket) =>
    void socket.end(`HTTP/1.1 200 OK\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`),
  'by its length, Connection: close, and no end': (head, body) => (socket) =>
    void socket.write(
      `HTTP/1.1 200 OK\r\n${head}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ),
  'by its length, then a reset': (head, body) => (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`);
    // Behind the last byte, as far as the reader goes: a reset may take what wasn't read with it.
    setTimeout(() => socket.resetAndDestroy(), body.length > 1_000 ? 400 : 50);
  },
  'in chunks, then the end': (head, body) => (socket) =>
    void socket.end(
      `HTTP/1.1 200 OK\r\n${head}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(body)}`,
    ),
  'until the end': (head, body) => (socket) => void socket.end(`HTTP/1.1 200 OK\r\n${head}\r\n${body}`),
  'until the end, a little later': (head, body) => (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${head}Connection: close\r\n\r\n${body}`);
    setTimeout(() => socket.end(), 60);
  },
  'until the end, its last part a little later': (head, body) => (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${head}Connection: close\r\n\r\n${body.slice(0, 20)}`);
    setTimeout(() => socket.end(body.slice(20)), 60);
  },
  'in HTTP/1.0': (head, body) => (socket) => void socket.end(`HTTP/1.0 200 OK\r\n${head}\r\n${body}`),
  'in HTTP/1.0 by its length, kept': (head, body) => (socket) =>
    void socket.write(
      `HTTP/1.0 200 OK\r\n${head}Connection: keep-alive\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ),
  'with more behind it than its length': (head, body) => (socket) =>
    void socket.end(`HTTP/1.1 200 OK\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}garbage`),
  'with a second response behind it': (head, body) => (socket) =>
    void socket.write(
      `HTTP/1.1 200 OK\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\nevil`,
    ),
};

describe.each(kinds)('an answer that is $kind', (kind) => {
  test.each(Object.keys(wholes))('reaches its reader whole when it comes %s', async (way) => {
    for (const size of sizesOf(kind.kind)) {
      const path = addressOf(kind);
      const body = bodyOf(size);
      const say = wholes[way]?.(`Content-Type: ${kind.type}\r\n`, body);
      if (say) scripts.set(path, say);
      const answer = await got(path);
      expect([answer.status, answer.complete, answer.body.length]).toEqual([200, true, size]);
      expect(answer.body.toString()).toBe(body);
      await aliveNow();
      // Until the reset of a connection that is kept has come.
      await pause(60);
    }
  });

  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${kind.type}\r\n`;
  test.each<[string, string]>([
    ['before a byte of it', ''],
    ['in its head', head],
  ])('that breaks off %s is a 502', async (_, said) => {
    for (const end of ['end', 'resetAndDestroy'] as const) {
      const path = addressOf(kind);
      scripts.set(path, (socket) => {
        if (said === '') return void socket[end]();
        socket.write(said);
        setTimeout(() => socket[end](), 30);
      });
      expect((await got(path)).status).toBe(502);
      await aliveNow();
    }
  });

  test.each<[string, string]>([
    ['of stated length', `${head}Content-Length: 2000000\r\n\r\n`],
    ['of chunks', `${head}Transfer-Encoding: chunked\r\n\r\n100000\r\n`],
  ])('that breaks off within a body %s never looks whole', async (_, said) => {
    for (const end of ['end', 'resetAndDestroy'] as const) {
      for (const size of sizesOf(kind.kind)) {
        const path = addressOf(kind);
        scripts.set(path, (socket) => {
          socket.write(said + bodyOf(size));
          setTimeout(() => socket[end](), 60);
        });
        const answer = await got(path).catch(() => undefined);
        // What hadn't begun to be sent can still be told; what had is cut off.
        if (answer?.complete === true) expect(answer.status).toBe(502);
        await aliveNow();
      }
    }
  });
});

/** Piece by piece, as fast as it is taken, and then the end. */
const sayLarge = (socket: Socket, type: string, size: number): void => {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${size}\r\n\r\n`);
  const part = Buffer.alloc(65_536);
  const more = (left: number): void => {
    if (left === 0) return void socket.end();
    if (socket.write(part)) setImmediate(more, left - 1);
    else socket.once('drain', () => more(left - 1));
  };
  more(size / part.length);
};

test('a stock nginx, which closes a connection with its thousandth answer, loses none of 1,100', async () => {
  const files = new Map([
    ['index.html', '<!doctype html><title>Home</title>'],
    ['data/prices.json', JSON.stringify({ prices: bodyOf(20_000) })],
  ]);
  const nginx = await startStaticNginx(files, await freePort());
  const gate = await startGateway({ originUrl: nginx.url });
  try {
    const size = Buffer.byteLength(files.get('data/prices.json') ?? '');
    const wrong: string[] = [];
    for (let at = 0; at < 1_100; at += 1) {
      // An address of its own each time: it is held anew, as nothing is known of it.
      const answer = await ask(gate.url, `/data/prices.json?at=${at}`, { headers: { Accept: '*/*' } });
      if (answer.status !== 200 || answer.body.length !== size) wrong.push(`${at}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  } finally {
    await gate.stop();
    await nginx.stop();
  }
}, 300_000);

test('an answer that waits for its decision leaves most of itself with the origin, and comes whole in the end', async () => {
  const size = 64 << 20;
  const path = '/waiting/story.json';
  let serving: Socket | undefined;
  let showPage = (): void => undefined;
  scripts.set(path, (socket) => {
    serving = socket;
    sayLarge(socket, 'application/json', size);
  });
  scripts.set('/waiting/story', (socket) => {
    showPage = () => socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${articlePage('x')}`);
  });
  const answering = got(path);
  await until(() => (serving?.bytesWritten ?? 0) > 0, 'the answer');
  await pause(300);
  // What the two kernels hold of it between them is a few mebibytes.
  expect(serving?.bytesWritten).toBeLessThan(size / 2);
  showPage();
  const answer = await answering;
  expect([answer.status, answer.complete, answer.body.length]).toEqual([200, true, size]);
}, 120_000);

test('a client that stops reading a held answer stops the origin too', async () => {
  const size = 64 << 20;
  let serving: Socket | undefined;
  scripts.set('/tidewater/slow', (socket) => {
    serving = socket;
    sayLarge(socket, 'application/pdf', size);
  });
  const { hostname, port } = new URL(site.url);
  const client = connect(Number(port), hostname);
  client.write(
    `GET /tidewater/slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${always.Cookie}\r\n\r\n`,
  );
  client.pause();
  await until(() => (serving?.bytesWritten ?? 0) > 0, 'the answer');
  await pause(500);
  const whileStopped = serving?.bytesWritten ?? 0;
  await pause(200);
  expect(serving?.bytesWritten).toBeLessThanOrEqual(whileStopped + 131_072);
  expect(whileStopped).toBeLessThan(size / 2);
  let received = 0;
  client.on('data', (chunk) => {
    received += chunk.length;
  });
  client.resume();
  await until(() => client.readableEnded || client.destroyed, 'the end', 30_000);
  expect(received).toBeGreaterThan(size);
}, 120_000);
