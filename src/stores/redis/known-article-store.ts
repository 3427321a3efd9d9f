/** Known articles in Redis: spread over parts of one slot each, in which a change and the order of changes are one step. */
import type { ArticleId } from '../../article/article.ts';
import type { KnownArticle } from '../../sentry/known-article.ts';
import {
  forgottenToldMs,
  type KnownArticleStore,
  type KnownChanges,
  type KnownCursor,
} from '../../sentry/known-article-store.ts';
import { createListeners } from '../listeners.ts';
import { type RedisConnection, script } from './connect.ts';
import { knownArticlesKey, knownGoneKey, knownOrderKey, knownPartOf, knownParts } from './keys.ts';
import { knownBytes, knownFrom } from './known-bytes.ts';

/** Readers' questions wait while Redis puts or gives them. */
const bytesTogether = 256 * 1024;
const partsTogether = 8;

/** @param onMalformed told the key and address of an article that can't be read; it is as if it weren't there. */
export function redisKnownArticleStore(
  redis: RedisConnection,
  onMalformed: (where: string) => void,
): KnownArticleStore {
  const changed = createListeners<void>();
  redis.onMessage('gf:known', () => changed.tell());

  const keysOf = (part: number): string[] => [
    knownArticlesKey(part),
    knownOrderKey(part),
    knownGoneKey(part),
  ];

  const changesIn = async (part: number, after: number, limit: number): Promise<PartChanges> => {
    const rows = (await redis.runForBytes(changesScript, keysOf(part).slice(0, 2), [
      after,
      limit,
      bytesTogether,
    ])) as Buffer[];
    const changes: PartChanges = { known: [], forgotten: [], after, more: false };
    for (let at = 0; at + 2 < rows.length; at += 3) {
      const [address, revision, bytes] = [String(rows[at]), Number(rows[at + 1]), rows[at + 2]];
      changes.after = revision;
      const known = bytes && bytes.length > 0 ? knownFrom(bytes) : undefined;
      if (known) changes.known.push(known);
      else if (bytes?.length === 0) changes.forgotten.push(address as ArticleId);
      else onMalformed(`${knownArticlesKey(part)} ${address}`);
    }
    // The script may have stopped for size: whether there is more is known only by asking again.
    changes.more = rows.length > 0;
    return changes;
  };

  return {
    put: async (known, now) => {
      for (const [part, some] of byPart(known, ({ address }) => address)) {
        for (const values of batchesOf(some)) await redis.run(putScript, keysOf(part), [now, ...values]);
      }
      // This instance would hear of its own change only after the answer to whoever made it.
      if (known.length > 0) changed.tell();
    },
    forget: async (addresses, now) => {
      for (const [part, some] of byPart(addresses, (address) => address))
        await redis.run(forgetScript, keysOf(part), [now, now + forgottenToldMs, ...some]);
      if (addresses.length > 0) changed.tell();
    },
    changesSince: async (cursor, limit): Promise<KnownChanges> => {
      const revisions = revisionsIn(cursor);
      const each = Math.max(1, Math.ceil(limit / knownParts));
      const parts: PartChanges[] = [];
      for (let from = 0; from < knownParts; from += partsTogether) {
        const some = revisions.slice(from, from + partsTogether);
        parts.push(...(await Promise.all(some.map((after, at) => changesIn(from + at, after, each)))));
      }
      return {
        known: parts.flatMap(({ known }) => known),
        forgotten: parts.flatMap(({ forgotten }) => forgotten),
        cursor: cursorOf(parts.map(({ after }) => after)),
        more: parts.some(({ more }) => more),
      };
    },
    onChange: changed.add,
    generation: redis.generation,
  };
}

interface PartChanges {
  readonly known: KnownArticle[];
  readonly forgotten: ArticleId[];
  after: number;
  more: boolean;
}

const byPart = <Item>(items: readonly Item[], addressOf: (item: Item) => ArticleId): Map<number, Item[]> => {
  const parts = new Map<number, Item[]>();
  for (const item of items) {
    const part = knownPartOf(addressOf(item));
    const beside = parts.get(part);
    if (beside) beside.push(item);
    else parts.set(part, [item]);
  }
  return parts;
};

/** Addresses and bytes in turn. One article may be larger than the bound: then it goes by itself. */
function* batchesOf(known: readonly KnownArticle[]): Iterable<(string | Buffer)[]> {
  let values: (string | Buffer)[] = [];
  let size = 0;
  for (const one of known) {
    const bytes = knownBytes(one);
    if (values.length > 0 && size + bytes.length > bytesTogether) {
      yield values;
      values = [];
      size = 0;
    }
    values.push(one.address, bytes);
    size += bytes.length;
  }
  if (values.length > 0) yield values;
}

const cursorOf = (revisions: readonly number[]): KnownCursor =>
  revisions.map((revision) => revision.toString(36)).join('.') as KnownCursor;

const revisionsIn = (cursor: KnownCursor): readonly number[] => {
  const written = cursor.split('.');
  return Array.from({ length: knownParts }, (_, part) => Number.parseInt(written[part] || '0', 36));
};

/**
 * A part's next revision is above its last, and no less than the time: what a failover has lost isn't counted anew from where
 * others have heard of already.
 */
const nextRevision = `
local function nextRevision(order, now)
  local last = redis.call('ZREVRANGE', order, 0, 0, 'WITHSCORES')
  return math.max(tonumber(last[2] or '0') + 1, tonumber(now))
end
local function dropEnded(order, gone, now)
  local ended = redis.call('ZRANGEBYSCORE', gone, '-inf', now, 'LIMIT', 0, 100)
  for _, id in ipairs(ended) do
    redis.call('ZREM', gone, id)
    redis.call('ZREM', order, id)
  end
end
`;

/** KEYS: the articles, their order, those forgotten. ARGV: now, then address and bytes of each. */
const putScript = script(`${nextRevision}
local revision = nextRevision(KEYS[2], ARGV[1])
for at = 2, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
  redis.call('ZADD', KEYS[2], revision, ARGV[at])
  redis.call('ZREM', KEYS[3], ARGV[at])
  revision = revision + 1
end
dropEnded(KEYS[2], KEYS[3], ARGV[1])
redis.call('PUBLISH', 'gf:known', '1')
return 1
`);

/** KEYS: the articles, their order, those forgotten. ARGV: now, until when it is told, then addresses. */
const forgetScript = script(`${nextRevision}
local revision = nextRevision(KEYS[2], ARGV[1])
for at = 3, #ARGV do
  if redis.call('HDEL', KEYS[1], ARGV[at]) == 1 then
    redis.call('ZADD', KEYS[2], revision, ARGV[at])
    redis.call('ZADD', KEYS[3], ARGV[2], ARGV[at])
    revision = revision + 1
  end
end
dropEnded(KEYS[2], KEYS[3], ARGV[1])
redis.call('PUBLISH', 'gf:known', '1')
return 1
`);

/** KEYS: the articles, their order. ARGV: after which revision, how many, how many bytes. Address, revision and bytes ('' for none). */
const changesScript = script(`
local rows = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local answer, size = {}, 0
for at = 1, #rows, 2 do
  local bytes = redis.call('HGET', KEYS[1], rows[at]) or ''
  answer[#answer + 1] = rows[at]
  answer[#answer + 1] = rows[at + 1]
  answer[#answer + 1] = bytes
  size = size + #bytes
  if size >= tonumber(ARGV[3]) then
    break
  end
end
return answer
`);
