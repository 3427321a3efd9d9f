/** A small site with articles in many forms: what the gate's tests put behind it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Route = (req: IncomingMessage, res: ServerResponse) => void;

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

export interface ArticleOrigin {
  readonly url: string;
  /** Every request that came, oldest first. */
  readonly seen: Seen[];
  /** How often that target was asked for. */
  count(target: string): number;
  /** Answers that path so from now on. */
  on(path: string, route: Route): void;
  /** Refuses connections until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Answers `/tidewater/<slug>` and its forms (`/amp`, `/print`, `.json`), `/meta/<slug>` (an article by its own metadata
 * alone), `/feed.xml`, `/asset.css`; all else is 404 until a test says otherwise.
 */
export const startArticleOrigin = async (): Promise<ArticleOrigin> => {
  const seen: Seen[] = [];
  const routes = new Map<string, Route>();
  const answer: Route = (req, res) => {
    const { method = '', url = '', headers } = req;
    seen.push({ method, url, headers });
    const path = url.split('?', 1)[0] ?? '/';
    (routes.get(path) ?? standing(path))(req, res);
  };
  let server = await listening(answer, 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    count: (target) => seen.filter(({ url }) => url === target).length,
    on: (path, route) => {
      routes.set(path, route);
    },
    down: () => closed(server),
    up: async () => {
      server = await listening(answer, port);
    },
    stop: () => closed(server),
  };
};

const listening = async (answer: Route, port: number): Promise<Server> => {
  const server = createServer(answer);
  // A test that fails before its `stop` must not keep the test process alive.
  server.unref();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

const closed = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
};

/** Occurs in every full article, after the cutoff of the tests' policy. */
export const withheldText = (slug: string): string => `withheld-words-of-${slug}`;
export const openingText = (slug: string): string => `The opening of ${slug}`;

/** No two articles share a sentence: what is withheld of one would be known in the other. */
const paragraphs = (slug: string): readonly string[] => [
  `${openingText(slug)} tells of a harbour at low water, of the people who walk out over the flats before dawn, of what they carry and what they leave to the tide, and of the long road home in the first light of an ordinary ${slug} working day.`,
  `After that come the ${withheldText(slug)}, which only those of ${slug} may read who have the right of ${slug}.`,
  `And the end of ${slug}, again ${withheldText(slug)}, with a last sentence of ${slug} that nobody should miss.`,
];

export const bodyHtml = (slug: string): string =>
  paragraphs(slug)
    .map((text) => `<p>${text}</p>`)
    .join('\n');

interface PageOptions {
  readonly canonical?: string;
  /** In the head: what the page says of itself. */
  readonly head?: string;
  readonly language?: string;
  readonly body?: string;
}

export const articlePage = (slug: string, options: PageOptions = {}): string =>
  `<!doctype html>
<html lang="${options.language ?? 'en'}"><head><meta charset="utf-8"><title>Story ${slug}</title>
${options.canonical === undefined ? '' : `<link rel="canonical" href="${options.canonical}">`}
${options.head ?? ''}</head>
<body><header>Masthead</header>
<main><h1>Story ${slug}</h1><div class="article-body">
${options.body ?? bodyHtml(slug)}
</div></main><footer>Colophon</footer></body></html>
`;

export const sendHtml =
  (html: string, headers: Readonly<Record<string, string | string[]>> = {}): Route =>
  (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    res.end(html);
  };

export const sendAs =
  (type: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Route =>
  (_req, res) => {
    res.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), ...headers });
    res.end(body);
  };

export const metaTags = '<meta property="og:type" content="article">';

const standing = (path: string): Route => {
  const [, slug = '', form = ''] = /^\/tidewater\/([\w-]+?)(\/amp|\/print|\.json)?$/.exec(path) ?? [];
  if (slug && slug !== 'missing') return articleIn(slug, form);
  const [, known = ''] = /^\/meta\/([\w-]+)$/.exec(path) ?? [];
  if (known) return sendHtml(articlePage(known, { head: metaTags }));
  if (path === '/feed.xml') return sendAs('application/rss+xml', feed(['one', 'two']));
  if (path === '/asset.css') return sendAs('text/css', 'body { color: black }');
  return notFound;
};

const notFound: Route = (_req, res) => {
  res.writeHead(404, { 'Content-Type': 'text/html' });
  res.end('<!doctype html><title>Nothing here</title><p>Nothing here.');
};

const articleIn = (slug: string, form: string): Route => {
  const canonical = `/tidewater/${slug}`;
  switch (form) {
    case '.json':
      return sendAs(
        'application/json',
        JSON.stringify({ url: canonical, title: `Story ${slug}`, content_html: bodyHtml(slug) }),
      );
    case '/amp':
    case '/print':
      return sendHtml(articlePage(slug, { canonical }));
    default:
      return sendHtml(articlePage(slug));
  }
};

const feed = (slugs: readonly string[]): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>
${slugs
  .map(
    (slug) =>
      `<item><title>Story ${slug}</title><link>/tidewater/${slug}</link><guid>${slug}</guid><content:encoded><![CDATA[${bodyHtml(slug)}]]></content:encoded></item>`,
  )
  .join('\n')}
</channel></rss>`;
