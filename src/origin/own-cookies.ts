/** Which cookies are Gatefold's own: the origin neither receives nor sets them. */

/** A `Cookie` value without Gatefold's cookies; undefined when nothing is left. */
export function withoutOwnCookies(cookie: string): string | undefined {
  if (!/gf_/i.test(cookie)) return cookie;
  const kept = cookie.split(';').filter((part) => part.trim() !== '' && !OWN_NAME.test(part));
  return kept.length === 0 ? undefined : kept.join(';').trim();
}

/** Whether a `Set-Cookie` value would set one of them. */
export const setsOwnCookie = (setCookie: string): boolean => OWN_NAME.test(setCookie);

/** A cookie with an empty name (`=gf_reader=x`) comes back from browsers as `gf_reader=x`, hence the leading `=`. */
const OWN_NAME = /^[\s=]*(?:__(?:host|secure)-)?gf_/i;
