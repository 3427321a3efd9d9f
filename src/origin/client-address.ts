/** Whose address it is: the socket's, or what proxies that the settings name say of it. */
import ipaddr from 'ipaddr.js';

export type IsTrustedProxy = (address: string) => boolean;

/**
 * `ranges`: addresses and CIDR ranges of proxies whose `X-Forwarded-*` are believed.
 * Throws on one that is neither: the settings are checked before.
 */
export function trustedProxies(ranges: readonly string[]): IsTrustedProxy {
  if (ranges.length === 0) return () => false;
  const parsed = ranges.map(parseRange);
  return (address) => {
    const ip = parseAddress(address);
    return (
      ip !== undefined && parsed.some(([net, bits]) => net.kind() === ip.kind() && ip.match([net, bits]))
    );
  };
}

/**
 * The rightmost address in `X-Forwarded-For` that isn't a trusted proxy's: everything to its left is the client's own
 * claim. Without a trusted peer the header isn't looked at. An entry that is no address ends the walk at the proxy that wrote it.
 */
export function clientAddress(
  socketAddress: string,
  xForwardedFor: string | undefined,
  isTrusted: IsTrustedProxy,
): string {
  let address = plainAddress(socketAddress);
  if (xForwardedFor === undefined || !isTrusted(address)) return address;
  const hops =
    xForwardedFor.split(',', MAX_LISTED_HOPS).length === MAX_LISTED_HOPS ? [] : xForwardedFor.split(',');
  for (let at = hops.length - 1; at >= 0; at -= 1) {
    const hop = parseAddress(withoutPort(hops[at] ?? ''));
    if (hop === undefined) break;
    address = hop.toString();
    if (!isTrusted(address)) break;
  }
  return address;
}

/** No honest chain is this long; a longer list isn't read. */
const MAX_LISTED_HOPS = 64;

/** The `X-Forwarded-For` to send on: the peer appended to what a trusted peer said, else the peer alone. */
export function forwardedFor(
  socketAddress: string,
  xForwardedFor: string | undefined,
  isTrusted: IsTrustedProxy,
): string {
  const peer = plainAddress(socketAddress);
  if (xForwardedFor === undefined || xForwardedFor.trim() === '' || !isTrusted(peer)) return peer;
  return `${xForwardedFor.trim()}, ${peer}`;
}

export interface SeenAddress {
  readonly proto: 'http' | 'https';
  /** Lower case, with the port when one was given; '' when none was. */
  readonly host: string;
}

/** How the reader addressed the site. The last value counts where proxies appended: the trusted peer wrote that one. */
export function seenAddress(request: {
  readonly encrypted: boolean;
  readonly host: string | undefined;
  readonly forwardedProto: string | undefined;
  readonly forwardedHost: string | undefined;
  readonly peerTrusted: boolean;
}): SeenAddress {
  const own = request.encrypted ? 'https' : 'http';
  const proto = request.peerTrusted ? last(request.forwardedProto) : undefined;
  const host = (request.peerTrusted ? last(request.forwardedHost) : undefined) ?? request.host ?? '';
  return {
    proto: proto === 'https' || proto === 'http' ? proto : own,
    host: isHost(host) ? host.toLowerCase() : '',
  };
}

const last = (list: string | undefined): string | undefined =>
  list?.split(',').at(-1)?.trim().toLowerCase() || undefined;

const isHost = (host: string): boolean => /^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i.test(host);

/** Dual-stack sockets name IPv4 peers `::ffff:192.0.2.1`; everywhere else the plain form is used. */
const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const trimmed = text.trim();
  // ipaddr.js also takes `127.1` and octal parts, which others read as other addresses.
  const isPlain = trimmed.includes(':')
    ? ipaddr.IPv6.isValid(trimmed)
    : ipaddr.IPv4.isValidFourPartDecimal(trimmed);
  return isPlain ? ipaddr.process(trimmed) : undefined;
}

function withoutPort(hop: string): string {
  const entry = hop.trim().replace(/^"(.*)"$/, '$1');
  const withPort = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/.exec(entry);
  return withPort?.[1] ?? withPort?.[2] ?? entry;
}

function parseRange(range: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const text = range.trim();
  if (text.includes('/') && ipaddr.isValidCIDR(text)) {
    const [net, bits] = ipaddr.parseCIDR(text);
    const isMapped = net instanceof ipaddr.IPv6 && net.isIPv4MappedAddress() && bits >= 96;
    return isMapped ? [net.toIPv4Address(), bits - 96] : [net, bits];
  }
  const single = parseAddress(text);
  if (single === undefined)
    throw new TypeError(`"${range}" is neither an address nor a CIDR range: write 10.0.0.1 or 10.0.0.0/8`);
  return [single, single.kind() === 'ipv4' ? 32 : 128];
}
