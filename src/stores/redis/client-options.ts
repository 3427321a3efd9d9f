/** How Gatefold wants ioredis to behave: fail at once rather than queue, and never repeat a write by itself. */
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress, RedisTarget } from './redis-url.ts';

export type RedisClient = Redis | Cluster;

/** Milliseconds after which a question to Redis has failed: longer than any healthy answer, shorter than patience. */
export const answerWithinMs = 500;

const reconnectDelay = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 6), 2000);

const sharedOptions = {
  // With RESP2 the client does a third more GETs per second than with RESP3, and no reply here needs RESP3.
  protocol: 2,
  connectTimeout: 2000,
  commandTimeout: answerWithinMs,
  // A peer that vanished without closing (a paused machine, a dropped route) is given up, so that questions fail at
  // once instead of each waiting its full time.
  socketTimeout: 2 * answerWithinMs,
  disconnectTimeout: answerWithinMs,
  maxRetriesPerRequest: 1,
  autoResendUnfulfilledCommands: false,
  // After a failover the old master may be a replica now: the connection must look for the new one.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
} satisfies RedisOptions;

function accessOptions({ tls, username, password }: RedisTarget) {
  return {
    ...(tls ? { tls: {} } : {}),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}

/** The client for all questions. Auto-pipelining stays off: what is frequent is already gathered into one script call. */
export function createClient(target: RedisTarget): RedisClient {
  if (target.kind !== 'cluster') {
    return new Redis({ ...serverOptions(target), enableOfflineQueue: false, retryStrategy: reconnectDelay });
  }
  const options = {
    enableOfflineQueue: false,
    clusterRetryStrategy: reconnectDelay,
    maxRedirections: 5,
    // Addresses are taken as the cluster announces them, so that a certificate's host name still matches.
    dnsLookup: (host: string, callback: (error: null, address: string) => void) => callback(null, host),
    redisOptions: { ...sharedOptions, ...accessOptions(target) },
  } satisfies ClusterOptions;
  return new Cluster(
    target.addresses.map(({ host, port }) => ({ host, port })),
    options,
  );
}

/**
 * A client for one attempt at listening: it does not reconnect by itself, so that whoever listens knows of every gap.
 * @param address which node of a Cluster to listen at; ignored otherwise.
 */
export function createListeningClient(target: RedisTarget, address: RedisAddress): Redis {
  const place = target.kind === 'cluster' ? { ...address } : {};
  return new Redis({ ...serverOptions(target), ...place, retryStrategy: null, lazyConnect: true });
}

function serverOptions(target: RedisTarget) {
  const { kind, addresses, database, master, sentinelPassword } = target;
  const access = { ...sharedOptions, ...accessOptions(target), db: database };
  if (kind !== 'sentinel') return { ...access, ...addresses[0] };
  return {
    ...access,
    sentinels: addresses.map(({ host, port }) => ({ host, port })),
    name: master ?? '',
    ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
    ...(target.tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
    sentinelCommandTimeout: answerWithinMs,
    sentinelRetryStrategy: reconnectDelay,
  };
}
