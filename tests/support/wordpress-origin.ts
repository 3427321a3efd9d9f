/** A site that knows its people as WordPress does: two cookies, one of them for /wp-admin alone, nonces, application passwords. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ArticleOrigin,
  articlePage,
  bodyHtml,
  metaTags,
  sendHtml,
  startArticleOrigin,
} from './article-origin.ts';

type Person = 'editor' | 'member';

export interface WordpressOrigin {
  readonly origin: ArticleOrigin;
  /** Questions to the page of administration that tells who may edit. */
  probes(): number;
  /** Ends every session. */
  signEverybodyOut(): void;
}

const site = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const signedFor = (person: Person, purpose: string): string =>
  `${person}%7C1999999999%7Ctoken-of-${person}-0123456789%7Csigned-for-${purpose}`;

const loggedIn = (person: Person): string => `wordpress_logged_in_${site}=${signedFor(person, 'the-site')}`;
const forAdmin = (person: Person): string => `wordpress_${site}=${signedFor(person, 'wp-admin')}`;

/** What a browser sends to /wp-admin, and to the rest of the site. */
export const adminCookies = (person: Person): string =>
  `${forAdmin(person)}; wp-settings-1=x; ${loggedIn(person)}`;
export const siteCookies = (person: Person): string => `wp-settings-1=x; ${loggedIn(person)}`;
export const nonceOf = (person: Person): string => `nonce-${person}`;
export const applicationPassword = (person: Person): string =>
  `Basic ${Buffer.from(`${person}:abcd efgh ijkl`).toString('base64')}`;

export const startWordpressOrigin = async (): Promise<WordpressOrigin> => {
  const origin = await startArticleOrigin();
  let open = true;
  const people: readonly Person[] = ['editor', 'member'];
  const has = (req: IncomingMessage, pair: string): boolean =>
    open && (req.headers.cookie ?? '').split('; ').includes(pair);
  /** By a cookie that stands for the site: who looks at a page. */
  const onSite = (req: IncomingMessage): Person | undefined => people.find((one) => has(req, loggedIn(one)));
  const inAdmin = (req: IncomingMessage): Person | undefined => people.find((one) => has(req, forAdmin(one)));
  const inRest = (req: IncomingMessage): Person | undefined => {
    const { authorization } = req.headers;
    if (authorization !== undefined) return people.find((one) => authorization === applicationPassword(one));
    const person = onSite(req);
    return person && req.headers['x-wp-nonce'] === nonceOf(person) ? person : undefined;
  };

  origin.on('/wp-admin/edit.php', (req, res) => {
    const person = inAdmin(req);
    if (person === undefined) res.writeHead(302, { Location: '/wp-login.php?reauth=1' }).end();
    else if (person === 'member') res.writeHead(403, { 'Content-Type': 'text/html' }).end('<p>Not allowed.');
    else sendHtml(`<title>Posts</title><textarea>${bodyHtml('list')}</textarea>`)(req, res);
  });
  origin.on('/wp-admin/post.php', (req, res) => {
    if (inAdmin(req) !== 'editor') res.writeHead(302, { Location: '/wp-login.php' }).end();
    else sendHtml(`<title>Edit</title><textarea>${bodyHtml('story')}</textarea>`)(req, res);
  });
  const rest = (req: IncomingMessage, res: ServerResponse): void => {
    const { searchParams } = new URL(req.url ?? '/', 'http://site.example');
    const person = inRest(req);
    const edits = req.method !== 'GET' || searchParams.getAll('context').at(-1) === 'edit';
    if (edits && person !== 'editor') {
      json(res, person === undefined ? 401 : 403, { code: 'rest_forbidden_context' });
      return;
    }
    const method = req.headers['x-http-method-override'] ?? req.method;
    const text = { rendered: bodyHtml('story'), ...(edits ? { raw: bodyHtml('story') } : {}) };
    json(res, req.method === 'POST' ? 201 : 200, { id: 4, link: '/tidewater/story', method, content: text });
  };
  origin.on('/wp-json/wp/v2/posts/4', rest);
  origin.on('/', (req, res) => {
    const { searchParams } = new URL(req.url ?? '/', 'http://site.example');
    if (searchParams.has('rest_route')) rest(req, res);
    else if (searchParams.has('preview') && onSite(req) === 'editor')
      sendHtml(articlePage('draft', { head: metaTags }))(req, res);
    else res.writeHead(404, { 'Content-Type': 'text/html' }).end('<title>Nothing</title>');
  });
  return {
    origin,
    probes: () => origin.count('/wp-admin/edit.php'),
    signEverybodyOut: () => {
      open = false;
    },
  };
};

const json = (res: ServerResponse, status: number, value: unknown): void => {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(value));
};
