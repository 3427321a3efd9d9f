/** Further ways in that were tried, and must stay shut. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  metaTags,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { accessOf, type Reader } from '../support/raw-client.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
let stopped: Reader;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
  stopped = site.reader();
  for (const slug of ['a', 'b', 'c']) await stopped.ask(`/tidewater/used-${slug}`);
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

/** All that comes back over one connection. */
const spoken = async (...requests: string[]): Promise<string> => {
  const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString();
  });
  socket.on('error', () => undefined);
  for (const request of requests) socket.write(request);
  setTimeout(() => socket.destroy(), 500);
  await once(socket, 'close');
  return heard;
};
const cookie = () => `Cookie: gf_visitor=${stopped.jar.get('gf_visitor')}`;

describe('on one connection', () => {
  test.each(['websocket', 'h2c', 'TLS/1.0', 'anything'])(
    'an offer to upgrade to %s that the origin ignores brings no withheld text',
    async (protocol) => {
      for (const path of ['/tidewater/one', '/meta/one', '/%74idewater/one', '//tidewater/one']) {
        const heard = await spoken(
          `GET ${path} HTTP/1.1\r\nHost: x\r\n${cookie()}\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        );
        expect(heard).toMatch(/^HTTP\/1.1 /);
        expect(heard).not.toContain(withheldText('one'));
      }
    },
  );

  test('CONNECT, an absolute address and HTTP/1.0 bring no withheld text', async () => {
    const { host } = new URL(site.url);
    const heard = [
      await spoken(
        `CONNECT ${host} HTTP/1.1\r\nHost: x\r\n\r\nGET /tidewater/one HTTP/1.1\r\nHost: x\r\n\r\n`,
      ),
      await spoken(
        `GET http://elsewhere.example/tidewater/one HTTP/1.1\r\nHost: elsewhere.example\r\n${cookie()}\r\n\r\n`,
      ),
      await spoken(`GET /tidewater/one HTTP/1.0\r\n${cookie()}\r\n\r\n`),
      await spoken(
        `GET /tidewater/one HTTP/1.1\r\nHost: x\r\n${cookie()}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ),
    ];
    for (const each of heard) expect(each).not.toContain(withheldText('one'));
  });
});

describe('a body sent with GET', () => {
  test('doesn’t make its sender’s page everybody’s', async () => {
    origin.on('/tidewater/echo', (req, res) => {
      let body = '';
      req.on('data', (chunk) => {
        body += chunk;
      });
      req.on('end', () =>
        sendHtml(articlePage('echo', { body: `<p>Hello ${body || 'reader'}.</p>` }))(req, res),
      );
    });
    await site.ask('/tidewater/echo', { body: 'intruder', headers: { 'Content-Length': '8' } });
    expect((await site.ask('/tidewater/echo')).text).toContain('Hello reader.');
  });
});

describe('headers that an origin might echo', () => {
  test.each([
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Original-URL',
    'X-Rewrite-URL',
    'Accept-Language',
    'User-Agent',
    'X-HTTP-Method-Override',
    'Origin',
    'Referer',
  ])('%s doesn’t make its sender’s page everybody’s', async (name) => {
    const path = `/tidewater/echo-${name.toLowerCase()}`;
    origin.on(path, (req, res) =>
      sendHtml(articlePage('echo', { body: `<p>${JSON.stringify(req.headers)}</p>` }))(req, res),
    );
    await site.ask(path, { headers: { [name]: 'intruder.example' } });
    expect((await site.ask(path)).text).not.toContain('intruder');
  });
});

describe('a redirect', () => {
  test.each(['text/html', 'text/plain', 'application/json', ''])(
    'at an article’s address, in %s, leads on, costs nothing and brings no text',
    async (type) => {
      const path = `/tidewater/moved-${type.replace(/\W/g, '')}`;
      origin.on(path, (_req, res) => {
        res.writeHead(301, {
          Location: `${origin.url}/tidewater/one`,
          ...(type ? { 'Content-Type': type } : {}),
        });
        res.end(withheldText('moved'));
      });
      const fresh = site.reader();
      for (const reader of [stopped, fresh]) {
        const answer = await reader.ask(path);
        expect([answer.status, answer.headers.location]).toEqual([301, `${site.url}/tidewater/one`]);
        expect(answer.text).not.toContain(withheldText('moved'));
      }
      expect(accessOf(await fresh.ask('/tidewater/one')).left).toBe(2);
    },
  );
});

describe('an article that changes its level or its address', () => {
  test('from open to locked is locked with the next copy, and its open copy isn’t served on', async () => {
    origin.on(
      '/meta/turned',
      sendHtml(articlePage('turned', { head: '<meta property="article:content_tier" content="free">' })),
    );
    expect(accessOf(await site.ask('/meta/turned')).reason).toBe('open');
    origin.on(
      '/meta/turned',
      sendHtml(articlePage('turned', { head: '<meta property="article:content_tier" content="locked">' })),
    );
    site.time.now += 25 * 3_600_000;
    const answer = await site.ask('/meta/turned');
    expect(accessOf(answer)).toEqual({ outcome: 'preview', reason: 'locked' });
    expect(answer.text).not.toContain(withheldText('turned'));
    site.time.now -= 25 * 3_600_000;
  });

  test('one free read doesn’t open another article whose page names it as canonical on another site', async () => {
    origin.on(
      '/meta/copy',
      sendHtml(
        articlePage('copy', { head: metaTags, canonical: 'https://elsewhere.example/tidewater/used-a' }),
      ),
    );
    expect(accessOf(await stopped.ask('/meta/copy')).outcome).toBe('preview');
  });
});

describe('asking the access API with HEAD', () => {
  test('costs nothing', async () => {
    const reader = site.reader();
    await reader.ask('/tidewater/first');
    await reader.ask('/-/access?url=/tidewater/second&count=true', { method: 'HEAD' });
    expect(accessOf(await reader.ask('/tidewater/third')).left).toBe(1);
  });
});

describe('names that JavaScript treats in its own way', () => {
  test.each([
    '/__proto__',
    '/constructor',
    '/tidewater/__proto__',
    '/tidewater/constructor',
    '/toString?__proto__=1',
    '/-/access?url=/__proto__',
    '/-/access?__proto__[url]=/x&constructor=1',
    '/-/access?url[]=/x&url=/y',
    '/-/access?url=/x&url=/y',
  ])('%s is no 500', async (target) => {
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS'])
      expect((await site.ask(target, { method })).status).toBeLessThan(500);
  });
});
