/** What readers get while the origin is slow, broken, gone or changed, and how rarely it is asked. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  metaTags,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { accessOf } from '../support/raw-client.ts';
import { freePort } from '../support/server-process.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

let origin: ArticleOrigin;
let site: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startGateway({ originUrl: origin.url });
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const slowly =
  (html: string) =>
  (...[req, res]: Parameters<ReturnType<typeof sendHtml>>): void => {
    setTimeout(() => sendHtml(html)(req, res), 80);
  };

describe('a crowd', () => {
  test('of a hundred at a cold article asks the origin once', async () => {
    origin.on('/tidewater/cold', slowly(articlePage('cold')));
    const answers = await Promise.all(Array.from({ length: 100 }, () => site.ask('/tidewater/cold')));
    expect(answers.every(({ text }) => text.includes(withheldText('cold')))).toBe(true);
    expect(origin.count('/tidewater/cold')).toBe(1);
  });

  test('of a hundred at an article that only its metadata tells asks at most twice', async () => {
    origin.on('/meta/cold', slowly(articlePage('cold', { head: metaTags })));
    const answers = await Promise.all(Array.from({ length: 100 }, () => site.ask('/meta/cold')));
    expect(answers.every((answer) => accessOf(answer).outcome === 'full')).toBe(true);
    expect(origin.count('/meta/cold')).toBeLessThanOrEqual(2);
    await site.ask('/meta/cold');
    expect(origin.count('/meta/cold')).toBeLessThanOrEqual(2);
  });

  test('at an article whose first asker goes away is still answered', async () => {
    origin.on('/tidewater/left', slowly(articlePage('left')));
    const { port } = new URL(site.url);
    const { connect } = await import('node:net');
    const impatient = connect(Number(port), '127.0.0.1');
    impatient.end('GET /tidewater/left HTTP/1.1\r\nHost: x\r\n\r\n');
    setTimeout(() => impatient.destroy(), 30);
    await until(() => origin.count('/tidewater/left') > 0, 'the first question');
    const answer = await site.ask('/tidewater/left');
    expect(answer.text).toContain(withheldText('left'));
  });

  test('at a page that is no article gets each its own answer', async () => {
    let served = 0;
    origin.on('/lottery', (_req, res) => {
      served += 1;
      res.writeHead(200, { 'Content-Type': 'text/html' });
      const number = served;
      setTimeout(() => res.end(`<title>Lottery</title>ticket ${number}`), 30);
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => site.ask('/lottery')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(10);
  });
});

describe('a kept article', () => {
  const minute = 60_000;

  test('is served at once when it is stale, while the origin is asked for a new one', async () => {
    origin.on('/tidewater/renewed', sendHtml(articlePage('renewed', { body: '<p>First edition.</p>' })));
    await site.ask('/tidewater/renewed');
    origin.on('/tidewater/renewed', sendHtml(articlePage('renewed', { body: '<p>Second edition.</p>' })));
    site.time.now += 2 * minute;
    expect((await site.ask('/tidewater/renewed')).text).toContain('First edition.');
    await until(
      async () => (await site.ask('/tidewater/renewed')).text.includes('Second edition.'),
      'the second edition',
    );
    expect(origin.count('/tidewater/renewed')).toBe(2);
  });

  test('outlives its origin for as long as the policy says, and then it is a 502', async () => {
    const mortal = await startArticleOrigin();
    const own = await startGateway({ originUrl: mortal.url });
    const reader = own.reader();
    await reader.ask('/tidewater/one');
    await mortal.down();
    own.time.now += 10 * minute;
    const kept = await reader.ask('/tidewater/one');
    expect(kept.status).toBe(200);
    expect(kept.text).toContain(withheldText('one'));
    expect((await reader.ask('/tidewater/never-seen')).status).toBe(502);
    own.time.now += 25 * 60 * minute;
    const gone = await reader.ask('/tidewater/one');
    expect(gone.status).toBe(502);
    expect(gone.headers['cache-control']).toBe('no-store');
    expect(gone.text).not.toContain(withheldText('one'));
    await own.stop();
    await mortal.stop();
  });

  test.each([
    ['a 404 page', 404, 'text/html'],
    ['a 410 in plain text', 410, 'text/plain'],
    ['a 451 in JSON', 451, 'application/json'],
  ])(
    'that the origin has withdrawn with %s is withdrawn here with the next look',
    async (_what, status, type) => {
      const path = `/tidewater/withdrawn-${status}`;
      origin.on(path, sendHtml(articlePage('withdrawn')));
      await site.ask(path);
      origin.on(path, (_req, res) => {
        res.writeHead(status, { 'Content-Type': type });
        res.end(type.endsWith('json') ? '{}' : 'Withdrawn');
      });
      site.time.now += 2 * minute;
      await until(async () => (await site.ask(path)).status === status, 'the withdrawal');
    },
  );

  test('survives an origin in trouble: 500, 503 in any type, or nonsense, which none of its readers sees', async () => {
    const troubles = [
      [503, 'text/html'],
      [503, 'text/plain'],
      [500, 'application/json'],
      [503, 'image/png'],
    ] as const;
    for (const [place, [status, type]] of troubles.entries()) {
      const path = `/tidewater/troubled-${place}`;
      origin.on(path, sendHtml(articlePage('troubled')));
      await site.ask(path);
      origin.on(path, (_req, res) => {
        res.writeHead(status, { 'Content-Type': type });
        res.end('trouble');
      });
      site.time.now += 2 * minute;
      const before = origin.count(path);
      for (let again = 0; again < 3; again += 1) {
        const answer = await site.ask(path);
        expect([type, answer.status]).toEqual([type, 200]);
        expect(answer.text).toContain(withheldText('troubled'));
      }
      await until(() => origin.count(path) > before, 'the questions');
      origin.on(path, sendHtml(articlePage('troubled', { body: '<p>Well again.</p>' })));
      await until(async () => (await site.ask(path)).text.includes('Well again.'), 'the recovery');
    }
  });

  test('survives a renewal that the origin answers with 204 or 304, and with a body that never ends', async () => {
    const path = '/tidewater/odd-renewal';
    origin.on(path, sendHtml(articlePage('odd')));
    await site.ask(path);
    for (const status of [204, 304, 200]) {
      origin.on(path, (_req, res) => {
        res.writeHead(status, { 'Content-Type': status === 200 ? 'application/pdf' : 'text/html' });
        if (status === 200) res.write('%PDF');
        else res.end();
      });
      site.time.now += 2 * minute;
      const answer = await site.ask(path);
      expect([status, answer.status, answer.text.includes(withheldText('odd'))]).toEqual([status, 200, true]);
    }
  });

  test('that says no-store is asked for each time', async () => {
    origin.on('/tidewater/unkept', sendHtml(articlePage('unkept'), { 'Cache-Control': 'no-store' }));
    const reader = site.reader();
    await reader.ask('/tidewater/unkept');
    await reader.ask('/tidewater/unkept');
    expect(origin.count('/tidewater/unkept')).toBe(2);
  });
});

describe('an origin that fails', () => {
  test('is a 502 with a page, a code and nothing to keep', async () => {
    const own = await startGateway({ originUrl: `http://127.0.0.1:${await freePort()}` });
    for (const target of ['/tidewater/one', '/asset.css', '/']) {
      const answer = await own.ask(target);
      expect(answer.status).toBe(502);
      expect(answer.headers['gatefold-error']).toMatch(/^origin-unreachable/);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    }
    await own.stop();
  });

  test('by speaking something else than HTTP is a 502', async () => {
    const noise = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    noise.listen(0, '127.0.0.1');
    await once(noise, 'listening');
    const { port } = noise.address() as { port: number };
    const own = await startGateway({ originUrl: `http://127.0.0.1:${port}` });
    expect((await own.ask('/tidewater/one')).status).toBe(502);
    await own.stop();
    noise.close();
  });

  test('in the middle of an article’s page sends none of the half page', async () => {
    origin.on('/tidewater/half', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': '100000' });
      res.write(articlePage('half'));
      setTimeout(() => res.destroy(), 30);
    });
    const answer = await site.ask('/tidewater/half');
    expect(answer.status).toBe(502);
    expect(answer.text).not.toContain(withheldText('half'));
  });

  test('in the middle of anything else cuts the client off at once', async () => {
    origin.on('/half.bin', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      res.write(Buffer.alloc(1000));
      setTimeout(() => res.destroy(), 30);
    });
    const answer = await site.ask('/half.bin');
    expect(answer.status).toBe(200);
    expect(answer.complete).toBe(false);
  });
});

describe('what is no article', () => {
  test('arrives as it is made: the first chunk before the origin has ended', async () => {
    let finish = (): void => undefined;
    origin.on('/ticks', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      res.write('data: one\n\n');
      finish = () => res.end('data: two\n\n');
    });
    const chunks: string[] = [];
    const answering = site.ask('/ticks', { onChunk: (chunk) => chunks.push(chunk.toString()) });
    await until(() => chunks.length > 0, 'the first chunk');
    expect(chunks.join('')).toBe('data: one\n\n');
    finish();
    expect((await answering).text).toBe('data: one\n\ndata: two\n\n');
  });

  test('may be of any size: 20 MiB come whole', async () => {
    const block = Buffer.alloc(1 << 20, 'x');
    origin.on('/large.bin', async (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      for (let place = 0; place < 20; place += 1) if (!res.write(block)) await once(res, 'drain');
      res.end();
    });
    expect((await site.ask('/large.bin')).body.length).toBe(20 << 20);
  });

  test('an upload of 9 MiB reaches the origin whole', async () => {
    origin.on('/upload', (req, res) => {
      let size = 0;
      req.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      req.on('end', () => res.end(String(size)));
    });
    const answer = await site.ask('/upload', { method: 'PUT', body: 'y'.repeat(9 << 20) });
    expect(answer.text).toBe(String(9 << 20));
  });

  test('an article larger than is read is refused and not passed on', async () => {
    const large = articlePage('large', { body: `<p>${withheldText('large')} ${'z'.repeat(9 << 20)}</p>` });
    origin.on('/tidewater/large', sendHtml(large));
    const answer = await site.ask('/tidewater/large');
    expect(answer.status).toBe(502);
    expect(answer.headers['gatefold-error']).toMatch(/^origin-too-large/);
  });

  test('a bomb of 60 MiB in 60 KiB is refused', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(60 << 20, 'a'));
    origin.on('/tidewater/bomb', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' });
      res.end(bomb);
    });
    expect((await site.ask('/tidewater/bomb')).status).toBe(502);
  });
});
