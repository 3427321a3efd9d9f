/** Free reads counted in Redis: all asks of one turn of the event loop go in one script call, per slot on a Cluster. */
import type { ArticleId } from '../../article/article.ts';
import type { CountedRead, MeterAsk, MeterReading, MeterStore } from '../../meter/meter-store.ts';
import { countsAfter, keepForMs, readsWindow, resetsAt } from '../counting-window.ts';
import { gather } from '../gather.ts';
import type { RedisConnection } from './connect.ts';
import { networkKey, readsKey, readsPattern } from './keys.ts';
import { admitOutcomes, admitScript, mergeScript, outOfMemory } from './meter-scripts.ts';

/** A call of this many takes about a millisecond of Redis, which does nothing else meanwhile. */
const maxTogether = 200;

export function redisMeterStore(redis: RedisConnection): MeterStore {
  const answerAll = async (asks: readonly MeterAsk[]): Promise<readonly (MeterReading | Error)[]> => {
    const keys = asks.flatMap(keysOf);
    const answers = (await redis.run(admitScript, keys, asks.flatMap(valuesOf))) as readonly number[];
    return asks.map((ask, index) => readingFrom(ask, answers.slice(3 * index, 3 * index + 3)));
  };

  const gathering = gather<MeterAsk, MeterReading>({
    // A script's keys must share a slot on a Cluster; a single server takes them all at once.
    groupOf: redis.kind === 'cluster' ? (ask) => ask.slot : () => '',
    maxTogether,
    answerAll,
  });

  const reads: MeterStore['reads'] = async ({ meter, subject, slot, window, now }) => {
    const key = readsKey(slot, meter, readsWindow(window), subject);
    const after = countsAfter(window, now);
    const since = after === undefined ? '-inf' : `(${after}`;
    const flat = await redis.ask((client) => client.zrangebyscore(key, since, '+inf', 'WITHSCORES'));
    return pairs(flat).map(
      ([article, readAt]): CountedRead => ({
        article: article as ArticleId,
        readAt: Number(readAt),
      }),
    );
  };

  return {
    admit: gathering.ask,
    reads,
    // Two slots can't change in one step. Reading first and adding after loses nothing: the visitor's reads stay, and
    // merging again adds what came in between.
    merge: async (from, into, meter, window, now) => {
      const counted = await reads({ ...from, meter, window, now });
      if (counted.length === 0) return;
      const key = readsKey(into.slot, meter, readsWindow(window), into.subject);
      const values = [countsAfter(window, now) ?? '-inf', keepForMs(window, now)];
      await redis.run(
        mergeScript,
        [key],
        [...values, ...counted.flatMap(({ article, readAt }) => [article, readAt])],
      );
    },
    forget: async ({ subject, slot }) => {
      for (const master of redis.masters()) await forgetOn(redis, master, readsPattern(slot, subject));
    },
  };
}

const keysOf = ({ slot, meter, subject, window }: MeterAsk): string[] => [
  readsKey(slot, meter, readsWindow(window), subject),
  networkKey(slot, meter, window.key),
];

const valuesOf = ({ article, now, window, allowance, networkAllowance, charge }: MeterAsk): string[] => [
  article,
  `${now} ${countsAfter(window, now) ?? '-inf'} ${allowance} ${networkAllowance ?? -1} ${charge ? 1 : 0} ${keepForMs(window, now)}`,
];

function readingFrom(
  { window, now }: MeterAsk,
  [code = -1, used = 0, oldest = 0]: readonly number[],
): MeterReading | Error {
  if (code === outOfMemory)
    return new Error('Redis is out of memory and counts no new reads: raise its maxmemory.');
  const outcome = admitOutcomes[code];
  if (outcome === undefined) return new Error('Redis answered a free read with something unknown.');
  return { outcome, used, resetsAt: resetsAt(window, oldest === 0 ? undefined : oldest, now) };
}

function pairs(flat: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) found.push([flat[i] ?? '', flat[i + 1] ?? '']);
  return found;
}

/** Looks at every key name: slow on a large Redis and rare (erasure), so that no count has to carry an index for it. */
async function forgetOn(
  redis: RedisConnection,
  master: ReturnType<RedisConnection['masters']>[number],
  pattern: string,
) {
  let cursor = '0';
  do {
    const [next, found] = await redis.ask(() => master.scan(cursor, 'MATCH', pattern, 'COUNT', 1000));
    for (const key of found) await redis.ask((client) => client.unlink(key));
    cursor = next;
  } while (cursor !== '0');
}
