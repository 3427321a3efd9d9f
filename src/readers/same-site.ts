/** Whether a request that changes something was sent by one of our own pages. */

export interface RequestSource {
  readonly origin: string | undefined;
  readonly referer: string | undefined;
  readonly secFetchSite: string | undefined;
}

/**
 * What a browser says of the sender must all agree; a page elsewhere can make a browser send a form with the reader's
 * cookies, but not with another origin than its own. A request that says nothing comes from no browser of this decade,
 * and carries nobody's cookies unawares.
 *
 * @param ownOrigins `https://host[:port]` as PUBLIC_URL has it, and whatever else this site answers to.
 */
export function isSameSite(source: RequestSource, ownOrigins: readonly string[]): boolean {
  const { origin, referer, secFetchSite } = source;
  // `none` is the reader's own doing, such as sending a form once more; a sibling domain is somebody else.
  if (secFetchSite !== undefined && secFetchSite !== 'same-origin' && secFetchSite !== 'none') return false;
  // Where no referrer may be sent, browsers write `null`; so do sandboxed frames, and only this tells them apart.
  if (origin === 'null') return secFetchSite === 'same-origin';
  if (origin !== undefined) return ownOrigins.includes(origin);
  return referer === undefined || ownOrigins.includes(originOf(referer));
}

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : 'null');
