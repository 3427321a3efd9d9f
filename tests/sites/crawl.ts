/** Asks a site for everything that leads anywhere, and for every door that is known of, as one reader; tells what came back. */
import { fewFormsOf, formsOf } from '../support/article-forms.ts';
import { type Answered, type Asked, createClient } from '../support/raw-request.ts';
import type { FindWithheld } from './find-withheld.ts';
import { linksIn } from './links.ts';
import type { Door, PlacedArticle } from './site.ts';

export interface CrawlOptions {
  readonly url: string;
  readonly reader: Readonly<Record<string, string>>;
  readonly articles: readonly PlacedArticle[];
  readonly doors: readonly Door[];
  readonly find: FindWithheld;
  /** Links are followed no further than these many addresses. */
  readonly most: number;
}

export interface Crawled {
  readonly answers: number;
  /** Answers by what they are: `200 text/html preview`. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly leaks: readonly Leak[];
  /** Requests that weren't answered, or with a 500. */
  readonly failures: readonly Asked[];
  /** That something led to, in the order they were found. */
  readonly addresses: readonly string[];
}

export interface Leak {
  readonly asked: string;
  readonly kind: string;
  readonly found: readonly string[];
}

export const crawl = async (options: CrawlOptions): Promise<Crawled> => {
  const { url, reader, articles, doors, find, most } = options;
  const client = createClient(url, atOnce);
  const kinds = new Map<string, number>();
  const leaks: Leak[] = [];
  const failures: Asked[] = [];
  let answers = 0;

  const ask = async (asked: Asked): Promise<Answered | undefined> => {
    try {
      const answered = await client.ask({ ...asked, headers: { ...reader, ...asked.headers } });
      answers += 1;
      const kind = kindOf(answered);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (answered.status === 500) failures.push(asked);
      const found = find.in(`${answered.headerText}\n${answered.body.toString('utf8')}`, spoken(asked));
      if (found.length > 0) leaks.push({ asked: inWords(asked), kind, found });
      return answered;
    } catch {
      failures.push(asked);
      return undefined;
    }
  };

  const paths = articles.flatMap((placed) => placed.paths);
  const gated = articles.flatMap((placed) => (placed.article.spent ? [] : placed.paths));
  const addresses = await walk(['/', ...paths, ...plainDoors(doors)], { url, ask, most });
  await each([...doors, ...anySite], ask);
  await each(
    gated.flatMap((path, at) => (at % 3 === 0 ? formsOf(path, url) : fewFormsOf(path))),
    ask,
  );
  await each(spread(addresses.filter(isData), mostData).flatMap(dataForms), ask);
  client.close();
  return { answers, kinds, leaks, failures, addresses };
};

/** The origin and Gatefold have one machine. */
const atOnce = 5;

const plainDoors = (doors: readonly Door[]): readonly string[] =>
  doors
    .filter(({ method, headers }) => method === undefined && headers === undefined)
    .map(({ path }) => path);

const anySite: readonly Door[] = [
  ...[
    '/robots.txt',
    '/sitemap.xml',
    '/feed.xml',
    '/atom.xml',
    '/feed.json',
    '/rss',
    '/index.json',
    '/search.json',
  ],
  ...['/llms.txt', '/llms-full.txt', '/manifest.json', '/sw.js', '/nothing-here', '/%', '/?', '/index.html'],
].map((path) => ({ path }));

interface Walk {
  readonly url: string;
  readonly ask: (asked: Asked) => Promise<Answered | undefined>;
  readonly most: number;
}

const walk = async (starts: readonly string[], { url, ask, most }: Walk): Promise<readonly string[]> => {
  const found = new Set(starts);
  let next: readonly string[] = [...found];
  while (next.length > 0) {
    const linked = new Set<string>();
    await each(next, async (path) => {
      const answered = await ask({ path });
      for (const link of answered ? linksIn(answered, new URL(path, url)) : [])
        if (!found.has(link) && !leadsNowhere.test(link)) linked.add(link);
    });
    next = [...linked].slice(0, Math.max(0, most - found.size));
    for (const link of next) found.add(link);
  }
  return [...found];
};

/** Gatefold's own pages, patterns of addresses in scripts, pictures, and addresses that go on without end. */
const leadsNowhere =
  /^\/-\/|[[\]]|\.(?:png|jpe?g|woff2?|svg|ico)(?:\?|$)|replytocom=|action=logout|^\/wp-admin\/|.{400}/;

const isData = (path: string): boolean =>
  /feed|atom|rss|sitemap|\.xml|json|rest_route|\.txt|\.js\b/i.test(path);

/** Of these, so many are asked for in every way. */
const mostData = 60;

const spread = <Item>(list: readonly Item[], count: number): readonly Item[] =>
  list.length <= count
    ? list
    : list.filter(
        (_, at) => Math.floor((at * count) / list.length) !== Math.floor(((at - 1) * count) / list.length),
      );

const dataForms = (path: string): readonly Asked[] => [
  { path, method: 'HEAD' },
  ...[
    { 'Accept-Encoding': 'gzip' },
    { 'Accept-Encoding': 'br' },
    { Range: 'bytes=500-' },
    { Range: 'bytes=-5000' },
    { 'If-None-Match': '*' },
    { Accept: 'text/html' },
    { Accept: 'application/json' },
    { 'X-Requested-With': 'XMLHttpRequest' },
  ].map((headers) => ({ path, headers })),
  { path, method: 'POST', headers: { 'Content-Length': '0' } },
  { path: path.includes('?') ? `${path}&x=1` : `${path}?x=1` },
  { path: `/${path}` },
];

const kindOf = ({ status, headers }: Answered): string => {
  const type = (headers['content-type'] ?? 'no type').split(';', 1)[0];
  const access = String(headers['gatefold-access'] ?? '').split(';', 1)[0];
  return `${status} ${type}${access === '' ? '' : ` ${access}`}`;
};

const spoken = ({ path, headers = {}, body = '' }: Asked): string => {
  const said = [path, ...Object.values(headers), body].join(' ');
  try {
    return `${said} ${decodeURIComponent(said)}`;
  } catch {
    return said;
  }
};

export const inWords = ({ method = 'GET', path, headers = {}, body }: Asked): string =>
  [
    ...[method, path, ...Object.entries(headers).map(([name, value]) => `[${name}: ${String(value)}]`)],
    ...(body === undefined ? [] : [`← ${body.slice(0, 100)}`]),
  ].join(' ');

/** A few at a time, in order. */
export const each = async <Item>(
  items: readonly Item[],
  does: (item: Item) => Promise<unknown>,
): Promise<void> => {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) await does(items[at] as Item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};
