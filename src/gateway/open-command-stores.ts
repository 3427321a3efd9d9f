/** The stores as a command of the command line opens them. */
import type { Settings } from '../settings.ts';
import { openStores, type Stores } from '../stores/open-stores.ts';

/** @throws Error when the store can't be reached: a command that did nothing must not look as if it had. */
export const openCommandStores = async (
  { redisUrl, dataDir }: Pick<Settings, 'redisUrl' | 'dataDir'>,
  warn: (message: string) => void,
): Promise<Stores> => {
  const stores = await openStores({ ...(redisUrl === undefined ? {} : { redisUrl }), dataDir, warn });
  try {
    await stores.ping();
  } catch {
    await stores.close();
    throw new Error('The store can’t be reached: is Redis running at REDIS_URL?');
  }
  return stores;
};
