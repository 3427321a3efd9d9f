/** What the log must never hold, at its most talkative, while people pay, sign in, fail and are refused. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { faultOf } from '../../src/ops/log.ts';
import { createSmtpMail } from '../../src/readers/mail-smtp.ts';
import type { Email } from '../../src/readers/reader.ts';
import { mailServer } from '../readers/mail-server.ts';
import { type ArticleOrigin, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { type Reader, readerAt } from '../support/raw-client.ts';
import { freePort } from '../support/server-process.ts';
import { startTypeScript } from '../support/typescript-process.ts';
import { until } from '../support/until.ts';
import { checkoutIn, sellingPolicy } from './selling-site.ts';

let origin: ArticleOrigin;
beforeAll(async () => {
  origin = await startArticleOrigin();
});
afterAll(() => origin.stop());

test.each(['debug', 'info', 'error'])(
  'at LOG_LEVEL %s: no secret, token, cookie, address, card or withheld word',
  async (level) => {
    const directory = mkdtempSync(join(tmpdir(), 'gatefold-log-'));
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const policyFile = join(directory, 'policy.yaml');
    writeFileSync(policyFile, sellingPolicy);
    const { child, lines } = startTypeScript(new URL('./talkative-gateway.ts', import.meta.url), [
      JSON.stringify({
        PORT: port,
        PUBLIC_URL: url,
        DATA_DIR: directory,
        POLICY_FILE: policyFile,
        ORIGIN_URL: origin.url,
        LOG_LEVEL: level,
      }),
    ]);
    const printed: string[] = [];
    lines.on('line', (line) => printed.push(line));
    try {
      await until(() => printed.some((line) => line.startsWith('READY ')), 'the gateway');
      const keys = JSON.parse(printed.find((line) => line.startsWith('READY '))?.slice(6) ?? '{}') as Record<
        string,
        string
      >;
      const form = (who: Reader, target: string, fields: Record<string, string>) =>
        who.ask(target, {
          method: 'POST',
          body: new URLSearchParams(fields).toString(),
          headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: url },
        });
      const who = readerAt(url);
      await who.ask('/tidewater/canary');
      const checkout = checkoutIn(
        await form(who, '/-/checkout', { plan: 'monthly', return: '/tidewater/canary' }),
      );
      const cardFields = {
        email: 'canary@example.com',
        name: 'Canary Bird',
        payment: 'card',
        number: '4242424242424242',
        expiry: '12 / 40',
        cvc: '739',
      };
      const paid = await form(who, `/-/sandbox/checkout/${checkout}`, cardFields);
      expect(paid.headers.location).toMatch(/checkout\/return/);
      await who.ask(String(paid.headers.location).slice(url.length));
      expect(who.jar.get('gf_reader')).toBeDefined();
      const cookies = [...who.jar.values()];
      await form(who, '/-/sign-in', { email: 'canary@example.com', return: '/-/account' });
      const outbox = join(directory, 'outbox');
      const mail = readFileSync(
        join(outbox, readdirSync(outbox).find((name) => name.endsWith('.json')) ?? ''),
        'utf8',
      );
      const link = /\?link=([\w-]{32})/.exec(mail)?.[1] ?? '';
      await form(who, '/-/sign-in/link', { link });
      cookies.push(...who.jar.values());
      await form(who, '/-/portal', {});
      await who.ask('/-/account?refreshed');
      await who.ask('/-/account/export');
      // And what goes wrong: Stripe fails in every way, forms and events are forged.
      for (const kind of ['error', 'nonsense', 'rate-limit', 'reset']) {
        await fetch(`${keys.apiBase}/sandbox/faults`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${keys.secretKey}` },
          body: JSON.stringify({ kind, count: 3, path: '/v1/' }),
        });
        await form(who, '/-/checkout', { plan: 'yearly', return: '/tidewater/canary' });
        await form(who, '/-/portal', {});
        await who.ask('/-/account?refreshed');
        await who.ask(`/-/checkout/return?session_id=${checkout}&return=/tidewater/canary`);
        await who.ask('/-/webhooks/stripe', {
          method: 'POST',
          body: '{"email":"canary@example.com"}',
          headers: { 'Stripe-Signature': 't=1,v1=canarysignature' },
        });
      }
      await fetch(`${keys.apiBase}/sandbox/faults`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${keys.secretKey}` },
        body: '{}',
      });
      await form(who, '/-/account/erase', { cancel: 'yes' });
      await pause(300);
      const all = printed.filter((line) => !line.startsWith('READY ')).join('\n');
      const canaries = [
        ...Object.values(keys).filter((key) => !key.startsWith('http')),
        ...cookies.flatMap((cookie) => cookie.split('.').filter((part) => part.length > 8)),
        'canary@example.com',
        'canary%40example.com',
        'Canary Bird',
        '4242424242424242',
        link,
        String(checkout),
        'canarysignature',
        withheldText('canary'),
      ];
      for (const canary of canaries) expect([canary, all.includes(canary)]).toEqual([canary, false]);
      if (level !== 'error') expect(all.length).toBeGreaterThan(0);
    } finally {
      child.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    }
  },
);

test('a mail server that repeats the address in its refusal puts none into the log', async () => {
  const server = await mailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(new Error(`no mailbox <${address}>, or ${address}: here`)),
  });
  const smtp = createSmtpMail({ smtpUrl: server.url, mailFrom: 'us@paper.example' });
  const mail = { to: 'canary@example.com' as Email, subject: 's', text: 't', html: '<p>t</p>' };
  const error = await smtp.send(mail).catch((failure: unknown) => failure);
  expect(String(error)).toContain('canary@example.com');
  expect(faultOf(error).message).toContain('no mailbox');
  expect(faultOf(error).message).not.toContain('canary');
  smtp.close();
  await server.close();
});
