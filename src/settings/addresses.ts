/** Whether an address in a setting can be used, and how it is written once it is. */
import { isIP } from 'node:net';

/** `https://host[:port]` of an address that has nothing else, or undefined. */
export const originOnly = (text: string): string | undefined => {
  const url = parsed(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined;
  const { username, password, pathname, search, hash } = url;
  return `${username}${password}${search}${hash}` === '' && pathname === '/' ? url.origin : undefined;
};

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** Whether an http:// address stays on this machine, where nobody can listen in. */
export const isLocal = (origin: string): boolean => {
  const { hostname } = new URL(origin);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\./.test(hostname)
  );
};

export const isSmtp = (text: string): boolean => {
  const url = parsed(text);
  return url !== undefined && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
};

/**
 * The forms of REDIS_URL: one server, several hosts for a Cluster (with no database but 0), or Sentinels with the
 * master's name. The store takes it apart again; here it is only judged, so that a wrong one is named at the start.
 */
export const isRedis = (text: string): boolean => {
  const match = /^rediss?(\+sentinel)?:\/\/(?:[^/?@]*@)?([^/?@]+)(?:\/([^?]*))?(?:\?.*)?$/.exec(text);
  if (!match) return false;
  const [, sentinel, hosts = '', path = ''] = match;
  const addresses = hosts.split(',');
  const segments = path.split('/').filter((segment) => segment !== '');
  if (sentinel && segments.shift() === undefined) return false;
  const [database = '0', ...rest] = segments;
  if (!/^\d{1,4}$/.test(database) || rest.length > 0) return false;
  return (
    addresses.every(isHostAndPort) &&
    (sentinel !== undefined || addresses.length === 1 || Number(database) === 0)
  );
};

const isHostAndPort = (text: string): boolean => {
  const match = /^(?:rediss?:\/\/)?(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  if (!match) return false;
  const port = Number(match[1] ?? 1);
  return port >= 1 && port <= 65_535;
};

/** An address, or a range that isn't everybody: to believe everybody's headers is to believe nobody's address. */
export const isProxyRange = (text: string): boolean => {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= (family === 4 ? 32 : 128);
};

export const isEmail = (text: string): boolean =>
  /^[^\s@<>",;:]+@[^\s@<>",;:]+$/.test(text) && text.length <= 254;

/** An address, or a name and an address in angle brackets; never a line break, which would begin another header. */
export const isSender = (text: string): boolean =>
  isEmail(/^[^<>\r\n]*<([^<>\r\n]+)>$/.exec(text)?.[1] ?? text);

/** What a browser on this machine can open: all-zero addresses can be listened on, not visited. */
export const ownAddress = (host: string, port: number): string => {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return new URL(`http://${isIP(name) === 6 ? `[${name}]` : name}:${port}`).origin;
};

/** A sender that fits the site, for those who name none. */
export const senderAt = (publicUrl: string): string => {
  const { hostname } = new URL(publicUrl);
  return `no-reply@${isIP(hostname.replace(/^\[|\]$/g, '')) > 0 ? 'localhost' : hostname}`;
};
