/** Stores and policy for a command that changes or asks something and ends. */

import { openCommandStores } from '../gateway/open-command-stores.ts';
import { systemClock } from '../ops/clock.ts';
import { messageKeys, placeholdersOf } from '../pages/messages/message-keys.ts';
import type { Policy } from '../policy/policy.ts';
import { openPolicyFile } from '../policy/policy-file.ts';
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
    const file = await openPolicyFile({
      file: settings.policyFile,
      log,
      messages: { keys: messageKeys, placeholdersOf },
    });
    const policy = file.current();
    await file.close();
    const stores = await openCommandStores(settings, (message) => console.error(message));
    try {
      await run({ settings, policy, stores, now: systemClock() });
    } finally {
      await stores.close();
    }
  } catch (error) {
    fail(error);
  }
};
