/** Changes that are in force at once: the policy's file, grants and revocations made by the command line, and tokens. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ArticleOrigin, startArticleOrigin, withheldText } from '../support/article-origin.ts';
import { buildCommand, gatefold } from '../support/command.ts';
import { accessOf } from '../support/raw-client.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { type RunningGateway, startGateway, testPolicy } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

let origin: ArticleOrigin;
let redis: RedisServer;
beforeAll(async () => {
  [origin, redis] = await Promise.all([startArticleOrigin(), startRedis(), buildCommand()]);
});
afterAll(async () => {
  await origin?.stop();
  await redis?.stop();
});

const locked = testPolicy.replace('access: own-or-metered', 'access: locked');

describe('the policy', () => {
  test('that was saved is in force within a second, and a broken one leaves the last good one in force', async () => {
    const site = await startGateway({ originUrl: origin.url });
    const reasonNow = async () => accessOf(await site.ask('/tidewater/one')).reason;
    expect(await reasonNow()).toBe('free-read');
    site.writePolicy(locked);
    await until(async () => (await reasonNow()) === 'locked', 'the new policy');
    site.writePolicy('rules: [{ name: broken');
    await until(() => site.gateway.policySource.lastFaults().length > 0, 'the faults');
    expect(await reasonNow()).toBe('locked');
    site.writePolicy(testPolicy.replace('access: own-or-metered', 'access: open'));
    await until(async () => (await reasonNow()) === 'open', 'the mended policy');
    await site.stop();
  });

  test('that shortens previews shortens those that are ready, too', async () => {
    const site = await startGateway({ originUrl: origin.url, policy: locked });
    const shown = async () => (await site.ask('/tidewater/one')).text.includes('long road home');
    expect(await shown()).toBe(true);
    site.writePolicy(locked.replace('characters: 200', 'characters: 40'));
    await until(async () => !(await shown()), 'the shorter preview');
    await site.stop();
  });
});

const stores = {
  'two instances over one Redis': async () => {
    const first = await startGateway({
      originUrl: origin.url,
      redisUrl: redis.url,
      ticking: true,
      policy: locked,
    });
    const second = await startGateway({
      originUrl: origin.url,
      redisUrl: redis.url,
      ticking: true,
      policy: locked,
      publicUrl: first.url,
      dataDir: first.dataDir,
    });
    return [first, second] as const;
  },
  'one instance over SQLite': async () =>
    [await startGateway({ originUrl: origin.url, ticking: true, policy: locked })] as const,
};

describe.each(Object.entries(stores))('a grant by the command line, with %s', (_what, start) => {
  let sites: readonly RunningGateway[];
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    sites = await start();
    environment = sites[0]?.environment ?? {};
  });
  afterAll(async () => {
    for (const site of sites) await site.stop();
  });

  /** What each instance serves next, by cookie and by Bearer. */
  const outcomes = async (token: string) => {
    const seen = [];
    for (const site of sites)
      for (const headers of [{ Cookie: `gf_reader=${token}` }, { Authorization: `Bearer ${token}` }]) {
        const answer = await site.ask('/tidewater/one', { headers: headers as Record<string, string> });
        const { outcome, reason } = accessOf(answer);
        expect(answer.text.includes(withheldText('one'))).toBe(outcome === 'full');
        seen.push(`${outcome} ${reason}`);
      }
    return [...new Set(seen)];
  };

  test('opens the article for the very next request, and a revocation closes it while the token is valid', async () => {
    const issued = await gatefold(['token', 'issue', 'ada@example.com'], environment);
    expect(issued.code).toBe(0);
    const token = issued.out.trim();
    expect(await outcomes(token)).toEqual(['preview locked']);
    const granted = await gatefold(['grant', 'ada@example.com', 'all', '--until', '2099-01-01'], environment);
    expect(granted.out).toBe('ada@example.com may read all until 2099-01-01T00:00:00.000Z.\n');
    expect(await outcomes(token)).toEqual(['full comp']);
    const revoked = await gatefold(['revoke', 'ada@example.com', 'all'], environment);
    expect(revoked.code).toBe(0);
    expect(await outcomes(token)).toEqual(['preview locked']);
  });
});

describe('a grant', () => {
  let site: RunningGateway;
  beforeAll(async () => {
    site = await startGateway({ originUrl: origin.url, ticking: true, policy: locked });
  });
  afterAll(() => site?.stop());

  test('of another product opens nothing', async () => {
    await gatefold(['grant', 'bob@example.com', 'other', '--until', '2099-01-01'], site.environment);
    const token = (await gatefold(['token', 'issue', 'bob@example.com'], site.environment)).out.trim();
    const answer = await site.ask('/tidewater/one', { headers: { Cookie: `gf_reader=${token}` } });
    expect(accessOf(answer)).toEqual({ outcome: 'preview', reason: 'locked' });
  });

  test('says what is wrong with a product, an address or a date, and gives nothing', async () => {
    const wrong = [
      ['grant', 'ada@example.com', 'al', '--until', '2099-01-01'],
      ['grant', 'ada', 'all', '--until', '2099-01-01'],
      ['grant', 'ada@example.com', 'all', '--until', 'tomorrow'],
      ['grant', 'ada@example.com', 'all', '--until', '2001-01-01'],
    ];
    const answers = await Promise.all(wrong.map((args) => gatefold(args, site.environment)));
    expect(answers.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [1, '']));
    const words = [
      /no product “al”; it has all, other/,
      /not an email address/,
      /not a date: write/,
      /has passed/,
    ];
    for (const [place, word] of words.entries()) expect(answers[place]?.err).toMatch(word);
  });
});

describe('Bearer tokens', () => {
  let site: RunningGateway;
  beforeAll(async () => {
    site = await startGateway({ originUrl: origin.url });
  });
  afterAll(() => site?.stop());

  test('that are forged, expired or of another site make a visitor on pages, and a 401 on the access API', async () => {
    const account = await site.account('app@example.com');
    const [head = '', body = '', signature = ''] = account.token.split('.');
    const none = Buffer.from('{"alg":"none","kid":"test","typ":"gatefold+jwt"}').toString('base64url');
    const tokens = [
      'x',
      'a.b.c',
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${none}.${body}.`,
      `${none}.${body}.AA`,
    ];
    for (const token of tokens) {
      const headers = { Authorization: `Bearer ${token}` };
      expect(accessOf(await site.ask('/tidewater/one', { headers })).reason).toBe('free-read');
      const refused = await site.ask('/-/access?url=/tidewater/one', { headers });
      expect(refused.status).toBe(401);
      expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'token-invalid' } });
      expect(refused.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    }
    site.time.now += 2 * 3_600_000;
    const headers = { Authorization: `Bearer ${account.token}` };
    expect(accessOf(await site.ask('/tidewater/one', { headers })).reason).toBe('free-read');
    const expired = await site.ask('/-/access?url=/tidewater/one', { headers });
    expect(JSON.parse(expired.text)).toMatchObject({ error: { code: 'token-expired' } });
  });

  test('of a signed-out device are refused while they are still valid', async () => {
    const account = await site.account('left@example.com');
    const headers = { Authorization: `Bearer ${account.token}` };
    expect((await site.ask('/-/access?url=/tidewater/one', { headers })).status).toBe(200);
    for (const { id } of await site.gateway.stores.readers.devices(account.id))
      await site.gateway.stores.readers.revokeDevice(id);
    const refused = await site.ask('/-/access?url=/tidewater/one', { headers });
    expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'device-signed-out' } });
  });
});
