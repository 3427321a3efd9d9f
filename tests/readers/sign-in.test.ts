import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ArticleId } from '../../src/article/article.ts';
import { windowAt } from '../../src/meter/window.ts';
import type { MeterId } from '../../src/policy/policy.ts';
import { readerCountedAs, visitorCountedAs } from '../../src/readers/counted-as.ts';
import type { Email } from '../../src/readers/reader.ts';
import { ada, browser, mailed, newest, readerOf, type Site, signIn, site } from './site.ts';
import { day, did, entitlement, noon, rid } from './support.ts';

let paper: Site;
beforeEach(() => {
  paper = site();
});
afterEach(() => paper.close());

describe('signing in', () => {
  test('by the mailed link leads back to the article, in the browser that opened it', async () => {
    const asked = await browser(paper.app).post('/-/sign-in', {
      email: ' Ada@Example.COM ',
      return: '/a/story?p=2',
    });
    expect(asked.status).toBe(200);
    expect(paper.mails).toMatchObject([{ to: ada }]);
    const phone = browser(paper.app);
    const shown = await phone.get(`/-/sign-in/link?link=${newest(paper).link}`);
    expect(shown.text).toContain(newest(paper).link);
    const done = await phone.post('/-/sign-in/link', { link: newest(paper).link });
    expect(done.status).toBe(303);
    expect(done.headers.location).toBe('/a/story?p=2');
    const claims = readerOf(paper, phone.jar.get('__Host-gf_reader'));
    expect(await paper.store.byEmail(ada as Email)).toMatchObject({ id: claims?.reader });
    expect(await paper.store.device(claims?.device ?? did(''))).toMatchObject({ reader: claims?.reader });
  });

  test('by the code works in the browser that asked, however the code is typed', async () => {
    const here = browser(paper.app);
    await here.post('/-/sign-in', { email: ada });
    const { code } = newest(paper);
    const done = await here.post('/-/sign-in/code', { code: ` ${code.slice(0, 4)} ${code.slice(4)}-` });
    expect(done.status).toBe(303);
    expect(readerOf(paper, here.jar.get('__Host-gf_reader'))).toBeDefined();
    expect(here.jar.has('__Host-gf_sign_in')).toBe(false);
  });

  test('with the code in another browser is refused', async () => {
    const here = browser(paper.app);
    await here.post('/-/sign-in', { email: ada });
    const elsewhere = browser(paper.app);
    expect((await elsewhere.post('/-/sign-in/code', { code: newest(paper).code })).status).toBe(410);
    await elsewhere.post('/-/sign-in', { email: 'eve@example.com' });
    const adasCode = mailed(paper.mails[0]).code;
    expect((await elsewhere.post('/-/sign-in/code', { code: adasCode })).status).toBe(400);
  });

  test('carries what the reader is entitled to in the token', async () => {
    const { here } = await signIn(paper);
    const first = readerOf(paper, here.jar.get('__Host-gf_reader'));
    await paper.entitlements.put(first?.reader ?? rid(''), entitlement('all', noon + day));
    const again = await signIn(paper);
    const second = readerOf(paper, again.here.jar.get('__Host-gf_reader'));
    expect(second).toMatchObject({ reader: first?.reader, entitlements: [{ product: 'all' }] });
    expect(second?.device).not.toBe(first?.device);
  });

  test('again in the same browser takes the place of the device that was there', async () => {
    const { here } = await signIn(paper);
    const first = readerOf(paper, here.jar.get('__Host-gf_reader'));
    await signIn(paper, ada, here);
    expect(await paper.store.devices(first?.reader ?? rid(''))).toHaveLength(1);
    expect(await paper.store.device(first?.device ?? did(''))).toBeUndefined();
  });

  test('merges the visitor’s free reads into the account, so that it is no fresh allowance', async () => {
    const here = browser(paper.app);
    const visited = await paper.identify(
      { cookieHeader: undefined, authorization: undefined, clientAddress: '192.0.2.1', secure: true },
      noon,
    );
    here.jar.set('__Host-gf_visitor', /=([^;]*)/.exec(visited.setCookies[0] ?? '')?.[1] ?? '');
    const meter = 'free' as MeterId;
    const window = windowAt({ kind: 'month' }, 'UTC', noon);
    const ask = { meter, window, allowance: 3, charge: true, now: noon };
    for (const article of ['/a', '/b'] as ArticleId[]) {
      await paper.meters.admit({ ...ask, ...visitorCountedAs(visited.asker.visitor), article });
    }
    await signIn(paper, ada, here);
    const claims = readerOf(paper, here.jar.get('__Host-gf_reader'));
    const reads = await paper.meters.reads({ ...ask, ...readerCountedAs(claims?.reader ?? rid('')) });
    expect(reads.map(({ article }) => article)).toEqual(['/a', '/b']);
  });

  test('when signed in already leads on instead of asking', async () => {
    const { here } = await signIn(paper);
    expect((await here.get('/-/sign-in?return=%2Fa%2Fstory')).headers.location).toBe('/a/story');
    expect((await here.get('/-/sign-in')).headers.location).toBe('/-/account');
  });
});
