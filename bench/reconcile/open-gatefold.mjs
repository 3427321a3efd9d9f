/** Gatefold's own parts as `gatefold reconcile` puts them together, for the processes of the bench. */
import { fileURLToPath } from 'node:url';
import { createStripeBilling } from '../../dist/billing/stripe-billing.js';
import { messageKeys, placeholdersOf } from '../../dist/pages/messages/message-keys.js';
import { openPolicyFile } from '../../dist/policy/policy-file.js';
import { openStores } from '../../dist/stores/open-stores.js';

const policyFile = fileURLToPath(new URL('policy.yaml', import.meta.url));

export const openPolicy = async () => {
  const file = await openPolicyFile({
    file: policyFile,
    log: { info: () => {}, warn: () => {} },
    messages: { keys: messageKeys, placeholdersOf },
  });
  await file.close();
  return file.current();
};

/** @param {{ apiBase: string, secretKey: string, redisUrl: string }} world */
export const openGatefold = async ({ apiBase, secretKey, redisUrl }) => {
  const policy = await openPolicy();
  const calls = { made: 0 };
  const billing = createStripeBilling({
    apiBase,
    secretKey,
    webhookSecrets: ['whsec_unused_by_this_bench'],
    plans: () => policy.plans,
    billing: () => policy.billing,
    clock: () => Date.now(),
    onCall: () => {
      calls.made += 1;
    },
  });
  const stores = await openStores({ redisUrl, dataDir: '', warn: () => {} });
  await stores.ping();
  return { policy, billing, stores, calls };
};
