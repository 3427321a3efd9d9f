/** What learning keeps in Redis: a hash of addresses, and how far the round is. */
import type { LearnStore, LearntAddress } from '../../sentry/learn/learn-store.ts';
import { addressJson, parseAddress, parseRound, roundJson } from '../known-article-schema.ts';
import type { RedisConnection } from './connect.ts';
import { learnAddressesKey, learnRoundKey } from './keys.ts';

const addressesTogether = 500;

/** @param onMalformed told of a record that can't be read; it is as if it weren't there. */
export function redisLearnStore(redis: RedisConnection, onMalformed: (where: string) => void): LearnStore {
  const read = (target: string, json: string): LearntAddress[] => {
    const address = parseAddress(json);
    if (address) return [address];
    onMalformed(`${learnAddressesKey} ${target.slice(0, 200)}`);
    return [];
  };

  return {
    addresses: async function* () {
      for (let cursor = '0'; ; ) {
        const [next, flat] = await redis.ask((client) =>
          client.hscan(learnAddressesKey, cursor, 'COUNT', addressesTogether),
        );
        const found = Array.from({ length: flat.length / 2 }, (_, at) =>
          read(flat[2 * at] ?? '', flat[2 * at + 1] ?? ''),
        ).flat();
        if (found.length > 0) yield found;
        if (next === '0') return;
        cursor = next;
      }
    },
    putAddresses: async (addresses) => {
      for (let from = 0; from < addresses.length; from += addressesTogether) {
        const some = addresses.slice(from, from + addressesTogether);
        const flat = some.flatMap((address) => [address.target, addressJson(address)]);
        await redis.ask((client) => client.hset(learnAddressesKey, ...flat));
      }
    },
    dropAddresses: async (targets) => {
      for (let from = 0; from < targets.length; from += addressesTogether) {
        const some = targets.slice(from, from + addressesTogether);
        await redis.ask((client) => client.hdel(learnAddressesKey, ...some));
      }
    },
    round: async () => {
      const json = await redis.ask((client) => client.get(learnRoundKey));
      if (json === null) return undefined;
      const round = parseRound(json);
      if (round === undefined) onMalformed(learnRoundKey);
      return round;
    },
    putRound: async (round) => {
      await redis.ask((client) => client.set(learnRoundKey, roundJson(round)));
    },
  };
}
