import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { ada, type Site, signIn, site } from './site.ts';

let paper: Site;
beforeEach(() => {
  paper = site();
});
afterEach(() => paper.close());

describe('a form from elsewhere', () => {
  const forms = [
    '/-/sign-in',
    '/-/sign-in/link',
    '/-/sign-in/code',
    '/-/sign-out',
    '/-/account/sign-out-all',
    '/-/account/devices/all/sign-out',
    '/-/account/devices/x/sign-out',
  ];

  test.each(forms)('is refused: %s', async (path) => {
    const { here } = await signIn(paper);
    const before = paper.mails.length;
    const cross = await here.post(
      path,
      { email: ada },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(cross.status).toBe(403);
    const referred = await request(paper.app)
      .post(path)
      .set('Referer', 'https://evil.example/')
      .type('form')
      .send({ email: ada });
    expect(referred.status).toBe(403);
    expect(paper.mails).toHaveLength(before);
    expect((await here.get('/-/account')).status).toBe(200);
  });

  test.each(forms)('whatever the body, is answered with a page and no failure: %s', async (path) => {
    const post = (type: string, body: string | Buffer) =>
      request(paper.app).post(path).set('Content-Type', type).send(body);
    const form = 'application/x-www-form-urlencoded';
    const answers = [
      await post('application/json', '{"email":{"$ne":null}}'),
      await post(form, 'email=a@b.co&email=c@d.co&code=1&code=2&link=x&link=y&return=/a&return=/b'),
      await post(form, `email=${'a'.repeat(20_000)}`),
      await post(form, `${'a=1&'.repeat(50)}`),
      await post(form, '%%%=%zz&__proto__=1&constructor[prototype]=2'),
      await post(`${form}; charset=nonsense`, 'email=a'),
      await post('multipart/form-data; boundary=x', '--x--'),
      await post(form, Buffer.from([0xff, 0xfe, 0x00])),
      await request(paper.app).post(path),
    ];
    for (const { status, headers } of answers) {
      expect(status).toBeLessThan(500);
      expect(status === 303 || headers['content-type']?.startsWith('text/html')).toBe(true);
    }
    expect(answers[2]?.status).toBe(413);
  });
});

test('paths that aren’t sign-in’s pass by', async () => {
  const app = express()
    .use(paper.app)
    .use((_request, response) => void response.send('the origin'));
  for (const path of ['/', '/sign-in', '/-/sign-in/other', '/-/accounts']) {
    expect((await request(app).get(path)).text).toBe('the origin');
  }
});
