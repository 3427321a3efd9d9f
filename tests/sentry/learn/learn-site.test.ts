/** A round of learning: what is found, in which order, how often, how hard, and how it goes on where it was. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ArticleId } from '../../../src/article/article.ts';
import { forgetAfterMs } from '../../../src/sentry/learn/after-visit.ts';
import { article, aSite, dayMs, hourMs, list, minuteMs, noon, page, type Stands, sitemap } from './a-site.ts';

const learnt = (site: ReturnType<typeof aSite>): readonly string[] => [...site.known].sort();

describe('every article of a site is found', () => {
  test('by the sitemaps that robots.txt names, and those that they name', async () => {
    const site = aSite({
      '/robots.txt': list('Sitemap: https://example.com/index.xml'),
      '/index.xml': list('<sitemapindex><sitemap><loc>/1.xml.gz</loc></sitemap></sitemapindex>'),
      '/1.xml.gz': sitemap('https://example.com/a', '/b', 'https://elsewhere.example/c'),
      '/a': article('/a'),
      '/b': article('/b'),
    });
    expect(await site.round()).toMatchObject({ kind: 'done', counts: { known: 2, of: 2, learnt: 2 } });
    expect(learnt(site)).toEqual(['/a', '/b']);
    expect(site.targets()).not.toContain('/sitemap.xml');
  });

  test.each(['/sitemap.xml', '/wp-sitemap.xml', '/sitemap_index.xml', '/sitemap.txt'])(
    'by %s, where robots.txt names none',
    async (usual) => {
      for (const robots of [list('User-agent: *'), { kind: 'gone' }, { kind: 'other' }] as Stands[]) {
        const text = usual.endsWith('.txt') ? list('https://example.com/a') : sitemap('/a');
        const site = aSite({ '/robots.txt': robots, [usual]: text, '/a': article('/a') });
        await site.round();
        expect(learnt(site)).toEqual(['/a']);
      }
    },
  );

  test('by feeds: those of the front page, else the usual ones', async () => {
    const feed = (href: string) => list(`<rss><item><link>${href}</link></item></rss>`);
    const named = aSite({
      '/': { kind: 'page', html: '<link rel="alternate" type="application/rss+xml" href="/my-feed">' },
      '/my-feed': feed('/a'),
      '/a': article('/a'),
    });
    await named.round();
    expect(learnt(named)).toEqual(['/a']);
    expect(named.targets()).not.toContain('/feed');
    const usual = aSite({ '/': page('/imprint'), '/rss.xml': feed('/b'), '/b': article('/b') });
    await usual.round();
    expect(learnt(usual)).toEqual(['/b']);
  });

  test('by links: from the front page, from the sections that it links to, and from the next pages of those', async () => {
    const site = aSite({
      '/': page('/news/', '/a'),
      '/a': article('/a'),
      '/news/': { kind: 'page', html: '<a href="/b">b</a><a rel="next" href="?page=2">older</a>' },
      '/news/?page=2': page('/c', '/far/'),
      '/b': article('/b'),
      '/c': article('/c'),
      '/far/': page('/too-far'),
      '/too-far': article('/too-far'),
    });
    await site.round();
    expect(learnt(site)).toEqual(['/a', '/b', '/c']);
  });

  test('behind redirects, at the address that a form names as its own, and on a front page that looks like an article', async () => {
    const site = aSite({
      '/': { kind: 'moved', to: 'https://example.com/en/' },
      '/en/': article('/en/', { html: '<a href="/amp/a">a</a>' }),
      '/amp/a': article('/a', { canonical: '/a' }),
      '/a': article('/a'),
      '/sitemap.xml': { kind: 'moved', to: '/maps/all.xml' },
      '/maps/all.xml': sitemap('/old'),
      '/old': { kind: 'moved', to: '/new' },
      '/new': article('/new'),
    });
    await site.round();
    expect(learnt(site)).toEqual(['/a', '/en/', '/new']);
    expect(site.targets().filter((target) => target === '/a')).toHaveLength(1);
  });

  test('each address once, however many name it', async () => {
    const site = aSite({
      '/': page('/a', '/a?utm_source=x', 'https://example.com/a#top', '/a'),
      '/sitemap.xml': sitemap('/a', 'https://example.com/a'),
      '/feed': list('<rss><item><link>/a</link></item></rss>'),
      '/a': article('/a'),
    });
    await site.round();
    expect(site.targets().filter((target) => /^\/a(?!tom)/.test(target))).toEqual(['/a']);
    expect(new Set(site.targets()).size).toBe(site.targets().length);
  });

  test('a site that leads in circles is gone through once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { maxLength: 40 }),
        async (links) => {
          const stands: Record<string, Stands> = {};
          for (let from = 0; from < 10; from += 1)
            stands[from === 0 ? '/' : `/${from}`] = page(
              ...links.filter(([source]) => source === from).map(([, to]) => (to === 0 ? '/' : `/${to}`)),
            );
          const site = aSite(stands);
          expect((await site.round()).kind).toBe('done');
          const pages = site.targets().filter((target) => /^\/\d?$/.test(target));
          // A page is seen once more when a shorter way to it is found.
          for (const target of new Set(pages))
            expect(pages.filter((each) => each === target).length).toBeLessThanOrEqual(3);
        },
      ),
    );
  });
});

describe('what matters most comes first', () => {
  test('lists, then what the front page links to, then what changed lately, then the rest', async () => {
    const site = aSite({
      '/': page('/front'),
      '/sitemap.xml': sitemap(['/old', '2020-01-01'], ['/recent', '2026-11-20'], '/undated'),
      '/front': article('/front'),
      '/old': article('/old'),
      '/recent': article('/recent'),
      '/undated': article('/undated'),
    });
    await site.round();
    const order = site.targets().filter((target) => site.known.has(target as ArticleId));
    expect(order).toEqual(['/front', '/recent', '/old', '/undated']);
  });

  test('articles that are known under another cutoff, before all others', async () => {
    const site = aSite({
      '/': page('/front'),
      '/sitemap.xml': sitemap('/a', '/b'),
      '/front': article('/front'),
      '/a': article('/a', { validators: { etag: '"a"' } }),
      '/b': article('/b'),
    });
    await site.round();
    site.known.delete('/a' as ArticleId);
    site.terms = { ...site.terms, policyVersion: 'two' };
    site.stands.set('/', page('/front', '/new'));
    site.stands.set('/new', article('/new'));
    site.time.now += minuteMs;
    await site.round();
    const asked = site.targets().filter((target) => ['/a', '/b', '/new'].includes(target));
    expect(asked).toEqual(['/a', '/new']);
    // Without validators: an answer of "not changed" would bring no text.
    expect(site.asked.findLast(({ target }) => target === '/a')).not.toHaveProperty('validators');
    expect(site.store.lastRound?.policyVersion).toBe('two');
  });
});

describe('an origin is spared', () => {
  test('no more questions a second than the policy says', async () => {
    const entries = Array.from({ length: 100 }, (_, n) => `/${n}`);
    const site = aSite(
      {
        '/sitemap.xml': sitemap(...entries),
        ...Object.fromEntries(entries.map((target) => [target, article(target)])),
      },
      { perSecond: 5 },
    );
    await site.round();
    expect(site.known.size).toBe(100);
    for (const [index, { at }] of site.asked.entries()) {
      const before = site.asked[index - 5];
      if (before) expect(at - before.at).toBeGreaterThanOrEqual(1000 - 1e-6);
    }
  });

  test('addresses beyond the bound are left out, and counted', async () => {
    const entries = Array.from({ length: 50 }, (_, n) => `/${n}`);
    const site = aSite({ '/sitemap.xml': sitemap(...entries), '/': page() }, { maxArticles: 20 });
    for (const target of entries) site.stands.set(target, article(target));
    const outcome = await site.round();
    expect(outcome.counts.known).toBe(19);
    expect(outcome.counts.leftOut).toBe(31);
    expect(site.store.kept.size).toBeLessThan(40);
  });

  test('one that asks for less is waited for, and asked again', async () => {
    let refusals = 2;
    const site = aSite({
      '/sitemap.xml': sitemap('/a'),
      '/a': () => {
        refusals -= 1;
        return refusals >= 0 ? { kind: 'busy', retryAfterMs: 120_000 } : article('/a');
      },
    });
    expect(await site.round()).toMatchObject({ kind: 'done', counts: { known: 1, failed: 0 } });
    const times = site.asked.filter(({ target }) => target === '/a').map(({ at }) => at);
    expect(times).toHaveLength(3);
    for (const [index, at] of times.entries())
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(120_000);
  });

  test('a page that fails is tried three times, named, and left until the next round', async () => {
    const site = aSite({
      '/sitemap.xml': sitemap('/a', '/broken', '/b'),
      '/a': article('/a'),
      '/broken': { kind: 'failed', why: '500' },
      '/b': article('/b'),
    });
    expect(await site.round()).toMatchObject({
      kind: 'done',
      failed: ['/broken'],
      counts: { known: 2, failed: 1 },
    });
    expect(site.targets().filter((target) => target === '/broken')).toHaveLength(3);
    site.time.now += 2 * hourMs;
    site.stands.set('/broken', article('/broken'));
    await site.round();
    expect(learnt(site)).toContain('/broken');
  });

  test('one that doesn’t answer at all is given up soon, and one that stops answering after a while', async () => {
    const nowhere = aSite({
      '/robots.txt': { kind: 'failed', why: 'unreachable' },
      '/': { kind: 'failed', why: 'unreachable' },
    });
    expect(await nowhere.round()).toMatchObject({ kind: 'broken-off' });
    expect(nowhere.asked.length).toBeLessThan(8);
    let answers = 40;
    const entries = Array.from({ length: 100 }, (_, n) => `/${n}`);
    const site = aSite({ '/sitemap.xml': sitemap(...entries) });
    for (const target of entries)
      site.stands.set(target, () => {
        answers -= 1;
        return answers >= 0 ? article(target) : { kind: 'failed', why: 'timeout' };
      });
    const outcome = await site.round();
    expect(outcome.kind).toBe('broken-off');
    expect(site.asked.length).toBeLessThan(80);
    expect(site.time.now - noon).toBeGreaterThan(60_000);
    answers = 1000;
    await site.round();
    expect(site.known.size).toBe(100);
    // What was learnt before it broke off isn't asked for again.
    expect(site.targets().filter((target) => /^\/\d+$/.test(target)).length).toBeLessThanOrEqual(60);
  });
});

describe('from round to round', () => {
  const dated = (changedAt: number) => article('/a', { changedAt, validators: { etag: '"1"' } });

  test('an article that has just changed is looked at each time, an old one seldom', async () => {
    const site = aSite({
      '/sitemap.xml': sitemap('/new', '/old'),
      '/new': article('/new', { changedAt: noon - hourMs }),
      '/old': article('/old', { changedAt: noon - 30 * dayMs }),
    });
    await site.round();
    for (const [afterMs, expected] of [
      [hourMs, ['/new']],
      [hourMs, ['/new']],
      [2 * dayMs, ['/new']],
      [2 * dayMs, ['/new', '/old']],
    ] as const) {
      site.time.now += afterMs;
      await site.round();
      expect(site.targets().filter((target) => ['/new', '/old'].includes(target))).toEqual(expected);
    }
  });

  test('with what the origin gave to ask by, and “not changed” counts as seen', async () => {
    const site = aSite({ '/sitemap.xml': sitemap('/a'), '/a': dated(noon) });
    await site.round();
    site.stands.set('/a', ({ validators }) =>
      validators?.etag === '"1"' ? { kind: 'unchanged' } : dated(noon),
    );
    site.time.now += hourMs;
    expect(await site.round()).toMatchObject({ counts: { unchanged: 1, learnt: 0, known: 1 } });
    expect(site.asked.findLast(({ target }) => target === '/a')).toMatchObject({
      validators: { etag: '"1"' },
    });
  });

  test('as soon as its sitemap says that it changed', async () => {
    const site = aSite({
      '/sitemap.xml': sitemap(['/a', '2026-11-01']),
      '/a': article('/a', { changedAt: noon - 20 * dayMs }),
    });
    await site.round();
    site.stands.set('/a', article('/a', { changedAt: noon - 20 * dayMs, learnt: false }));
    site.time.now += hourMs;
    await site.round();
    expect(site.targets()).not.toContain('/a');
    site.stands.set('/sitemap.xml', sitemap(['/a', '2026-11-23T12:30:00Z']));
    site.time.now += hourMs;
    await site.round();
    expect(site.targets()).toContain('/a');
    site.time.now += hourMs;
    await site.round();
    expect(site.targets()).not.toContain('/a');
  });

  test('whole, once the policy finds articles in another way', async () => {
    const site = aSite({ '/sitemap.xml': sitemap('/a'), '/a': dated(noon - 30 * dayMs) });
    await site.round();
    site.terms = { ...site.terms, readBy: 'another' };
    site.time.now += minuteMs;
    await site.round();
    expect(site.asked.findLast(({ target }) => target === '/a')).not.toHaveProperty('validators');
    expect(site.targets()).toContain('/a');
  });

  test('a long round looks for what is new as often as ever', async () => {
    const entries = Array.from({ length: 100 }, (_, n) => `/${n}`);
    const site = aSite({ '/sitemap.xml': sitemap(...entries), '/': page() }, { perSecond: 0.01 });
    for (const target of entries) site.stands.set(target, article(target));
    site.stands.set('/10', () => {
      site.stands.set('/', page('/fresh'));
      site.stands.set('/fresh', article('/fresh'));
      return article('/10');
    });
    await site.round();
    expect(site.targets().indexOf('/fresh')).toBeLessThan(90);
    expect(site.targets().indexOf('/fresh')).toBeGreaterThan(0);
  });

  test('a folder is gone through whole each time', async () => {
    const site = aSite(
      { '/sitemap.xml': sitemap('/a'), '/a': dated(noon - 100 * dayMs) },
      { everyMs: 0, perSecond: Number.POSITIVE_INFINITY },
    );
    await site.round();
    await site.round();
    expect(site.targets()).toContain('/a');
    expect(site.time.now).toBe(noon);
  });
});

describe('an article that isn’t there any more', () => {
  const gone = async () => {
    const site = aSite({ '/sitemap.xml': sitemap('/a', '/b'), '/a': article('/a'), '/b': article('/b') });
    await site.round();
    site.stands.delete('/a');
    return site;
  };

  test('is forgotten after some days, not at once', async () => {
    const site = await gone();
    for (let passed = 0; passed < forgetAfterMs - dayMs; passed += dayMs) {
      site.time.now += dayMs;
      await site.round();
      expect(site.forgotten).toEqual([]);
    }
    site.time.now += 2 * dayMs;
    await site.round();
    expect(site.forgotten).toEqual(['/a']);
    expect(learnt(site)).toEqual(['/b']);
  });

  test('and is back in the meantime was never forgotten', async () => {
    const site = await gone();
    site.time.now += dayMs;
    await site.round();
    site.stands.set('/a', article('/a'));
    for (let days = 0; days < 5; days += 1) {
      site.time.now += dayMs;
      await site.round();
    }
    expect(site.forgotten).toEqual([]);
  });

  test('stays known while another address gives it', async () => {
    const site = aSite({
      '/sitemap.xml': sitemap('/a', '/a/amp'),
      '/a': article('/a'),
      '/a/amp': article('/a'),
    });
    await site.round();
    site.stands.delete('/a/amp');
    for (let days = 0; days < 6; days += 1) {
      site.time.now += dayMs;
      await site.round();
    }
    expect(site.forgotten).toEqual([]);
  });

  test('is forgotten at once when it turns out to be no article', async () => {
    const site = aSite({ '/sitemap.xml': sitemap('/a'), '/a': article('/a') });
    await site.round();
    site.stands.set('/a', page());
    site.time.now += hourMs;
    await site.round();
    expect(site.forgotten).toEqual(['/a']);
  });

  test('stays known while its page is refused or fails', async () => {
    const site = aSite({ '/sitemap.xml': sitemap('/a'), '/a': article('/a') });
    await site.round();
    for (const visit of [{ kind: 'other' }, { kind: 'failed', why: '500' }] as const) {
      site.stands.set('/a', visit);
      for (let days = 0; days < 10; days += 1) {
        site.time.now += dayMs;
        await site.round();
      }
    }
    expect(site.forgotten).toEqual([]);
    expect(site.store.kept.get('/a')).toMatchObject({ kind: 'article', article: '/a' });
  });

  test('dead addresses that a sitemap goes on naming are asked for once a day', async () => {
    const site = aSite({ '/sitemap.xml': sitemap('/dead') });
    for (let hours = 0; hours < 48; hours += 1) {
      await site.round();
      site.time.now += hourMs;
    }
    expect(site.asked.filter(({ target }) => target === '/dead').length).toBeLessThanOrEqual(3);
  });
});

describe('a round that ends early', () => {
  const large = () => {
    const entries = Array.from({ length: 300 }, (_, n) => `/${n}`);
    const site = aSite({ '/sitemap.xml': sitemap(...entries), '/': page() });
    for (const target of entries) site.stands.set(target, article(target));
    return site;
  };

  test('goes on where it was, whenever it is stopped', async () => {
    const site = large();
    for (let stops = 1; stops <= 20; stops += 1) {
      const stop = new AbortController();
      let left = 17;
      site.stands.set('/robots.txt', { kind: 'gone' });
      const outcome = await site.round({
        signal: stop.signal,
        onProgress: () => {
          left -= 1;
          if (left === 0) stop.abort();
        },
      });
      if (outcome.kind === 'done') break;
      expect(outcome.kind).toBe('stopped');
    }
    expect(site.known.size).toBe(300);
    const visits = site.asked.filter(({ target }) => /^\/\d+$/.test(target));
    expect(visits.length).toBeLessThan(300 + 20 * 8);
  });

  test('loses a handful of visits when the process is killed', async () => {
    const site = large();
    // Killed: what it would have written at its end isn't written.
    const put = site.store.putAddresses;
    let writes = 12;
    site.store.putAddresses = async (addresses) => {
      writes -= 1;
      if (writes < 0) throw new Error('killed');
      return put(addresses);
    };
    expect((await site.round()).kind).toBe('broken-off');
    site.store.putAddresses = put;
    const before = site.asked.length;
    await site.round();
    expect(site.known.size).toBe(300);
    const twice = site.asked
      .slice(0, before)
      .filter(({ target }) => /^\/\d+$/.test(target) && site.targets().includes(target));
    expect(twice.length).toBeLessThan(30);
  });

  test('a store that can’t be asked breaks it off, and the next one goes on', async () => {
    const site = large();
    const put = site.store.putRound;
    site.store.putRound = () => Promise.reject(new Error('store away'));
    expect(await site.round()).toMatchObject({ kind: 'broken-off', why: 'store away' });
    site.store.putRound = put;
    expect(await site.round()).toMatchObject({ kind: 'done', counts: { known: 300, of: 300 } });
  });
});

test('tells how far it is: so many of so many', async () => {
  const entries = Array.from({ length: 100 }, (_, n) => `/${n}`);
  const site = aSite({ '/sitemap.xml': sitemap(...entries), '/': page() });
  for (const target of entries) site.stands.set(target, article(target));
  const told: (readonly [number, number])[] = [];
  await site.round({ onProgress: ({ known, of }) => told.push([known, of]) });
  const complete = told.filter(([, of]) => of >= 100);
  expect(complete.length).toBeGreaterThan(5);
  expect(complete.at(-1)).toEqual([100, 100]);
  for (const [index, [known]] of complete.entries())
    expect(known).toBeGreaterThanOrEqual(complete[index - 1]?.[0] ?? 0);
  expect(site.store.lastRound).toMatchObject({ finishedAt: site.time.now, counts: { known: 100, of: 100 } });
});
