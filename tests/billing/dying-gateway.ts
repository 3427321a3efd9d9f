/** A gateway's webhook in a process of its own, for the tests: killed, by itself, at the step that it is told. */
import { openStores } from '../../src/stores/open-stores.ts';
import { startWebhookSite } from './webhook-site.ts';

const [where = '', apiBase = '', dieAt = ''] = process.argv.slice(2);

let steps = 0;
/** Before every step of a refresh and after it: as `kill -9` would, in the middle of whatever else goes on. */
const step = (): void => {
  steps += 1;
  if (steps === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
};

/** Every method counts as a step of its own. */
const mortal = <Target extends object>(target: Target): Target =>
  new Proxy(target, {
    get: (of, name) => {
      const method = Reflect.get(of, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        step();
        const answer = await method.apply(of, args);
        step();
        return answer;
      };
    },
  });

const stores = await openStores({
  ...(where.startsWith('redis:') ? { redisUrl: where, dataDir: '' } : { dataDir: where }),
  warn: () => {},
});
const site = await startWebhookSite({
  apiBase,
  stores,
  around: (deps) => ({
    ...deps,
    billing: mortal(deps.billing),
    customers: mortal(deps.customers),
    entitlements: mortal(deps.entitlements),
    readers: mortal(deps.readers),
  }),
});
process.stdout.write(`${site.url}\n`);
