/** The sandbox with so many subscriptions, as a process: tells its address and key, and answers until it is stopped. */
import { randomText } from '../../dist/ops/random.js';
import { openSandbox } from '../../dist/sandbox/open-sandbox.js';
import { openPolicy } from './open-gatefold.mjs';

const sandbox = await openSandbox({
  publicUrl: 'http://127.0.0.1:8080',
  // Nobody listens there; what is seeded makes no events.
  webhookUrl: 'http://127.0.0.1:9/-/webhooks/stripe',
  random: randomText,
  realNow: () => Date.now(),
  warn: () => {},
});
sandbox.offer(await openPolicy());
sandbox.seedSubscriptions(Number(process.argv[2]));
process.send({ apiBase: sandbox.apiBase, secretKey: sandbox.secretKey });
for (const end of ['SIGTERM', 'disconnect']) process.once(end, () => process.exit(0));
