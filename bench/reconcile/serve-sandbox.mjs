/** The sandbox with so many subscriptions, as a process: prints its address and key, and answers until it is stopped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomText } from '../../dist/ops/random.js';
import { openBooks } from '../../dist/sandbox/ledger/books.js';
import { makePrice, makeProduct } from '../../dist/sandbox/life/catalogue.js';
import { makeSubscription } from '../../dist/sandbox/life/subscription.js';
import { openSandbox } from '../../dist/sandbox/open-sandbox.js';

const count = Number(process.argv[2]);
const directory = mkdtempSync(join(tmpdir(), 'gatefold-bench-sandbox-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
const shared = {
  directory,
  publicUrl: 'http://127.0.0.1:8080',
  random: randomText,
  realNow: () => Date.now(),
};

/** Into its books, and nothing announced: what is compared is the state, and 100,000 customers have no 100,000 new events. */
const seed = () => {
  const books = openBooks(shared);
  const product = makeProduct(books, { name: 'Everything', description: null, active: true, metadata: {} });
  const price = makePrice(books, {
    id: 'price_monthly',
    product: product.id,
    active: true,
    currency: 'eur',
    unitAmount: 900,
    unitAmountDecimal: '900',
    recurring: { interval: 'month', count: 1, trialDays: null },
    otherCurrencies: {},
    lookupKey: null,
    nickname: null,
    metadata: {},
  });
  for (let made = 0; made < count; made += 1) {
    const customer = books.newId('cus');
    books.customers.put({
      id: customer,
      created: books.now(),
      deleted: false,
      email: `reader${made}@example.com`,
      name: null,
      description: null,
      phone: null,
      locales: ['en'],
      metadata: { gatefold_reader: `reader-${made}` },
      paymentMethod: null,
      balance: 0,
      currency: 'eur',
      delinquent: false,
      invoices: 1,
      features: [],
    });
    makeSubscription(books, {
      customer,
      currency: 'eur',
      status: 'active',
      items: [{ price, quantity: 1 }],
    });
    if (made % 1000 === 0) books.commit();
  }
  books.commit();
};

seed();
const sandbox = await openSandbox({
  ...shared,
  // Nobody listens there: the sandbox has nothing to tell either.
  webhookUrl: 'http://127.0.0.1:9/-/webhooks/stripe',
  warn: () => {},
});
process.send({ apiBase: sandbox.apiBase, secretKey: sandbox.secretKey });
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
