/** The sandbox, opened in the tests' own process. */
import { randomText } from '../../src/ops/random.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { StripeServer } from './stripe-controls.ts';
import { orderOver } from './stripe-over-http.ts';

export type InProcessOptions = Pick<SandboxOptions, 'webhookUrl'> & Partial<SandboxOptions>;

export const stripeInProcess = async (options: InProcessOptions): Promise<StripeServer> => {
  const sandbox = await openSandbox({
    publicUrl: 'http://localhost:8080',
    realNow: () => Date.now(),
    random: randomText,
    warn: () => undefined,
    ...options,
  });
  const { actions, apiBase, controls, handlePage, now, secretKey, webhookSecret } = sandbox;
  return {
    ...{ apiBase, handlePage, now, secretKey, webhookSecret },
    controls: {
      moveClock: controls.moveClock,
      settled: controls.settled,
      setMischief: async (mischief) => controls.setMischief(mischief),
      recentEvents: async () => controls.recentEvents(100),
      resend: async (id) => controls.resend(id),
    },
    actions: Object.fromEntries(
      Object.entries(actions).map(([name, act]) => [
        name,
        async (...args: never[]) => Reflect.apply(act, actions, args),
      ]),
    ) as never,
    seedSubscriptions: async (count, price) => sandbox.seedSubscriptions(count, price),
    order: (path, order) => orderOver(sandbox, path, order),
    close: sandbox.close,
  };
};
