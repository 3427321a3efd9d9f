/** What REDIS_URL says: one server, a Cluster, or Sentinels that know the server. */

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

export interface RedisTarget {
  readonly kind: 'single' | 'cluster' | 'sentinel';
  /** Never empty; one for a single server, the Sentinels for `sentinel`. */
  readonly addresses: readonly RedisAddress[];
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  /** The name under which the Sentinels know the server. */
  readonly master?: string;
  readonly sentinelPassword?: string;
  readonly database: number;
}

const forms = [
  'redis://[user:password@]host[:port][/database]',
  'rediss://… (the same over TLS)',
  'redis://host1:port,host2:port (a Cluster; with one host, add ?cluster=true)',
  'redis+sentinel://[user:password@]host1:port,host2:port/master[/database][?sentinelPassword=…]',
].join('; ');

/** @throws Error that says what a REDIS_URL looks like; it never repeats the password. */
export function parseRedisUrl(url: string): RedisTarget {
  const match = /^(rediss?)(\+sentinel)?:\/\/(?:([^/?]*)@)?([^/?@]+)(\/[^?]*)?(?:\?(.*))?$/.exec(
    // Some write the scheme again before every host of a Cluster.
    url.trim().replace(/,rediss?:\/\//g, ','),
  );
  if (!match) throw unreadable('it has none of the known forms');
  const [, scheme = '', sentinel, login = '', hosts = '', path = '', query = ''] = match;
  const parameters = new URLSearchParams(query);
  const defaultPort = sentinel ? 26379 : 6379;
  const addresses = hosts.split(',').map((host) => parseAddress(host, defaultPort));
  const segments = path.split('/').filter((segment) => segment !== '');
  const isCluster = !sentinel && (addresses.length > 1 || parameters.get('cluster') === 'true');
  const master = sentinel ? segments.shift() : undefined;
  if (sentinel && !master) throw unreadable('the name of the master is missing');
  const database = parseDatabase(segments);
  if (isCluster && database !== 0) throw unreadable('a Cluster has only database 0');
  const sentinelPassword = parameters.get('sentinelPassword');
  return {
    kind: sentinel ? 'sentinel' : isCluster ? 'cluster' : 'single',
    addresses,
    tls: scheme === 'rediss',
    ...parseLogin(login),
    ...(master ? { master: decode(master) } : {}),
    ...(sentinelPassword ? { sentinelPassword } : {}),
    database,
  };
}

const unreadable = (why: string): Error =>
  new Error(`REDIS_URL can't be used: ${why}. Write one of: ${forms}.`);

function parseAddress(text: string, defaultPort: number): RedisAddress {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/i.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3] ?? defaultPort);
  if (host === undefined || port < 1 || port > 65_535) throw unreadable(`"${text}" is not a host and port`);
  return { host, port };
}

function parseDatabase(segments: readonly string[]): number {
  const [database = '0', ...rest] = segments;
  if (!/^\d{1,4}$/.test(database) || rest.length > 0) throw unreadable('the database must be a number');
  return Number(database);
}

function parseLogin(login: string): { username?: string; password?: string } {
  if (login === '') return {};
  const colon = login.indexOf(':');
  const username = colon === -1 ? login : login.slice(0, colon);
  const password = colon === -1 ? '' : login.slice(colon + 1);
  return {
    ...(username === '' ? {} : { username: decode(username) }),
    ...(password === '' ? {} : { password: decode(password) }),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable('a % in it is not followed by two hex digits (write %25 for %)');
  }
}
