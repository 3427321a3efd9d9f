/** Sends a page that is only looked at, into a frame of the console's: nothing in it runs, leads away or is kept. */
import type { ServerResponse } from 'node:http';
import type { Seen } from '../../gate/see-as.ts';

/**
 * The page as the reader would get it, with links that stay where they are; where there is none, a sentence that says
 * why. Only the page itself is sent, never the headers it would come with.
 *
 * @param publicUrl of the site, which the page's own addresses are at, wherever it is looked at from
 * @param address where the page stands there, so that its pictures and sheets are found: a canonical path; default: the
 * article's own
 */
export const sendSeenPage = (
  response: ServerResponse,
  seen: Seen,
  publicUrl: string,
  address?: string,
): void => {
  if (seen.kind !== 'page') {
    sendWords(response, whyNothingToSee(seen), statusOf(seen));
    return;
  }
  const type = headerOf(seen.headers, 'content-type') ?? '';
  if (/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) {
    const page = withBase(seen.body, `${publicUrl}${address ?? seen.decided.page.article.id}`);
    sendPicture(response, page, 200, type);
  } else if (/^application\/([\w.-]+\+)?json\b/i.test(type))
    sendPicture(response, seen.body, 200, 'text/plain; charset=utf-8');
  else sendWords(response, 'What stands there is no page, so there is nothing to show here.');
};

/**
 * Any document of somebody else's, for a frame. Even asked for outside of one it runs no script, sends no form and
 * reads no cookie.
 */
export const sendPicture = (
  response: ServerResponse,
  body: string | Buffer,
  status = 200,
  type = 'text/html; charset=utf-8',
): void => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  for (const [name, value] of Object.entries(pictureHeaders)) response.setHeader(name, value);
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', bytes.length);
  response.writeHead(status);
  response.end(response.req?.method === 'HEAD' ? undefined : bytes);
};

/** In place of a page: a sentence in the frame. */
export const sendWords = (response: ServerResponse, words: string, status = 200): void =>
  sendPicture(response, wordsPage(words), status);

const pictureHeaders = {
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy':
    "sandbox; default-src 'none'; img-src * data:; style-src * 'unsafe-inline'; font-src *; form-action 'none'; frame-ancestors 'self'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
};

export const whyNothingToSee = (seen: Exclude<Seen, { kind: 'page' }>): string => {
  switch (seen.kind) {
    case 'no-page':
      return seen.why === 'unseen'
        ? 'This article hasn’t passed through here yet: open it once on the site, then look again.'
        : 'What stands there is passed on whole or not at all, so there is no preview to show.';
    case 'not-an-article':
      return 'No article stands at this address: everybody gets what is there.';
    case 'feed':
      return 'A feed stands at this address: each of its entries is cut as its article is.';
    case 'unavailable':
      return 'The site doesn’t answer for this address just now. Try again in a moment.';
    case 'unknown-reader':
      return 'Nobody is known by that name.';
    default:
      return seen satisfies never;
  }
};

const statusOf = ({ kind }: Exclude<Seen, { kind: 'page' }>): number => {
  if (kind === 'unavailable') return 503;
  return kind === 'no-page' ? 200 : 404;
};

const wordsPage = (words: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Nothing to show</title><meta name="color-scheme" content="light dark"><style>body{margin:2rem;font:400 1rem/1.6 system-ui,sans-serif}</style></head><body><p>${escaped(words)}</p></body></html>`;

export const headerOf = (headers: readonly string[], wanted: string): string | undefined => {
  for (let at = 0; at < headers.length; at += 2)
    if (headers[at]?.toLowerCase() === wanted) return headers[at + 1];
  return undefined;
};

/** Far enough for any page's head to have begun. */
const headBytes = 65_536;

/**
 * Links would open a window, which the frame isn't allowed: they lead nowhere. A page's own `<base href>` is what its
 * addresses are meant for; ours comes first, and so is the one that counts.
 */
const withBase = (body: Buffer, address: string): Buffer => {
  // One character for each byte: the places are those of the bytes, whatever the page's own letters are. No tag is
  // followed for ever: a page of nothing but beginnings would be read from each of them to its end.
  const start = body.toString('latin1', 0, headBytes);
  const found =
    /<head(?:\s[^>]{0,2000})?>/i.exec(start) ??
    /<html(?:\s[^>]{0,2000})?>/i.exec(start) ??
    /<!doctype[^>]{0,2000}>/i.exec(start);
  const at = found ? found.index + found[0].length : 0;
  const base = `<base href="${escaped(baseOf(start, address))}" target="_blank" />`;
  return Buffer.concat([
    body.subarray(0, at),
    Buffer.from(base),
    withCutMark(leadingNowhere(body.subarray(at))),
  ]);
};

/** @param address where the page is, which its own base may be written relative to. */
const baseOf = (start: string, address: string): string => {
  const [, double, single, bare] =
    /<base(?:\s[^<>]{0,2000}?)?\shref\s*=\s*(?:"([^"<>]{0,2000})"|'([^'<>]{0,2000})'|([^\s"'<>]{1,2000}))/i.exec(
      start,
    ) ?? [];
  const written = double ?? single ?? bare;
  if (written === undefined) return address;
  const own = Buffer.from(written, 'latin1').toString().replaceAll('&amp;', '&').trim();
  if (!URL.canParse(own, address)) return address;
  const { href, protocol } = new URL(own, address);
  return /^https?:$/.test(protocol) ? href : address;
};

/** A link that names its own frame would open the next article there, and a page that loads one ahead asks for it: views that nobody had. */
const leadingNowhere = (body: Buffer): Buffer =>
  Buffer.from(
    body.toString('latin1').replace(ownTarget, '$1data-target').replace(loadedAhead, '$1data-rel'),
    'latin1',
  );

const ownTarget = /(<(?:a|area)(?:\s[^<>]{0,2000}?)?\s)target(?=\s*=)/gi;
const loadedAhead =
  /(<link(?:\s[^<>]{0,2000}?)?\s)rel(?=\s*=\s*(?:"[^"<>]*|'[^'<>]*|[^\s"'<>]*)\bpre(?:fetch|render)\b)/gi;

/** The fragment that shows a picture of a page at its cut, with the last of the preview above. */
export const cutFragment = 'gatefold-cut';

const withCutMark = (body: Buffer): Buffer => {
  const at = ['<gatefold-prompt', '<section class="gatefold-prompt"']
    .map((start) => body.indexOf(start))
    .find((place) => place >= 0);
  if (at === undefined) return body;
  const mark = `<span id="${cutFragment}" style="position:absolute;scroll-margin-block-start:45vh"></span>`;
  return Buffer.concat([body.subarray(0, at), Buffer.from(mark), body.subarray(at)]);
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
