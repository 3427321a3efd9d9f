/** From the client's headers to the origin's: nothing for one connection only, nothing of Gatefold's, nothing forged about who asks. */
import { decodableEncodings } from './accept-encoding.ts';
import type { OriginAddresses } from './addresses.ts';
import { addConnectionNames, isHopByHop } from './hop-by-hop.ts';
import type { HeaderPairs } from './origin.ts';
import { withoutOwnCookies } from './own-cookies.ts';
import { authorizesByOwnToken, holdsOwnToken, isAddressWithOwnToken } from './own-tokens.ts';

export interface ForwardOptions {
  /** The whole `X-Forwarded-For` to send: see `forwardedFor` in client-address.ts. */
  readonly forwardedFor: string;
  /** The request's: a POST may stand for a method that some proxy on its way wouldn't take. */
  readonly method?: string;
  /** The response's body will be read here. */
  readonly decodable?: boolean;
  /** The whole current body is wanted: neither a 304 nor a range. */
  readonly unconditional?: boolean;
  /**
   * Lower-case names; only these pass, for a response that will be shown to other readers too. List what the stored
   * response is keyed by: a page that reflects an unkeyed header would be everybody's page.
   */
  readonly only?: ReadonlySet<string>;
}

export type ForwardHeaders = (rawHeaders: readonly string[], options: ForwardOptions) => HeaderPairs;

/**
 * `rawHeaders` is Node's flat list of names and values. `Host` and `X-Forwarded-Host` come from the settings, never from the
 * client, since origins build links (also mailed ones) and cached pages from them.
 */
export function forwardHeaders(settings: OriginAddresses): ForwardHeaders {
  const addresses = addressesOf(settings);
  return (rawHeaders, options) => {
    const pairs: (readonly [string, string])[] = [['Host', addresses.host]];
    let onlyHere: Set<string> | undefined;
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      const name = rawHeaders[at] ?? '';
      const value = rawHeaders[at + 1] ?? '';
      const lower = name.toLowerCase();
      if (lower === 'connection') onlyHere = addConnectionNames(onlyHere, value);
      if (options.only !== undefined && !options.only.has(lower)) continue;
      const kept = forwardedValue(lower, value, options, addresses);
      if (kept !== undefined) pairs.push(kept === value ? [name, value] : [name, kept]);
    }
    const named = onlyHere;
    const sent =
      named === undefined
        ? pairs
        : pairs.filter(([name], index) => index === 0 || !named.has(name.toLowerCase()));
    sent.push(['X-Forwarded-For', options.forwardedFor], ...addresses.forwarded);
    return sent;
  };
}

interface Addresses {
  readonly host: string;
  readonly originUrl: string;
  readonly publicUrl: string;
  readonly preserveHost: boolean;
  readonly forwarded: HeaderPairs;
}

function addressesOf({ originUrl, publicUrl, preserveHost = false }: OriginAddresses): Addresses {
  const origin = new URL(originUrl);
  const site = new URL(publicUrl);
  const proto = site.protocol.slice(0, -1);
  return {
    host: preserveHost ? site.host : origin.host,
    originUrl: origin.origin,
    publicUrl: site.origin,
    preserveHost,
    forwarded: [
      ['X-Forwarded-Host', site.host],
      ['X-Forwarded-Proto', proto],
      ['X-Forwarded-Port', site.port || (proto === 'https' ? '443' : '80')],
    ],
  };
}

/** The value to send, or undefined to drop the header. */
function forwardedValue(
  lower: string,
  value: string,
  options: ForwardOptions,
  addresses: Addresses,
): string | undefined {
  switch (TREATMENT.get(lower) ?? treatmentOf(lower)) {
    case 'pass':
      // `Sec-WebSocket-Protocol`, `X-Api-Key`, `Referer`: programs put tokens wherever they are told to.
      return holdsOwnToken(value) ? undefined : value;
    case 'drop':
      return undefined;
    case 'cookie':
      return withoutOwnCookies(value);
    case 'authorization':
      return authorizesByOwnToken(value) ? undefined : value;
    case 'method-override':
      // Nothing is shared of what answers a POST. What calls a GET something else is for no rule's or cache's good.
      return options.method === 'POST' && /^\s*(?:put|patch|delete)\s*$/i.test(value) ? value : undefined;
    case 'encoding':
      return options.decodable === true ? decodableEncodings(value) : value;
    case 'condition':
      return options.unconditional === true ? undefined : value;
    case 'page-address':
      if (isAddressWithOwnToken(value)) return undefined;
      return addresses.preserveHost ? value : asSeenByOrigin(value, addresses);
  }
}

/** `Origin` and `Referer` must agree with `Host`, or the origin's own guard against forged forms refuses honest ones. */
function asSeenByOrigin(value: string, { originUrl, publicUrl }: Addresses): string {
  if (!value.startsWith(publicUrl)) return value;
  const rest = value.slice(publicUrl.length);
  return rest === '' || rest.startsWith('/') ? originUrl + rest : value;
}

type Treatment =
  | 'pass'
  | 'drop'
  | 'cookie'
  | 'authorization'
  | 'method-override'
  | 'encoding'
  | 'condition'
  | 'page-address';

const each = (treatment: Treatment, names: string): [string, Treatment][] =>
  names.split(' ').map((name) => [name, treatment]);

const TREATMENT: ReadonlyMap<string, Treatment> = new Map([
  ...each(
    'pass',
    'accept accept-language user-agent content-type content-length cache-control pragma dnt priority',
  ),
  ...each('pass', 'upgrade-insecure-requests sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user'),
  ...each('pass', 'sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform'),
  ...each('cookie', 'cookie'),
  ...each('authorization', 'authorization'),
  ...each('encoding', 'accept-encoding'),
  ...each('condition', 'range if-range if-none-match if-modified-since if-match if-unmodified-since'),
  ...each('page-address', 'origin referer'),
  ...each('method-override', 'x-http-method x-http-method-override x-method-override'),
  // Set anew, or believed by some framework as the truth about the client, the path or the method.
  ...each(
    'drop',
    'host forwarded via-proxy x-real-ip x-client-ip x-cluster-client-ip x-remote-ip x-remote-addr x-host',
  ),
  ...each(
    'drop',
    'x-originating-ip x-proxyuser-ip true-client-ip cf-connecting-ip fastly-client-ip client-ip wl-proxy-client-ip',
  ),
  ...each(
    'drop',
    'x-original-url x-original-uri x-original-host x-original-method x-rewrite-url x-http-host-override',
  ),
  ...each('drop', 'x-scheme x-url-scheme front-end-https base-url'),
  ...each('drop', 'x-accel-internal x-accel-redirect x-sendfile gatefold x-gatefold'),
]);

const DROPPED_FAMILIES = ['x-forwarded', 'gatefold-', 'x-gatefold-', 'x-middleware-', 'x-invoke-'];

/**
 * CGI, WSGI and PHP read `_`, and some servers `.`, as `-`: a name in such a spelling that stands for one that is acted
 * upon here would reach the application unfiltered, so it is dropped. Other such names are the site's own.
 */
function treatmentOf(lower: string): Treatment {
  if (!/[_.]/.test(lower)) return isDropped(lower) ? 'drop' : 'pass';
  const plain = lower.replace(/[_.]/g, '-');
  return TREATMENT.has(plain) || isDropped(plain) ? 'drop' : 'pass';
}

function isDropped(name: string): boolean {
  return isHopByHop(name) || DROPPED_FAMILIES.some((family) => name.startsWith(family));
}
