/** A site is learnt over HTTP before anybody asked for its articles, and a stranger's odd doors stay shut from then on. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ArticleId } from '../../../src/article/article.ts';
import type { LearnOutcome } from '../../../src/sentry/learn/learn-deps.ts';
import { type ArticleOrigin, sendAs, sendHtml, startArticleOrigin } from '../../support/article-origin.ts';
import { startRedis } from '../../support/redis-server.ts';
import { type GatewayOptions, type RunningGateway, startGateway } from '../../support/start-gateway.ts';
import { until } from '../../support/until.ts';
import {
  articleHtml,
  conditional,
  learningPolicy,
  longText,
  sendXml,
  sitemapOf,
  startSite,
} from './site-origin.ts';

const hourMs = 3_600_000;
/** Moves the clock. */
const passed = { ms: 0 };
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop();
});

const site = async (origin: ArticleOrigin, options: GatewayOptions = {}): Promise<RunningGateway> => {
  const started = await startGateway({
    originUrl: origin.url,
    policy: learningPolicy(),
    clock: () => Date.now() + passed.ms,
    ...options,
  });
  running.push(started);
  return started;
};

const someSite = async (count: number): Promise<ArticleOrigin> => {
  const origin = await startSite(count);
  running.push(origin);
  return origin;
};

const learn = async ({ gateway }: RunningGateway): Promise<LearnOutcome> => {
  const outcome = await gateway.learning?.learn({ signal: new AbortController().signal });
  if (!outcome || outcome.kind === 'running-already') throw new Error('somebody else learns');
  return outcome;
};

const cutoffOf = ({ gateway }: RunningGateway): number | undefined => {
  const { cutoff } = gateway.inForce().policy.otherwise;
  return cutoff.by === 'marker' ? undefined : cutoff.count;
};

const factsOf = ({ gateway }: RunningGateway, address: string) =>
  gateway.knowing.known.factsOf(address as ArticleId);

describe('after a round', () => {
  test('nobody gets the text of any article at an address that nobody named, though none was asked for before', async () => {
    const origin = await someSite(6);
    for (let n = 0; n < 6; n += 1)
      origin.on(`/odd-door/${n}`, sendAs('application/json', JSON.stringify({ it: longText(`story ${n}`) })));
    const gateway = await site(origin);
    // Cold: nothing is known, and the origin's answer passes.
    expect((await gateway.ask('/odd-door/0')).text).toContain('Paragraph 12 of story 0');
    expect(await learn(gateway)).toMatchObject({ kind: 'done', counts: { known: 6, of: 6, learnt: 6 } });
    for (let n = 0; n < 6; n += 1) {
      const answer = await gateway.ask(`/odd-door/${n}`);
      expect(answer.text).not.toContain('Paragraph 12');
    }
    expect(gateway.gateway.knowing.known.size().articles).toBe(6);
  });

  test('the figures and the round tell so many of so many', async () => {
    const gateway = await site(await someSite(3));
    await learn(gateway);
    const figures = await gateway.gateway.metrics.text();
    expect(figures).toMatch(/^gatefold_sentry_articles 3$/m);
    expect(figures).toMatch(/^gatefold_sentry_visits_total\{outcome="article"\} 3$/m);
    expect(figures).toMatch(/^gatefold_sentry_window \d+$/m);
    expect(await gateway.gateway.learning?.standing()).toMatchObject({ counts: { known: 3, of: 3 } });
  });

  test('it was asked anonymously, and by name', async () => {
    const origin = await someSite(1);
    await learn(await site(origin));
    const asked = origin.seen.find(({ url }) => url === '/news/0');
    expect(asked?.headers['user-agent']).toMatch(/^Gatefold/);
    expect(asked?.headers.cookie).toBeUndefined();
    expect(asked?.headers.authorization).toBeUndefined();
  });
});

describe('the next round', () => {
  test('asks by the origin’s own validators, and learns what has changed', async () => {
    const origin = await someSite(2);
    const gateway = await site(origin);
    await learn(gateway);
    const before = [0, 1].map((n) => factsOf(gateway, `/news/${n}`)?.contentHash);
    origin.on('/news/1', conditional(articleHtml('story 1', { text: longText('another story') }), '"new"'));
    passed.ms += 2 * hourMs;
    // The two articles and what isn't there; the front page has no validators.
    expect(await learn(gateway)).toMatchObject({ counts: { unchanged: 1, learnt: 1, known: 2 } });
    const after = [0, 1].map((n) => factsOf(gateway, `/news/${n}`)?.contentHash);
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false]);
    expect(origin.count('/news/0')).toBe(2);
  });

  test('begins with what another policy cuts elsewhere, and knows the new preview', async () => {
    const origin = await someSite(3);
    const gateway = await site(origin);
    await learn(gateway);
    const before = factsOf(gateway, '/news/1')?.previewUnits ?? 0;
    gateway.writePolicy(learningPolicy().replace('characters: 200', 'characters: 400'));
    await until(() => cutoffOf(gateway) === 400, 'the policy');
    const asked = origin.seen.length;
    expect(await learn(gateway)).toMatchObject({ kind: 'done' });
    expect(factsOf(gateway, '/news/1')?.previewUnits).toBeGreaterThan(before * 1.5);
    const again = origin.seen.slice(asked).filter(({ url }) => /^\/news\/\d$/.test(url));
    expect(again).toHaveLength(3);
    for (const { headers } of again) expect(headers['if-none-match']).toBeUndefined();
  });

  test('waits when the origin asks for less, and comes back to what it refused', async () => {
    const origin = await someSite(4);
    let refused = 0;
    origin.on('/news/2', (req, res) => {
      refused += 1;
      if (refused === 1) {
        res.writeHead(429, { 'Retry-After': '1' });
        res.end();
      } else conditional(articleHtml('story 2'), '"2"')(req, res);
    });
    const gateway = await site(origin);
    expect(await learn(gateway)).toMatchObject({ kind: 'done', counts: { known: 4, failed: 0 } });
    expect(refused).toBe(2);
  });

  test('an origin that is down breaks it off, and what is known stays', async () => {
    const origin = await someSite(3);
    const gateway = await site(origin);
    await learn(gateway);
    await origin.down();
    passed.ms += 2 * hourMs;
    expect(await learn(gateway)).toMatchObject({ kind: 'broken-off', counts: { known: 3 } });
    expect(gateway.gateway.knowing.known.size().articles).toBe(3);
  });
});

describe('an article is known', () => {
  const oneArticle = async (html: string, options?: GatewayOptions) => {
    const origin = await startArticleOrigin();
    running.push(origin);
    origin.on('/sitemap.xml', sendXml(sitemapOf(`${origin.url}/a`)));
    origin.on('/a', sendHtml(html));
    const gateway = await site(origin, options);
    await learn(gateway);
    return { origin, gateway };
  };
  const door = async ({ origin, gateway }: Awaited<ReturnType<typeof oneArticle>>, text: string) => {
    origin.on('/odd-door', sendAs('application/json', JSON.stringify({ text })));
    return (await gateway.ask('/odd-door')).text;
  };

  test('by the text that its JSON-LD states, where no body is found', async () => {
    const data = JSON.stringify({ '@type': 'NewsArticle', headline: 'A', articleBody: longText('hidden') });
    const head = `<script type="application/ld+json">${data}</script>`;
    const found = await oneArticle(articleHtml('a', { head, body: '<div id="app"></div>' }));
    expect(factsOf(found.gateway, '/a')).toMatchObject({ previewUnits: 0 });
    expect(await door(found, longText('hidden'))).not.toContain('Paragraph 1 of hidden');
  });

  test('by what is hidden beside a teaser: in JSON-LD, or in the body itself', async () => {
    const teaser = '<p>A teaser that everybody may read, of a few words.</p>';
    const data = JSON.stringify({ '@type': 'NewsArticle', articleBody: longText('stated') });
    const found = await oneArticle(
      articleHtml('a', {
        head: `<script type="application/ld+json">${data}</script>`,
        body: `<div class="article-body">${teaser}<template><p>${longText('templated')}</p></template></div>`,
      }),
    );
    for (const name of ['stated', 'templated'])
      expect(await door(found, longText(name))).not.toContain(`Paragraph 9 of ${name}`);
    expect(await door(found, `Said: A teaser that everybody may read, of a few words.`)).toContain(
      'A teaser',
    );
  });

  test('when it is open too, so that what others quote of it is nobody’s secret', async () => {
    const origin = await startArticleOrigin();
    running.push(origin);
    const quoted = longText('quoted');
    origin.on('/sitemap.xml', sendXml(sitemapOf('/open', '/locked')));
    origin.on(
      '/open',
      sendHtml(
        articleHtml('open', { text: quoted, head: '<meta property="article:content_tier" content="free">' }),
      ),
    );
    origin.on('/locked', sendHtml(articleHtml('locked', { text: `${longText('locked')}\n${quoted}` })));
    const gateway = await site(origin);
    await learn(gateway);
    expect(factsOf(gateway, '/open')?.article.ownLevel).toBe('open');
    const answer = await door({ origin, gateway }, `${quoted}\n${longText('locked')}`);
    expect(answer).toContain('Paragraph 9 of quoted');
    expect(answer).not.toContain('Paragraph 9 of locked');
  });

  test('with its further pages, each by its own address, and none of them as public', async () => {
    const origin = await startArticleOrigin();
    running.push(origin);
    const pageOf = (n: number) =>
      articleHtml('serial', {
        text: longText(`part ${n}`),
        head: n === 1 ? '<link rel="next" href="/serial/2/">' : '<link rel="prev" href="/serial/">',
      });
    origin.on('/sitemap.xml', sendXml(sitemapOf('/serial/', '/serial/2/')));
    origin.on('/serial/', sendHtml(pageOf(1)));
    origin.on('/serial/2/', sendHtml(pageOf(2)));
    const gateway = await site(origin);
    await learn(gateway);
    expect(factsOf(gateway, '/serial/2/')).toMatchObject({ article: { id: '/serial/' }, previewUnits: 0 });
    const answer = await door({ origin, gateway }, `${longText('part 1')}\n${longText('part 2')}`);
    for (const leak of ['Paragraph 12 of part 1', 'Paragraph 1 of part 2', 'Paragraph 9 of part 2'])
      expect(answer).not.toContain(leak);
    // A round later nothing of it seems to be known under another cutoff.
    await learn(gateway);
    expect(origin.count('/serial/2/')).toBeLessThanOrEqual(2);
  });

  test('once, whatever forms of it there are', async () => {
    const origin = await startArticleOrigin();
    running.push(origin);
    const canonical = '<link rel="canonical" href="/a">';
    origin.on('/sitemap.xml', sendXml(sitemapOf('/a/amp', '/a', '/a/print')));
    for (const target of ['/a/amp', '/a', '/a/print'])
      origin.on(target, sendHtml(articleHtml('a', { head: canonical })));
    const gateway = await site(origin);
    await learn(gateway);
    expect(gateway.gateway.knowing.known.size().articles).toBe(1);
    expect(factsOf(gateway, '/a')).toBeDefined();
  });
});

describe('a folder', () => {
  test('is learnt whole, as fast as it can be read', async () => {
    const gateway = await startGateway({ contentDir: 'config/sample', policy: '{}', ticking: true });
    running.push(gateway);
    const outcome = await learn(gateway);
    expect(outcome).toMatchObject({ kind: 'done', failed: [] });
    const articles = (await gateway.ask('/sitemap.xml')).text.match(/<loc>/g)?.length ?? 0;
    expect(articles).toBeGreaterThan(10);
    expect(outcome.counts.known).toBeGreaterThan(10);
    expect(outcome.counts.known).toBeLessThanOrEqual(articles);
  }, 120_000);
});

describe('from readers', () => {
  test('an article that somebody read is known at once, and on every instance', async () => {
    const redis = await startRedis();
    running.push(redis);
    const origin = await someSite(2);
    const options = { redisUrl: redis.url };
    const [here, there] = [await site(origin, options), await site(origin, options)];
    await here.ask('/news/0');
    for (const each of [here, there])
      await until(() => factsOf(each, '/news/0') !== undefined, 'the article to be known');
    expect(factsOf(there, '/news/1')).toBeUndefined();
  });

  test('a reader’s own page teaches nothing', async () => {
    const origin = await someSite(1);
    const gateway = await site(origin);
    await gateway.ask('/news/0', { headers: { Cookie: 'session=mine' } });
    await gateway.ask('/news/0', { headers: { Authorization: 'Basic x' } });
    await gateway.ask('/health');
    expect(factsOf(gateway, '/news/0')).toBeUndefined();
  });

  test('the same content is kept in the store once, however many read it', async () => {
    const origin = await someSite(1);
    const gateway = await site(origin);
    const { knownArticles } = gateway.gateway.stores;
    await gateway.ask('/news/0');
    await until(() => factsOf(gateway, '/news/0') !== undefined, 'the article to be known');
    await gateway.gateway.knowing.keep.flush();
    const before = knownArticles.generation();
    for (let n = 0; n < 20; n += 1) await gateway.ask('/news/0');
    await gateway.gateway.knowing.keep.flush();
    expect(knownArticles.generation()).toBe(before);
  });
});
