/** JSON that holds many articles: each is decided by its own page, and nobody's free read opens a list. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArticleOrigin,
  articlePage,
  sendAs,
  sendHtml,
  startArticleOrigin,
} from '../support/article-origin.ts';
import {
  type Account,
  comp,
  dayMs,
  noon,
  type RunningGateway,
  startGateway,
} from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

const policy = `
site: { name: The Test Reader, language: en, timeZone: UTC }
products: [{ id: all, name: Everything }, { id: extra, name: Extra }]
meters: { main: { window: month, visitor: 3, registered: 5 } }
articles:
  paths: [/news/*, /free/*]
  body: .article-body
  json:
    - { paths: /api/posts, body: /posts/*/html }
    - { paths: /api/stories, body: [/*/body, /*/more] }
    - { paths: /graphql, body: /data/posts/edges/*/node/content }
    - { paths: /api/blocks, body: [/html, /blocks/*/html, /related/*/html] }
    - { paths: /api/map, body: /posts/*/html }
    - { paths: /api/one/*, body: /html }
    - { paths: /api/lists, body: /sections/*/posts/*/parts/*/html }
cutoff: { characters: 200 }
rules:
  - { name: free, when: { path: /free/* }, access: open }
  - { name: by-tag, when: { tag: given }, access: open }
  - { name: short, when: { section: Brief }, access: locked, products: extra, cutoff: { characters: 40 } }
otherwise: { access: own-or-metered, products: [all, extra] }
preview: { moreFrom: false, related: false }
`;

let origin: ArticleOrigin;
let site: RunningGateway;
let subscriber: Account;
let registered: Account;
beforeAll(async () => {
  origin = await startArticleOrigin();
  for (const [slug, head] of Object.entries(stories))
    origin.on(
      placeOf(slug),
      sendHtml(
        articlePage(slug, { head: `${own}${head}`, body: htmlOf(slug) }),
        slug === 'fern' ? { 'Gatefold-Article': 'level=registered' } : {},
      ),
    );
  origin.on('/about', sendHtml('<!doctype html><title>About</title><p>Who we are.</p>'));
  site = await startGateway({ originUrl: origin.url, policy });
  subscriber = await site.account('sub@example.com', [comp('all', noon - dayMs, noon + dayMs)]);
  registered = await site.account('registered@example.com');
});
afterAll(async () => {
  await site?.stop();
  await origin?.stop();
});

const own = '<meta property="og:type" content="article">';
const level = (stated: string) => `<meta property="article:content_tier" content="${stated}">`;
const stories: Readonly<Record<string, string>> = {
  tide: '',
  sand: level('locked'),
  reed: level('free'),
  moor: '<meta property="article:tag" content="given">',
  dune: '<meta property="article:section" content="Brief">',
  fern: '',
  free: '',
};
const placeOf = (slug: string): string => (slug === 'free' ? '/free/free' : `/news/${slug}`);

const words = 'harbour lantern meadow pebble thicket saddle copper ladder winter orchard barrel window'.split(
  ' ',
);
/** Every sentence is this article's alone, and begins to differ at once. */
const sentencesOf = (slug: string): string[] =>
  Array.from({ length: 40 }, (_, at) => {
    const [one, two, three] = [1, 3, 7].map(
      (step) => `${slug}${words[(at * step + slug.charCodeAt(0)) % words.length]}${at}`,
    );
    return `${one} and ${two} came to ${three} by ${slug} road ${at}.`;
  });
const htmlOf = (slug: string): string =>
  sentencesOf(slug)
    .map((sentence) => `<p>${sentence}</p>`)
    .join('\n');
const endOf = (slug: string): string => sentencesOf(slug).at(-1) ?? '';
const startOf = (slug: string): string => (sentencesOf(slug)[0] ?? '').slice(0, 20);

const slugs = Object.keys(stories);
/** Each test has its own at the same address. */
const noStore = { 'Cache-Control': 'no-store' };
const json = (value: unknown) => sendAs('application/json', JSON.stringify(value), noStore);

/** Whose ends are in an answer. */
const ends = (text: string): string[] => slugs.filter((slug) => text.includes(endOf(slug)));
const asked = async (path: string, account?: Account) =>
  site.ask(path, { headers: { Accept: 'application/json', ...account?.cookie } });

const forStrangers = ['reed', 'moor', 'free'];

type Shape = (url: (slug: string) => string) => readonly [path: string, document: unknown];

const shapes: Readonly<Record<string, Shape>> = {
  'a list of posts with `url`': (url) => [
    '/api/posts',
    {
      posts: slugs.map((slug) => ({ url: url(slug), title: slug, html: htmlOf(slug) })),
      total: slugs.length,
    },
  ],
  'a bare list with `link`, each in two fields': (url) => [
    '/api/stories',
    slugs.map((slug) => {
      const sentences = sentencesOf(slug);
      return {
        link: url(slug),
        body: sentences.slice(0, 20).join('\n'),
        more: sentences.slice(20).join('\n'),
      };
    }),
  ],
  'GraphQL’s edges and nodes': (url) => [
    '/graphql',
    {
      data: {
        posts: {
          edges: slugs.map((slug) => ({ cursor: slug, node: { uri: url(slug), content: htmlOf(slug) } })),
        },
      },
    },
  ],
  'an object with a member for each': (url) => [
    '/api/map',
    {
      posts: Object.fromEntries(
        slugs.map((slug) => [slug, { canonical_url: url(slug), html: htmlOf(slug) }]),
      ),
    },
  ],
  'lists in lists, each text in pieces': (url) => [
    '/api/lists',
    {
      sections: [
        {
          url: '/about',
          posts: slugs.map((slug) => ({
            permalink: url(slug),
            parts: sentencesOf(slug).map((html) => ({ html })),
          })),
        },
      ],
    },
  ],
  'WordPress’s posts': (url) => [
    '/wp-json/wp/v2/posts',
    slugs.map((slug, id) => ({
      ...{ id, link: url(slug), title: { rendered: slug } },
      ...{
        content: { rendered: htmlOf(slug), protected: false },
        excerpt: { rendered: `<p>${startOf(slug)}</p>` },
      },
    })),
  ],
};

describe.each(Object.entries(shapes))('%s', (_, shape) => {
  test.each([
    ['whole', (slug: string) => `${origin.url}${placeOf(slug)}`],
    ['by path', placeOf],
    ['public, with what counts visits', (slug: string) => `${site.url}${placeOf(slug)}?utm_source=api`],
  ])(
    'with addresses %s: each reader gets of each entry what its page would give without free reads',
    async (__, url) => {
      const [path, document] = shape(url);
      origin.on(path, json(document));
      const stranger = await asked(path);
      expect([stranger.status, ends(stranger.text)]).toEqual([200, forStrangers]);
      for (const slug of slugs) expect([slug, stranger.text.includes(startOf(slug))]).toEqual([slug, true]);
      expect(ends((await asked(path, registered)).text)).toEqual(
        slugs.filter((slug) => [...forStrangers, 'fern'].includes(slug)),
      );
      // The section's own product is another one.
      expect(ends((await asked(path, subscriber)).text)).toEqual(slugs.filter((slug) => slug !== 'dune'));
      expect(Array.isArray(JSON.parse(stranger.text))).toBe(Array.isArray(document));
    },
  );
});

test('whoever may read all of it gets the origin’s bytes', async () => {
  const entries = ['tide', 'sand'].map((slug) => ({ url: placeOf(slug), n: 1.0, html: htmlOf(slug) }));
  const body = `{ "posts" :${JSON.stringify(entries, null, 1)},\n "total":  2e0 }\n`;
  origin.on('/api/posts', sendAs('application/json; charset=UTF-8', body, noStore));
  const answer = await asked('/api/posts', subscriber);
  expect(answer.text).toBe(body);
  expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
  expect(answer.headers['cache-control']).toContain('private');
});

test('each entry ends where its own rule says', async () => {
  origin.on(
    '/api/posts',
    json({ posts: ['tide', 'dune'].map((slug) => ({ url: placeOf(slug), html: htmlOf(slug) })) }),
  );
  const { posts } = JSON.parse((await asked('/api/posts')).text) as { posts: { html: string }[] };
  const [tide = 0, dune = 0] = posts.map(({ html }) => html.replace(/<[^>]*>/g, '').length);
  expect([tide > 150 && tide <= 210, dune > 20 && dune <= 40]).toEqual([true, true]);
});

test('a list costs no free read, and a free read opens no list', async () => {
  origin.on('/api/posts', json({ posts: [{ url: placeOf('tide'), html: htmlOf('tide') }] }));
  const reader = site.reader();
  const first = await reader.ask('/api/posts', { headers: { Accept: 'application/json' } });
  expect(ends(first.text)).toEqual([]);
  const page = await reader.ask(placeOf('tide'));
  expect(page.headers['gatefold-access']).toContain('left=2');
  const again = await reader.ask('/api/posts', { headers: { Accept: 'application/json' } });
  expect(ends(again.text)).toEqual([]);
});

describe('an entry that states no address', () => {
  test.each([
    ['a slug', (slug: string) => ({ slug })],
    ['a slug in an object', (slug: string) => ({ slug: { _type: 'slug', current: slug } })],
    ['an alias', (slug: string) => ({ path: { alias: placeOf(slug) } })],
  ])('but %s is found by it', async (_, stated) => {
    origin.on('/api/posts', json({ posts: slugs.map((slug) => ({ ...stated(slug), html: htmlOf(slug) })) }));
    expect(ends((await asked('/api/posts')).text)).toEqual(forStrangers);
  });

  test.each([
    ['nothing', {}],
    ['another site’s', { url: 'https://elsewhere.example/news/reed' }],
    ['the front page’s', { url: '/' }],
    ['a page’s that is no article', { url: '/about' }],
    ['no address', { url: 'javascript:alert(1)', link: 17, slug: '../../free/free' }],
  ])('(%s) is nobody’s: only who may read everything gets it', async (_, stated) => {
    origin.on(
      '/api/posts',
      json({ posts: ['tide', 'reed'].map((slug) => ({ ...stated, title: slug, html: htmlOf(slug) })) }),
    );
    const stranger = await asked('/api/posts');
    expect([stranger.status, ends(stranger.text)]).toEqual([200, []]);
    expect(ends((await asked('/api/posts', subscriber)).text)).toEqual([]);
    const all = await site.account('all@example.com', [
      comp('all', noon - dayMs, noon + dayMs),
      comp('extra', noon - dayMs, noon + dayMs),
    ]);
    expect(ends((await asked('/api/posts', all)).text)).toEqual(['tide', 'reed']);
  });

  test('in many pieces, isn’t given away piece by piece', async () => {
    origin.on('/api/posts', json({ posts: sentencesOf('tide').map((html) => ({ title: 'x', html })) }));
    const { posts } = JSON.parse((await asked('/api/posts')).text) as { posts: { html: string }[] };
    expect(posts.map(({ html }) => html).join('').length).toBeLessThanOrEqual(200);
  });

  test('nor is one whose pieces all name it', async () => {
    const pieces = sentencesOf('tide').map((html) => ({ url: placeOf('tide'), html }));
    origin.on('/api/posts', json({ posts: pieces }));
    const { posts } = JSON.parse((await asked('/api/posts')).text) as { posts: { html: string }[] };
    expect(posts.map(({ html }) => html).join('').length).toBeLessThanOrEqual(200);
  });
});

test('an article in parts with others beside it: each text goes by the innermost address that an article stands behind', async () => {
  origin.on(
    '/api/blocks',
    json({
      url: placeOf('sand'),
      html: sentencesOf('sand')[0],
      blocks: sentencesOf('sand').map((html, at) => ({ html, url: `/pictures/${at}.jpg` })),
      related: ['reed', 'tide'].map((slug) => ({ url: placeOf(slug), html: htmlOf(slug) })),
    }),
  );
  const stranger = await asked('/api/blocks');
  expect(ends(stranger.text)).toEqual(['reed']);
  expect(stranger.text).not.toContain(sentencesOf('sand')[20]);
});

test('an article in parts is one article: a free read opens it, once', async () => {
  origin.on(
    '/api/blocks',
    json({ url: placeOf('tide'), blocks: sentencesOf('tide').map((html, at) => ({ id: at, html })) }),
  );
  const reader = site.reader();
  const answer = await reader.ask('/api/blocks', { headers: { Accept: 'application/json' } });
  expect([ends(answer.text), answer.headers['gatefold-access']]).toEqual([
    ['tide'],
    expect.stringContaining('left=2'),
  ]);
  expect((await reader.ask(placeOf('tide'))).headers['gatefold-access']).toContain('left=2');
});

test('copies of a withheld text beside its entry are gone, in the entry and outside; other entries keep what they have', async () => {
  origin.on(
    '/api/posts',
    json({
      posts: [
        {
          url: placeOf('sand'),
          html: htmlOf('sand'),
          plain: sentencesOf('sand').join(' '),
          author: 'A. Writer',
        },
        { url: placeOf('reed'), html: htmlOf('reed'), plain: sentencesOf('reed').join(' ') },
      ],
      index: slugs.map((slug) => sentencesOf(slug).join(' ')).join(' '),
      next: '/api/posts?page=2',
    }),
  );
  const { text } = await asked('/api/posts');
  expect(ends(text)).toEqual(['reed']);
  expect(JSON.parse(text)).toMatchObject({
    posts: [{ plain: '', author: 'A. Writer' }, { plain: sentencesOf('reed').join(' ') }],
    index: '',
    next: '/api/posts?page=2',
  });
});

describe('an entry whose page', () => {
  test('isn’t there goes by its path, and no level of its own opens it', async () => {
    origin.on(
      '/api/posts',
      json({
        posts: ['/news/gone', '/free/gone'].map((url, at) => ({ url, html: htmlOf(at ? 'reed' : 'tide') })),
      }),
    );
    expect(ends((await asked('/api/posts')).text)).toEqual(['reed']);
  });

  test('can’t be asked for is nobody’s but theirs who may read all that it might be', async () => {
    const broken = '/free/broken';
    origin.on(broken, (_req, res) => {
      res.socket?.destroy();
    });
    origin.on('/api/posts', json({ posts: [{ url: broken, html: htmlOf('sand') }] }));
    expect(ends((await asked('/api/posts')).text)).toEqual([]);
  });
});

describe('a list without text passes as it came', () => {
  const summary = `${'A summary that anybody may read, as long as summaries are. '.repeat(5)}`;
  test.each([
    ['/api/posts', { posts: [], total: 0 }],
    ['/api/posts', { posts: slugs.map((slug) => ({ url: placeOf(slug), title: slug })) }],
    ['/api/posts', { posts: [{ url: placeOf('sand'), html: null, excerpt: summary }], total: 1 }],
    ['/api/posts', { error: 'there is nothing here' }],
    ['/wp-json/wp/v2/posts', [{ id: 1, title: { rendered: 'sand' } }]],
    ['/wp-json/wp/v2/posts', []],
    [
      '/wp-json/wp/v2/media/9',
      { id: 9, description: { rendered: `<p>${summary.repeat(4)}</p>` }, source_url: '/a.jpg' },
    ],
    [
      '/wp-json/wp/v2/users/1',
      { id: 1, name: 'A. Writer', description: summary.repeat(3), link: '/author/a/' },
    ],
    [
      '/wp-json/wp/v2/comments',
      [{ id: 1, link: '/news/sand#comment-1', content: { rendered: summary.repeat(3) } }],
    ],
    [
      '/wp-json/wp/v2/comments/1',
      { id: 1, link: '/news/sand#comment-1', content: { rendered: summary.repeat(3) } },
    ],
    ['/wp-json/wp/v2/users', [{ id: 1, name: 'A. Writer', description: summary.repeat(3) }]],
  ])('%s %j', async (path, document) => {
    const body = JSON.stringify(document, null, 2);
    origin.on(path, sendAs('application/json', body, noStore));
    const answer = await asked(path);
    expect([answer.status, answer.text]).toEqual([200, body]);
  });
});

describe('one article as JSON', () => {
  test.each([
    ['a slug', { slug: 'sand' }],
    ['an address in full', { canonicalUrl: '/news/sand' }],
    ['an address beside its text', { article: { url: '/news/sand' } }],
  ])('that states %s is decided as that page is', async (_, stated) => {
    origin.on('/api/one/1', json({ ...stated, html: htmlOf('sand') }));
    const answer = await asked('/api/one/1');
    expect([ends(answer.text), answer.headers['gatefold-access']]).toEqual([
      [],
      expect.stringContaining('reason=locked'),
    ]);
  });

  test('that says nothing of itself is known by its text', async () => {
    await site.ask(placeOf('sand'));
    origin.on('/api/one/4', json({ id: 4, html: htmlOf('sand') }));
    await until(
      async () => (await asked('/api/one/4')).headers['gatefold-access']?.includes('reason=locked') ?? false,
      'its page to be known',
    );
    expect(ends((await asked('/api/one/4')).text)).toEqual([]);
  });

  test('that is no page’s is an article by itself', async () => {
    const html = sentencesOf('alone')
      .map((sentence) => `<p>${sentence}</p>`)
      .join('\n');
    origin.on('/api/one/5', json({ id: 5, html }));
    const answer = await asked('/api/one/5');
    expect([answer.text.includes(endOf('alone')), answer.headers['gatefold-access']]).toEqual([
      true,
      expect.stringContaining('left=2'),
    ]);
  });

  test('whose page can’t be asked for is nobody’s free read', async () => {
    origin.on('/news/broken', (_req, res) => {
      res.socket?.destroy();
    });
    origin.on('/api/one/2', json({ url: '/news/broken', html: htmlOf('sand') }));
    expect(ends((await asked('/api/one/2')).text)).toEqual([]);
  });

  test('that nests deeper than data does is nobody’s free read', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    origin.on(
      '/api/one/3',
      sendAs('application/json', `{"deep":${deep},"html":${JSON.stringify(htmlOf('tide'))}}`, noStore),
    );
    const answer = await asked('/api/one/3');
    expect([answer.status, ends(answer.text)]).toEqual([403, []]);
  });
});

describe('a hostile list', () => {
  test('of more than a thousand entries asks the origin for two hundred of them, and gives none of the others away', async () => {
    const entries = Array.from({ length: 1_500 }, (_, at) => ({
      url: `/news/n-${at}`,
      html: `${htmlOf('tide')}${at}`,
    }));
    origin.on('/api/posts', json({ posts: entries }));
    const before = origin.seen.length;
    const answer = await asked('/api/posts');
    expect([answer.status, ends(answer.text)]).toEqual([200, []]);
    expect(origin.seen.length - before).toBeLessThanOrEqual(202);
  });

  test('that names itself, and pages that name it, ends', async () => {
    origin.on('/news/loop', json([{ link: '/wp-json/wp/v2/posts', content: { rendered: htmlOf('sand') } }]));
    origin.on(
      '/wp-json/wp/v2/posts',
      json([
        { link: '/wp-json/wp/v2/posts', content: { rendered: htmlOf('sand') } },
        { link: '/news/loop', content: { rendered: htmlOf('tide') } },
      ]),
    );
    const answer = await asked('/wp-json/wp/v2/posts');
    expect([answer.status, ends(answer.text)]).toEqual([200, []]);
  });

  test('with a member twice is cut whichever of them a program reads', async () => {
    const html = JSON.stringify(htmlOf('sand'));
    origin.on(
      '/api/posts',
      sendAs(
        'application/json',
        `{"posts":[{"url":"/news/sand","html":${html},"html":${html}}],"posts":[{"url":"/news/sand","html":${html}}]}`,
      ),
    );
    expect(ends((await asked('/api/posts')).text)).toEqual([]);
  });
});
