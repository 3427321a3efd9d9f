/** From the origin's headers to the client's: addresses become public ones, cookies fit the public host, Gatefold's names stay its own. */
import type { OriginAddresses } from './addresses.ts';
import { isHopByHop, namedByConnection } from './hop-by-hop.ts';
import type { HeaderPairs } from './origin.ts';
import { setsOwnCookie } from './own-cookies.ts';
import { commandsProxies } from './proxy-commands.ts';

export type ReturnHeaders = (headers: HeaderPairs) => HeaderPairs;

/**
 * Dropped: what belongs to the connection, `Gatefold-*` in any spelling (read `Gatefold-Article` before this), cookies
 * named like Gatefold's, `Alt-Svc`, which would lead browsers past the gate, and what commands proxies and caches in front. `Strict-Transport-Security` and `Server` pass:
 * they are the site's to state.
 */
export function returnHeaders(settings: ReturnSettings): ReturnHeaders {
  const { originUrl, publicUrl, preserveHost = false, passes = never } = settings;
  const sites: Sites = { origin: new URL(originUrl), site: new URL(publicUrl), preserveHost, passes };
  return (headers) => {
    const named = namedByConnection(headers);
    const pairs: (readonly [string, string])[] = [];
    for (const pair of headers) {
      const lower = pair[0].toLowerCase();
      const value = named?.has(lower) === true ? undefined : returnedValue(lower, pair[1], sites);
      if (value !== undefined) pairs.push(value === pair[1] ? pair : [pair[0], value]);
    }
    return pairs;
  };
}

export interface ReturnSettings extends OriginAddresses {
  /** The policy lets this command to proxies through; the name in lower case. */
  readonly passes?: (name: string) => boolean;
}

const never = (): boolean => false;

interface Sites {
  readonly origin: URL;
  readonly site: URL;
  readonly preserveHost: boolean;
  readonly passes: (name: string) => boolean;
}

function returnedValue(lower: string, value: string, sites: Sites): string | undefined {
  switch (lower) {
    case 'location':
    case 'content-location':
    case 'access-control-allow-origin':
      return publicAddress(value, sites);
    case 'refresh':
      return value.replace(
        /^([^;,]*[;,]\s*(?:url\s*=\s*)?["']?)([^"']+)/i,
        (_, before: string, url: string) => {
          return before + publicAddress(url, sites);
        },
      );
    case 'link':
      return value.replace(/<([^<>]*)>/g, (_, url: string) => `<${publicAddress(url, sites)}>`);
    case 'set-cookie':
      return setsOwnCookie(value) ? undefined : publicCookie(value, sites);
    case 'alt-svc':
      return undefined;
    default:
      return PLAIN.has(lower) || !staysInside(lower, sites) ? value : undefined;
  }
}

const staysInside = (lower: string, { passes }: Sites): boolean =>
  isHopByHop(lower) ||
  /^(?:x[-_.])?gatefold(?:[-_.]|$)/.test(lower) ||
  (commandsProxies(lower) && !passes(lower));

/** What nearly every response has, looked up before anything is matched. */
const PLAIN: ReadonlySet<string> = new Set([
  ...[
    'content-type',
    'content-length',
    'content-encoding',
    'cache-control',
    'etag',
    'last-modified',
    'date',
    'vary',
  ],
  ...[
    'server',
    'expires',
    'age',
    'accept-ranges',
    'x-powered-by',
    'strict-transport-security',
    'x-content-type-options',
  ],
]);

/** The same text with the origin's scheme and host made public ones; the rest isn't re-spelled. Relative addresses stay. */
function publicAddress(url: string, { origin, site }: Sites): string {
  const parts = /^\s*(https?:)?\/\/([^/?#\\]*)(.*)$/i.exec(url);
  if (parts === null) return url;
  const [, scheme, authority = '', rest = ''] = parts;
  const host = withoutDefaultPort(authority.toLowerCase(), scheme?.toLowerCase() ?? origin.protocol);
  // An origin that was told its public host may still take the connection's http for the reader's.
  const isOwn = host === origin.host || (host === site.host && site.protocol === 'https:');
  if (!isOwn) return url;
  return (
    site.origin +
    (rest === '' && url.trim().endsWith(authority) ? '' : rest.startsWith('/') ? rest : `/${rest}`)
  );
}

function withoutDefaultPort(host: string, scheme: string): string {
  return host.replace(scheme === 'https:' ? /:443$/ : /:80$/, '');
}

/**
 * A `Domain` that covers the public host stays; any other is dropped, which leaves the cookie to the public host alone.
 * `Secure` is never dropped: over a plain http PUBLIC_URL browsers ignore such a cookie, and rightly.
 */
function publicCookie(setCookie: string, { site, preserveHost }: Sites): string {
  // An origin that is asked by the public host names domains of that one.
  if (preserveHost) return setCookie;
  return setCookie.replace(/;\s*domain\s*=\s*\.?([^;]*)/gi, (attribute, value: string) => {
    const domain = value.trim().toLowerCase();
    const covers = domain !== '' && (site.hostname === domain || site.hostname.endsWith(`.${domain}`));
    return covers ? attribute : '';
  });
}
