/** Which addresses of a site are worth learning: canonical, on this site, and no picture, search or calendar without end. */
import { canonicalTarget } from '../../origin/canonical-target.ts';

export interface Site {
  /** With the port where it isn't the scheme's own. */
  readonly hosts: readonly string[];
  /** Where nobody is to look: our own pages, and what the policy never looks into. Paths are canonical. */
  readonly isLeftOut: (path: string) => boolean;
  /** An article by its path alone. */
  readonly isArticlePath: (path: string) => boolean;
}

/** Where an address was found: what a list names is meant to be read, what a page links to may be anything. */
export type FoundIn = 'list' | 'page';

/** Undefined: of another site, or not worth learning. `base` is the target of the document that names it. */
export const learnableTarget = (
  href: string,
  base: string,
  { hosts, isLeftOut, isArticlePath }: Site,
  foundIn: FoundIn,
): string | undefined => {
  const canonical = targetOnSite(href, base, hosts);
  if (canonical === undefined) return undefined;
  const { path, query } = canonical;
  if (isLeftOut(path)) return undefined;
  const kept = withoutTracking(query);
  const target = kept === '' ? path : `${path}?${kept}`;
  if (foundIn === 'list' || isArticlePath(path)) return target;
  return NO_PAGE.test(path) || isEndless(path, kept) ? undefined : target;
};

/** Undefined: of another site, or no address that could be asked for. */
export const targetOnSite = (
  href: string,
  base: string,
  hosts: readonly string[],
): { readonly target: string; readonly path: string; readonly query: string } | undefined => {
  const written = href.trim();
  if (written === '' || written.length > MAX_LENGTH) return undefined;
  const here = `http://${HERE}${base}`;
  if (!URL.canParse(written, here)) return undefined;
  const { protocol, host, pathname, search } = new URL(written, here);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  if (host !== HERE && !hosts.some((known) => known.toLowerCase() === host)) return undefined;
  const canonical = canonicalTarget(pathname + search);
  return canonical.kind === 'ok' && canonical.target.length <= MAX_LENGTH ? canonical : undefined;
};

/** Addresses are kept by the hundred thousand, and no page's is longer. */
const MAX_LENGTH = 1000;
/** Stands for "this very site" while a relative link is resolved; can't be a real host. */
const HERE = 'this-site.invalid';

const NO_PAGE =
  /\.(?:css|m?js|json|map|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|mp[34]|m4[av]|webm|ogg|wasm|zip|gz|pdf|epub|docx?|xlsx?|pptx?|xml|rss|atom|ics|txt)$/i;

/** A link with a query is mostly the same page once more. Old addresses of articles are spelled so, by the site's own root or a script. */
const isEndless = (path: string, query: string): boolean => {
  if (query === '') return false;
  if (!/^\/$|\.(?:php|aspx?|cgi|jsp)$/i.test(path)) return !NAMED.test(query);
  return query.split('&').some((parameter) => TRAPS.test(parameter.split('=', 1)[0] ?? ''));
};

const NAMED = /^(?:page|paged|p|\w{0,20}id|article|story|post)=[\w-]{1,64}$/i;
const TRAPS =
  /^(?:s|q|search|query|sort|order|orderby|filter.*|replytocom|share|add-to-cart|print|month|year|day|date|lang|view|tab|redirect.*|return.*|_wpnonce)$/i;

const withoutTracking = (query: string): string =>
  query
    .split('&')
    .filter((parameter) => parameter !== '' && !TRACKING.test(parameter.split('=', 1)[0] ?? ''))
    .join('&');

const TRACKING = /^(?:utm_\w+|mtm_\w+|pk_\w+|gclid|fbclid|msclkid|mc_cid|mc_eid|_ga|_gl|srsltid|cmpid)$/i;
