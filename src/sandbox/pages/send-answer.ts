/** Sends what the hosted pages answer: kept by no cache, framed by nobody, without script or anything from elsewhere. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PageAnswer } from './page-answer.ts';
import { sandboxStyleHash } from './page-style.ts';

export type SentAnswer = Exclude<PageAnswer, { kind: 'wrong-method' }>;

export const sendAnswer = (request: IncomingMessage, response: ServerResponse, answer: SentAnswer): void => {
  response.setHeader('Cache-Control', 'no-store');
  // `no-referrer` would make browsers send `Origin: null` with our own forms.
  response.setHeader('Referrer-Policy', 'strict-origin');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('X-Robots-Tag', 'noindex');
  // What is still being sent is let go: a connection cut now would take the answer with it.
  if (!request.complete) request.resume();
  if (answer.kind === 'send-on') {
    response.writeHead(303, { Location: locationOf(answer.to), 'Content-Length': 0 });
    response.end();
    return;
  }
  if (answer.allowed !== undefined) response.setHeader('Allow', answer.allowed);
  const html = Buffer.from(answer.html);
  response.writeHead(answer.status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': html.length,
    'Content-Security-Policy': policyOf(answer.leadsTo ?? []),
  });
  response.end(request.method === 'HEAD' ? undefined : html);
};

/** As a header may carry it: a site's address may hold signs that a header may not. */
const locationOf = (to: string): string => {
  const local = /^\/(?![/\\])/.test(to);
  const base = 'http://localhost';
  if (!URL.canParse(to, local ? base : undefined)) return '/';
  const { href, protocol, pathname, search, hash } = new URL(to, local ? base : undefined);
  if (local) return `${pathname}${search}${hash}`;
  return protocol === 'http:' || protocol === 'https:' ? href : '/';
};

/** Browsers hold a form's redirects to `form-action` too, so the site that a checkout goes back to must stand there. */
const policyOf = (leadsTo: readonly (string | undefined)[]): string => {
  const sources = new Set(["'self'", ...leadsTo.flatMap((url) => (url === undefined ? [] : sourceOf(url)))]);
  return `default-src 'none'; style-src ${sandboxStyleHash}; base-uri 'none'; form-action ${[...sources].join(' ')}; frame-ancestors 'none'`;
};

const sourceOf = (url: string): string[] => {
  if (url === 'http:' || url === 'https:') return [url];
  const { protocol, origin } = URL.canParse(url) ? new URL(url) : { protocol: '', origin: '' };
  return protocol === 'http:' || protocol === 'https:' ? [origin] : [];
};
