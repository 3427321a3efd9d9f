/** Another process on the same SQLite file, for the tests: prints what was acknowledged. */
import { once } from 'node:events';
import type { CustomerId } from '../../../src/billing/subscription.ts';
import type { MeterSubject } from '../../../src/meter/meter-store.ts';
import type { ReaderId } from '../../../src/readers/reader.ts';
import { openStores } from '../../../src/stores/open-stores.ts';
import { stateOf } from '../contract/customers.ts';
import { entitlement } from '../contract/entitlements.ts';
import { article, askOf } from '../contract/meter-asks.ts';

const [task = '', dataDir = '', first = '', second = ''] = process.argv.slice(2);
const who = { subject: first as MeterSubject, slot: second };
const print = (line: string | number): boolean => process.stdout.write(`${line}\n`);

const stores = await openStores({ dataDir, warn: print });

if (task === 'admit-many') {
  print('ready');
  await once(process.stdin, 'data');
  const asks = Array.from({ length: 250 }, (_, n) => askOf({ ...who, article: article(`there-${n}`) }));
  const readings = await Promise.all(asks.map((ask) => stores.meters.admit(ask)));
  print(readings.filter((reading) => reading.outcome === 'charged').length);
  process.exit(0);
}

for (let n = 0; task === 'admit-forever'; n += 1) {
  const ask = askOf({ ...who, article: article(n), allowance: 1_000_000 });
  await stores.meters.admit(ask);
  print(ask.article);
}

const [customer, reader] = [first as CustomerId, second as ReaderId];
if (task === 'read-forever') await stores.customers.assign(customer, { owner: reader });
while (task === 'read-forever') {
  const ticket = await stores.customers.drawTicket(customer);
  const state = stateOf(customer, { metadata: { ticket: String(ticket) } });
  await stores.customers.putState(customer, ticket, state, ticket);
  await stores.entitlements.replaceCause(reader, customer, ticket, [entitlement(`${customer}/${ticket}`)]);
  print(ticket);
}
