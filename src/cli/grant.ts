/** `gatefold grant` and `gatefold revoke`: comps, seen by every instance with its very next request. */
import type { EntitlementId } from '../entitlements/entitlement.ts';
import { randomText } from '../ops/random.ts';
import type { Policy, ProductId } from '../policy/policy.ts';
import type { Email, ReaderId } from '../readers/reader.ts';
import { type CommandFacts, withStores } from './with-stores.ts';

export const grant = (address: string, product: string, { until }: { until: string }): Promise<void> =>
  withStores(async ({ policy, stores, now }) => {
    const email = asEmail(address);
    const id = asProduct(product, policy);
    const endsAt = asMoment(until, now);
    const reader = await stores.readers.findOrCreate({
      id: randomText(12) as ReaderId,
      email,
      createdAt: now,
    });
    await stores.entitlements.put(reader.id, {
      id: compId(id),
      product: id,
      source: 'comp',
      startsAt: now,
      endsAt,
    });
    console.log(`${email} may read ${id} until ${new Date(endsAt).toISOString()}.`);
  });

export const revoke = (address: string, product: string): Promise<void> =>
  withStores(async (facts) => {
    const email = asEmail(address);
    const id = asProduct(product, facts.policy);
    const existed = await removeComp(email, id, facts);
    console.log(existed ? `${email} may no longer read ${id} by grant.` : `${email} had no grant of ${id}.`);
  });

const removeComp = async (email: Email, product: ProductId, { stores }: CommandFacts): Promise<boolean> => {
  const reader = await stores.readers.byEmail(email);
  return reader ? stores.entitlements.remove(reader.id, compId(product)) : false;
};

/** One comp for each product: granting again moves its end. */
const compId = (product: ProductId): EntitlementId => `comp:${product}` as EntitlementId;

export const asEmail = (text: string): Email => {
  const email = text.trim().toLowerCase();
  if (!/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new Error(`“${text}” is not an email address.`);
  }
  return email as Email;
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
