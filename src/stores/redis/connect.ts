/** The connection to Redis that the stores share: questions that fail fast, scripts, and news from other instances. */
import { createHash } from 'node:crypto';
import { Cluster, type Redis } from 'ioredis';
import { createListeners } from '../listeners.ts';
import { answerWithinMs, createClient, type RedisClient } from './client-options.ts';
import { evictionWarning } from './eviction-warning.ts';
import { listen } from './listen.ts';
import { parseRedisUrl } from './redis-url.ts';

export interface RedisConnection {
  readonly kind: 'single' | 'cluster' | 'sentinel';
  /** For libraries that talk to Redis themselves; whatever is asked here is not bounded in time. */
  readonly client: RedisClient;
  /** The answer, or a rejection after 500 ms at most. */
  ask<Answer>(question: (client: RedisClient) => Promise<Answer>): Promise<Answer>;
  /** Runs a script, sending its text only when the server doesn't know it. All keys must share one hash slot. */
  run(script: Script, keys: readonly string[], values: readonly ScriptValue[]): Promise<unknown>;
  /** The same, for answers that hold bytes: every text in them is a Buffer. */
  runForBytes(script: Script, keys: readonly string[], values: readonly ScriptValue[]): Promise<unknown>;
  /** Every server that holds keys. */
  masters(): readonly Redis[];
  onMessage(channel: Channel, listener: (message: string) => void): void;
  /** Differs from the last answer when messages may have been missed. */
  generation(): number;
  close(): Promise<void>;
}

export type ScriptValue = string | number | Buffer;

export interface Script {
  readonly lua: string;
  readonly sha1: string;
}

type Channel = (typeof channels)[number];

const channels = ['gf:changed', 'gf:revoked', 'gf:policy', 'gf:known', 'gf:purge'] as const;

/** How long the start waits for Redis before it goes on without. */
const startWithinMs = 2000;

export const script = (lua: string): Script => ({ lua, sha1: createHash('sha1').update(lua).digest('hex') });

/**
 * Connects, and goes on trying for as long as the process lives: a gateway that starts while Redis is down serves by
 * the policy's `whenDown` until it is back.
 *
 * @param warn told once when Redis can't be reached and once when it is back, and of settings that lose free reads.
 * @throws Error when the URL has no known form.
 */
export async function connectRedis(url: string, warn: (message: string) => void): Promise<RedisConnection> {
  const target = parseRedisUrl(url);
  const client = createClient(target);
  const messages = {
    'gf:changed': createListeners<string>(),
    'gf:revoked': createListeners<string>(),
    'gf:policy': createListeners<string>(),
    'gf:known': createListeners<string>(),
    'gf:purge': createListeners<string>(),
  };
  const listening = listen({
    target,
    client,
    channels,
    onMessage: (channel, message) => messages[channel as Channel]?.tell(message),
  });
  reportOutages(client, warn);

  const ask: RedisConnection['ask'] = (question) => withinTime(question(client), answerWithinMs);
  const connection: RedisConnection = {
    kind: target.kind,
    client,
    ask,
    run: (what, keys, values) => ask(() => runScript(client, what, keys, values)),
    runForBytes: (what, keys, values) => ask(() => runScript(client, what, keys, values, 'bytes')),
    masters: () => (client instanceof Cluster ? client.nodes('master') : [client]),
    onMessage: (channel, listener) => messages[channel].add(listener),
    generation: listening.generation,
    close: async () => {
      listening.stop();
      client.disconnect();
    },
  };
  await started(client, listening.started, warn);
  return connection;
}

async function runScript(
  client: RedisClient,
  { lua, sha1 }: Script,
  keys: readonly string[],
  values: readonly ScriptValue[],
  answer: 'texts' | 'bytes' = 'texts',
): Promise<unknown> {
  const call = (command: 'evalsha' | 'eval', name: string): Promise<unknown> =>
    client[answer === 'bytes' ? 'callBuffer' : 'call'](command, name, keys.length, ...keys, ...values);
  try {
    return await call('evalsha', sha1);
  } catch (error) {
    // Refused before anything ran: the server was restarted or is another one.
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return call('eval', lua);
  }
}

function withinTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Redis did not answer within ${ms} ms.`)), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function reportOutages(client: RedisClient, warn: (message: string) => void): void {
  let down = false;
  client.on('error', (error: Error) => {
    if (down) return;
    down = true;
    warn(`Redis can't be reached (${error.message}); trying again until it can.`);
  });
  client.on('ready', () => {
    if (down) warn('Redis is reachable again.');
    down = false;
  });
}

async function started(
  client: RedisClient,
  listening: Promise<void>,
  warn: (message: string) => void,
): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    client.once('ready', () => {
      void warnOfEviction(client, warn);
      resolve();
    });
  });
  try {
    await withinTime(Promise.all([ready, listening]), startWithinMs);
  } catch {
    warn('Redis is not reachable yet: starting without it, as the policy’s whenDown says.');
  }
}

async function warnOfEviction(client: RedisClient, warn: (message: string) => void): Promise<void> {
  const info = await client.info('memory').catch(() => '');
  const warning = evictionWarning(info);
  if (warning) warn(warning);
}
