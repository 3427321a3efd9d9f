/** Stores and policy for a command that changes or asks something and ends. */

import { openCommandStores } from '../gateway/open-command-stores.ts';
import { systemClock } from '../ops/clock.ts';
import { knownMessages } from '../pages/messages/message-keys.ts';
import type { Policy } from '../policy/policy.ts';
import { openPolicySource } from '../policy/versions/policy-source.ts';
import type { Settings } from '../settings.ts';
import { fail, readSettings } from './read-settings.ts';

export interface CommandFacts {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly stores: Awaited<ReturnType<typeof openCommandStores>>;
  readonly now: number;
}

/** The exit code is 1 when `run` throws, and the error's words are what is printed. */
export const withStores = async (run: (facts: CommandFacts) => Promise<void>): Promise<void> => {
  const settings = readSettings();
  try {
    const log = { info: () => undefined, warn: () => undefined };
    const stores = await openCommandStores(settings, (message) => console.error(message));
    try {
      const { current } = await openPolicySource({
        file: settings.policyFile,
        store: stores.versions,
        clock: systemClock,
        log,
        messages: knownMessages,
        follow: false,
      });
      await run({ settings, policy: current(), stores, now: systemClock() });
    } finally {
      await stores.close();
    }
  } catch (error) {
    fail(error);
  }
};
