/** The middleware in an Express app that renders its own articles, serves files, streams and fails. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import { type GatefoldMiddleware, gatefold } from '../../src/middleware.ts';
import { articlePage, bodyHtml, metaTags, withheldText } from '../support/article-origin.ts';
import { type Answer, accessOf, ask, type Reader, readerAt } from '../support/raw-client.ts';
import { freePort } from '../support/server-process.ts';
import { testPolicy } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

let directory: string;
let gate: GatefoldMiddleware;
let server: Server;
let url: string;
/** How often the app rendered, by path. */
const rendered = new Map<string, number>();
let endStream = (): void => undefined;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-host-'));
  writeFileSync(join(directory, 'policy.yaml'), testPolicy);
  writeFileSync(join(directory, 'film.mp4'), '0123456789');
  writeFileSync(join(directory, 'page.html'), articlePage('static', { head: metaTags }));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  gate = gatefold({
    publicUrl: url,
    policyFile: join(directory, 'policy.yaml'),
    dataDir: join(directory, 'data'),
    logLevel: 'silent',
    isStaff: (req) => {
      if (req.headers['x-desk'] === 'breaks') throw new Error('the desk is closed');
      return req.headers['x-desk'] === 'later' ? Promise.resolve(true) : req.headers['x-desk'] === 'anna';
    },
  });
  server = createServer(hostApp());
  server.unref();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect((server.address() as AddressInfo).port).toBe(port);
  await gate.ready;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await gate?.close();
  if (directory) rmSync(directory, { recursive: true, force: true });
});

const hostApp = (): express.Express => {
  const app = express();
  app.engine('story', (_path, options, done) =>
    done(null, articlePage((options as { slug?: string }).slug ?? '')),
  );
  app.set('view engine', 'story');
  app.set('views', directory);
  writeFileSync(join(directory, 'article.story'), '');
  app.use((_req, res, next) => {
    res.setHeader('X-Host', 'kept');
    next();
  });
  app.use(gate);
  app.use('/files', express.static(directory));
  app.get('/tidewater/fails', (_req, _res, next) => next(new Error('the host’s own trouble')));
  app.get('/tidewater/throws', () => {
    throw new Error('the host’s own trouble');
  });
  app.get('/tidewater/:slug.json', (req, res) => {
    res.json({ url: `/tidewater/${req.params.slug}`, content_html: bodyHtml(req.params.slug) });
  });
  app.get('/tidewater/sent-:slug', (req, res) => {
    res.send(articlePage(`sent-${req.params.slug}`));
  });
  app.get('/tidewater/piped-:slug', (req, res) => {
    res.type('html');
    for (const piece of articlePage(`piped-${req.params.slug}`).match(/[\s\S]{1,50}/g) ?? [])
      res.write(piece);
    res.end();
  });
  app.get('/tidewater/:slug', (req, res) => {
    rendered.set(req.path, (rendered.get(req.path) ?? 0) + 1);
    res.cookie('host', '1');
    res.render('article', { slug: req.params.slug });
  });
  app.get('/ticks', (_req, res) => {
    res.type('text/event-stream');
    res.write('data: one\n\n');
    endStream = () => res.end('data: two\n\n');
  });
  app.get('/api/items', (_req, res) => {
    res.json({ items: [1, 2] });
  });
  app.post('/api/echo', express.json(), (req, res) => {
    res.status(201).json(req.body);
  });
  const failed: ErrorRequestHandler = (error: Error, _req, res, _next) => {
    res.status(500).type('text').send(`handled: ${error.message}`);
  };
  app.use(failed);
  return app;
};

const visitorAfter = async (reads: number): Promise<Reader> => {
  const reader = readerAt(url);
  for (let read = 0; read < reads; read += 1) await reader.ask(`/tidewater/earlier-${read}`);
  return reader;
};
const isFull = (answer: Answer, slug: string): boolean => answer.text.includes(withheldText(slug));

describe('the host’s articles', () => {
  test.each(['rendered', 'sent-one', 'piped-one'])(
    '/tidewater/%s is gated: three in full, then previews',
    async (slug) => {
      const reader = await visitorAfter(2);
      const third = await reader.ask(`/tidewater/${slug}`);
      expect(isFull(third, slug)).toBe(true);
      expect(third.headers['gatefold-access']).toBe('full; reason=free-read; left=0; of=3');
      expect(isFull(await reader.ask(`/tidewater/${slug}`), slug)).toBe(true);
      const stopped = await visitorAfter(3);
      const preview = await stopped.ask(`/tidewater/${slug}`);
      expect(isFull(preview, slug)).toBe(false);
      expect(preview.text).toContain('You’re reading a preview, subscribe to read more.');
      expect(preview.headers['gatefold-access']).toBe('preview; reason=meter-exhausted; left=0; of=3');
      expect(preview.headers['content-length']).toBe(String(preview.body.length));
    },
  );

  test('the app’s own people get what it answers, byte for byte, and whoever it fails to know doesn’t', async () => {
    for (const desk of ['anna', 'later']) {
      const answer = await ask(url, '/tidewater/for-staff', { headers: { 'X-Desk': desk } });
      expect(answer.text).toBe(articlePage('for-staff'));
      expect(answer.headers['gatefold-access']).toBeUndefined();
      expect(answer.headers['set-cookie']).toEqual(['host=1; Path=/']);
    }
    const stopped = await visitorAfter(3);
    for (const desk of ['breaks', 'eve']) {
      const answer = await stopped.ask('/tidewater/for-staff', { headers: { 'X-Desk': desk } });
      expect([answer.status, isFull(answer, 'for-staff')]).toEqual([200, false]);
    }
  });

  test('HEAD says what GET does, and costs nothing', async () => {
    const reader = await visitorAfter(2);
    const head = await reader.ask('/tidewater/fresh', { method: 'HEAD' });
    expect(head.headers['gatefold-access']).toBe('full; reason=free-read; left=0; of=3');
    expect(head.body).toHaveLength(0);
    const get = await reader.ask('/tidewater/fresh');
    expect(accessOf(get).left).toBe(0);
    for (const name of ['etag', 'content-length', 'content-type', 'cache-control', 'vary', 'x-host'])
      expect([name, head.headers[name]]).toEqual([name, get.headers[name]]);
  });

  test('have Gatefold’s validators: another for each form, a 304 for the same one, none of the host’s', async () => {
    const [reader, stopped] = [await visitorAfter(1), await visitorAfter(3)];
    const full = await reader.ask('/tidewater/earlier-0');
    const preview = await stopped.ask('/tidewater/other');
    expect(full.headers.etag).toMatch(/^"gf-/);
    expect(
      (await stopped.ask('/tidewater/other', { headers: { 'If-None-Match': String(preview.headers.etag) } }))
        .status,
    ).toBe(304);
    for (const headers of [
      { 'If-None-Match': '*' },
      { 'If-None-Match': String(full.headers.etag) },
      { Range: 'bytes=0-' },
    ]) {
      const answer = await stopped.ask('/tidewater/other', { headers: headers as Record<string, string> });
      expect([answer.status, isFull(answer, 'other')]).toEqual([200, false]);
    }
  });

  test('are coded by Gatefold', async () => {
    const stopped = await visitorAfter(3);
    const plain = await stopped.ask('/tidewater/coded');
    for (const coding of ['gzip', 'br']) {
      const coded = await stopped.ask('/tidewater/coded', { headers: { 'Accept-Encoding': coding } });
      expect(coded.headers['content-encoding']).toBe(coding);
      expect(coded.text).toBe(plain.text);
    }
  });

  test('keep the host’s headers and cookies, but for what speaks of the whole text', async () => {
    const stopped = await visitorAfter(3);
    const preview = await stopped.ask('/tidewater/other');
    expect(preview.headers['x-host']).toBe('kept');
    expect(preview.headers['cache-control']).toBe('private, no-cache');
    expect(preview.headers['set-cookie']).toContain('host=1; Path=/');
  });

  test('are rendered once for each request', async () => {
    const reader = readerAt(url);
    await reader.ask('/tidewater/counted');
    await reader.ask('/tidewater/counted', { headers: { 'If-None-Match': '"x"', Range: 'bytes=0-5' } });
    expect(rendered.get('/tidewater/counted')).toBe(2);
  });

  test('as JSON are cut where the policy points', async () => {
    const stopped = await visitorAfter(3);
    const answer = await stopped.ask('/tidewater/other.json');
    expect(isFull(answer, 'other')).toBe(false);
    expect(JSON.parse(answer.text)).toHaveProperty('url', '/tidewater/other');
    expect(accessOf(answer).outcome).toBe('preview');
  });

  test('from a folder of files are gated too, whatever range is asked for', async () => {
    const stopped = await visitorAfter(3);
    for (const headers of [
      {},
      { Range: 'bytes=0-' },
      { Range: 'bytes=0-5,6-', Accept: 'image/png' },
      { Accept: 'video/mp4', Range: 'bytes=300-' },
      { 'Sec-Fetch-Dest': 'video', Range: 'bytes=0-' },
    ]) {
      const answer = await stopped.ask('/files/page.html', { headers: headers as Record<string, string> });
      expect([headers, isFull(answer, 'static')]).toEqual([headers, false]);
    }
  });

  test('fifty at once by one visitor: exactly three in full', async () => {
    const reader = await visitorAfter(1);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => reader.ask(`/tidewater/crowd-${n}`)),
    );
    expect(answers.filter((answer, n) => isFull(answer, `crowd-${n}`))).toHaveLength(2);
  });
});

describe('what is no article', () => {
  test('a file’s ranges are honoured', async () => {
    for (const headers of [
      { Range: 'bytes=2-5' },
      { Range: 'bytes=2-5', Accept: '*/*' },
      { Range: 'bytes=2-5', 'Sec-Fetch-Dest': 'video' },
    ]) {
      const part = await ask(url, '/files/film.mp4', { headers: headers as Record<string, string> });
      expect([headers, part.status, part.text]).toEqual([headers, 206, '2345']);
    }
  });

  test('a file’s validators are the host’s', async () => {
    const whole = await ask(url, '/files/film.mp4');
    const known = await ask(url, '/files/film.mp4', {
      headers: { 'If-None-Match': String(whole.headers.etag) },
    });
    expect(whole.headers['gatefold-access']).toBeUndefined();
    expect(known.status).toBe(304);
  });

  test('streams as it is made', async () => {
    const chunks: string[] = [];
    const answering = ask(url, '/ticks', { onChunk: (chunk) => chunks.push(chunk.toString()) });
    await until(() => chunks.length > 0, 'the first chunk');
    expect(chunks.join('')).toBe('data: one\n\n');
    endStream();
    expect((await answering).text).toBe('data: one\n\ndata: two\n\n');
  });

  test('JSON and forms go through as they are', async () => {
    for (const headers of [{}, { Accept: 'application/json' }]) {
      const items = await ask(url, '/api/items', { headers: headers as Record<string, string> });
      expect([items.status, items.text, items.headers['gatefold-access']]).toEqual([
        200,
        '{"items":[1,2]}',
        undefined,
      ]);
    }
    const echo = await ask(url, '/api/echo', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a":1}',
    });
    expect([echo.status, echo.text]).toEqual([201, '{"a":1}']);
  });

  test.each(['fails', 'throws'])(
    'an error of the host (it %s) is the host’s to answer, and costs nothing',
    async (slug) => {
      const reader = await visitorAfter(1);
      const answer = await reader.ask(`/tidewater/${slug}`);
      expect([answer.status, answer.text]).toEqual([500, 'handled: the host’s own trouble']);
      expect(answer.headers['x-host']).toBe('kept');
      expect(accessOf(await reader.ask('/tidewater/next')).left).toBe(1);
    },
  );

  test('a 404 is the host’s own', async () => {
    const answer = await ask(url, '/nothing/here');
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('Cannot GET /nothing/here');
  });
});

describe('Gatefold’s own pages', () => {
  test('are answered before the host’s routes', async () => {
    expect((await ask(url, '/-/health/live')).status).toBe(200);
    expect((await ask(url, '/-/nothing')).status).toBe(404);
    expect((await ask(url, '/-/access?url=/tidewater/one')).status).toBe(200);
  });
});

describe('a middleware whose settings are broken', () => {
  test('says so to whoever waits for it, and to the host’s error handler for each request', async () => {
    const broken = gatefold({
      publicUrl: 'nonsense',
      policyFile: '/nowhere/policy.yaml',
      logLevel: 'silent',
    });
    await expect(broken.ready).rejects.toThrow(/PUBLIC_URL/);
    const app = express();
    app.use(broken);
    app.get('/tidewater/one', (_req, res) => {
      res.send(articlePage('one'));
    });
    const failed: ErrorRequestHandler = (_error, _req, res, _next) => {
      res.status(503).send('closed');
    };
    app.use(failed);
    const closed = createServer(app).listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    const answer = await ask(`http://127.0.0.1:${port}`, '/tidewater/one');
    expect([answer.status, isFull(answer, 'one')]).toEqual([503, false]);
    closed.closeAllConnections();
    closed.close();
  });
});
