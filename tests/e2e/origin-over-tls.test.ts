/** An origin that speaks TLS: its connections are kept, its ends are ends, and a certificate that nobody vouches for is none. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGatefold } from '../support/gatefold-process.ts';

let folder: string;
let site: Server;
let connections = 0;
let resumed = 0;
const image = Buffer.alloc(3_000_000, 'an image of three megabytes ');
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatefold-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', key, '-out', certificate, '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost'],
  ]);
  site = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (req, res) => {
    if (req.url?.startsWith('/upload')) {
      let size = 0;
      req.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      req.on('end', () => res.writeHead(200, { 'Content-Type': 'image/png' }).end(String(size)));
      return;
    }
    const closes = req.url?.startsWith('/closing') === true;
    res.writeHead(200, { 'Content-Type': 'image/png', ...(closes ? { Connection: 'close' } : {}) });
    res.end(image);
  });
  site.on('secureConnection', (socket) => {
    connections += 1;
    if (socket.isSessionReused()) resumed += 1;
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  site?.closeAllConnections();
  await new Promise((resolve) => site?.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const gatefoldFor = (more: Readonly<Record<string, string>>) =>
  startGatefold({
    settings: {
      LOG_LEVEL: 'warn',
      ORIGIN_URL: `https://localhost:${(site.address() as AddressInfo).port}`,
      ...more,
    },
  });

test('is read whole, sent whole, on connections that are kept and sessions that are resumed', async () => {
  const gatefold = await gatefoldFor({ NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') });
  try {
    const sizeOf = async (path: string): Promise<number> =>
      (await (await fetch(gatefold.url + path)).arrayBuffer()).byteLength;
    for (let at = 0; at < 3; at += 1) expect(await sizeOf(`/kept-${at}.png`)).toBe(image.length);
    expect(connections).toBe(1);
    for (let at = 0; at < 3; at += 1) expect(await sizeOf(`/closing-${at}.png`)).toBe(image.length);
    expect(connections).toBe(3);
    expect(resumed).toBeGreaterThan(0);
    const sent = await fetch(`${gatefold.url}/upload`, { method: 'PUT', body: image });
    expect(await sent.text()).toBe(String(image.length));
  } finally {
    await gatefold.stop();
  }
});

test('with a certificate that nobody vouches for is not asked for anything', async () => {
  const gatefold = await gatefoldFor({});
  try {
    const answer = await fetch(`${gatefold.url}/kept.png`);
    expect([answer.status, answer.headers.get('gatefold-error')]).toEqual([502, 'origin-unreachable']);
    expect(gatefold.printed()).toContain('SELF_SIGNED');
  } finally {
    await gatefold.stop();
  }
});
