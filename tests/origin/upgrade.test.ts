/** Upgrades: a tunnel only where the origin agreed, and never a way to read a page. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { canonicalTarget } from '../../src/origin/canonical-target.ts';
import { forwardHeaders } from '../../src/origin/forward-headers.ts';
import { answerWithoutUpgrade } from '../../src/origin/ignored-upgrade.ts';
import { returnHeaders } from '../../src/origin/return-headers.ts';
import {
  askedProtocol,
  createUpgradeTunnels,
  type UpgradeOptions,
  type UpgradeTunnels,
} from '../../src/origin/upgrade.ts';
import { eventually, pause, type RunningOrigin, rawOrigin } from './raw-origin.ts';

const open: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Echoes each byte after a 101, upper-cased. */
const echo = (
  answer = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\nKeep-Alive: 1\r\n\r\n',
) => {
  const heads: string[] = [];
  return rawOrigin((socket, head) => {
    heads.push(head);
    socket.removeAllListeners('data');
    socket.write(answer);
    socket.on('data', (chunk) => void socket.write(chunk.toString().toUpperCase()));
  }).then((site) => ({ site, heads }));
};

async function gate(
  site: RunningOrigin,
  options: Partial<UpgradeOptions> = {},
): Promise<{ port: number; tunnels: UpgradeTunnels }> {
  const settings = { originUrl: site.url, publicUrl: 'http://news.example' };
  const tunnels = createUpgradeTunnels({
    originUrl: site.url,
    returned: returnHeaders(settings),
    headMs: 400,
    ...options,
  });
  const forward = forwardHeaders(settings);
  const server: Server = createServer((_, res) => void res.end('ordinary'));
  server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) => {
    const target = canonicalTarget(req.url ?? '');
    if (askedProtocol(req) === 'h2c')
      return answerWithoutUpgrade(req, socket, (_, res) => void res.end('ordinary'));
    if (target.kind === 'bad') return void socket.destroy();
    const headers = forward(req.rawHeaders, { forwardedFor: '127.0.0.1' });
    tunnels.forward(req, { method: req.method ?? '', target: target.target, headers }, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () => site.close(),
    () => void server.close(),
    () => tunnels.close(),
  );
  return { port: (server.address() as AddressInfo).port, tunnels };
}

interface Client {
  readonly socket: Socket;
  readonly text: () => string;
  readonly ended: () => boolean;
}

function client(port: number, lines: string[], rest = ''): Client {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  let ended = false;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket
    .on('error', () => {})
    .on('close', () => (ended = true))
    .on('end', () => (ended = true));
  socket.write(`${lines.join('\r\n')}\r\n\r\n${rest}`);
  open.push(() => void socket.destroy());
  return { socket, text: () => text, ended: () => ended };
}

const ASK = [
  'GET /chat?a=1 HTTP/1.1',
  'Host: news.example',
  'Connection: keep-alive, Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Key: abc',
];

describe('a tunnel', () => {
  test('opens on the origin’s 101, carries both ways what came early too, with filtered headers', async () => {
    const { site, heads } = await echo();
    const { port, tunnels } = await gate(site);
    const { socket, text } = client(
      port,
      [...ASK, 'Cookie: gf_reader=x; a=1', 'X-Forwarded-For: 1.1.1.1', 'Proxy-X: 1'],
      'early ',
    );
    expect(await eventually(() => text().endsWith('EARLY '))).toBe(true);
    socket.write('late');
    expect(await eventually(() => text().endsWith('EARLY LATE'))).toBe(true);
    expect(text().split('\r\n\r\n')[0]?.split('\r\n').sort()).toEqual([
      ...[
        'Connection: Upgrade',
        'HTTP/1.1 101 Switching Protocols',
        'Sec-WebSocket-Accept: x',
        'Upgrade: websocket',
      ],
    ]);
    expect(heads[0]?.split('\r\n').sort()).toEqual([
      ...[
        'Connection: Upgrade',
        'Cookie: a=1',
        'GET /chat?a=1 HTTP/1.1',
        `Host: 127.0.0.1:${site.port}`,
        'Sec-WebSocket-Key: abc',
      ],
      ...[
        'Upgrade: websocket',
        'X-Forwarded-For: 127.0.0.1',
        'X-Forwarded-Host: news.example',
        'X-Forwarded-Port: 80',
        'X-Forwarded-Proto: http',
      ],
    ]);
    expect(tunnels.open).toBe(1);
  });

  test('nothing of the client’s reaches the origin before it agreed', async () => {
    const received: string[] = [];
    const site = await rawOrigin((socket) => {
      socket.on('data', (chunk) => received.push(chunk.toString()));
    });
    const { port } = await gate(site);
    const { text } = client(port, ASK, 'GET /article HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await eventually(() => text().startsWith('HTTP/1.1 504'))).toBe(true);
    expect(received).toEqual([]);
  });

  test.each(['client', 'origin'])('when the %s goes, the other goes too', async (side) => {
    const { site } = await echo();
    const { port, tunnels } = await gate(site);
    const { socket, text, ended } = client(port, ASK);
    await eventually(() => text().includes('\r\n\r\n'));
    if (side === 'client') socket.resetAndDestroy();
    else for (const one of site.sockets) one.resetAndDestroy();
    expect(await eventually(() => site.sockets.size === 0 && ended() && tunnels.open === 0)).toBe(true);
  });

  test('half closed by the client, the origin may still speak, for a while', async () => {
    const site = await rawOrigin((socket) => {
      socket.removeAllListeners('end');
      socket.write('HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.on('end', () => setTimeout(() => socket.end('last words'), 100));
    });
    const { port, tunnels } = await gate(site);
    const { socket, text } = client(port, ASK);
    await eventually(() => text().includes('\r\n\r\n'));
    socket.end();
    expect(await eventually(() => text().endsWith('last words'))).toBe(true);
    expect(await eventually(() => tunnels.open === 0)).toBe(true);
  });

  test('is closed when idle, and by close()', async () => {
    const { site } = await echo();
    const { port, tunnels } = await gate(site, { idleMs: 150 });
    const idle = client(port, ASK);
    expect(await eventually(() => idle.ended() && tunnels.open === 0)).toBe(true);
    const other = client(port, ASK);
    await eventually(() => other.text().includes('\r\n\r\n'));
    tunnels.close();
    expect(await eventually(() => other.ended() && site.sockets.size === 0)).toBe(true);
  });
});

describe('no tunnel', () => {
  test.each<[string, string, number]>([
    ['a page instead', 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-Text: CANARY\r\n\r\nCANARY', 426],
    ['a part of a page', 'HTTP/1.1 206 P\r\nContent-Length: 6\r\n\r\nCANARY', 426],
    ['a refusal with text', 'HTTP/1.1 403 F\r\nContent-Length: 6\r\nLink: <CANARY>\r\n\r\nCANARY', 403],
    ['a redirect', 'HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 6\r\n\r\nCANARY', 302],
    ['another protocol', 'HTTP/1.1 101 S\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nCANARY', 502],
    ['no protocol', 'HTTP/1.1 101 S\r\n\r\nCANARY', 502],
    [
      'a version it can’t speak',
      'HTTP/1.1 426 U\r\nSec-WebSocket-Version: 13\r\nContent-Length: 6\r\n\r\nCANARY',
      426,
    ],
    ['no HTTP', 'CANARY\r\n\r\n', 502],
  ])('%s: the status alone, and the connection closes', async (_, answer, status) => {
    const { site } = await echo(answer);
    const { port, tunnels } = await gate(site);
    const { text, ended } = client(port, ASK, 'GET /article HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await eventually(() => ended())).toBe(true);
    expect(text()).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*Content-Length: 0\r\n\r\n$`));
    expect(text()).not.toContain('CANARY');
    if (status === 302) expect(text()).toContain('Location: /login');
    expect(await eventually(() => tunnels.open === 0)).toBe(true);
  });

  test.each<[string, string[], number]>([
    [
      'a protocol that isn’t allowed',
      ['GET / HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: tcp'],
      426,
    ],
    [
      'several protocols',
      ['GET / HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket, tcp'],
      426,
    ],
    ['another method', ['POST / HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket'], 400],
    [
      'a body',
      ['GET / HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket', 'Content-Length: 5'],
      400,
    ],
  ])('%s is refused without asking the origin', async (_, lines, status) => {
    const { site } = await echo();
    const { port } = await gate(site);
    const { text } = client(port, lines);
    expect(await eventually(() => text().startsWith(`HTTP/1.1 ${status}`))).toBe(true);
    expect(site.made()).toBe(0);
  });

  test('an origin that isn’t there is a 502, too many tunnels a 503', async () => {
    const { site } = await echo();
    const { port } = await gate(site, { maxTunnels: 1 });
    const first = client(port, ASK);
    await eventually(() => first.text().includes('101'));
    const second = client(port, ASK);
    expect(await eventually(() => second.text().startsWith('HTTP/1.1 503'))).toBe(true);
    first.socket.destroy();
    await site.close();
    await pause(50);
    const third = client(port, ASK);
    expect(await eventually(() => third.text().startsWith('HTTP/1.1 502'))).toBe(true);
  });

  test('a client that leaves before the answer takes the question with it', async () => {
    const site = await rawOrigin(() => {});
    const { port, tunnels } = await gate(site, { headMs: 5_000 });
    const { socket } = client(port, ASK);
    expect(await eventually(() => site.sockets.size === 1)).toBe(true);
    socket.destroy();
    expect(await eventually(() => site.sockets.size === 0 && tunnels.open === 0)).toBe(true);
  });

  test('an offer of h2c on an ordinary request is ignored, and the request answered', async () => {
    const { site } = await echo();
    const { port } = await gate(site);
    const { text, ended } = client(port, [
      'GET /a HTTP/1.1',
      'Host: a',
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: x',
    ]);
    expect(await eventually(() => ended())).toBe(true);
    expect(text()).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*ordinary/);
    expect(text().toLowerCase()).toContain('connection: close');
    expect(site.made()).toBe(0);
  });
});
