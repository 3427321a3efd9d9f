import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ada, browser, newest, type Site, signIn, site } from './site.ts';

let paper: Site;
beforeEach(() => {
  paper = site();
});
afterEach(() => paper.close());

describe('asking for a link', () => {
  test('is answered alike, with the same work, whether or not anybody has an account', async () => {
    await signIn(paper);
    const looked: string[] = [];
    const { byEmail, findOrCreate } = paper.store;
    paper.store.byEmail = (email) => {
      looked.push(email);
      return byEmail(email);
    };
    paper.store.findOrCreate = (candidate) => {
      looked.push(candidate.email);
      return findOrCreate(candidate);
    };
    const known = await browser(paper.app).post('/-/sign-in', { email: ada });
    const unknown = await browser(paper.app).post('/-/sign-in', { email: 'bob@example.com' });
    const plain = (text: string) =>
      text.replaceAll(/ada@example\.com|bob@example\.com/g, 'EMAIL').replaceAll(/value="[\w-]{22}"/g, '');
    expect(plain(unknown.text)).toBe(plain(known.text));
    expect(unknown.status).toBe(known.status);
    expect(Object.keys(unknown.headers)).toEqual(Object.keys(known.headers));
    expect(looked).toEqual([]);
    expect(paper.mails).toHaveLength(3);
  });

  test('five times for one address is enough, from however many networks', async () => {
    const statuses = [];
    for (let time = 0; time < 6; time += 1) {
      statuses.push((await browser(paper.app, `198.51.${time}.1`).post('/-/sign-in', { email: ada })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await browser(paper.app).post('/-/sign-in', { email: ada.toUpperCase() });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(paper.mails).toHaveLength(5);
  });

  test('from one network is limited, whatever cookies it brings, without using up what addresses have left', async () => {
    let limited = 0;
    for (let time = 0; time < 65; time += 1) {
      const { status } = await browser(paper.app, '203.0.113.9').post('/-/sign-in', {
        email: `reader${time}@example.com`,
      });
      if (status === 429) limited += 1;
    }
    expect(limited).toBe(5);
    expect((await browser(paper.app).post('/-/sign-in', { email: 'reader64@example.com' })).status).toBe(200);
  });

  test.each([
    ['nothing', {}],
    ['no address', { email: 'ada' }],
    ['two addresses', { email: 'ada@example.com,eve@example.com' }],
    ['a second header', { email: 'ada@example.com\r\nBcc: eve@example.com' }],
    ['a very long one', { email: `${'a'.repeat(300)}@example.com` }],
    ['markup', { email: '"><script>alert(1)</script>@example.com' }],
  ] as const)('with %s is asked again, and nothing is sent', async (_, fields) => {
    const answer = await browser(paper.app).post('/-/sign-in', fields);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Enter a whole email address');
    expect(answer.text).not.toContain('<script>');
    expect(paper.mails).toEqual([]);
  });

  test('says so when the mail can’t be sent', async () => {
    const broken = site({ sendMail: () => Promise.reject(new Error('no route to the mail server')) });
    const answer = await browser(broken.app).post('/-/sign-in', { email: ada });
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('We couldn’t send the message');
    expect(broken.faults).toHaveLength(1);
    broken.close();
  });

  test('in a reader’s language gets page and mail in it', async () => {
    const answer = await browser(paper.app).post(
      '/-/sign-in',
      { email: ada },
      { 'Accept-Language': 'de-AT,en;q=0.5' },
    );
    expect(answer.text).toContain('<html lang="de"');
    expect(paper.mails[0]?.html).toContain('<html lang="de"');
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/%2fevil.example',
    '/\t/evil.example',
  ])('with %j to return to leads to the front page', async (away) => {
    const here = browser(paper.app);
    const form = await here.get(`/-/sign-in?return=${encodeURIComponent(away)}`);
    expect(form.text).toContain('name="return" value="/"');
    await here.post('/-/sign-in', { email: ada, return: away });
    const done = await here.post('/-/sign-in/link', { link: newest(paper).link });
    expect(done.headers.location).toBe('/');
  });
});
