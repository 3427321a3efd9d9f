/** Small sites that answer as those of each system do: the marks, headers, feeds and addresses by which they are known. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ImitatedSite {
  readonly url: string;
  readonly host: string;
  /** Targets that were asked for, in order. */
  readonly asked: readonly {
    readonly target: string;
    readonly headers: IncomingMessage['headers'];
    readonly at: number;
  }[];
  stop(): Promise<void>;
}

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

/** Undefined: 404. */
export type Answers = (path: string, req: IncomingMessage, host: string) => Answer | undefined;

export const startImitatedSite = async (answers: Answers): Promise<ImitatedSite> => {
  const asked: { target: string; headers: IncomingMessage['headers']; at: number }[] = [];
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    const target = req.url ?? '/';
    asked.push({ target, headers: req.headers, at: Date.now() });
    const answer = answers(target, req, host) ?? {
      status: 404,
      body: '<title>Nothing</title><p>Nothing here.',
    };
    res.writeHead(answer.status ?? 200, {
      'Content-Type': answer.type ?? 'text/html; charset=utf-8',
      ...answer.headers,
    });
    res.end(answer.body ?? '');
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url: `http://${host}`, host, asked },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export const paragraphs = (slug: string, count = 8): string =>
  Array.from(
    { length: count },
    (_, at) =>
      `<p>Paragraph ${at} of ${slug} tells of the harbour at low water, of those who walk out over the flats before dawn, and of what they bring home by the time the first bell of ${slug} is rung.</p>`,
  ).join('\n');

interface PageParts {
  readonly title: string;
  readonly head?: string;
  readonly main: string;
  readonly bodyAttributes?: string;
}

export const page = ({ title, head = '', main, bodyAttributes = '' }: PageParts): string =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>${title}</title>${head}</head>
<body${bodyAttributes}><header><nav><a href="/">Home</a> <a href="/about/">About</a></nav></header>${main}
<footer><p>Made beside the sea by people who like it there, and paid for by those who read what they write.</p></footer></body></html>`;

export const rss = (host: string, paths: readonly string[], text: (path: string) => string): Answer => ({
  type: 'application/rss+xml; charset=utf-8',
  body: `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Tide Table</title><link>http://${host}/</link>${paths
    .map(
      (path) =>
        `<item><title>${path}</title><link>http://${host}${path}</link><content:encoded><![CDATA[${text(path)}]]></content:encoded></item>`,
    )
    .join('')}</channel></rss>`,
});

export const urlset = (host: string, paths: readonly string[]): Answer => ({
  type: 'application/xml',
  body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths.map((path) => `<url><loc>http://${host}${path}</loc></url>`).join('')}</urlset>`,
});

const links = (paths: readonly string[]): string =>
  `<ul>${paths.map((path) => `<li><a href="${path}">Story ${path}</a></li>`).join('')}</ul>`;

const slugs = ['eel-nets', 'low-water', 'the-bell', 'mud-larks', 'pilot-boats', 'salt-pans'];

/** Core alone, and a block theme: no og tags, no JSON-LD. */
export const wordpress: Answers = (target, _req, host) => {
  const posts = slugs.map((slug, at) => `/2025/1${at % 2}/0${at + 1}/${slug}/`);
  const headers = { Link: `<http://${host}/wp-json/>; rel="https://api.w.org/"` };
  const head = `<meta name="generator" content="WordPress 6.8.1"><link rel="alternate" type="application/rss+xml" href="http://${host}/feed/"><link rel="alternate" type="application/rss+xml" href="http://${host}/comments/feed/"><link rel="stylesheet" href="http://${host}/wp-content/themes/tide/style.css">`;
  if (target === '/')
    return {
      headers,
      body: page({ title: 'The Tide Table', head, main: `<main>${links(posts.slice(0, 2))}</main>` }),
    };
  if (target === '/robots.txt')
    return { type: 'text/plain', body: `User-agent: *\nSitemap: http://${host}/wp-sitemap.xml\n` };
  if (target === '/wp-sitemap.xml')
    return {
      type: 'application/xml',
      body: `<sitemapindex><sitemap><loc>http://${host}/wp-sitemap-taxonomies-category-1.xml</loc></sitemap><sitemap><loc>http://${host}/wp-sitemap-posts-post-1.xml</loc></sitemap></sitemapindex>`,
    };
  if (target === '/wp-sitemap-posts-post-1.xml') return urlset(host, posts);
  if (target === '/wp-sitemap-taxonomies-category-1.xml')
    return urlset(host, ['/category/news/', '/category/food/']);
  if (target === '/feed/') return rss(host, posts, paragraphs);
  if (target === '/comments/feed/') return rss(host, [`${posts[0]}#comment-1`], () => 'Well said.');
  if (target.startsWith('/?rest_route=/'))
    return {
      type: 'application/json',
      body: '{"name":"The Tide Table &amp; Almanac","timezone_string":"Europe/London"}',
    };
  const at = posts.indexOf(target);
  if (at >= 0)
    return {
      headers,
      body: page({
        ...{ title: slugs[at] ?? '', bodyAttributes: ` class="single single-post postid-${at + 1}"` },
        head: `${head}<link rel="alternate" type="application/json" href="http://${host}/wp-json/wp/v2/posts/${at + 1}">`,
        main: `<main><article class="post-${at + 1} post type-post hentry"><h1 class="wp-block-post-title">${slugs[at]}</h1><div class="entry-content wp-block-post-content">${paragraphs(slugs[at] ?? '')}</div><section class="comments-area"><ol class="comment-list"><li><p>${'I was there when the bell was rung, and it was rung twice. '.repeat(6)}</p></li></ol></section></article></main>`,
      }),
    };
  if (target === '/about/' || target.startsWith('/category/'))
    return {
      headers,
      body: page({ title: 'Other', head, main: `<main><h1>Other</h1>${links(posts)}</main>` }),
    };
  return undefined;
};

/** Posts and pages at the root. */
export const ghost: Answers = (target, _req, host) => {
  const posts = slugs.map((slug) => `/${slug}/`);
  const head = `<meta name="generator" content="Ghost 5.120"><link rel="alternate" type="application/rss+xml" href="http://${host}/rss/"><script defer src="https://cdn.jsdelivr.net/ghost/portal@~2/umd/portal.min.js" data-ghost="http://${host}/" data-key="x"></script><meta property="og:site_name" content="The Tide Table">`;
  if (target === '/')
    return { body: page({ title: 'The Tide Table', head, main: links([...posts, '/membership/']) }) };
  if (target === '/robots.txt')
    return { type: 'text/plain', body: `Sitemap: http://${host}/sitemap.xml\nDisallow: /ghost/` };
  if (target === '/sitemap.xml')
    return {
      type: 'text/xml',
      body: `<sitemapindex>${['pages', 'authors', 'posts'].map((name) => `<sitemap><loc>http://${host}/sitemap-${name}.xml</loc></sitemap>`).join('')}</sitemapindex>`,
    };
  if (target === '/sitemap-posts.xml') return urlset(host, posts);
  if (target === '/sitemap-pages.xml') return urlset(host, ['/', '/about/', '/membership/']);
  if (target === '/sitemap-authors.xml') return urlset(host, ['/author/ada/']);
  if (target === '/rss/') return rss(host, posts, paragraphs);
  const slug = target.slice(1, -1);
  if (posts.includes(target))
    return {
      body: page({
        title: slug,
        head: `${head}<meta property="og:type" content="article"><meta property="article:published_time" content="2026-05-01T06:00:00.000Z"><script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","headline":"${slug}","url":"http://${host}${target}","articleSection":"Tides"}</script>`,
        main: `<main><article class="gh-article post"><header class="gh-article-header"><h1>${slug}</h1></header><section class="gh-content gh-canvas">${paragraphs(slug)}</section></article></main>`,
      }),
    };
  if (['/about/', '/membership/', '/author/ada/'].includes(target))
    return {
      body: page({
        title: slug,
        head: `${head}<meta property="og:type" content="website">`,
        main: `<main><h1>${slug}</h1><p>Short.</p></main>`,
      }),
    };
  return undefined;
};

/** Files: sections of their own, and a theme that states nothing. */
export const hugo: Answers = (target, _req, host) => {
  const posts = slugs.map((slug, at) => `/${at % 2 === 0 ? 'news' : 'essays'}/${slug}/`);
  const head = `<meta name="generator" content="Hugo 0.147.0"><link rel="alternate" type="application/rss+xml" href="/index.xml">`;
  if (target === '/') return { body: page({ title: 'The Tide Table', head, main: links(posts) }) };
  if (target === '/sitemap.xml') return urlset(host, [...posts, '/about/', '/news/', '/essays/']);
  if (target === '/index.xml') return rss(host, posts, () => 'A summary.');
  if (posts.includes(target))
    return {
      body: page({
        title: target,
        head,
        main: `<main><article><h1>${target}</h1><p class="byline">By A. Writer of the Tide Table</p><div class="post-content">${paragraphs(target)}</div></article></main>`,
      }),
    };
  return ['/about/', '/news/', '/essays/'].includes(target)
    ? { body: page({ title: 'Other', head, main: `<main><h1>Other</h1>${links(posts.slice(0, 3))}</main>` }) }
    : undefined;
};

/** The App Router: names of classes by a tool, the text in <article>; no sitemap, no feed; a session for everybody. */
export const next: Answers = (target) => {
  const posts = slugs.map((slug) => `/blog/${slug}`);
  const headers = {
    'X-Powered-By': 'Next.js',
    'Set-Cookie': ['visitor_session=abc; Path=/', 'theme=dark; Path=/'],
  };
  const tail =
    '<script src="/_next/static/chunks/main.js"></script><script>self.__next_f.push([1,"x"])</script>';
  if (target === '/')
    return { headers, body: page({ title: 'The Tide Table', main: `<main>${links(posts)}</main>${tail}` }) };
  if (posts.includes(target))
    return {
      headers,
      body: page({
        title: target,
        head: '<meta property="og:type" content="article"/>',
        main: `<main class="mx-auto max-w-2xl"><article class="page_story__x9Kd2 mt-4"><h1>${target}</h1>${paragraphs(target)}</article></main>${tail}`,
      }),
    };
  return target === '/about/'
    ? { headers, body: page({ title: 'About', main: `<main><h1>About</h1><p>Us.</p></main>${tail}` }) }
    : undefined;
};

/** Nothing states that anything is an article; there is no feed and no sitemap. */
export const sveltekit: Answers = (target) => {
  const posts = slugs.map((slug) => `/stories/${slug}`);
  const headers = { 'X-Sveltekit-Page': 'true' };
  const tail = '<script>__sveltekit_1abc = { base: "" }</script>';
  if (target === '/')
    return { headers, body: page({ title: 'The Tide Table', main: `<main>${links(posts)}</main>${tail}` }) };
  if (posts.includes(target))
    return {
      headers,
      body: page({
        title: target,
        main: `<main class="svelte-1x2y3z"><h1>${target}</h1><div class="prose svelte-1x2y3z">${paragraphs(target, 12)}</div></main>${tail}`,
      }),
    };
  return target === '/about/'
    ? {
        headers,
        body: page({ title: 'About', main: `<main><h1>About</h1>${paragraphs('about', 12)}</main>${tail}` }),
      }
    : undefined;
};
