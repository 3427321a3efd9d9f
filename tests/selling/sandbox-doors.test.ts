/** The sandbox's doors: its API, its hosted pages and its controls, tried by strangers, by pages elsewhere and by settings. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listen } from '../../src/gateway/listen.ts';
import { createGateway } from '../../src/gateway.ts';
import { parseSettings } from '../../src/settings.ts';
import { type ArticleOrigin, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { ask } from '../support/raw-client.ts';
import { freePort } from '../support/server-process.ts';
import { type SellingSite, startSelling } from './selling-site.ts';

let origin: ArticleOrigin;
let site: SellingSite;
beforeAll(async () => {
  origin = await startArticleOrigin();
  site = await startSelling(origin);
});
afterAll(async () => {
  await site.stop();
  await origin.stop();
});

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const pages = [
  '/-/sandbox',
  '/-/sandbox/',
  '/-/sandbox/clock',
  '/-/sandbox/checkout/cs_x',
  '/-/sandbox/portal/bps_x',
];

describe('the sandbox’s API', () => {
  test('answers nobody without its key, its own controls included', async () => {
    for (const path of [
      '/v1/customers',
      '/sandbox/state',
      '/sandbox/clock',
      '/sandbox/act',
      '/sandbox/nothing',
      '/',
      '/v1/%00',
      '//',
      '//[',
    ]) {
      for (const method of ['GET', 'POST']) {
        for (const Authorization of [
          undefined,
          '',
          'Bearer',
          'Bearer sk_test_x',
          'Basic Og==',
          'Bearer undefined',
        ]) {
          const answer = await ask(site.sandbox.apiBase, path, {
            method,
            headers: Authorization === undefined ? {} : { Authorization },
          });
          expect([path, method, Authorization, answer.status]).toEqual([path, method, Authorization, 401]);
          expect(answer.text).not.toContain(site.sandbox.secretKey);
          expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        }
      }
    }
  });

  test('lives through addresses and bodies that are none', async () => {
    const Authorization = `Bearer ${site.sandbox.secretKey}`;
    for (const path of [
      '//',
      '/\\',
      '/v1//',
      '/v1/customers/%',
      '/v1/customers/..%2f',
      '//[',
      'http://',
      '*',
    ])
      await ask(site.sandbox.apiBase, path, { headers: { Authorization } }).catch(() => undefined);
    const deep = Array.from({ length: 2000 }, () => '[a]').join('');
    for (const body of [
      `metadata${deep}=1`,
      '__proto__[x]=1',
      'constructor[prototype][x]=1',
      'metadata[__proto__]=1',
      'a[=1',
      '%',
    ])
      expect(
        (
          await ask(site.sandbox.apiBase, '/v1/customers', {
            method: 'POST',
            body,
            headers: { Authorization, ...form },
          })
        ).status,
      ).toBeLessThan(500);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect((await ask(site.sandbox.apiBase, '/v1/customers', { headers: { Authorization } })).status).toBe(
      200,
    );
  });
});

describe('the sandbox’s pages', () => {
  test('answer no name but this machine’s: a page that rebinds its own gets nothing', async () => {
    for (const path of pages) {
      for (const Host of [
        'evil.example',
        'localhost.evil.example',
        '127.0.0.1.evil.example',
        'evil.example:80',
        '[::2]',
        '10.0.0.1',
        '127.0.0.1@evil.example',
        'localhost evil',
      ]) {
        for (const method of ['GET', 'POST']) {
          const answer = await ask(site.url, path, {
            method,
            headers: { Host, ...form },
            body: method === 'POST' ? 'by=day' : '',
          });
          expect([path, Host, method, [400, 421].includes(answer.status)]).toEqual([
            path,
            Host,
            method,
            true,
          ]);
        }
      }
    }
  });

  test('take no form from elsewhere, and allow no page elsewhere to read them or frame them', async () => {
    const before = site.sandbox.now();
    const elsewhere = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Referer: 'https://evil.example/x' },
      { Origin: 'http://localhost:1' },
      { Origin: site.url, 'Sec-Fetch-Site': 'cross-site' },
    ];
    for (const headers of elsewhere) {
      for (const path of [
        '/-/sandbox/clock',
        '/-/sandbox/mischief',
        '/-/sandbox/resend',
        '/-/sandbox/checkout/x',
      ]) {
        const answer = await ask(site.url, path, {
          method: 'POST',
          body: 'by=year',
          headers: { ...form, ...headers },
        });
        expect([headers, answer.status]).toEqual([headers, 403]);
      }
    }
    for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=a', ''])
      expect(
        (
          await ask(site.url, '/-/sandbox/clock', {
            method: 'POST',
            body: 'by=year',
            headers: { 'Content-Type': type },
          })
        ).status,
      ).toBe(415);
    const preflight = await ask(site.url, '/-/sandbox/clock', {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
    expect(site.sandbox.now()).toBe(before);
    const page = await ask(site.url, '/-/sandbox/');
    expect(page.headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('show neither key nor secret nor a withheld word', async () => {
    const who = await site.visitor();
    const { checkout } = await site.buy(who);
    const portal = await site.post(who, '/-/portal');
    for (const path of [
      ...pages,
      `/-/sandbox/checkout/${checkout}`,
      String(portal.headers.location).replace(site.url, ''),
      '/-/subscribe?return=/tidewater/bought',
      '/-/account',
      '/-/outbox',
    ]) {
      const { text } = await who.ask(path);
      expect(text).not.toContain(site.sandbox.secretKey);
      expect(text).not.toContain(site.sandbox.webhookSecret);
      expect(text).not.toContain(withheldText('bought'));
      expect(text).not.toContain('4242424242424242');
    }
  });
});

describe('the sandbox isn’t there', () => {
  const serve = async (settings: Record<string, string>) => {
    const directory = mkdtempSync(join(tmpdir(), 'gatefold-doors-'));
    const port = String(await freePort());
    const parsed = parseSettings({
      PORT: port,
      DATA_DIR: directory,
      POLICY_FILE: site.policyFile,
      LOG_LEVEL: 'silent',
      ORIGIN_URL: origin.url,
      TOKEN_KEYS: String(site.environment.TOKEN_KEYS),
      ...settings,
    });
    if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
    const gateway = await createGateway({ settings: parsed.settings, watch: false });
    const listening = await listen(gateway, parsed.settings);
    return {
      gateway,
      url: `http://127.0.0.1:${port}`,
      stop: async () => {
        listening.server.closeAllConnections();
        await listening.stop();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  };
  const live = {
    STRIPE_SECRET_KEY: `sk_live_${'a'.repeat(30)}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${'b'.repeat(32)}`,
    STRIPE_API_BASE: 'http://127.0.0.1:9',
  };
  test.each(
    Object.entries({
      'at a public address': { PUBLIC_URL: 'https://news.example.com' },
      'at a public http address': { PUBLIC_URL: 'http://news.example.com' },
      'beside a live key': { PUBLIC_URL: 'https://news.example.com', ...live },
      'beside a live key on this machine': { PUBLIC_URL: 'http://localhost:8080', ...live },
    }),
  )('%s', async (_where, settings) => {
    const there = await serve(settings);
    try {
      expect(there.gateway.sandbox).toBeUndefined();
      for (const path of pages) {
        for (const Host of ['localhost', new URL(settings.PUBLIC_URL).host])
          expect((await ask(there.url, path, { headers: { Host } })).status).toBe(404);
      }
    } finally {
      await there.stop();
    }
  });

  test('for whoever isn’t at this machine, where the gateway listens to the network', async () => {
    const there = await serve({ HOST: '0.0.0.0' });
    try {
      for (const path of ['/-/sandbox/', '/-/outbox']) {
        const answer = await ask(there.url, path, { headers: { Host: '192.0.2.7:8080' } });
        expect([path, [404, 421].includes(answer.status)]).toEqual([path, true]);
      }
    } finally {
      await there.stop();
    }
  });
});
