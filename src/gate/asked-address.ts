/** The address that somebody asks about, made canonical as a request for it would be. */
import { canonicalTarget } from '../origin/canonical-target.ts';

export interface AskedAddress {
  readonly url: string;
  readonly target: string;
  readonly path: string;
}

/** A path, or an absolute address on one of `hosts`. Undefined for another site's and for what the gate would answer 400. */
export const askedAddress = (url: string, hosts: readonly string[]): AskedAddress | undefined => {
  if (/^https?:\/\//i.test(url)) {
    if (!URL.canParse(url) || !hosts.includes(new URL(url).host)) return undefined;
  } else if (!url.startsWith('/') || url.startsWith('//')) return undefined;
  const canonical = canonicalTarget(url);
  return canonical.kind === 'ok' ? { url, target: canonical.target, path: canonical.path } : undefined;
};
