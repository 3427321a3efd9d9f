/** How many script calls Redis servers have received, for tests of what shares a call. */
import type { RedisServer } from '../../support/redis-server.ts';

export async function scriptCalls(servers: readonly RedisServer[]): Promise<number> {
  const counts = await Promise.all(
    servers.map(async (server) => callsIn(String(await server.call('INFO', 'commandstats')))),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

const callsIn = (commandStats: string): number =>
  Number(/^cmdstat_evalsha:calls=(\d+)/m.exec(commandStats)?.[1] ?? 0);
