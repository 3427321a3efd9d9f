/** An address on this site, as a page, a header or a document states it. */
import { canonicalTarget } from '../origin/canonical-target.ts';
import type { PageAddress } from './page-addresses.ts';

const longest = 2_000;
/** Stands for "this very site" while a relative reference is resolved; can't be a real host. */
const here = 'this-site.invalid';

/**
 * Undefined for another site's address, and for what the gate would answer with 400. A fragment is left out: it names a
 * place in the page.
 * @param base the target that a relative reference counts from
 * @param hosts under which this site is known, with their ports
 */
export const siteAddress = (
  href: string,
  base: string,
  hosts: readonly string[],
): PageAddress | undefined => {
  const from = `http://${here}${base}`;
  if (href === '' || href.length > longest || !URL.canParse(href, from)) return undefined;
  const { protocol, host, pathname, search } = new URL(href, from);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  if (host !== here && !hosts.some((known) => known.toLowerCase() === host)) return undefined;
  const canonical = canonicalTarget(pathname + search);
  return canonical.kind === 'ok' ? { target: canonical.target, path: canonical.path } : undefined;
};
