/** Customers at Stripe: one for each reader, whose it is written on it, and found by address. */
import type { ReaderId } from '../readers/reader.ts';
import type { CustomerSummary, NewCustomer } from './billing.ts';
import { ownerField } from './owner-by-stripe.ts';
import type { AskStripe } from './stripe-ask.ts';
import { nonsense } from './stripe-faults.ts';
import { orderOnce } from './stripe-once.ts';
import { readCustomer, readCustomers, type StripeCustomer } from './stripe-schema.ts';
import type { CustomerId } from './subscription.ts';

/** Customers of the same reader that were deleted or given away within the day for which Stripe remembers answers. */
const mostLostInADay = 20;

/**
 * Made with nothing but the reader, under a key of the reader's own: whatever else is known (address, locale) differs
 * between two tabs, and Stripe refuses an equal key with other contents. What Stripe remembers under it may be deleted by
 * now, or belong to the reader who proved the address: handed out again, it would open that reader's account to this
 * one. Then the next key in a chain, which is the same for everybody who asks, gives the same new customer.
 */
export const createCustomer = async (ask: AskStripe, asked: NewCustomer): Promise<CustomerId> => {
  let key = `gatefold-customer-${asked.reader}`;
  for (let lost = 0; lost <= mostLostInADay; lost += 1) {
    const made = await makeOrRemember(ask, asked.reader, key);
    const now = await retrieveCustomer(ask, made);
    if (now && !now.deleted && now.metadata[ownerField] === asked.reader) {
      await describe(ask, made, asked);
      return made;
    }
    key = `gatefold-customer-${asked.reader}-after-${made}`;
  }
  throw nonsense('creating a customer');
};

/** Undefined: Stripe has never heard of it. A deleted one is still there, and says so. */
export const retrieveCustomer = (ask: AskStripe, id: CustomerId): Promise<StripeCustomer | undefined> =>
  ask.oneIfThere({
    doing: 'reading a customer',
    put: (stripe) => stripe.customers.retrieve(id),
    read: readCustomer,
    id,
  });

/** Stripe compares addresses letter by letter: one typed there with capitals is found only as it was typed. */
export const customersWithEmail = async (
  ask: AskStripe,
  email: string,
): Promise<readonly CustomerSummary[]> => {
  const customers = await ask.all({
    doing: 'looking for the customers with an address',
    put: (stripe, page) => stripe.customers.list({ ...page, email }),
    read: readCustomers,
  });
  return customers
    .filter(({ deleted, email: has }) => !deleted && has?.toLowerCase() === email.toLowerCase())
    .map((customer) => ({
      id: customer.id as CustomerId,
      ...(customer.email == null ? {} : { email: customer.email }),
      metadata: customer.metadata,
    }));
};

export const assignCustomer = async (
  ask: AskStripe,
  id: CustomerId,
  { reader, email }: { readonly reader: ReaderId; readonly email?: string },
): Promise<void> => {
  await ask.one({
    doing: 'writing whose a customer is',
    put: (stripe) =>
      stripe.customers.update(id, {
        metadata: { [ownerField]: reader },
        ...(email === undefined ? {} : { email }),
      }),
    read: readCustomer,
    id,
  });
};

const makeOrRemember = async (ask: AskStripe, reader: ReaderId, key: string): Promise<CustomerId> => {
  const { answer } = await orderOnce(ask, {
    doing: 'creating a customer',
    key,
    put: (stripe, options) => stripe.customers.create({ metadata: { [ownerField]: reader } }, options),
    read: readCustomer,
  });
  return answer.id as CustomerId;
};

/** Not whose it is: somebody may have proved its address this very moment. */
const describe = async (ask: AskStripe, id: CustomerId, { email, locale }: NewCustomer): Promise<void> => {
  await ask.one({
    doing: 'describing a customer',
    put: (stripe) =>
      stripe.customers.update(id, {
        preferred_locales: [locale],
        ...(email === undefined ? {} : { email }),
      }),
    read: readCustomer,
    id,
  });
};
