/** What programs ask a WordPress for beside its pages: for one post, and for all of them. */
import type { Door } from '../site.ts';
import type { Post } from './wordpress.ts';

const get = (...paths: readonly string[]): readonly Door[] => paths.map((path) => ({ path }));
const form = (path: string, body: string): Door => ({
  ...{ path, body, method: 'POST' },
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(Buffer.byteLength(body)),
  },
});
const sent = (path: string, type: string, body: string): Door => ({
  ...{ path, body, method: 'POST' },
  headers: { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(body)) },
});

export const doorsOf = ({ key, id, path, pictures }: Post): readonly Door[] => {
  const encoded = encodeURIComponent(`/wp/v2/posts/${id}`);
  const slug = path.split('/').at(-2) ?? '';
  return [
    ...pagesOf(id, path, slug),
    ...get(
      ...[
        '',
        '?_embed',
        '?_fields=content',
        '?_fields=excerpt,content.rendered',
        '?_envelope',
        '?_jsonp=show',
      ].map((query) => `/wp-json/wp/v2/posts/${id}${query}`),
      ...[
        '?context=edit',
        '?context=embed',
        '?context=view&context=edit',
        '?password=x',
        '/revisions',
        '/autosaves',
      ].map((query) => `/wp-json/wp/v2/posts/${id}${query}`),
      `/wp-json/wp/v2/posts?include[]=${id}`,
      `/wp-json/wp/v2/posts?slug=${slug}`,
      `/wp-json/wp/v2/posts?search=zq${key}20a`,
      `/wp-json/wp/v2/comments?post=${id}`,
      `/wp-json/wp/v2/media?parent=${id}`,
      `/wp-json/oembed/1.0/embed?url=${encodeURIComponent(path)}`,
      `/wp-json//wp/v2/posts/${id}`,
      `/index.php/wp-json/wp/v2/posts/${id}`,
      `/?rest_route=/wp/v2/posts/${id}`,
      `/?rest_route=${encoded}`,
      `/index.php?rest_route=/wp/v2/posts/${id}`,
      `/?rest%5froute=/wp/v2/posts/${id}`,
      `/?rest.route=/wp/v2/posts/${id}`,
      `/?p=1&rest_route=/wp/v2/posts/${id}&_envelope=1`,
      `/about/?rest_route=/wp/v2/posts/${id}`,
      `${path}?rest_route=/wp/v2/posts/${id}`,
      `/?s=zq${key}20a`,
      `/?s=zq${key}20a&feed=rss2`,
      `/search/zq${key}20a/`,
      `/search/zq${key}20a/feed/rss2/`,
      `/wp-trackback.php?p=${id}`,
      ...pictures.flatMap((picture) => [
        `/?attachment_id=${picture}`,
        `/?attachment_id=${picture}&feed=rss2`,
        `/wp-json/wp/v2/media/${picture}`,
        `/?rest_route=/wp/v2/media/${picture}`,
        `/?p=${picture}`,
      ]),
    ),
    { path: `/wp-json/wp/v2/posts/${id}`, headers: { 'X-HTTP-Method-Override': 'GET' }, method: 'POST' },
    sent(`/wp-json/wp/v2/posts/${id}`, 'application/json', '{"title":"x"}'),
    form('/', `p=${id}`),
    form('/', `name=${slug}`),
    form('/index.php', `rest_route=/wp/v2/posts/${id}`),
    form('/', `rest_route=/wp/v2/posts/${id}&_method=GET`),
    form('/wp-admin/admin-ajax.php', `action=get-post&id=${id}`),
    form('/wp-comments-post.php', `comment_post_ID=${id}&comment=`),
    sent('/xmlrpc.php', 'text/xml', call('wp.getPost', 1, 'x', 'x', id)),
    sent('/xmlrpc.php', 'text/xml', call('pingback.extensions.getPingbacks', path)),
    sent('/wp-json/batch/v1', 'application/json', batch(id)),
  ];
};

/** One post as a page, a feed or a frame of somebody else's. */
const pagesOf = (id: number, path: string, slug: string): readonly Door[] =>
  get(
    ...[
      'embed/',
      'feed/',
      'feed/atom/',
      'feed/rdf/',
      'trackback/',
      '2/',
      '3/',
      '4/',
      'page/2/',
      'comment-page-1/',
    ].map((tail) => path + tail),
    ...[
      '?embed=true',
      '?feed=rss2',
      '?feed=atom&withoutcomments=1',
      '?page=2',
      '?page=3',
      '?cpage=1',
      '?preview=true',
    ].map((query) => path + query),
    ...['?print=1', '?amp', '?amp=1', '?replytocom=1', '?withcomments=1', '?more=1', '?paged=2', '?tb=1'].map(
      (query) => path + query,
    ),
    ...[
      '',
      '&preview=true',
      '&page=2',
      '&page=3',
      '&feed=rss2&withoutcomments=1',
      '&feed=atom',
      '&embed=true',
      '&more=1',
    ].map((more) => `/?p=${id}${more}`),
    ...[`/index.php?p=${id}`, `/?p[]=${id}`, `/?p=0${id}`, `/?P=${id}`, `/?p=${id}%20`, `/?p=${id}&p=1`],
    ...[
      `/?name=${slug}`,
      `/?name=${slug}&feed=rss2`,
      `/?post_type=post&p=${id}`,
      `/?page_id=${id}`,
      `/index.php${path}`,
    ],
    path.replace(/\/$/, ''),
    `${path.replace(/\/$/, '')}%2F`,
    path.replace(/^\/(\d+)\//, '/$1//'),
  );

const call = (method: string, ...parameters: readonly (string | number)[]): string =>
  `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${parameters
    .map(
      (value) => `<param><value>${typeof value === 'number' ? `<int>${value}</int>` : value}</value></param>`,
    )
    .join('')}</params></methodCall>`;

const batch = (id: number): string =>
  JSON.stringify({ requests: [{ method: 'POST', path: `/wp/v2/posts/${id}`, body: { title: 'x' } }] });

export const wholeSite: readonly Door[] = [
  ...get(
    ...[
      '/feed/',
      '/feed/atom/',
      '/feed/rdf/',
      '/feed/rss/',
      '/?feed=rss2',
      '/?feed=atom',
      '/?feed=rdf',
      '/?feed=rss',
    ],
    ...[
      '/comments/feed/',
      '/?feed=comments-rss2',
      '/?feed=rss2&withcomments=1',
      '/feed/?paged=2',
      '/index.php?feed=rss2',
    ],
    ...[
      '/page/2/',
      '/page/3/',
      '/?paged=2',
      '/author/ada/',
      '/author/ben/feed/',
      '/?author=2',
      '/?author=3&feed=atom',
    ],
    ...[
      '/2025/',
      '/2025/10/',
      '/2025/11/feed/',
      '/?m=202510',
      '/?m=202511&feed=rss2',
      '/?year=2025',
      '/?cat=2',
      '/?cat=3',
    ],
    ...[
      '/category/news/',
      '/category/news/feed/',
      '/category/culture/feed/atom/',
      '/tag/bread/',
      '/tag/bread/feed/',
    ],
    ...[
      '/?s=lamp',
      '/?s=lamp&feed=rss2',
      '/?s=keeper&paged=2',
      '/search/lamp/feed/',
      '/?post_type=post',
      '/?orderby=rand',
    ],
    ...[
      '/wp-sitemap.xml',
      '/wp-sitemap-posts-post-1.xml',
      '/wp-sitemap-users-1.xml',
      '/wp-links-opml.php',
      '/readme.html',
    ],
    ...[
      '/wp-login.php',
      '/wp-cron.php',
      '/xmlrpc.php',
      '/xmlrpc.php?rsd',
      '/wp-includes/wlwmanifest.xml',
      '/wp-signup.php',
    ],
    ...[
      '/?attachment=x',
      '/?preview_id=4&preview=true',
      '/?static=1',
      '/?error=404',
      '/?customize_changeset_uuid=x',
    ],
  ),
  ...get(
    '/wp-json/',
    ...[
      '',
      '?per_page=100',
      '?_embed',
      '?per_page=3&page=2',
      '?_fields=content',
      '?_envelope',
      '?_jsonp=show',
    ].map((query) => `/wp-json/wp/v2/posts${query}`),
    ...[
      '?search=lamp',
      '?orderby=title',
      '?categories=2',
      '?context=edit',
      '?status=draft',
      '?context=embed',
    ].map((query) => `/wp-json/wp/v2/posts${query}`),
    ...[
      'pages',
      'media',
      'media?per_page=100',
      'comments',
      'search?search=lamp',
      'types',
      'statuses',
      'taxonomies',
    ].map((name) => `/wp-json/wp/v2/${name}`),
    ...[
      'categories',
      'tags',
      'users',
      'users?_embed',
      'blocks',
      'block-renderer/core/latest-posts',
      'settings',
    ].map((name) => `/wp-json/wp/v2/${name}`),
    ...[
      'search?search=lamp&_embed',
      'comments?_embed',
      'media?_embed',
      'categories?_embed',
      'pattern-directory/patterns',
    ].map((name) => `/wp-json/wp/v2/${name}`),
    ...[
      '/?rest_route=/',
      '/?rest_route=/wp/v2/posts',
      '/?rest_route=/wp/v2/posts&per_page=100&_embed',
      '/wp-json/wp/v2/',
    ],
    ...[
      '/?rest_route=/wp/v2/media',
      '/?rest_route=/wp/v2/search&search=lamp&_embed',
      '/index.php?rest_route=/wp/v2/posts',
    ],
  ),
  sent('/xmlrpc.php', 'text/xml', call('system.listMethods')),
  sent('/xmlrpc.php', 'text/xml', call('metaWeblog.getRecentPosts', 1, 'x', 'x', 10)),
];
