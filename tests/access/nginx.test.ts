/** A real nginx before a folder of articles, asking the access API before it sends one. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { articlePage, withheldText } from '../support/article-origin.ts';
import { type Answer, accessOf, ask, type Reader, readerAt } from '../support/raw-client.ts';
import { freePort, type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { comp, type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

let directory: string;
let nginx: ServerProcess;
let site: RunningGateway;
/** As readers reach it. */
let front: string;
/** The folder itself, for Gatefold alone. */
let behind: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-nginx-'));
  // Started by root, nginx reads the folder as nobody.
  chmodSync(directory, 0o755);
  writeFolder(join(directory, 'site'));
  const [frontPort, behindPort] = [await freePort(), await freePort()];
  front = `http://127.0.0.1:${frontPort}`;
  behind = `http://127.0.0.1:${behindPort}`;
  site = await startGateway({ originUrl: behind, publicUrl: front, trustProxy: '127.0.0.1' });
  mkdirSync(join(directory, 'temp'));
  writeFileSync(join(directory, 'nginx.conf'), configuration({ frontPort, behindPort, gatefold: site.url }));
  const command = ['nginx', '-p', directory, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;'];
  nginx = await startServerProcess(command, join(directory, 'log'));
  await until(
    () =>
      ask(front, '/style.css').then(
        ({ status }) => status === 200,
        () => false,
      ),
    'nginx',
  );
});
afterAll(async () => {
  await nginx?.stop();
  await site?.stop();
  if (directory) rmSync(directory, { recursive: true, force: true });
});

const slugs = ['one', 'two', 'three', 'four', 'five'];

const writeFolder = (folder: string): void => {
  mkdirSync(join(folder, 'tidewater'), { recursive: true });
  for (const slug of slugs) writeFileSync(join(folder, 'tidewater', slug), articlePage(slug));
  writeFileSync(join(folder, 'tidewater', 'paper.pdf'), `%PDF-1.7 ${withheldText('paper')}`);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Front</title><p>Front page.');
  writeFileSync(join(folder, 'style.css'), 'body { color: black }');
};

interface Places {
  readonly frontPort: number;
  readonly behindPort: number;
  readonly gatefold: string;
}

const configuration = ({ frontPort, behindPort, gatefold }: Places): string => `
worker_processes 1;
pid nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  types { text/html html; text/css css; application/pdf pdf; }
  default_type text/html;
  charset utf-8;
  client_body_temp_path temp/body; proxy_temp_path temp/proxy; fastcgi_temp_path temp/fastcgi;
  uwsgi_temp_path temp/uwsgi; scgi_temp_path temp/scgi;
  server {
    listen 127.0.0.1:${behindPort};
    root ${join(directory, 'site')};
  }
  server {
    listen 127.0.0.1:${frontPort};
    root ${join(directory, 'site')};
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Host $http_host;
    location / {
      auth_request /gatefold-asks;
      auth_request_set $gatefold_access $upstream_http_gatefold_access;
      auth_request_set $gatefold_cookie $upstream_http_set_cookie;
      add_header Gatefold-Access $gatefold_access;
      add_header Set-Cookie $gatefold_cookie;
      error_page 403 = @gatefold;
    }
    location = /gatefold-asks {
      internal;
      proxy_pass ${gatefold}/-/access;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header X-Original-URL $request_uri;
      proxy_set_header X-Original-Method $request_method;
      proxy_set_header X-Original-URI "";
      proxy_set_header X-Forwarded-Uri "";
      proxy_set_header X-Forwarded-Method "";
      proxy_set_header X-Forwarded-For $remote_addr;
    }
    location @gatefold { proxy_pass ${gatefold}; }
    location /-/ { proxy_pass ${gatefold}; }
  }
}
`;

const visitorAfter = async (reads: number): Promise<Reader> => {
  const reader = readerAt(front);
  for (const slug of slugs.slice(0, reads)) await reader.ask(`/tidewater/${slug}`);
  return reader;
};

const isFull = (answer: Answer, slug: string): boolean => answer.text.includes(withheldText(slug));

describe('behind nginx', () => {
  test('a visitor gets three articles from the folder, and Gatefold’s preview of the fourth', async () => {
    const reader = readerAt(front);
    const answers = [];
    for (const slug of slugs) answers.push(await reader.ask(`/tidewater/${slug}`));
    expect(answers.map((answer, place) => isFull(answer, slugs[place] ?? ''))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers[0]?.text).toBe(articlePage('one'));
    expect(answers[3]?.text).toContain('You’re reading a preview, subscribe to read more.');
    expect(answers.map((answer) => accessOf(answer).left)).toEqual([2, 1, 0, 0, 0]);
    expect(isFull(await reader.ask('/tidewater/one'), 'one')).toBe(true);
  });

  test('assets and the front page go untouched, and cost nothing', async () => {
    const reader = await visitorAfter(1);
    expect((await reader.ask('/style.css')).text).toBe('body { color: black }');
    expect((await reader.ask('/')).text).toContain('Front page.');
    expect((await reader.ask('/missing')).status).toBe(404);
    expect(accessOf(await reader.ask('/tidewater/two')).left).toBe(1);
  });

  test('HEAD and looks ahead cost nothing', async () => {
    const reader = await visitorAfter(1);
    expect(accessOf(await reader.ask('/tidewater/two', { method: 'HEAD' })).reason).toBe('free-read');
    const ahead = await reader.ask('/tidewater/two', { headers: { 'Sec-Purpose': 'prefetch' } });
    expect([ahead.status, isFull(ahead, 'two')]).toEqual([503, false]);
    expect(accessOf(await reader.ask('/tidewater/two')).left).toBe(1);
  });

  test('no spelling of the address, no range and no validator opens a stopped visitor’s article', async () => {
    const reader = await visitorAfter(3);
    for (const target of [
      '//tidewater//four',
      '/%74idewater/four',
      '/tidewater/./four',
      '/x/../tidewater/four',
      '/tidewater/four?x=1',
      '/tidewater%2ffour',
      '/tidewater/fou%72',
      '/tidewater\\four',
      '/tidewater/four/.',
    ])
      expect([target, isFull(await reader.ask(target), 'four')]).toEqual([target, false]);
    const file = await ask(behind, '/tidewater/four');
    const conditions = [
      { Range: 'bytes=0-' },
      { Range: 'bytes=0-10,11-' },
      { 'If-None-Match': String(file.headers.etag) },
      { 'If-Modified-Since': String(file.headers['last-modified']) },
    ];
    for (const headers of conditions) {
      const answer = await reader.ask('/tidewater/four', { headers: headers as Record<string, string> });
      expect([answer.status, isFull(answer, 'four')]).toEqual([200, false]);
    }
    for (const name of ['X-Original-URL', 'X-Original-URI', 'X-Forwarded-Uri'])
      expect(isFull(await reader.ask('/tidewater/four', { headers: { [name]: '/style.css' } }), 'four')).toBe(
        false,
      );
    expect(isFull(await reader.ask('/tidewater/four?url=/style.css'), 'four')).toBe(false);
  });

  test('a PDF among the articles is withheld from a stopped visitor', async () => {
    const reader = await visitorAfter(3);
    const answer = await reader.ask('/tidewater/paper.pdf');
    expect([answer.status, isFull(answer, 'paper')]).toEqual([403, false]);
  });

  test('a subscriber reads everything, straight from the folder', async () => {
    const now = site.time.now;
    const account = await site.account('sub@example.com', [comp('all', now - 1000, now + 86_400_000)]);
    for (const slug of slugs) {
      const answer = await ask(front, `/tidewater/${slug}`, { headers: account.cookie });
      expect([accessOf(answer).reason, isFull(answer, slug)]).toEqual(['comp', true]);
    }
  });

  test('links and cookies fit the address that readers see', async () => {
    const reader = await visitorAfter(3);
    expect([...reader.jar.keys()]).toEqual(['gf_visitor']);
    const preview = await reader.ask('/tidewater/four');
    expect(preview.text).toContain('href="/-/subscribe?return=%2Ftidewater%2Ffour"');
    const page = await reader.ask('/-/subscribe?return=%2Ftidewater%2Ffour');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(new URL(site.url).host);
  });
});
