/** `gatefold grant` and `gatefold revoke`: comps, seen by every instance with its very next request. */
import { randomText } from '../ops/random.ts';
import type { Policy, ProductId } from '../policy/policy.ts';
import { giveCompTo, takeCompFrom } from '../readers/give-comp.ts';
import { readAddress } from '../readers/read-address.ts';
import type { Email, ReaderId } from '../readers/reader.ts';
import { withStores } from './with-stores.ts';

export const grant = (address: string, product: string, { until }: { until: string }): Promise<void> =>
  withStores(async ({ policy, stores, now }) => {
    const email = asEmail(address);
    const id = asProduct(product, policy);
    const endsAt = asMoment(until, now);
    const newId = randomText(12) as ReaderId;
    await giveCompTo(stores, email, { product: id, endsAt }, { newId, now });
    console.log(`${email} may read ${id} until ${new Date(endsAt).toISOString()}.`);
  });

export const revoke = (address: string, product: string): Promise<void> =>
  withStores(async ({ policy, stores }) => {
    const email = asEmail(address);
    const id = asProduct(product, policy);
    const existed = await takeCompFrom(stores, email, id);
    console.log(existed ? `${email} may no longer read ${id} by grant.` : `${email} had no grant of ${id}.`);
  });

export const asEmail = (text: string): Email => {
  const email = readAddress(text);
  if (!email) throw new Error(`“${text}” is not an email address.`);
  return email;
};

const asProduct = (text: string, { products }: Policy): ProductId => {
  const found = products.find(({ id }) => id === text);
  if (!found) {
    throw new Error(
      `The policy has no product “${text}”; it has ${products.map(({ id }) => id).join(', ')}.`,
    );
  }
  return found.id;
};

const asMoment = (text: string, now: number): number => {
  const at = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at)) {
    throw new Error(`“${text}” is not a date: write 2027-01-31 or 2027-01-31T12:00:00Z.`);
  }
  if (at <= now) throw new Error(`“${text}” has passed: a grant has to end in the future.`);
  return at;
};
