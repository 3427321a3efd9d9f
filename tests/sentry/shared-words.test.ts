/** What many pages of a site keep beside their article is the site's own words, and no article's text. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ArticleOrigin, sendAs, sendHtml, startArticleOrigin } from '../support/article-origin.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

const words =
  'We and those who pay for this paper keep small files in your browser, so that it is remembered what you chose, so that we know how many people read what we print, and so that nobody is asked the same question twice in one evening; you may say no to all of it, and the paper is the same.';
const script = `<script>window.consent = { text: ${JSON.stringify(words)} };</script>`;
const count = 10;
const lines = (slug: string): string =>
  Array.from(
    { length: 20 },
    (_, at) => `<p>Line ${at} of ${slug} counts ${at * 7} lamps of ${slug}.</p>`,
  ).join('');
const page = (slug: string): string =>
  `<!doctype html><html><head><title>${slug}</title><meta property="og:type" content="article">${script}</head><body><article class="article-body">${lines(slug)}</article></body></html>`;
const front = `<!doctype html><html><head><title>Front</title>${script}</head><body><p>Good evening.</p></body></html>`;

let origin: ArticleOrigin;
let site: RunningGateway;
beforeAll(async () => {
  origin = await startArticleOrigin();
  const slugs = Array.from({ length: count }, (_, at) => `story${'abcdefghijkl'[at]}`);
  for (const slug of slugs) origin.on(`/news/${slug}`, sendHtml(page(slug)));
  origin.on('/', sendHtml(front));
  origin.on('/consent.js', sendAs('text/javascript', `window.words = ${JSON.stringify(words)};`));
  site = await startGateway({
    originUrl: origin.url,
    policy: '{ cutoff: { characters: 150 }, otherwise: { access: locked } }',
  });
  for (const slug of slugs) await site.ask(`/news/${slug}`);
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

test.each(['/', '/consent.js'])('%s holds them, and passes as it is', async (path) => {
  const own = await (await fetch(`${origin.url}${path}`)).text();
  const answer = await site.ask(path);
  expect(answer.status).toBe(200);
  expect(answer.text).toBe(own);
});
