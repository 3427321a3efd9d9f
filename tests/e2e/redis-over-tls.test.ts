/** A Redis that speaks TLS alone and asks for a user and a password, as hosted ones do. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGatefold } from '../support/gatefold-process.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { freePort } from '../support/server-process.ts';

let folder: string;
let redis: RedisServer;
let tlsPort: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatefold-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', key, '-out', certificate, '-subj', '/CN=127.0.0.1'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1'],
  ]);
  tlsPort = await freePort();
  redis = await startRedis({
    args: [
      ...['--tls-port', String(tlsPort), '--tls-cert-file', certificate, '--tls-key-file', key],
      ...['--tls-auth-clients', 'no'],
    ],
  });
  await redis.call('ACL', 'SETUSER', 'gate', 'on', '>a password: with / signs', '~gf:*', '&gf:*', '+@all');
});
afterAll(async () => {
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const article = '/tidewater/three-cuts';
const password = encodeURIComponent('a password: with / signs');

test('free reads are counted in it, and only keys of ours are touched', async () => {
  const gatefold = await startGatefold({
    settings: {
      LOG_LEVEL: 'warn',
      REDIS_URL: `rediss://gate:${password}@127.0.0.1:${tlsPort}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
    },
  });
  try {
    const answer = await fetch(gatefold.url + article);
    expect(answer.headers.get('gatefold-access')).toBe('full; reason=free-read; left=2; of=3');
    expect(await redis.call('DBSIZE')).toBeGreaterThan(0);
    expect(gatefold.printed()).not.toContain('a password');
  } finally {
    await gatefold.stop();
  }
});

test('a certificate that nobody vouches for is not trusted, and no read is counted', async () => {
  const gatefold = await startGatefold({
    settings: { LOG_LEVEL: 'warn', REDIS_URL: `rediss://gate:${password}@127.0.0.1:${tlsPort}` },
  });
  try {
    const answer = await fetch(gatefold.url + article);
    expect(answer.headers.get('gatefold-access')).toBe('preview; reason=degraded');
    expect(gatefold.printed()).toContain("Redis can't be reached");
    expect(gatefold.printed()).not.toContain(password);
  } finally {
    await gatefold.stop();
  }
});
