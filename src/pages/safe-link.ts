/** Which addresses may stand behind a link: what comes from an origin's metadata or a query string can be `javascript:`. */

/** The address itself, or undefined when a link to it could run script or can't be read. */
export const safeLink = (address: string): string | undefined => {
  const seen = asBrowserReads(address);
  if (seen.startsWith('/')) return seen;
  return /^https?:\/\/[^/]/i.test(seen) ? seen : undefined;
};

/** A path on this site, else `/`: a sign-in must not send its reader to somebody else's site. */
export const localPath = (address: string): string => {
  const seen = asBrowserReads(address);
  return seen.startsWith('/') && !/^\/[/\\]/.test(seen) ? seen : '/';
};

/** Where a reader can write to, as a link; undefined when it is neither an address nor a page. */
export const contactLink = (contact: string): string | undefined => {
  if (/^[^\s@:/?#]+@[^\s@:/?#]+$/.test(contact)) return `mailto:${contact}`;
  return safeLink(contact);
};

/** Browsers drop tabs and line breaks anywhere in an address, and spaces and controls before it. */
const asBrowserReads = (address: string): string =>
  address.replace(/[\t\n\r]/g, '').replace(/^[\u0000-\u0020]+/, '');
