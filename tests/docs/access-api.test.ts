/** That docs/access-api.md tells the truth: its nginx configuration is one, and a proxy's question is answered as it says. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { parse } from 'yaml';
import { createGateway, type Gateway } from '../../src/gateway.ts';
import { parseSettings } from '../../src/settings.ts';
import { codeBlocks } from './documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatefold-docs-'));
let gateway: Gateway;

beforeAll(async () => {
  const parsed = parseSettings({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
  gateway = await createGateway({ settings: parsed.settings, watch: false });
});

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (headers: Readonly<Record<string, string>>, query = '') =>
  request(gateway.handle).get(`/-/access${query}`).set(headers);

const locked = '/tidewater/where-to-put-the-error';
const metered = '/tidewater/three-cuts';

describe('a proxy’s question', () => {
  test('a free read is charged once, and its visitor is told who they are', async () => {
    const first = await ask({ 'X-Original-URL': metered });
    expect(first.status).toBe(200);
    expect(first.headers['gatefold-access']).toBe('full; reason=free-read; left=2; of=3');
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    const again = await ask({ 'X-Original-URL': metered, Cookie: cookie.split(';')[0] ?? '' });
    expect(again.headers['gatefold-access']).toBe('full; reason=already-read; left=2; of=3');
  });

  test('a refused article is 403, with why', async () => {
    const { status, headers } = await ask({ 'X-Original-URL': locked });
    expect([status, headers['gatefold-access']]).toEqual([403, 'preview; reason=locked']);
  });

  test('what is no article may be sent', async () => {
    expect((await ask({ 'X-Forwarded-Uri': '/' })).status).toBe(200);
  });

  test.each(['x-original-url', 'x-original-uri', 'x-forwarded-uri'])('%s names the article', async (name) => {
    const { body } = await ask({ [name]: metered });
    expect(body.article.id).toBe(metered);
  });

  test('a reader’s own header beside the proxy’s opens nothing', async () => {
    const { status, body } = await ask({ 'X-Forwarded-Uri': metered, 'X-Original-URL': '/' });
    expect([status, body.error.code]).toEqual([400, 'url-ambiguous']);
  });

  test('a reader’s own method beside the proxy’s reads nothing for nothing', async () => {
    const { status, body } = await ask({
      'X-Forwarded-Uri': metered,
      'X-Forwarded-Method': 'GET',
      'X-Original-Method': 'HEAD',
    });
    expect([status, body.error.code]).toEqual([400, 'url-ambiguous']);
  });

  test('a query that the proxy passed on asks about nothing else', async () => {
    const { body } = await ask({ 'X-Forwarded-Uri': `${metered}?url=/` }, '?url=/');
    expect(body.article.title).toBe('Three Cuts');
  });

  test('one address in two spellings is one address', async () => {
    const { status } = await ask({
      'X-Original-URL': `${gatewayAddress()}${metered}`,
      'X-Original-URI': metered,
    });
    expect(status).toBe(200);
  });

  test('the API asked through a proxy that names every request is the API', async () => {
    const { body } = await ask({ 'X-Original-URL': `/-/access?url=${metered}` }, `?url=${metered}`);
    expect(body.article.id).toBe(metered);
  });

  test('an address that can’t be judged is refused', async () => {
    const { status, body } = await ask({ 'X-Original-URL': '/tidewater%2Fthree-cuts' });
    expect([status, body.error.code]).toEqual([400, 'url-invalid']);
  });
});

const gatewayAddress = (): string => 'http://127.0.0.1:8080';

test('the example articles of the documents are the sample site’s', async () => {
  const { body } = await request(gateway.handle)
    .post('/-/access')
    .send({ urls: [metered, '/lamplight/sharp-enough', locked] });
  expect(body.decisions.map(({ reason }: { reason: string }) => reason)).toEqual([
    'free-read',
    'free-read',
    'locked',
  ]);
});

test('nginx takes the configuration', () => {
  const [server = ''] = codeBlocks('docs/access-api.md', 'nginx');
  const file = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(folder, kind)};`)
    .join('\n');
  writeFileSync(
    file,
    `pid ${join(folder, 'nginx.pid')};\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${server.replace('listen 80;', `listen unix:${join(folder, 'nginx.sock')};`)}\n}\n`,
  );
  const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/local/sbin:/opt/homebrew/bin`;
  const { status, stderr } = spawnSync('nginx', ['-t', '-p', folder, '-c', file], {
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });
  expect(status === 0 ? '' : stderr).toBe('');
});

test('the configuration for Traefik lets no header through that names another request', () => {
  const [text = ''] = codeBlocks('docs/access-api.md', 'yaml');
  const { http } = parse(text) as {
    http: { middlewares: { 'may-read': { forwardAuth: { authRequestHeaders: readonly string[] } } } };
  };
  const headers = http.middlewares['may-read'].forwardAuth.authRequestHeaders;
  expect(headers).toContain('Cookie');
  expect(headers.filter((name) => /^x-(original|forwarded)/i.test(name))).toEqual([]);
});

test('the configuration for Caddy empties the query and removes what it doesn’t set', () => {
  const [text = ''] = codeBlocks('docs/access-api.md', 'caddyfile');
  expect(text).toMatch(/uri \/-\/access\?$/m);
  for (const name of ['X-Original-URL', 'X-Original-URI', 'X-Original-Method']) {
    expect(text).toContain(`header_up -${name}`);
  }
});
