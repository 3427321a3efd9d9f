/** Makes an empty Redis hold what it would after every customer's webhook: prints how many customers that are. */
import { derive } from '../../dist/entitlements/derive.js';
import { openGatefold } from './open-gatefold.mjs';

const { policy, billing, stores } = await openGatefold(JSON.parse(process.argv[2]));
let filled = 0;
for await (const page of billing.allSubscriptions()) {
  await Promise.all(page.map(keep));
  filled += page.length;
}
await stores.close();
process.stdout.write(`${filled}\n`);

async function keep({ customer, customerEmail, customerMetadata, subscription }) {
  const { customers, entitlements, readers } = stores;
  const owner = customerMetadata.gatefold_reader;
  const state = {
    id: customer,
    deleted: false,
    email: customerEmail,
    metadata: customerMetadata,
    subscriptions: [subscription],
    passes: [],
    features: [],
  };
  await readers.putUnproved({ id: owner, createdAt: Date.now() });
  await customers.assign(customer, { owner });
  const ticket = await customers.drawTicket(customer);
  await customers.putState(customer, ticket, state, Date.now());
  await entitlements.replaceCause(owner, customer, ticket, derive(state, policy, Date.now()));
}
