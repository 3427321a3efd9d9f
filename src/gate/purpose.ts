/** Why a request is made, as far as its own words say: a person's read, a look ahead, or a question about headers. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Purpose } from './decide.ts';

/**
 * Browsers announce a fetch that nobody has asked to see: `Sec-Purpose` (Chromium, Safari), `Purpose` (older ones),
 * `X-Moz` (Firefox); libraries in pages do so, too. A reader who lies here only loses: an unseen article isn't sent to a prefetch.
 */
export const purposeOf = (method: string | undefined, headers: IncomingHttpHeaders): Purpose => {
  if (announcesPrefetch(headers)) return 'prefetch';
  if (method === 'GET') return 'read';
  // A form's answer may hold the whole article, and charging for a comment would be wrong: send what is already seen.
  return method === 'HEAD' ? 'head' : 'prefetch';
};

/** Nobody has asked to see it yet. */
export const announcesPrefetch = (headers: IncomingHttpHeaders): boolean =>
  announcements.some((name) => headers[name] !== undefined && foretells(String(headers[name]))) ||
  // Next.js: for each link that comes into view, and for the parts of its page.
  says(headers['next-router-prefetch']) ||
  headers['next-router-segment-prefetch'] !== undefined ||
  // htmx, for a link under the mouse.
  headers['hx-preloaded'] !== undefined;

/** Of browsers, and of the libraries that fetch ahead as they do (Turbo, Nuxt and others name `Purpose` or its kin). */
const announcements = ['sec-purpose', 'x-sec-purpose', 'purpose', 'x-purpose', 'x-moz'] as const;

const foretells = (value: string): boolean => /prefetch|prerender|preview/i.test(value);

const says = (value: string | string[] | undefined): boolean => value !== undefined && String(value) !== '0';
