import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ada, browser, newest, type Site, site } from './site.ts';
import { noon, publicUrl } from './support.ts';

let paper: Site;
beforeEach(() => {
  paper = site();
});
afterEach(() => paper.close());

describe('a mailed link', () => {
  test('is not used up by mail scanners, which open it any number of times', async () => {
    await browser(paper.app).post('/-/sign-in', { email: ada });
    const path = `/-/sign-in/link?link=${newest(paper).link}`;
    for (let scan = 0; scan < 5; scan += 1) {
      const scanned = await request(paper.app).get(path);
      expect(scanned.status).toBe(200);
      expect(scanned.headers['set-cookie']).toBeUndefined();
      expect((await request(paper.app).head(path)).status).toBe(200);
    }
    expect((await browser(paper.app).post('/-/sign-in/link', { link: newest(paper).link })).status).toBe(303);
  });

  test('opened twice at once signs one in', async () => {
    await browser(paper.app).post('/-/sign-in', { email: ada });
    const { link } = newest(paper);
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => browser(paper.app).post('/-/sign-in/link', { link })),
    );
    expect(opened.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(opened.filter(({ status }) => status === 410)).toHaveLength(7);
  });

  test('and its code are one sign-in: using either uses up both', async () => {
    const here = browser(paper.app);
    await here.post('/-/sign-in', { email: ada });
    await browser(paper.app).post('/-/sign-in/link', { link: newest(paper).link });
    expect((await here.post('/-/sign-in/code', { code: newest(paper).code })).status).toBe(400);
  });

  test('is dead after fifteen minutes', async () => {
    await browser(paper.app).post('/-/sign-in', { email: ada });
    paper.time.now = noon + 15 * 60_000;
    expect((await browser(paper.app).post('/-/sign-in/link', { link: newest(paper).link })).status).toBe(410);
  });

  test('leads to PUBLIC_URL whatever Host the request had', async () => {
    await browser(paper.app).post(
      '/-/sign-in',
      { email: ada },
      { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' },
    );
    expect(paper.mails[0]?.text).toContain(`${publicUrl}/-/sign-in/link?`);
    expect(JSON.stringify(paper.mails)).not.toContain('evil');
  });

  test('is shown on a page that nobody frames or keeps and that tells no other site its address', async () => {
    await browser(paper.app).post('/-/sign-in', { email: ada });
    const { headers } = await request(paper.app).get(`/-/sign-in/link?link=${newest(paper).link}`);
    expect(headers).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'strict-origin',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('is kept only as a hash, and so is the code', async () => {
    const kept: unknown[] = [];
    const { putSignIn } = paper.store;
    paper.store.putSignIn = async (pending) => {
      kept.push(pending);
      await putSignIn(pending);
    };
    await browser(paper.app).post('/-/sign-in', { email: ada });
    const { link, code } = newest(paper);
    expect(kept).toHaveLength(1);
    for (const secret of [link, code]) expect(JSON.stringify(kept)).not.toContain(secret);
  });
});

describe('a code', () => {
  test('can be guessed five times, then not even the right one is taken', async () => {
    const here = browser(paper.app);
    await here.post('/-/sign-in', { email: ada });
    const { code, link } = newest(paper);
    const wrong = String((Number(code) + 1) % 1e8).padStart(8, '0');
    const tries = [];
    for (let guess = 0; guess < 5; guess += 1)
      tries.push((await here.post('/-/sign-in/code', { code: wrong })).status);
    expect(tries).toEqual([400, 400, 400, 400, 400]);
    expect((await here.post('/-/sign-in/code', { code })).status).toBe(429);
    expect((await here.post('/-/sign-in/link', { link })).status).toBe(410);
  });

  test('is taken at the fifth try', async () => {
    const here = browser(paper.app);
    await here.post('/-/sign-in', { email: ada });
    for (let guess = 0; guess < 4; guess += 1) await here.post('/-/sign-in/code', { code: 'abc' });
    expect((await here.post('/-/sign-in/code', { code: newest(paper).code })).status).toBe(303);
  });

  test('can’t be guessed by taking the cookie off: the sign-in counts, whoever tries', async () => {
    const here = browser(paper.app);
    await here.post('/-/sign-in', { email: ada });
    const bound = here.jar.get('__Host-gf_sign_in') ?? '';
    for (let guess = 0; guess < 5; guess += 1) {
      const other = browser(paper.app, `198.51.${guess}.1`);
      other.jar.set('__Host-gf_sign_in', bound);
      await other.post('/-/sign-in/code', { code: '00000000' });
    }
    const last = browser(paper.app, '203.0.113.1');
    last.jar.set('__Host-gf_sign_in', bound);
    expect((await last.post('/-/sign-in/code', { code: newest(paper).code })).status).toBe(429);
  });
});
