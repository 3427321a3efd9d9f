import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ada, browser, newest, readerOf, type Site, signIn, site } from './site.ts';
import { day, entitlement, hour, noon, rid } from './support.ts';

let paper: Site;
beforeEach(() => {
  paper = site();
});
afterEach(() => paper.close());

describe('signing out', () => {
  test('revokes the device, not only the cookie', async () => {
    const { here } = await signIn(paper);
    const token = here.jar.get('__Host-gf_reader') ?? '';
    const page = await here.post('/-/sign-out');
    expect(page.text).toContain('signed out');
    expect(here.jar.has('__Host-gf_reader')).toBe(false);
    const thief = browser(paper.app);
    thief.jar.set('__Host-gf_reader', token);
    expect((await thief.get('/-/account')).status).toBe(303);
    expect(thief.jar.has('__Host-gf_reader')).toBe(false);
  });

  test('takes the cookie away even while the store is down', async () => {
    const { here } = await signIn(paper);
    paper.store.revokeDevice = () => Promise.reject(new Error('down'));
    expect((await here.post('/-/sign-out')).status).toBe(200);
    expect(here.jar.has('__Host-gf_reader')).toBe(false);
    expect(paper.faults).toHaveLength(1);
  });

  test('without being signed in is no mistake', async () => {
    expect((await browser(paper.app).post('/-/sign-out')).status).toBe(200);
  });
});

describe('the account page', () => {
  test('shows who is signed in, what they may read and where they are signed in', async () => {
    const laptop = browser(paper.app);
    await laptop.post('/-/sign-in', { email: ada });
    const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await laptop.post('/-/sign-in/link', { link: newest(paper).link }, { 'User-Agent': agent });
    const claims = readerOf(paper, laptop.jar.get('__Host-gf_reader'));
    await paper.entitlements.put(claims?.reader ?? rid(''), entitlement('all', noon + 10 * day));
    await paper.entitlements.put(claims?.reader ?? rid(''), entitlement('ended', noon));
    const { text } = await laptop.get('/-/account');
    for (const shown of [ada, 'All of Lamplight', 'Firefox, Windows', 'This browser'])
      expect(text).toContain(shown);
    expect(text).not.toContain('ended');
  });

  test('asks whoever isn’t signed in to sign in, and leads back', async () => {
    const answer = await browser(paper.app).get('/-/account');
    expect([answer.status, answer.headers.location]).toEqual([303, '/-/sign-in?return=%2F-%2Faccount']);
  });

  test('passes on a renewed token', async () => {
    const { here } = await signIn(paper);
    const before = here.jar.get('__Host-gf_reader');
    paper.time.now = noon + 2 * hour;
    expect((await here.get('/-/account')).status).toBe(200);
    expect(here.jar.get('__Host-gf_reader')).not.toBe(before);
    expect(readerOf(paper, here.jar.get('__Host-gf_reader'))).toBeDefined();
  });

  test('signs out one other device, at once', async () => {
    const { here: phone } = await signIn(paper);
    const { here: laptop } = await signIn(paper);
    const onPhone = readerOf(paper, phone.jar.get('__Host-gf_reader'));
    const done = await laptop.post(`/-/account/devices/${onPhone?.device}/sign-out`);
    expect([done.status, done.headers.location]).toEqual([303, '/-/account']);
    expect((await phone.get('/-/account')).status).toBe(303);
    expect((await laptop.get('/-/account')).status).toBe(200);
  });

  test('signs out this one as signing out does', async () => {
    const { here } = await signIn(paper);
    const claims = readerOf(paper, here.jar.get('__Host-gf_reader'));
    expect((await here.post(`/-/account/devices/${claims?.device}/sign-out`)).status).toBe(200);
    expect(here.jar.has('__Host-gf_reader')).toBe(false);
  });

  test('never signs out another reader’s device, and doesn’t say whether there is one', async () => {
    const { here: adas } = await signIn(paper);
    const { here: eves } = await signIn(paper, 'eve@example.com');
    const onAdas = readerOf(paper, adas.jar.get('__Host-gf_reader'));
    const real = await eves.post(`/-/account/devices/${onAdas?.device}/sign-out`);
    const made = await eves.post('/-/account/devices/nothing/sign-out');
    expect([real.status, real.headers.location]).toEqual([made.status, made.headers.location]);
    expect((await adas.get('/-/account')).status).toBe(200);
  });

  test.each(['/-/account/sign-out-all', '/-/account/devices/all/sign-out'])(
    'signs out everywhere: %s',
    async (path) => {
      const browsers = [(await signIn(paper)).here, (await signIn(paper)).here, (await signIn(paper)).here];
      expect((await browsers[0]?.post(path))?.status).toBe(200);
      for (const each of browsers) expect((await each.get('/-/account')).status).toBe(303);
    },
  );

  test('is no page for an app’s token', async () => {
    const { here } = await signIn(paper);
    const token = here.jar.get('__Host-gf_reader');
    const answer = await request(paper.app).get('/-/account').set('Authorization', `Bearer ${token}`);
    expect(answer.status).toBe(303);
  });

  test('says to come back while the store is down, and is never a failure page of the server', async () => {
    const { here } = await signIn(paper);
    paper.store.devices = () => Promise.reject(new Error('down'));
    const answer = await here.get('/-/account');
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('Back in a moment');
    expect((await here.post('/-/account/sign-out-all')).status).toBe(503);
  });
});
