import { describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { createSignInLimits } from '../../src/readers/rate-limits.ts';
import { startRedis } from '../support/redis-server.ts';

const ask = async (limit: (key: string) => Promise<{ kind: string }>, times: number): Promise<string[]> => {
  const answers: string[] = [];
  for (let time = 0; time < times; time += 1) answers.push((await limit('ada@example.com')).kind);
  return answers;
};

describe('sign-in limits', () => {
  test('count each key for itself and say how long to wait', async () => {
    const { perAddress } = createSignInLimits();
    expect(await ask(perAddress, 5)).toEqual(Array(5).fill('within'));
    const refused = await perAddress('ada@example.com');
    expect(refused).toEqual({ kind: 'beyond', retryAfterSeconds: expect.any(Number) });
    expect(refused.kind === 'beyond' && refused.retryAfterSeconds).toBeGreaterThan(0);
    expect(await perAddress('bob@example.com')).toEqual({ kind: 'within' });
  });

  test('in Redis are counted for all instances together, by keys that name no address, and go on when it is down', async () => {
    const redis = await startRedis();
    const clients = [0, 1].map(
      () => new Redis(redis.url, { maxRetriesPerRequest: 0, retryStrategy: () => 50 }),
    );
    for (const client of clients) client.on('error', () => undefined);
    const [here, there] = clients.map((redisClient) => createSignInLimits({ redisClient }));
    expect(await ask(here!.perAddress, 3)).toEqual(Array(3).fill('within'));
    expect(await ask(there!.perAddress, 3)).toEqual(['within', 'within', 'beyond']);
    expect(JSON.stringify(await redis.call('KEYS', '*'))).not.toContain('ada');
    await redis.kill();
    expect(await ask(here!.perAddress, 6)).toEqual([...Array(5).fill('within'), 'beyond']);
    for (const client of clients) client.disconnect();
    await redis.stop();
  });
});
