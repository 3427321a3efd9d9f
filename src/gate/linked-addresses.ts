/** Which page a response calls its canonical one in its `Link` header, as PDFs and other forms without a head do. */
import type { OriginHead } from '../origin/origin.ts';
import type { PageAddress } from './page-addresses.ts';
import { siteAddress } from './site-address.ts';

export const linkedAddresses = (
  { headers }: Pick<OriginHead, 'headers'>,
  target: string,
  hosts: readonly string[],
): readonly PageAddress[] =>
  headers
    .filter(([name]) => name.toLowerCase() === 'link')
    .flatMap(([, value]) => [...value.slice(0, longest).matchAll(LINK)])
    .filter(([, , parameters = '']) => CANONICAL.test(parameters))
    .flatMap(([, href = '']) => siteAddress(href, target, hosts) ?? [])
    .slice(0, most);

const longest = 8_000;
const most = 2;
/** An address in angle brackets, and what is said of it up to the next one. */
const LINK = /<([^<>]*)>([^<]*)/g;
const CANONICAL = /;\s*rel\s*=\s*(?:"[^"]*\bcanonical\b[^"]*"|canonical\b)/i;
