/** The browsers that operators are signed in with, in Redis. */
import type { OperatorDevice, OperatorDeviceId } from '../../console/operators/operator.ts';
import type { OperatorDevices } from '../../console/operators/operator-store.ts';
import { parseOperatorDevice } from '../operator-schema.ts';
import type { RedisConnection } from './connect.ts';
import { operatorDevicesKey } from './keys.ts';
import type { LastSeen } from './operators-seen.ts';

export function redisOperatorDevices(
  redis: RedisConnection,
  seen: LastSeen,
  onMalformed: (where: string) => void,
): OperatorDevices {
  const read = (json: string): OperatorDevice | undefined => {
    const device = parseOperatorDevice(json);
    if (device === undefined) onMalformed(operatorDevicesKey);
    return device;
  };

  const all = async (): Promise<readonly OperatorDevice[]> =>
    (await redis.ask((client) => client.hvals(operatorDevicesKey))).flatMap((json) => read(json) ?? []);

  const withSeen = (device: OperatorDevice, at = 0): OperatorDevice => ({
    ...device,
    lastSeenAt: Math.max(device.lastSeenAt, at),
  });

  const removeOperatorDevice: OperatorDevices['removeOperatorDevice'] = async (id) => {
    const removed = await redis.ask((client) => client.hdel(operatorDevicesKey, id));
    await seen.forget(seenAs(id));
    return removed === 1;
  };

  return {
    putOperatorDevice: async (device) => {
      const expired = (await all()).filter(({ expiresAt }) => expiresAt <= device.createdAt);
      await Promise.all(expired.map(({ id }) => removeOperatorDevice(id)));
      await redis.ask((client) => client.hset(operatorDevicesKey, device.id, JSON.stringify(device)));
    },
    operatorDevice: async (id) => {
      const [json, at] = await Promise.all([
        redis.ask((client) => client.hget(operatorDevicesKey, id)),
        seen.of(seenAs(id)),
      ]);
      const device = json === null ? undefined : read(json);
      return device && withSeen(device, at);
    },
    devicesOfOperator: async (email) => {
      const [devices, times] = await Promise.all([all(), seen.all()]);
      return devices
        .filter((device) => device.email === email)
        .map((device) => withSeen(device, times.get(seenAs(device.id))))
        .sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? -1 : 1));
    },
    noteOperatorDeviceSeen: (id, at) => seen.note(operatorDevicesKey, id, seenAs(id), at),
    removeOperatorDevice,
  };
}

const seenAs = (id: OperatorDeviceId): string => `device:${id}`;
