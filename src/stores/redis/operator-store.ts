/** Who may use the console, in Redis. Every request asks Redis itself: nothing is kept in memory. */
import type { OperatorRecord } from '../../console/operators/operator.ts';
import type { InvitedOperators, OperatorStore } from '../../console/operators/operator-store.ts';
import { parseOperator } from '../operator-schema.ts';
import { redisApiTokens } from './api-tokens.ts';
import { type RedisConnection, script } from './connect.ts';
import { operatorsKey } from './keys.ts';
import { redisOperatorDevices } from './operator-devices.ts';
import { type LastSeen, lastSeenIn } from './operators-seen.ts';

/** @param onMalformed told where a record stands that can't be read; it counts as absent. */
export function redisOperatorStore(
  redis: RedisConnection,
  onMalformed: (where: string) => void,
): OperatorStore {
  const seen = lastSeenIn(redis);
  const devices = redisOperatorDevices(redis, seen, onMalformed);
  const tokens = redisApiTokens(redis, seen, onMalformed);
  const invited = invitedOperators(redis, seen, onMalformed);
  return {
    ...devices,
    ...tokens,
    ...invited,
    removeOperator: async (email, appointment) => {
      // The record first: without it, whatever is left of the appointment is worth nothing, even were this cut short.
      const removed = await invited.removeOperator(email, appointment);
      if (!removed) return false;
      const [theirDevices, allTokens] = await Promise.all([
        devices.devicesOfOperator(email),
        tokens.apiTokens(),
      ]);
      const ofAppointment = <Kept extends { readonly appointment: string }>(kept: Kept): boolean =>
        kept.appointment === appointment;
      const theirTokens = allTokens.filter(({ createdBy }) => createdBy === email);
      await Promise.all([
        ...theirDevices.filter(ofAppointment).map(({ id }) => devices.removeOperatorDevice(id)),
        ...theirTokens.filter(ofAppointment).map(({ id }) => tokens.removeApiToken(id)),
      ]);
      return true;
    },
  };
}

const seenAs = ({ email, appointment }: Pick<OperatorRecord, 'email' | 'appointment'>): string =>
  `operator:${email}:${appointment}`;

function invitedOperators(
  redis: RedisConnection,
  seen: LastSeen,
  onMalformed: (where: string) => void,
): InvitedOperators {
  const read = (email: string, json: string): OperatorRecord | undefined => {
    const record = parseOperator(json);
    if (record === undefined || record.email !== email) onMalformed(operatorsKey);
    return record?.email === email ? record : undefined;
  };

  const kept = async (email: string): Promise<{ json: string; record: OperatorRecord } | undefined> => {
    const json = await redis.ask((client) => client.hget(operatorsKey, email));
    const record = json === null ? undefined : read(email, json);
    return json !== null && record ? { json, record } : undefined;
  };

  const withSeen = (record: OperatorRecord, at: number | undefined): OperatorRecord =>
    at === undefined ? record : { ...record, lastSeenAt: at };

  /** Undefined once more when it changed in between: whoever asks looks again. */
  const swap = async (email: string, from: string, to: string): Promise<boolean> =>
    (await redis.run(swapScript, [operatorsKey], [email, from, to])) === 1;

  const changeRole: InvitedOperators['changeRole'] = async (email, change) => {
    const now = await kept(email);
    const { appointment, from, to } = change;
    if (now?.record.appointment !== appointment || now.record.role !== from) return false;
    const changed = JSON.stringify({ ...now.record, role: to });
    return (await swap(email, now.json, changed)) || changeRole(email, change);
  };

  const removeOperator: InvitedOperators['removeOperator'] = async (email, appointment) => {
    const now = await kept(email);
    if (now?.record.appointment !== appointment) return false;
    if (!(await swap(email, now.json, ''))) return removeOperator(email, appointment);
    await seen.forget(seenAs(now.record));
    return true;
  };

  return {
    operator: async (email) => {
      const now = await kept(email);
      return now && withSeen(now.record, await seen.of(seenAs(now.record)));
    },
    operators: async () => {
      const [all, times] = await Promise.all([
        redis.ask((client) => client.hgetall(operatorsKey)),
        seen.all(),
      ]);
      const records = Object.entries(all).flatMap(([email, json]) => read(email, json) ?? []);
      return records
        .map((record) => withSeen(record, times.get(seenAs(record))))
        .sort((one, other) => (one.email < other.email ? -1 : 1));
    },
    addOperator: async ({ lastSeenAt, ...record }) => {
      const json = JSON.stringify(record);
      if ((await redis.ask((client) => client.hsetnx(operatorsKey, record.email, json))) === 0) return false;
      if (lastSeenAt !== undefined) await seen.note(operatorsKey, record.email, seenAs(record), lastSeenAt);
      return true;
    },
    changeRole,
    removeOperator,
    noteOperatorSeen: async (email, appointment, at) => {
      const now = await kept(email);
      if (now?.record.appointment === appointment)
        await seen.note(operatorsKey, email, seenAs(now.record), at);
    },
  };
}

/** KEYS[1]: the operators. ARGV: address, the JSON it must have, and what it becomes; '' for none. Answers whether it had. */
const swapScript = script(`
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
`);
