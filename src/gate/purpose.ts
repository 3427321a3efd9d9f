/** Why a request is made, as far as its own words say: a person's read, a look ahead, or a question about headers. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Purpose } from './decide.ts';

/**
 * Browsers announce a fetch that nobody has asked to see: `Sec-Purpose` (Chromium, Safari), `Purpose` (older ones),
 * `X-Moz` (Firefox). A reader who lies here only loses: an unseen article isn't sent to a prefetch.
 */
export const purposeOf = (method: string | undefined, headers: IncomingHttpHeaders): Purpose => {
  if (announcesPrefetch(headers)) return 'prefetch';
  if (method === 'GET') return 'read';
  // A form's answer may hold the whole article, and charging for a comment would be wrong: send what is already seen.
  return method === 'HEAD' ? 'head' : 'prefetch';
};

const announcesPrefetch = (headers: IncomingHttpHeaders): boolean =>
  foretells(headers['sec-purpose']) ||
  foretells(headers.purpose) ||
  foretells(headers['x-purpose']) ||
  foretells(headers['x-moz']);

const foretells = (value: string | string[] | undefined): boolean =>
  value !== undefined && /prefetch|prerender|preview/i.test(String(value));
