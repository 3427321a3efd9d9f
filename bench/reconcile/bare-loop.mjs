/** The yardstick: the SDK alone, all pages of the same list one after the other, and nothing done with them. */
import Stripe from 'stripe';
import { usage } from './usage.mjs';

const { apiBase, secretKey } = JSON.parse(process.argv[2]);
const { hostname: host, port } = new URL(apiBase);
const stripe = new Stripe(secretKey, { host, port, protocol: 'http', telemetry: false });
let [checked, calls] = [0, 0];
stripe.on('request', () => {
  calls += 1;
});
const measured = usage();
const list = { status: 'all', limit: 100, expand: ['data.customer'] };
for await (const _ of stripe.subscriptions.list(list)) {
  checked += 1;
  if (checked % 1000 === 0) measured.look();
}
process.stdout.write(JSON.stringify({ ...measured.end(), checked, calls }));
