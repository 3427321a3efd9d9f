/** JSON of one article carries others beside it: what is embedded, related, or quoted whole in a comment. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntitlementId } from '../../src/entitlements/entitlement.ts';
import type { ProductId } from '../../src/policy/policy.ts';
import { type ArticleOrigin, sendAs, sendHtml, startArticleOrigin } from '../support/article-origin.ts';
import { type Account, type RunningGateway, startGateway } from '../support/start-gateway.ts';

/** They have no words in common. */
const lineOf = (slug: string, at: number): string =>
  slug === 'north'
    ? `Line ${at} counts ${at * 7} lamps along a dark quay before dawn`
    : `Row number ${at + 40}: ${at * 13} barrels went uphill towards that mill`;
const textOf = (slug: string): string =>
  Array.from({ length: 12 }, (_, at) => `<p>${lineOf(slug, at)}.</p>`).join('');
const endOf = (slug: string): string => lineOf(slug, 11);
const page = (slug: string): string =>
  `<!doctype html><html><head><title>${slug}</title><meta property="og:type" content="article"></head><body><article class="article-body">${textOf(slug)}</article></body></html>`;

const post = (slug: string, beside: object): string =>
  JSON.stringify({ id: 1, link: `/news/${slug}`, content: { rendered: textOf(slug) }, ...beside });
const documents: Readonly<Record<string, string>> = {
  '/wp-json/wp/v2/posts/1': post('north', {
    _embedded: { up: [{ excerpt: { rendered: textOf('south') } }] },
  }),
  '/wp-json/wp/v2/posts/2': post('north', { related: [{ words: textOf('south').replace(/<[^>]*>/g, ' ') }] }),
  '/wp-json/wp/v2/comments': JSON.stringify([
    {
      id: 3,
      link: '/news/north#comment-3',
      content: { rendered: '<p>Hear, hear.</p>' },
      up: { text: textOf('south') },
    },
  ]),
};

let origin: ArticleOrigin;
let site: RunningGateway;
let subscriber: Account;
beforeAll(async () => {
  origin = await startArticleOrigin();
  for (const slug of ['north', 'south']) origin.on(`/news/${slug}`, sendHtml(page(slug)));
  for (const [path, json] of Object.entries(documents)) origin.on(path, sendAs('application/json', json));
  site = await startGateway({
    originUrl: origin.url,
    policy:
      '{ products: [{ id: all, name: All }], cutoff: { characters: 150 }, otherwise: { access: locked } }',
  });
  const held = { id: 'held' as EntitlementId, product: 'all' as ProductId, source: 'comp' as const };
  subscriber = await site.account('ada@example.com', [
    { ...held, startsAt: 0, endsAt: Number.MAX_SAFE_INTEGER },
  ]);
  for (const slug of ['north', 'south']) await site.ask(`/news/${slug}`);
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

test.each(Object.keys(documents))('a stranger gets no end of another article in %s', async (path) => {
  const { status, text } = await site.ask(path);
  expect(status).toBe(200);
  expect(text).toContain('"id":');
  expect(text).not.toContain(endOf('south'));
  expect(text).not.toContain(endOf('north'));
});

test.each(Object.keys(documents).filter((path) => /\d$/.test(path)))(
  'a subscriber gets %s as it is, and nobody else’s cache keeps it',
  async (path) => {
    const { text, headers } = await site.ask(path, { headers: subscriber.cookie });
    expect(text).toBe(documents[path]);
    expect(headers['cache-control']).toMatch(/private/);
  },
);
