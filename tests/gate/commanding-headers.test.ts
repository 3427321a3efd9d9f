/** What an origin commands proxies and caches stays inside, whatever the answer; and what is article-like says that its type is its type. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningOrigin, rawOrigin } from '../origin/raw-origin.ts';
import { articlePage } from '../support/article-origin.ts';
import type { Answer } from '../support/raw-client.ts';
import {
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
  testPolicy,
} from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

const commands: readonly (readonly [string, string])[] = [
  ['X-Accel-Redirect', '/internal/whole'],
  ['X-Accel-Expires', '600'],
  ['x-accel-buffering', 'no'],
  ['X-Accel-Anything-New', '1'],
  ['X-Sendfile', '/srv/whole.html'],
  ['X-LIGHTTPD-send-file', '/srv/whole.html'],
  ['X-Reproxy-URL', 'http://127.0.0.1/whole'],
  ['X-LiteSpeed-Cache-Control', 'public'],
  ['X-LiteSpeed-Location', '/whole'],
  ['Edge-Control', 'max-age=600'],
  ['CDN-Cache-Control', 'max-age=600'],
  ['Cloudflare-CDN-Cache-Control', 'max-age=600'],
  ['Vercel-CDN-Cache-Control', 'max-age=600'],
  ['Some-New-Vendor-Cache-Control', 'max-age=600'],
  ['Surrogate-Control', 'max-age=600'],
  ['SURROGATE-KEY', 'a b'],
  ['X-Envoy-Immediate-Health-Check-Fail', '1'],
  ['Netlify-Vary', 'query'],
];
const names = new Set(commands.map(([name]) => name.toLowerCase()));
const spoken = [...commands, ['Cache-Tag', 'a'], ['X-Powered-By', 'PHP']] as const;

const feed =
  '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><item><title>A</title><link>/tidewater/a</link></item></channel></rss>';

/** Path: status line and type, body. */
const answers: Readonly<
  Record<string, readonly [status: string, type: string, body: string, more?: string]>
> = {
  '/tidewater/a': ['200 OK', 'text/html', articlePage('a')],
  '/tidewater/open': [
    '200 OK',
    'text/html',
    articlePage('open', { head: '<meta property="article:content_tier" content="free">' }),
  ],
  '/tidewater/b.json': ['200 OK', 'application/json', JSON.stringify({ content_html: articlePage('b') })],
  '/tidewater/c': ['200 OK', 'application/pdf', '%PDF'],
  '/tidewater/moved': ['302 Found', 'text/html', 'moved', 'Location: /elsewhere\r\n'],
  '/tidewater/broken': ['500 Sorry', 'text/html', 'broken'],
  '/about': ['200 OK', 'text/html', '<!doctype html><title>About</title>'],
  '/about/unchanged': ['304 Not Modified', 'text/html', '', 'ETag: "a"\r\n'],
  '/gone': ['410 Gone', 'text/html', 'gone'],
  '/robots.txt': ['200 OK', 'text/plain', 'User-agent: *'],
  '/data/prices.json': ['200 OK', 'application/json', '{"a":1}'],
  '/feed.xml': ['200 OK', 'application/rss+xml', feed],
  '/media/a.png': ['200 OK', 'image/png', 'an image'],
  '/events': ['200 OK', 'text/event-stream', 'data: 1\n\n'],
  '/media/moved.png': ['301 Moved', 'image/png', '', 'Location: /media/a.png\r\n'],
};

let origin: RunningOrigin;
let site: RunningGateway;
let subscriber: Readonly<Record<string, string>>;
beforeAll(async () => {
  origin = await rawOrigin((socket, head) => {
    const path = head.split(' ')[1]?.split('?')[0] ?? '';
    const said = spoken.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    if (path === '/socket') {
      socket.write(`HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${said}\r\n`);
      return;
    }
    const [status, type, body, more = ''] = answers[path] ?? ['404 Not Found', 'text/html', 'nothing'];
    const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    const isHead = head.startsWith('HEAD');
    socket.write(
      `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\n${more}${said}${length}\r\n${isHead ? '' : body}`,
    );
  });
  site = await startGateway({ originUrl: origin.url });
  const account = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
  subscriber = account.cookie;
});
afterAll(async () => {
  await site?.stop();
  await origin?.close();
});

const namesOf = ({ rawHeaders }: Answer): string[] =>
  rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());

describe.each(Object.keys(answers))('%s', (path) => {
  test.each(['GET', 'HEAD'])(
    'asked by %s carries none to a stranger or a subscriber, and the rest',
    async (method) => {
      for (const headers of [{}, subscriber, { 'If-None-Match': '"a"' }]) {
        const answer = await site.ask(path, { method, headers: { Accept: '*/*', ...headers } });
        expect(namesOf(answer).filter((name) => names.has(name))).toEqual([]);
        expect(answer.status).not.toBe(503);
        // What Gatefold answers by itself has nothing of the origin's.
        if (answer.headers['gatefold-error'] === undefined && answer.status !== 403)
          expect(namesOf(answer)).toContain('x-powered-by');
      }
    },
  );
});

test('an agreed upgrade carries none', async () => {
  const { port, hostname } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.write('GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await until(() => text.includes('\r\n\r\n'), 'the upgrade');
  socket.destroy();
  expect(text).toMatch(/^HTTP\/1\.1 101 /);
  expect(text).toContain('X-Powered-By: PHP');
  expect(text).not.toMatch(/accel|sendfile|send-file|surrogate|cache-control|edge-control/i);
});

test('whatever the policy names passes: any with an image, beside an article only what doesn’t speak of its text', async () => {
  const own = await startGateway({
    originUrl: origin.url,
    policy: `${testPolicy}\noriginHeaders: { pass: [X-Accel-*, surrogate-key] }\n`,
  });
  const passed = async (path: string): Promise<string[]> =>
    namesOf(await own.ask(path, { headers: { Accept: '*/*' } })).filter((name) => names.has(name));
  try {
    const all = [
      'x-accel-redirect',
      'x-accel-expires',
      'x-accel-buffering',
      'x-accel-anything-new',
      'surrogate-key',
    ];
    expect(await passed('/media/a.png')).toEqual(all);
    expect(await passed('/about')).toEqual(all);
    for (const path of ['/tidewater/a', '/tidewater/open', '/tidewater/c', '/feed.xml'])
      expect([path, await passed(path)]).toEqual([path, ['x-accel-buffering', 'surrogate-key']]);
  } finally {
    await own.stop();
  }
});

test('every form of an article is sent as the type that it is cut for, stated once', async () => {
  const stopped = site.reader();
  for (const slug of ['open', 'a', 'b.json', 'c']) {
    for (const headers of [{}, subscriber]) {
      const answer = await stopped.ask(`/tidewater/${slug}`, { headers });
      expect([slug, answer.headers['x-content-type-options']]).toEqual([slug, 'nosniff']);
    }
  }
  expect((await site.ask('/feed.xml')).headers['x-content-type-options']).toBe('nosniff');
});
