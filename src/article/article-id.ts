/** Which article an address is a form of: AMP, print views and tracking parameters make no new article. */
import type { ArticleId } from './article.ts';
import { isTracking } from './tracking-parameters.ts';

export interface Address {
  /** Canonical path and query of the request, beginning with `/`. */
  readonly target: string;
  /** As the page's `<link rel="canonical">` has it. */
  readonly canonicalHref?: string | undefined;
  /** Hosts (with port where it isn't the scheme's own) under which this site is known: public and origin. */
  readonly hosts: readonly string[];
}

/**
 * The canonical link's path and query when it points to this site, else the address's own, without tracking
 * parameters and with the rest in one order. A canonical link to the front page or to another site is a mistake or a
 * syndication mark: taken at its word, it would make one article of many, and a single free read would open them all.
 */
export const articleIdOf = ({ target, canonicalHref, hosts }: Address): ArticleId =>
  tidyTarget(canonicalTarget(target, canonicalHref, hosts) ?? target) as ArticleId;

/**
 * Whether a page says by its canonical link that it is the document at its own address. The front page and what is asked
 * for with a query (a search, a page of a list) are no such documents: they are put together from others.
 */
export const isOwnDocument = ({ target, canonicalHref, hosts }: Address): boolean => {
  const canonical = canonicalTarget(target, canonicalHref, hosts);
  return canonical !== undefined && canonical === tidyTarget(target) && !canonical.includes('?');
};

/** The path part of an article's id. */
export const articlePathOf = (id: ArticleId): string => id.split('?', 1)[0] ?? '/';

const MAX_HREF_LENGTH = 2000;
/** Stands for "this very site" while a relative link is resolved; can't be a real host. */
const HERE = 'this-site.invalid';

const canonicalTarget = (
  target: string,
  href: string | undefined,
  hosts: readonly string[],
): string | undefined => {
  const base = `http://${HERE}${target}`;
  if (!href || href.length > MAX_HREF_LENGTH || !URL.canParse(href, base)) return undefined;
  const { protocol, host, pathname, search } = new URL(href, base);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  if (host !== HERE && !hosts.some((known) => known.toLowerCase() === host)) return undefined;
  return pathname === '/' && search === '' ? undefined : pathname + search;
};

const tidyTarget = (target: string): string => {
  const [path = '/', query = ''] = splitOnce(target, '?');
  const parameters = query
    .split('&')
    .filter((parameter) => parameter !== '' && saysWhich(splitOnce(parameter, '=')[0]))
    .sort();
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
};

const saysWhich = (name: string): boolean => !isTracking(name) && !ROUTERS.test(name);

/** What the routers of Next.js and SvelteKit put at the addresses that they ask in a page's place. */
const ROUTERS = /^(?:_rsc|x-sveltekit-[a-z-]+)$/;

const splitOnce = (text: string, separator: string): [string, string] => {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};
