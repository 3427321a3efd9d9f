/** `gatefold erase`: what Gatefold knows of a reader is removed, on the reader's own written wish or the law's. */
import { createReaderBilling } from '../billing/reader-billing.ts';
import { createRefreshCustomer } from '../billing/refresh-customer.ts';
import type { OpenedStripe } from '../gateway/open-stripe.ts';
import { createEraseReader, type Erasure } from '../readers/erase-reader.ts';
import { asEmail } from './grant.ts';
import { type CommandFacts, withStores } from './with-stores.ts';

type OpenStripe = (facts: CommandFacts) => Promise<OpenedStripe>;

/** The exit code is 1 while something goes on charging the reader and `--cancel` wasn't given: then nothing is touched. */
export const createEraseCommand =
  (openStripe: OpenStripe) =>
  (address: string, { cancel = false }: { readonly cancel?: boolean }): Promise<void> =>
    withStores(async (facts) => {
      const email = asEmail(address);
      const reader = await facts.stores.readers.byEmail(email);
      if (!reader) throw new Error(`Nobody has proved, or been granted anything at, ${email}.`);
      const stripe = await openStripe(facts);
      try {
        const erasure = await eraserOf(facts, stripe)({ reader: reader.id, mayEnd: cancel });
        console.log(wordsOf(erasure, email));
        if (erasure.kind === 'running') process.exitCode = 1;
      } finally {
        await stripe.close();
      }
    });

const eraserOf = ({ stores, policy }: CommandFacts, { billing, clock }: OpenedStripe) => {
  const { customers, entitlements, readers, meters } = stores;
  const shared = { customers, entitlements, readers, policy: () => policy, clock };
  const readerBilling =
    billing &&
    createReaderBilling({
      billing,
      customers,
      refresh: createRefreshCustomer({ ...shared, billing }),
      policy: () => policy,
      clock,
      report: () => undefined,
    });
  return createEraseReader({
    store: readers,
    entitlements,
    meters,
    ...(readerBilling ? { billing: readerBilling } : {}),
  });
};

const wordsOf = (erasure: Erasure, email: string): string => {
  switch (erasure.kind) {
    case 'running':
      return `Nothing was erased: ${erasure.running.map((name) => name || 'a subscription').join(', ')} would go on charging ${email}. Add --cancel to end it at once, without a refund.`;
    case 'erased':
      return [
        `${email} is erased.`,
        ...(erasure.ended > 0 ? [`Subscriptions ended: ${erasure.ended}.`] : []),
        ...(erasure.customer
          ? ['Stripe keeps the customer, payments and invoices; erase those in its dashboard.']
          : []),
      ].join(' ');
    default:
      return erasure satisfies never;
  }
};
