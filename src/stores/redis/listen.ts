/** Hears what other instances publish, and knows when it may have missed something. */
import { Cluster, type Redis } from 'ioredis';
import { createListeningClient, type RedisClient } from './client-options.ts';
import type { RedisAddress, RedisTarget } from './redis-url.ts';

export interface Listening {
  /** Counts up each time listening begins anew: whatever was published in between is lost. */
  generation(): number;
  /** Resolves once the first subscription stands. */
  readonly started: Promise<void>;
  stop(): void;
}

interface Options {
  readonly target: RedisTarget;
  /** Where to look for a Cluster's present nodes. */
  readonly client: RedisClient;
  readonly channels: readonly string[];
  readonly onMessage: (channel: string, message: string) => void;
}

/** A connection that died without a word is noticed within two of these. */
const heartbeatMs = 5000;
const maxDelayMs = 2000;

/**
 * Keeps one subscription alive. Each attempt uses a fresh connection, in a Cluster to the next node: publications
 * reach all of them.
 */
export function listen({ target, client, channels, onMessage }: Options): Listening {
  let generation = 0;
  let stopped = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let current: Redis | undefined;
  let announceStart: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    announceStart = resolve;
  });

  const attempt = (): void => {
    const connection = createListeningClient(target, nextAddress(target, client, failures));
    current = connection;
    connection.on('message', onMessage);
    // What is wrong shows in `end`; without a listener the error would stop the process.
    connection.on('error', () => {});
    const heartbeat = setInterval(() => void beat(connection), heartbeatMs);
    heartbeat.unref();
    connection.once('end', () => {
      clearInterval(heartbeat);
      if (stopped || current !== connection) return;
      failures += 1;
      retry = setTimeout(attempt, Math.min(25 * 2 ** Math.min(failures, 8), maxDelayMs));
      retry.unref();
    });
    void subscribe(connection);
  };

  const subscribe = async (connection: Redis): Promise<void> => {
    try {
      await connection.connect();
      await connection.subscribe(...channels);
      failures = 0;
      generation += 1;
      announceStart();
    } catch {
      connection.disconnect();
    }
  };

  attempt();
  return {
    generation: () => generation,
    started,
    stop: () => {
      stopped = true;
      clearTimeout(retry);
      current?.disconnect();
    },
  };
}

async function beat(connection: Redis): Promise<void> {
  try {
    await connection.ping();
  } catch {
    connection.disconnect();
  }
}

function nextAddress(target: RedisTarget, client: RedisClient, turn: number): RedisAddress {
  const known = client instanceof Cluster ? client.nodes('all').flatMap(addressOf) : [];
  const addresses = [...known, ...target.addresses];
  return addresses[turn % addresses.length] ?? { host: '127.0.0.1', port: 6379 };
}

const addressOf = ({ options: { host, port } }: Redis): RedisAddress[] =>
  host && port ? [{ host, port }] : [];
