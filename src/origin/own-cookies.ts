/** Which cookies are Gatefold's own: the origin neither receives nor sets them. */
import { holdsOwnToken, withoutPercents } from './own-tokens.ts';

/** A `Cookie` value without Gatefold's cookies and without its tokens in others; undefined when nothing is left. */
export function withoutOwnCookies(cookie: string): string | undefined {
  if (!MAYBE_OWN.test(cookie)) return cookie;
  const kept = cookie.split(';').filter((part) => part.trim() !== '' && !isOwn(part));
  return kept.length === 0 ? undefined : kept.join(';').trim();
}

/** Whether a `Set-Cookie` value would set one of them. */
export const setsOwnCookie = (setCookie: string): boolean =>
  MAYBE_OWN.test(setCookie) && hasOwnName(setCookie);

const isOwn = (part: string): boolean => hasOwnName(part) || holdsOwnToken(withoutPercents(part));

/** Most cookies hold none of it, and aren't looked at further. */
const MAYBE_OWN = /gf|%|eyJ/i;

/**
 * A cookie with an empty name (`=gf_reader=x`) comes back from browsers as `gf_reader=x`, hence the leading `=`. PHP decodes
 * `gf%5Freader`.
 */
const hasOwnName = (part: string): boolean =>
  OWN_NAME.test(withoutPercents(part.replace(/^[\s=]+/, '').split('=', 1)[0] ?? ''));

const OWN_NAME = /^\s*(?:__(?:host|secure)-)?gf_/i;
