/** Addresses that sites really have are answered, and none of them is a way around a rule. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  metaTags,
  type Route,
  sendAs,
  sendHtml,
  startArticleOrigin,
  withheldText,
} from '../support/article-origin.ts';
import { accessOf } from '../support/raw-client.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const picture = sendAs('image/jpeg', 'a picture');

const openSite = async (policy: string): Promise<{ site: RunningGateway; origin: ArticleOrigin }> => {
  const origin = await startArticleOrigin();
  closing.push(() => origin.stop());
  const site = await startGateway({ originUrl: origin.url, policy });
  closing.push(() => site.stop());
  return { site, origin };
};

describe('where rules cover articles', () => {
  let site: RunningGateway;
  let origin: ArticleOrigin;
  beforeAll(async () => {
    ({ site, origin } = await openSite(`
cutoff: { characters: 200 }
articles: { paths: /news/*, body: .article-body, ignore: "/thumbs/**" }
rules: [{ name: old, when: { path: "/archive/**" }, access: locked }]
publications: [{ id: review, name: The Review, paths: /review/* }]
sentry: { forms: [{ path: "/read/{article}", article: "/news/{article}" }] }
otherwise: { access: locked }
`));
    const session = ';jsessionid=0A1B2C3D';
    origin.on('/news/a', sendHtml(articlePage('a')));
    origin.on(`/news/a${session}`, sendHtml(articlePage('a')));
    origin.on('/site.css', sendAs('text/css', 'body { color: black }'));
  });

  test('an article whose address holds a session is that article', async () => {
    const answer = await site.ask('/news/a;jsessionid=0A1B2C3D');
    expect(answer.status).toBe(200);
    expect(accessOf(answer).outcome).toBe('preview');
    expect(answer.text).not.toContain(withheldText('a'));
    expect(origin.count('/news/a;jsessionid=0A1B2C3D')).toBe(0);
  });

  test('a style sheet whose address holds one is answered', async () => {
    const answer = await site.ask('/site.css;jsessionid=0A1B2C3D');
    expect(`${answer.status} ${answer.text}`).toBe('200 body { color: black }');
  });

  test.each([
    '/img/unsafe/300x200/https%3A%2F%2Fpictures.example%2Fa.jpg',
    '/img/x;w=300/a.jpg',
    '/tag/caf%E9',
    '/img/a%252Fb.jpg?width=300',
    '/thumbs/https%3A%2F%2Fpictures.example%2Fnews%2Fa.jpg',
  ])('%s is asked for as it was written', async (address) => {
    origin.on(address.split('?', 1)[0] ?? '', picture);
    const answer = await site.ask(address);
    expect(`${answer.status} ${answer.text}`).toBe('200 a picture');
    expect(origin.seen.at(-1)?.url).toBe(address);
  });

  test.each([
    '/news%2Fa',
    '/news%252Fa',
    '/img/..%2Fnews/a',
    '/img/..;/news/a',
    '/news;x/a',
    '/news/a;x',
    '/news/%E9',
    '/thumbs/..%2Fnews/a',
    '/thumbs/..;/archive/a',
    '/archive%2F2020/a',
    '/review%2Fa',
    '/read%2Fa',
    '/wp-json%2Fwp/v2/posts/4',
    '/_next%2Fdata/x/story.json',
    '/-%2Fsign-in',
    '/x/..%2F-/sign-in',
  ])('%s is refused: it may be read as an address that a rule covers', async (address) => {
    const asked = origin.seen.length;
    const answer = await site.ask(address);
    expect(answer.status).toBe(400);
    expect(origin.seen).toHaveLength(asked);
  });
});

describe('where pages alone say that they are articles', () => {
  test('an odd address of an article is answered with what its reader may read', async () => {
    const { site, origin } = await openSite('{ cutoff: { characters: 200 }, otherwise: { access: locked } }');
    const html = articlePage('b', { head: metaTags });
    const asHtml: Route = sendHtml(html);
    for (const address of ['/odd%2Fstory', '/odd;x/story', '/odd/%E9']) {
      origin.on(address, asHtml);
      const answer = await site.ask(address);
      expect(answer.status).toBe(200);
      expect(accessOf(answer).outcome).toBe('preview');
      expect(answer.text).not.toContain(withheldText('b'));
    }
  });
});
