/** 103 Early Hints: what the origin says ahead reaches who asked, as links and nothing else, and only where it can be understood. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningOrigin, rawOrigin } from '../origin/raw-origin.ts';
import { articlePage } from '../support/article-origin.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

let origin: RunningOrigin;
let site: RunningGateway;
beforeAll(async () => {
  origin = await rawOrigin((socket, head) => {
    const path = head.split(' ')[1] ?? '';
    const hint = [
      ...[
        'HTTP/1.1 103 Early Hints',
        `Link: <${origin.url}/a.css>; rel=preload; as=style, </b.js>; rel=preload`,
      ],
      ...['link: <https://fonts.example>; rel=preconnect', 'X-Accel-Redirect: /internal', 'Set-Cookie: a=1'],
    ].join('\r\n');
    const [type, body] = path.startsWith('/tidewater/')
      ? ['text/html', articlePage('hinted')]
      : ['image/png', 'the image'];
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    socket.write(`HTTP/1.1 102 Processing\r\n\r\n${hint}\r\n\r\n`);
    setTimeout(() => socket.write(answer), path.includes('slow') ? 300 : 30);
  });
  site = await startGateway({ originUrl: origin.url });
});
afterAll(async () => {
  await site?.stop();
  await origin?.close();
});

/** All that comes until the connection ends. */
const said = async (requests: string): Promise<string> => {
  const { port, hostname } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.write(requests);
  await until(() => socket.readableEnded || socket.destroyed, 'the end');
  return text;
};

const get = (path: string, version = '1.1', more = 'Connection: close\r\n'): string =>
  `GET ${path} HTTP/${version}\r\nHost: x\r\n${more}\r\n`;

test.each(['/media/a.png', '/tidewater/hinted'])(
  'those of %s come before it, links alone, with public addresses',
  async (path) => {
    const [hint, answer] = (await said(get(path))).split('\r\n\r\n');
    expect(hint?.split('\r\n')).toEqual([
      'HTTP/1.1 103 Early Hints',
      `Link: <${site.url}/a.css>; rel=preload; as=style, </b.js>; rel=preload`,
      'Link: <https://fonts.example>; rel=preconnect',
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  },
);

test('whoever speaks HTTP/1.0 gets one answer', async () => {
  expect(await said(get('/media/b.png', '1.0', ''))).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test('no hint comes between other answers of the connection', async () => {
  const text = await said(get('/media/slow.png', '1.1', '') + get('/media/c.png'));
  const statuses = text.match(/HTTP\/1\.1 \d+/g);
  expect(statuses).toEqual(['HTTP/1.1 103', 'HTTP/1.1 200', 'HTTP/1.1 200']);
});
